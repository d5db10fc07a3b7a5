"""What could travel to a fair."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Min, Sum

from kendedes.events.models import Event
from kendedes.events.rules import Offer, pack
from kendedes.ledger.models import GoodsMove, Lot, Place, Posting, ShareLine

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
    # Prefetched, not joined: a thousand producers stand behind ten thousand lots.
    found = Lot.objects.prefetch_related("producer__unit__district", "producer__village", "variant")
    lots = found.in_bulk({lot for lot, _ in there})
    sold = _sold(event.association_id, today - LATELY)
    planned = {(line.lot_id, line.source_id): line.quantity for line in event.pack.all()}
    rows = [
        Choice(lots[lot], sources[place], n, sold.get(lots[lot].variant.product_id, 0), planned.get((lot, place), 0))
        for (lot, place), n in there.items()
    ]
    return sorted(rows, key=lambda c: (-c.planned, -c.sold, c.lot.name, c.lot.pk))


def _sold(association: int, since: date) -> dict[int, int]:
    """Pieces sold after a day, by product. Read from the first posting of those days on, as they were written."""
    first = Posting.objects.filter(association=association, booked_on__gt=since).aggregate(n=Min("entry"))["n"]
    if first is None:
        return {}
    lines = ShareLine.objects.filter(posting__gte=first, booked_on__gt=since).order_by()
    # + 0: grouped by the bare column the database walks the index of lots through all years.
    by_lot = lines.annotate(of=F("lot") + 0).values_list("of").annotate(n=Sum("quantity"))
    products = dict(Lot.objects.filter(association=association).values_list("pk", "variant__product"))
    found: dict[int, int] = defaultdict(int)
    for lot, pieces in by_lot:
        if lot in products:  # of this association
            found[products[lot]] += pieces
    return found


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
