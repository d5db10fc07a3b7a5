"""What product pages say about buying: coarse on purpose, so that a page changes only when its words do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from kendedes.ledger.models import GoodsMove
from kendedes.orders.models import OrderLine
from kendedes.orders.queries.offers import offers, open_shop
from kendedes.orders.rules.promising import FEW, Kind
from kendedes.products.models import Variant


def for_sale(
    association: int, products: Iterable[int], on: date
) -> dict[int, tuple[list[dict[str, Any]], date | None]]:
    """By product: its packs as plain facts, and the first day on which they may read differently by themselves.

    Fact: ``{"variant", "code", "price", "kind": stock|made|shown, "left": pieces where few are left, "days", "minimum"}``.
    Empty while the shop is closed.
    """
    if open_shop(association) is None:
        return {}
    packs = list(Variant.objects.filter(product__in=list(products), ended_on=None).order_by("position", "id"))
    known = offers(association, [pack.pk for pack in packs], on)
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    days: defaultdict[int, list[date]] = defaultdict(list)
    for pack in packs:
        if (offer := known.get(pack.pk)) is None:
            continue
        kind = offer.kind()
        makes = offer.price is not None and offer.days(offer.minimum) is not None
        found[pack.product_id].append(
            {
                "variant": pack.pk, "code": pack.code, "price": offer.price, "kind": kind.value,
                "left": offer.free if kind is Kind.STOCK and offer.free <= FEW else None,
                "days": offer.lead if makes else None, "minimum": offer.minimum if makes else None,
            }
        )  # fmt: skip
        if offer.lapses:
            days[pack.product_id].append(offer.lapses + timedelta(days=1))
    return {product: (rows, min(days[product], default=None)) for product, rows in found.items()}


def products_moved(after: int, until: int) -> set[int]:
    """Products whose stock or promises a stretch of the diary may have changed."""
    moved = GoodsMove.objects.filter(posting__gt=after, posting__lte=until)
    return set(moved.values_list("lot__variant__product", flat=True).distinct())


def products_ordered(orders: Iterable[int]) -> set[int]:
    """Products in these orders."""
    return set(OrderLine.objects.filter(order__in=list(orders)).values_list("variant__product", flat=True))
