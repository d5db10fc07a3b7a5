"""From which shelf a till's goods are taken: a label names the lot, not the shelf."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection

from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import Place
from kendedes.sales.models import Device

_STOCK = """
SELECT t.lot_id, p.id, p.kind, SUM(t.n) FROM (
  SELECT lot_id, target_id AS place_id, quantity AS n FROM ledger_goodsmove WHERE lot_id IN ({lots})
  UNION ALL
  SELECT lot_id, source_id, -quantity FROM ledger_goodsmove WHERE lot_id IN ({lots})
) t JOIN ledger_place p ON p.id = t.place_id
WHERE p.association_id = %s AND p.kind IN ('shelf', 'store') GROUP BY t.lot_id, p.id, p.kind"""


def taken_from(
    device: Device, wanted: Sequence[tuple[int, int] | None]
) -> list[tuple[tuple[int, int], ...]]:  # fmt: skip
    """For each (lot, pieces) the (place, pieces) it is taken from; empty where there is no lot.

    A till with a place of its own takes everything there. Others take from the fullest shelf that holds the lot, then
    from the next, then from the store; what is missing is written against the first of them, or the store.
    """
    if device.place_id is not None:
        return [((device.place_id, one[1]),) if one else () for one in wanted]
    lots = sorted({one[0] for one in wanted if one})
    there = _there(device.association_id, lots) if lots else {}
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


def _there(association: int, lots: Sequence[int]) -> dict[int, list[list[int]]]:
    """By lot, ``[place, pieces]``: shelves before the store, fuller ones first."""
    marks = ", ".join(["%s"] * len(lots))
    rows: dict[int, list[tuple[bool, int, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_STOCK.format(lots=marks), [*lots, *lots, association])
        for lot, number, kind, quantity in cursor.fetchall():
            rows[lot].append((kind != Place.Kind.SHELF, -int(quantity), number))
    return {lot: [[number, -less] for _, less, number in sorted(spots)] for lot, spots in rows.items()}
