"""What to take to a fair: what sells, and something of every unit. No Django, no clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """Pieces of a lot at one place. ``sold``: pieces of its product sold lately; ``days_left``: until it expires."""

    lot: int
    source: int
    unit: int | None
    there: int
    sold: int
    days_left: int | None = None


def pack(offers: Sequence[Offer], room: int, *, days: int = 0) -> dict[tuple[int, int], int]:
    """How many pieces of each (lot, source) to take, ``room`` pieces in all.

    Units take turns, so each has its part as long as it has goods; within a unit the best seller goes first, and no lot
    goes with more than half of what stands there (at least one) while other goods of its unit wait. Goods that expire
    before the fair is over (``days`` from now) stay at home.
    """
    by_unit: dict[int | None, list[Offer]] = defaultdict(list)
    for offer in offers:
        if offer.there > 0 and (offer.days_left is None or offer.days_left > days):
            by_unit[offer.unit].append(offer)
    queues = {unit: _turns(sorted(rows, key=_best_first)) for unit, rows in by_unit.items()}
    order = sorted(queues, key=lambda unit: (-sum(o.sold for o in by_unit[unit]), unit or 0))
    taken: dict[tuple[int, int], int] = {}
    while room > 0 and any(queues.values()):
        for unit in order:
            if not queues[unit]:
                continue
            offer, quantity = queues[unit].pop(0)
            quantity = min(quantity, room)
            if quantity:
                spot = (offer.lot, offer.source)
                taken[spot] = taken.get(spot, 0) + quantity
                room -= quantity
    return taken


def _best_first(offer: Offer) -> tuple[int, int, int]:
    return (-offer.sold, offer.days_left if offer.days_left is not None else 10**6, offer.lot)


def _turns(rows: Sequence[Offer]) -> list[tuple[Offer, int]]:
    """First half of each lot in order, then the other halves."""
    halves = [(offer, max(1, offer.there // 2)) for offer in rows]
    return halves + [(offer, offer.there - half) for offer, half in halves if offer.there > half]
