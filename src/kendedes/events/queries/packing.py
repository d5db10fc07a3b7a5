"""What could travel to a fair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from kendedes.events.models import Event
from kendedes.events.rules import Offer, pack
from kendedes.ledger.models import GoodsMove, Lot, Place, ShareLine

LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Choice:
    """A lot at a place as the pack page offers it. ``planned``: on the list now."""

    lot: Lot
    source: Place
    there: int
    sold: int
    planned: int


def offers(event: Event, today: date) -> list[Choice]:
    """Everything that stands on shelves and in the store, best sellers first."""
    sources = {
        p.pk: p
        for p in Place.objects.filter(association=event.association_id, kind__in=(Place.Kind.SHELF, Place.Kind.STORE))
    }
    stock: dict[tuple[int, int], int] = {}
    for side, sign in (("target", 1), ("source", -1)):
        moves = GoodsMove.objects.filter(**{f"{side}__in": list(sources)}).order_by()
        for lot, place, quantity in moves.values_list("lot", side).annotate(Sum("quantity")):
            stock[lot, place] = stock.get((lot, place), 0) + sign * quantity
    there = {spot: n for spot, n in stock.items() if n > 0}
    lots = Lot.objects.select_related("producer__unit__district", "producer__village", "variant").in_bulk(
        {lot for lot, _ in there}
    )
    sold = dict(
        ShareLine.objects.filter(posting__association=event.association_id, booked_on__gt=today - LATELY)
        .order_by()
        .values_list("lot__variant__product")
        .annotate(Sum("quantity"))
    )
    planned = {(line.lot_id, line.source_id): line.quantity for line in event.pack.all()}
    rows = [
        Choice(
            lots[lot], sources[place], n, int(sold.get(lots[lot].variant.product_id) or 0), planned.get((lot, place), 0)
        )
        for (lot, place), n in there.items()
    ]
    return sorted(rows, key=lambda c: (-c.planned, -c.sold, c.lot.name, c.lot.pk))


def proposal(event: Event, room: int, today: date) -> dict[tuple[int, int], int]:
    """A pack list of ``room`` pieces by what sells and by turns of the units."""
    rows = [
        Offer(
            c.lot.pk, c.source.pk, c.lot.unit_id, c.there, c.sold,
            (c.lot.expires_on - today).days if c.lot.expires_on else None,
        )
        for c in offers(event, today)
    ]  # fmt: skip
    return pack(rows, room, days=max(0, (event.ends_on - today).days))
