"""Settling what did not fit: pieces missing on the road, pieces too many, pieces sold from nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from kendedes.consignment.actions.refusals import DifferenceWay
from kendedes.consignment.models import Paper
from kendedes.journal.models import Entry, User
from kendedes.ledger.actions import Carried, Posted, carry, raise_oddity, settle_oddity, turn_up, write_off
from kendedes.ledger.actions.locks import hold
from kendedes.ledger.actions.refusals import SettledAlready
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import GoodsMove, Lot, Oddity, Place, ShareLine
from kendedes.ledger.queries import stock_in
from kendedes.network.models import Association

CLEARABLE = ("oversold", "arrived_over")  # what is over once *selisih* holds nothing of the lot any more
WAYS = {
    "arrived_short": ("late", "back", "lost"), "arrived_over": ("found",), "oversold": ("found",),
    "found_after_loss": ("seen",),
}  # fmt: skip


@transaction.atomic
def settle_difference(*, oddity: Oddity, way: str, note: str, at: datetime, by: User | None) -> Oddity:
    """Say what became of the pieces. ``way``: they came *late*, went *back*, are *lost* (the terms say who bears them),
    were *found* (there were more than the books knew), or were only *seen*.

    Raises DifferenceWay, SettledAlready, NotEnoughStock.
    """
    association = oddity.association
    hold(association.pk)
    if way not in WAYS.get(oddity.code, ()) or oddity.lot is None:
        raise DifferenceWay
    if not Oddity.objects.open().filter(pk=oddity.pk).exists():
        raise SettledAlready
    if way == "seen":
        return settle_oddity(oddity=oddity, note=note, at=at, by=by)
    quantity = int(oddity.facts.get("quantity", 0))
    paper = Paper.objects.filter(pk=oddity.facts.get("paper", 0), association=association).first()
    case = Case(
        association=association, at=at, by=by, subjects=[oddity.lot, *([paper] if paper else []), association],
        facts={"name": str(oddity.lot), "pieces": quantity, "note": note},
    )  # fmt: skip
    posted = _moved(case, oddity, way, quantity, paper)
    settled = settle_oddity(oddity=oddity, note=note or way, at=at, by=by, entry=posted.posting.entry)
    if way == "found":
        settle_cleared(
            association=association, lots=[oddity.lot.pk], note=note or way, at=at, by=by, entry=posted.posting.entry
        )
    return settled


def _moved(case: Case, oddity: Oddity, way: str, quantity: int, paper: Paper | None) -> Posted:
    association, lot = case.association, oddity.lot_id
    assert lot is not None  # noqa: S101 - asked before
    if way == "found":
        difference = place(association, Place.Kind.DIFFERENCE)
        owed = -stock_in([difference.pk])[difference.pk].get(lot, 0)
        found = place(association, Place.Kind.FOUND)
        moves = [Carried(lot, found.pk, difference.pk, min(quantity, owed))] if owed > 0 else []
        return turned_up(case, carried=moves, deed="paper.found", spot=oddity.place)
    road = place(association, Place.Kind.TRANSIT)
    if way == "lost":
        lost = place(association, Place.Kind.LOST)
        return write_off(case, gone=[Carried(lot, road.pk, lost.pk, quantity)], deed="paper.lost")
    end = (paper.target if way == "late" else paper.source) if paper else None
    if end is None:
        raise DifferenceWay
    return carry(case, carried=[Carried(lot, road.pk, end.pk, quantity)], deed=f"paper.{way}")


def turned_up(case: Case, *, carried: Sequence[Carried], deed: str, spot: Place | None) -> Posted:
    """Carry pieces, some of which the books did not know of. Those that had been written off as lost were not lost: what
    the gallery paid for them is taken back, which somebody must see. ``spot``: where they turned up.
    """
    posted = turn_up(case, carried=carried, deed=deed)
    if not posted.created:
        return posted
    moves = GoodsMove.objects.filter(posting=posted.posting, source__kind=Place.Kind.LOST).order_by()
    again = dict(moves.values_list("lot").annotate(Sum("quantity")))
    shares = ShareLine.objects.filter(posting=posted.posting).order_by()
    back = dict(shares.values_list("lot").annotate(Sum("net")))
    for lot in Lot.objects.filter(pk__in=again):
        facts = {"quantity": again[lot.pk], "amount": -back.get(lot.pk, 0), "name": case.facts.get("name", "")}
        raise_oddity(
            association=case.association, code="found_after_loss", at=case.at, entry=posted.posting.entry, lot=lot,
            place=spot, facts=facts,
        )  # fmt: skip
    return posted


def settle_cleared(
    *, association: Association, lots: Iterable[int], note: str, at: datetime, by: User | None, entry: Entry
) -> int:
    """Settle tasks about lots of which *selisih* holds nothing any more. Returns how many."""
    difference = place(association, Place.Kind.DIFFERENCE)
    waits = stock_in([difference.pk])[difference.pk]
    rows = Oddity.objects.open().filter(association=association, code__in=CLEARABLE, lot__in=set(lots) - waits.keys())
    cleared = list(rows.select_related("association"))
    for oddity in cleared:
        settle_oddity(oddity=oddity, note=note, at=at, by=by, entry=entry)
    return len(cleared)
