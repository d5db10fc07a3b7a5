"""What the pages of settlement show."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from kendedes.journal.models import User
from kendedes.ledger.models import Lot, Place
from kendedes.ledger.queries import balance, stock_of_lots
from kendedes.ledger.queries.posting import account_numbers
from kendedes.network.models import Producer
from kendedes.settlement.models import Payout, Settlement, Statement


def _paid() -> Coalesce:
    """Rupiah paid of each statement."""
    rows = Payout.objects.filter(statement=OuterRef("pk")).order_by().values("statement").annotate(n=Sum("amount"))
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), 0)


def settlements(user: User) -> QuerySet[Settlement]:
    """Settlements a person may see, with how many papers and how much."""
    rows = Settlement.objects.visible_to(user).select_related("association")
    # Aggregates drop the order of Meta.
    return rows.annotate(papers=Count("statements"), total=Sum("statements__due")).order_by("-id")


def papers(settlement: Settlement) -> QuerySet[Statement]:
    """A settlement's statements with what was paid of each."""
    rows = settlement.statements.select_related("producer__unit__district", "producer__village")
    return rows.annotate(paid=_paid()).order_by("number")


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a settlement. ``to_pay``: positive dues only; ``carried_on``: negative ones, as a positive number."""

    papers: int
    earned: int
    to_pay: int
    paid: int
    carried_on: int

    @property
    def left(self) -> int:
        return self.to_pay - self.paid


def totals(rows: list[Statement]) -> Totals:
    """Of statements that carry ``paid``."""
    return Totals(
        papers=len(rows), earned=sum(r.earned for r in rows), to_pay=sum(max(r.due, 0) for r in rows),
        paid=sum(getattr(r, "paid", 0) for r in rows), carried_on=-sum(min(r.due, 0) for r in rows),
    )  # fmt: skip


def statements(user: User) -> QuerySet[Statement]:
    """Statements a person may see, newest first, with what was paid."""
    rows = Statement.objects.visible_to(user).select_related(
        "settlement", "producer__unit__district", "producer__village"
    )
    return rows.annotate(paid=_paid()).order_by("-settlement__ends_on", "number")


def unpaid(user: User) -> QuerySet[Statement]:
    """The newest statements that wait for money."""
    rows = Statement.objects.visible_to(user).filter(settlement__state=Settlement.State.APPROVED, next=None, due__gt=0)
    return rows.annotate(paid=_paid()).filter(due__gt=_paid())


@dataclass(frozen=True, slots=True)
class LotNow:
    """A lot as its producer sees it: pieces still with us, pieces sold."""

    lot: Lot
    left: int
    sold: int


@dataclass(frozen=True, slots=True)
class Mine:
    """A producer's own page. ``owed``: everything owed to her now, statements and later sales together."""

    producer: Producer
    owed: int
    lots: list[LotNow]
    statements: list[Statement]


def mine(producer: Producer) -> Mine:
    """What a producer may know of her goods and money."""
    lots = list(Lot.objects.filter(producer=producer).order_by("-number")[:60])
    stock = stock_of_lots([lot.pk for lot in lots])
    kinds = dict(Place.objects.filter(association=producer.association_id).values_list("pk", "kind"))
    rows = []
    for lot in lots:
        left = sum(n for place, n in stock[lot.pk].items() if kinds[place] in Place.PHYSICAL)
        sold = sum(n for place, n in stock[lot.pk].items() if kinds[place] == Place.Kind.SOLD)
        if left or sold:
            rows.append(LotNow(lot, left, sold))
    account = account_numbers(producer.association_id, [f"producer:{producer.pk}"])
    owed = -balance(next(iter(account.values()))) if account else 0
    open_states = (Settlement.State.DRAFT, Settlement.State.CHECKED)
    papers_ = Statement.objects.filter(producer=producer).exclude(settlement__state__in=open_states)
    found = papers_.select_related("settlement").annotate(paid=_paid()).order_by("-settlement__ends_on")[:24]
    return Mine(producer, owed, rows, list(found))
