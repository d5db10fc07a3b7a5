"""Lists of enquiries by what they wait for; one enquiry with everything about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from kendedes.orders.models import Ask, Order, OrderLine, ParcelLine, Progress, ShopRules
from kendedes.orders.queries.parcels import Gone, gone_of
from kendedes.wholesale.models import Buyer, Enquiry, Made, Quote
from kendedes.wholesale.rules.patience import Limits, answer_late, quote_late, silent

MOST = 200
WORK = Q(state="won", quotes__state="accepted", quotes__order__state__in=Order.LIVING)
PARTS = {
    "baru": Q(state="new"), "dikerjakan": Q(state="taken"), "ditawarkan": Q(state="quoted"), "dibuat": WORK,
    "selesai": Q(state="won") & ~Q(quotes__order__state__in=Order.LIVING), "batal": Q(state="lost"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """An enquiry of a list and whether it waits too long."""

    enquiry: Enquiry
    since: datetime
    late: bool
    turned: bool = False  # its buyer wanted to accept what cannot be made any more


@dataclass(frozen=True, slots=True)
class Work:
    """A line in a maker's hands."""

    line: OrderLine
    ask: Ask | None
    said: Progress | None
    pieces: int
    silent: bool
    late: bool
    gone: Gone

    @property
    def percent(self) -> int:
        """How much of it is made."""
        return self.pieces * 100 // self.line.quantity

    @property
    def more(self) -> int:
        """Pieces that still have to be made."""
        return max(0, self.gone.agreed - self.pieces)


def limits_of(associations: Iterable[int]) -> dict[int, Limits]:
    """How long is too long, by association, as its rules of the shop say."""
    wanted = set(associations)
    rows = ShopRules.objects.filter(pk__in=wanted).values_list("pk", "answer_hours", "quote_days", "silent_days")
    found = {pk: Limits(answer, quote, silence) for pk, answer, quote, silence in rows}
    return {pk: found.get(pk, Limits()) for pk in wanted}


def too_long_ago(now: datetime, rule: str, unit: timedelta) -> CombinedExpression:
    """The moment before which it is too long, by the rules of each row's own shop. ``rule``: path to the number."""
    kept = Coalesce(F(rule), Value(getattr(Limits(), rule.rpartition("__")[2])), output_field=IntegerField())
    long = ExpressionWrapper(kept * Value(unit, output_field=DurationField()), output_field=DurationField())
    return Value(now, output_field=DateTimeField()) - long


def row_of(enquiry: Enquiry, now: datetime, limits: Limits | None = None) -> Row:
    """With its waiting time."""
    limits = limits or limits_of([enquiry.association_id])[enquiry.association_id]
    waits = enquiry.state in {Enquiry.State.NEW, Enquiry.State.TAKEN}
    late = answer_late(enquiry.waits_since, now, limits) if waits else False
    if enquiry.state == Enquiry.State.QUOTED:
        late = quote_late(enquiry.waits_since, now, limits)
    return Row(enquiry, enquiry.waits_since, late, getattr(enquiry, "turned", False))


def listed(rows: QuerySet[Enquiry], part: str, now: datetime) -> tuple[list[Row], dict[str, int]]:
    """(enquiries of a part, or all that live and those in production; how many there are of each)."""
    counts = rows.aggregate(**{name: Count("pk", filter=where, distinct=True) for name, where in PARTS.items()})
    wanted = PARTS.get(part, Q(state__in=Enquiry.LIVING) | WORK)
    order = "-waits_since" if part in {"selesai", "batal"} else "waits_since"
    turned = Exists(Quote.objects.turned_away().filter(enquiry=OuterRef("pk")))
    joined = rows.filter(wanted).distinct().annotate(turned=turned)
    joined = joined.select_related("buyer", "holder", "product", "category")
    found = list(joined.order_by("-turned", order, "pk")[:MOST])
    limits = limits_of(row.association_id for row in found) if found else {}
    return [row_of(row, now, limits[row.association_id]) for row in found], counts


def board(rows: QuerySet[Enquiry], now: datetime) -> list[tuple[str, list[Row]]]:
    """Columns: new, being handled, quoted, in production."""
    return [(name, listed(rows, name, now)[0]) for name in ("baru", "dikerjakan", "ditawarkan", "dibuat")]


def quotes_of(enquiry: Enquiry) -> list[Quote]:
    """Versions, newest first, with their lines."""
    return list(enquiry.quotes.select_related("order", "enquiry").prefetch_related("lines__producer"))


def order_of(enquiry: Enquiry) -> Order | None:
    """What it became."""
    return Order.objects.filter(quote__enquiry=enquiry).select_related("association").first()


def work_of(order: Order, now: datetime, producer: int | None = None) -> list[Work]:
    """Lines with what their makers said last, how much is made, whose silence is worth a call."""
    said = Progress.objects.filter(line=OuterRef("pk")).order_by("-id").values("pk")[:1]
    made = Made.objects.filter(line=OuterRef("pk")).order_by("-id").values("pieces")[:1]
    lines: Any = order.lines.select_related("producer", "variant").annotate(last=Subquery(said), done=Subquery(made))
    if producer is not None:
        lines = lines.filter(producer=producer)
    rows = list(lines)
    words = Progress.objects.in_bulk([row.last for row in rows if row.last])
    asks = {ask.producer_id: ask for ask in order.asks.all()}
    limits = limits_of([order.association_id])[order.association_id]
    gone = {row.line.pk: row for row in gone_of(order)}
    return [
        _work(row, words.get(row.last), asks.get(row.producer_id), now, limits, order, gone[row.pk]) for row in rows
    ]


def parcels_for(order: Order, producer: int) -> list[ParcelLine]:
    """What of a maker's pieces left for the buyer, or came back, part by part."""
    rows = ParcelLine.objects.filter(parcel__order=order, line__producer=producer).select_related("parcel", "line")
    return list(rows.order_by("parcel__number", "line__number"))


def _work(  # noqa: PLR0917 - one call
    row: Any, said: Progress | None, ask: Ask | None, now: datetime, limits: Limits, order: Order, gone: Gone
) -> Work:
    ready = said is not None and said.step == Progress.Step.READY
    pieces = row.quantity if ready else (row.done or 0)
    told = said is not None or row.done is not None
    waits = order.living and not ready and gone.left > 0
    return Work(
        row, ask, said, pieces, waits and ask is not None and silent(ask.asked_at, now, limits, said=told),
        waits and row.ready_on is not None and row.ready_on < now.date(), gone,
    )  # fmt: skip


def silent_orders(rows: QuerySet[Order], now: datetime) -> QuerySet[Order]:
    """Orders in which a maker who was asked has said nothing for too long."""
    before = too_long_ago(now, "order__association__shop__silent_days", timedelta(days=1))
    progress = Progress.objects.filter(line__order=OuterRef("order"), line__producer=OuterRef("producer"))
    made = Made.objects.filter(line__order=OuterRef("order"), line__producer=OuterRef("producer"))
    asks = Ask.objects.filter(~Exists(progress), ~Exists(made), order=OuterRef("pk"), asked_at__lt=before)
    return rows.filter(Exists(asks), kind=Order.Kind.WHOLESALE, state__in=(Order.State.NEW, Order.State.READY))


def ask_by_token(token: str) -> Ask | None:
    """Whose link it is."""
    rows = Ask.objects.filter(token=token, order__kind=Order.Kind.WHOLESALE)
    return rows.select_related("order__association", "producer").first()


def quote_by_token(token: str) -> Quote | None:
    """What a buyer's link shows; drafts are nobody's business."""
    rows = Quote.objects.filter(token=token).exclude(state=Quote.State.DRAFT)
    joined = rows.select_related("enquiry__buyer", "enquiry__association__shop", "order")
    return joined.prefetch_related("lines__producer__village").first()


def history_of(buyer: Buyer) -> Sequence[Enquiry]:
    """Everything she asked for, newest first."""
    return list(buyer.enquiries.order_by("-received_at").prefetch_related("quotes__order", "quotes__lines"))
