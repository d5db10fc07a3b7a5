"""From which shelf a till's goods are taken: a label names the lot, not the shelf."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kendedes.journal.rows import ask
from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import Place
from kendedes.ledger.queries.posting import stock_asked
from kendedes.sales.models import Device

_SOLD_FROM = frozenset({Place.Kind.SHELF.value, Place.Kind.STORE.value})
Stock = Sequence[tuple[int, int, str, int]]


def taken_from(
    device: Device, wanted: Sequence[tuple[int, int] | None], stock: Stock | None = None
) -> list[tuple[tuple[int, int], ...]]:  # fmt: skip
    """For each (lot, pieces) the (place, pieces) it is taken from; empty where there is no lot.

    A till with a place of its own takes everything there. Others take from the fullest shelf that holds the lot, then
    from the next, then from the store; what is missing is written against the first of them, or the store.
    ``stock``: (lot, place, kind of place, pieces), where that was read before.
    """
    if device.place_id is not None:
        return [((device.place_id, one[1]),) if one else () for one in wanted]
    lots = sorted({one[0] for one in wanted if one})
    if stock is None:
        stock = [(lot, spot, kind, int(n)) for lot, spot, kind, n in ask(stock_asked(lots))[0]] if lots else []
    there = _there(stock)
    store: int | None = None
    found: list[tuple[tuple[int, int], ...]] = []
    for one in wanted:
        if one is None:
            found.append(())
            continue
        lot, left = one
        spots = there.get(lot, [])
        if not spots and store is None:
            store = place(device.association, Place.Kind.STORE).pk
        parts: dict[int, int] = {}
        for spot in spots:
            taken = min(left, max(0, spot[1]))
            if taken:
                parts[spot[0]] = taken
                spot[1] -= taken
                left -= taken
        if left:
            first = spots[0][0] if spots else store
            assert first is not None  # noqa: S101 - one of the two is there
            parts[first] = parts.get(first, 0) + left
        found.append(tuple(parts.items()))
    return found


def _there(stock: Stock) -> dict[int, list[list[int]]]:
    """By lot, ``[place, pieces]``: shelves before the store, fuller ones first."""
    rows: dict[int, list[tuple[bool, int, int]]] = defaultdict(list)
    for lot, number, kind, quantity in stock:
        if kind in _SOLD_FROM:
            rows[lot].append((kind != Place.Kind.SHELF, -quantity, number))
    return {lot: [[number, -less] for _, less, number in sorted(spots)] for lot, spots in rows.items()}
