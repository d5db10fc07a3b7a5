"""Where lots of packs stand now."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from kendedes.ledger.models import Lot, Place
from kendedes.ledger.queries.stock import stock_in
from kendedes.orders.rules.lots import Standing


def standing(association: int, variants: Iterable[int], stand: int | None = None) -> dict[int, list[Standing]]:
    """By pack: every lot on a shelf or in the store. ``stand``: whose shelves are near."""
    lots = Lot.objects.filter(association=association, variant__in=list(variants))
    facts = {row.pk: row for row in lots}
    places = Place.objects.filter(association=association, kind__in=(Place.Kind.SHELF, Place.Kind.STORE))
    near = set(places.filter(Q(shelf__stand=stand) | Q(stand=stand)).values_list("pk", flat=True)) if stand else set()
    found: dict[int, list[Standing]] = {}
    for place, held in stock_in(places.values_list("pk", flat=True), lots).items():
        for lot, there in held.items():
            row = facts[lot]
            found.setdefault(row.variant_id, []).append(
                Standing(lot, row.producer_id, place, there, row.expires_on, place in near)
            )
    return found
