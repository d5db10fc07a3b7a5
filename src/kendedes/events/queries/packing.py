"""What could travel to a fair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Min, Q, Sum

from kendedes.events.models import Event
from kendedes.events.rules import Offer, pack
from kendedes.ledger.models import GoodsMove, Lot, Place, Posting, ShareLine

LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Spot:
    """Pieces of a lot that stand at a place. ``sold``: of its product, lately; ``planned``: on the pack list now."""

    lot: int
    source: int
    there: int
    sold: int
    planned: int
    unit: int | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A spot as the pack page offers it."""

    lot: Lot
    source: Place
    there: int
    sold: int
    planned: int


def spots(event: Event, today: date, *, text: str = "", listed: bool = False) -> list[Spot]:
    """What stands on shelves and in the store, best sellers first: a shelf may hold ten thousand lots, so rows are light.

    ``text``: only goods whose name, maker or code has it; ``listed``: only what is on the pack list. The order does not
    depend on what is planned, so that pages stay as they are while somebody fills them in.
    """
    planned = {(line.lot_id, line.source_id): line.quantity for line in event.pack.all()}
    there = standing(event, lots={lot for lot, _ in planned} if listed else None)
    rows = Lot.objects.filter(association=event.association_id).order_by()
    if text:
        named = Q(name__icontains=text) | Q(producer__name__icontains=text) | Q(code__icontains=text)
        rows = rows.filter(named)
    if listed:
        rows = rows.filter(pk__in={lot for lot, _ in planned})
    columns = rows.values_list("pk", "name", "variant__product", "unit", "expires_on").iterator()
    kept = {lot: (name, product, unit, expires_on) for lot, name, product, unit, expires_on in columns}
    sold = _sold(event.association_id, today - LATELY)
    shown = planned.keys() if listed else {spot for spot, n in there.items() if n > 0}
    found = []
    for lot, place in shown:
        if lot in kept:
            name, product, unit, expires_on = kept[lot]
            spot = Spot(
                lot, place, there.get((lot, place), 0), sold.get(product, 0), planned.get((lot, place), 0), unit, expires_on
            )  # fmt: skip
            found.append((-spot.sold, name, lot, place, spot))
    return [row[-1] for row in sorted(found, key=lambda row: row[:-1])]


def standing(event: Event, lots: Collection[int] | None = None) -> dict[tuple[int, int], int]:
    """``{(lot, place): pieces}`` on shelves and in the store; of all lots, or of some."""
    kinds = (Place.Kind.SHELF, Place.Kind.STORE)
    places = list(Place.objects.filter(association=event.association_id, kind__in=kinds).values_list("pk", flat=True))
    stock: dict[tuple[int, int], int] = {}
    for side, sign in (("target", 1), ("source", -1)):
        moves = GoodsMove.objects.filter(**{f"{side}__in": places}).order_by()
        if lots is not None:
            moves = moves.filter(lot__in=lots)
        for lot, place, quantity in moves.values_list("lot", side).annotate(Sum("quantity")):
            stock[lot, place] = stock.get((lot, place), 0) + sign * quantity
    return stock


def choices(some: Sequence[Spot]) -> list[Choice]:
    """The spots of one page with what is shown of them."""
    lots = Lot.objects.select_related("producer__unit__district").in_bulk({spot.lot for spot in some})
    places = Place.objects.in_bulk({spot.source for spot in some})
    return [Choice(lots[s.lot], places[s.source], s.there, s.sold, s.planned) for s in some]


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
        Offer(s.lot, s.source, s.unit, s.there, s.sold, (s.expires_on - today).days if s.expires_on else None)
        for s in spots(event, today)
    ]
    return pack(rows, room, days=max(0, (event.ends_on - today).days))
