"""Drawing up what every producer is due, up to a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection, transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.journal.patience import surveyed, unhurried
from kendedes.ledger.actions.locks import hold
from kendedes.ledger.models import Posting
from kendedes.network.models import Association
from kendedes.settlement.actions.refusals import DayNotOver, NothingDue, OneOpenAlready
from kendedes.settlement.models import Claim, Settlement, Statement
from kendedes.settlement.queries import held_back, lot_sums, producers_due
from kendedes.settlement.queries.drawing import CLAIM, LotSums, claim_all, lowest_unclaimed
from kendedes.settlement.queries.dues import dues_of
from kendedes.settlement.queries.owed import paid_of_all
from kendedes.settlement.rules import Content, LotLine, seal_of_all, sealed

PATIENCE = 120  # seconds one statement may take: the first settlement of a long history claims millions of lines


@transaction.atomic
def draw_up(
    *, association: Association, ends_on: date, at: datetime, by: User | None, today: date, everybody: bool = False
) -> Settlement:  # fmt: skip
    """Claim every line free to be paid by ``ends_on`` and write a draft statement for each producer whose turn it is.

    ``everybody``: whatever her agreed period. Raises DayNotOver, OneOpenAlready, NothingDue.
    """
    if ends_on >= today:
        raise DayNotOver
    hold(association.pk)
    waiting = Settlement.objects.filter(association=association, state__in=("draft", "checked")).first()
    if waiting:
        raise OneOpenAlready(number=waiting.number)
    due = producers_due(association, ends_on, everybody=everybody)
    if not due:
        raise NothingDue(until=ends_on)
    last = Settlement.objects.filter(association=association).order_by("-pk").first()
    newest = Posting.objects.filter(association=association).order_by("-number").first()
    number = _number(association, ends_on)
    settlement = Settlement.objects.create(
        association=association,
        number=number,
        ends_on=ends_on,
        drawn_at=at,
        drawn_by=by,
        head=newest.pk if newest else 0,
    )
    paid = paid_of_all(association)
    floor = last.watermark if last else 0
    statements = []
    for place, turn in enumerate(due, 1):
        before = turn.previous
        carried = before.due - paid.get(before.pk, 0) if before else 0
        starts_on = before.settlement.ends_on + timedelta(days=1) if before else date(ends_on.year, 1, 1)
        statements.append(
            Statement(
                settlement=settlement, producer=turn.producer, number=f"{number}/{place:04}", previous=before,
                starts_on=min(starts_on, ends_on), carried=carried, earned=0, due=carried,
            )
        )  # fmt: skip
    Statement.objects.bulk_create(statements)
    surveyed(Statement)
    with unhurried(PATIENCE), connection.cursor() as cursor:
        cursor.execute(CLAIM, claim_all(settlement, floor))
    _fill(settlement, statements, paid, floor, f"{newest.number} {newest.digest}" if newest else "")
    settlement.watermark = lowest_unclaimed(association, floor)
    settlement.digest = seal_of_all(
        settlement.statements.order_by("number").values_list("sha256", flat=True)
    )  # fmt: skip
    settlement.save(update_fields=["watermark", "digest"])
    record(
        deed="settlement.draw_up", at=at, by=by, subjects=[settlement, association],
        facts={"number": number, "until": str(ends_on), "statements": settlement.statements.count()},
    )  # fmt: skip
    return settlement


def _number(association: Association, ends_on: date) -> str:
    """``BH/2026/11``, the next of the year; numbers of thrown away drafts are used again."""
    year = f"BH/{ends_on.year}/"
    return f"{year}{Settlement.objects.filter(association=association, number__startswith=year).count() + 1:02}"


def _fill(settlement: Settlement, statements: list[Statement], paid: dict[int, int], floor: int, chain: str) -> None:
    """Write what each paper says; papers with nothing to say are taken out again."""
    sums, held = lot_sums(settlement), held_back(settlement, floor)
    lots = {
        pk: {n: line for n, line in sorted(found.lots.items()) if _says_something(line)} for pk, found in sums.items()
    }
    asked = dues_of(settlement, statements, lots)
    kept, empty = [], []
    for statement in statements:
        found = sums.get(statement.pk) or LotSums({}, {})
        lines, dues = list(lots.get(statement.pk, {}).values()), asked.get(statement.pk, [])
        statement.earned = sum(line.net for line in lines)
        statement.dues = sum(line.amount for line in dues)
        statement.due = statement.carried + statement.earned - statement.dues
        if not lines and not statement.carried and statement.previous is None:
            empty.append(statement.pk)
            continue
        before = statement.previous
        producer, association = statement.producer, settlement.association
        content = Content(
            number=statement.number, association=association.name, gallery=association.gallery_name or association.name,
            producer=producer.name, village=producer.village.name, unit=str(producer.unit or ""),
            starts_on=str(statement.starts_on), ends_on=str(settlement.ends_on), carried=statement.carried,
            earned=statement.earned, due=statement.due, held=held.get(producer.pk, 0),
            last_due=before.due if before else 0, last_paid=paid.get(before.pk, 0) if before else 0,
            named=dict(found.named), lots=lines, dues=dues, chain=chain,
        )  # fmt: skip
        statement.content = content.as_json()
        statement.sha256 = sealed(statement.content)
        kept.append(statement)
    Statement.objects.filter(pk__in=empty).delete()
    Statement.objects.bulk_update(kept, ["earned", "dues", "due", "content", "sha256"], batch_size=300)


def _says_something(line: LotLine) -> bool:
    """A lot that neither moved nor stands anywhere says nothing."""
    names = ("opening", "received", "sold", "returned", "expired", "damaged", "lost", "taken_back", "found", "sample")
    return any(getattr(line, name) for name in (*names, "left", "gross", "net", "compensation"))


def unclaim(settlement: Settlement) -> None:
    """Give every line of an open settlement back and take its papers away."""
    Claim.objects.filter(statement__settlement=settlement).delete()
    settlement.statements.all().delete()
