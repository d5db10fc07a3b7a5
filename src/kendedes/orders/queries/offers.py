"""What packs can be had for, how many, when: stock of the gallery within the stands' quotas, less what is promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from kendedes.orders.models import CalledOff, OrderLine, ParcelLine, Quota, ShopRules
from kendedes.orders.rules.promising import Kind, Spot, offered, ready_in, weight
from kendedes.products.models import Price, Product, Variant

PUBLIC = (Product.State.PUBLISHED,)
_STOCK = """
SELECT l.variant_id, sh.stand_id, st.id, SUM(t.n), MIN(l.expires_on) FROM (
  SELECT m.lot_id, m.target_id AS place_id, m.quantity AS n FROM ledger_goodsmove m
  WHERE m.lot_id IN (SELECT id FROM ledger_lot WHERE variant_id IN ({marks}))
  UNION ALL
  SELECT m.lot_id, m.source_id, -m.quantity FROM ledger_goodsmove m
  WHERE m.lot_id IN (SELECT id FROM ledger_lot WHERE variant_id IN ({marks}))
) t JOIN ledger_lot l ON l.id = t.lot_id JOIN ledger_place p ON p.id = t.place_id
LEFT JOIN gallery_shelf sh ON sh.place_id = p.id LEFT JOIN gallery_stand st ON st.place_id = p.id
WHERE p.association_id = %s AND p.kind IN ('shelf', 'store') AND (l.expires_on IS NULL OR l.expires_on >= %s)
GROUP BY l.variant_id, sh.stand_id, st.id"""


@dataclass(frozen=True, slots=True)
class Offer:
    """One pack. ``free``: pieces that can be promised now; ``price`` None: on request, not to be ordered.

    ``lapses``: the last day of the lot that expires first. ``queued``: pieces of the product that wait to be made. ``stands``: pieces by stand (None: the store), for people
    who come.
    """

    variant: int
    product: int
    producer: int
    name: str
    slug: str
    unit: str
    price: int | None
    free: int
    stock: int
    promised: int
    lead: int | None
    capacity: int | None
    minimum: int
    queued: int
    grams: int
    stands: Mapping[int | None, int]
    lapses: date | None
    limits: Mapping[int, int]

    def kind(self, asked: int = 1) -> Kind:
        """How ``asked`` pieces could be had."""
        if self.price is None:
            return Kind.SHOWN
        if asked <= self.free:
            return Kind.STOCK
        return Kind.MADE if self.days(max(asked, self.minimum)) is not None else Kind.SHOWN

    def days(self, asked: int) -> int | None:
        """Days until ``asked`` pieces would be made."""
        return ready_in(asked, capacity=self.capacity, lead=self.lead, queued=self.queued)


def open_shop(association: int) -> ShopRules | None:
    """The shop's rules while it takes orders."""
    return ShopRules.objects.filter(pk=association, is_open=True).first()


def offers(association: int, variants: Iterable[int], on: date) -> dict[int, Offer]:
    """Of the packs that are public and still sold, by number. Seven queries, however many packs."""
    wanted = sorted(set(variants))
    rows = list(
        Variant.objects.filter(
            pk__in=wanted, ended_on=None, product__association=association, product__state__in=PUBLIC
        ).select_related("product")
    )
    if not rows:
        return {}
    found = [row.pk for row in rows]
    stock, lapses = _stock(association, found, on)
    known = _Known(
        stock=stock, lapses=lapses, quotas=_quotas(association), promised=promised_of(association, found),
        prices=_prices(found), queued=_queued({row.product_id for row in rows if row.product.capacity}),
    )  # fmt: skip
    return {row.pk: _offer(row, known) for row in rows}


def looked_at_again(association: int, known: Mapping[int, Offer], on: date) -> dict[int, Offer]:
    """The same offers with the stock and the promises of this moment: two queries, for whoever holds the lock."""
    if not known:
        return {}
    packs = sorted(known)
    stock, _lapses = _stock(association, packs, on)
    promised = promised_of(association, packs)
    found = {}
    for pack, offer in known.items():
        spots, taken = stock[pack], promised.get(pack, 0)
        may = offered((Spot(stand, n) for stand, n in spots.items()), offer.limits)
        found[pack] = replace(
            offer, free=max(0, may - taken), stock=sum(spots.values()), promised=taken, stands=dict(spots)
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    stock: defaultdict[int, dict[int | None, int]]
    lapses: Mapping[int, date]
    quotas: Mapping[int, Mapping[int | None, int]]
    promised: Mapping[int, int]
    prices: Mapping[int, int | None]
    queued: Mapping[int, int]


def _offer(row: Variant, known: _Known) -> Offer:
    product, spots, promised = row.product, known.stock[row.pk], known.promised.get(row.pk, 0)
    mosts = {stand: by.get(row.pk, by.get(None)) for stand, by in known.quotas.items()}
    limits = {stand: most for stand, most in mosts.items() if most is not None}
    may = offered((Spot(stand, n) for stand, n in spots.items()), limits)
    name = f"{product.name_id} {pack}".strip() if (pack := _pack(row)) else product.name_id
    return Offer(
        variant=row.pk, product=product.pk, producer=product.producer_id, name=name[:200], slug=product.slug,
        unit=row.unit, price=known.prices.get(row.pk), free=max(0, may - promised), stock=sum(spots.values()),
        promised=promised, lead=product.lead_time_days, capacity=product.capacity,
        minimum=product.minimum_order or 1, queued=known.queued.get(product.pk, 0), grams=weight(row.net_value, row.net_unit),
        stands=dict(spots), lapses=known.lapses.get(row.pk), limits=limits,
    )  # fmt: skip


def _pack(row: Variant) -> str:
    return row.name or (f"{row.net_value} {row.get_net_unit_display()}" if row.net_value else "")


def _stock(
    association: int, variants: list[int], on: date
) -> tuple[defaultdict[int, dict[int | None, int]], dict[int, date]]:
    """Pieces by pack and stand (None: the store); the earliest last day by pack."""
    marks = ", ".join(["%s"] * len(variants))
    found: defaultdict[int, dict[int | None, int]] = defaultdict(dict)
    lapses: dict[int, date] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            _STOCK.format(marks=marks), [*variants, *variants, association, connection.ops.adapt_datefield_value(on)]
        )
        for variant, shelf_stand, own_stand, pieces, ends in cursor.fetchall():
            spots, stand = found[variant], shelf_stand or own_stand
            if pieces > 0:
                spots[stand] = spots.get(stand, 0) + int(pieces)
            if ends is not None:
                day = date.fromisoformat(ends) if isinstance(ends, str) else ends
                lapses[variant] = min(day, lapses.get(variant, day))
    return found, lapses


def _quotas(association: int) -> dict[int, dict[int | None, int]]:
    found: defaultdict[int, dict[int | None, int]] = defaultdict(dict)
    rows = Quota.objects.filter(stand__venue__association=association).order_by()
    for stand, variant, most in rows.values_list("stand", "variant", "most"):
        found[stand][variant] = most
    return found


def promised_of(association: int, variants: Iterable[int]) -> dict[int, int]:
    """Pieces set aside by open promises. Plain SQL: it is asked while others wait."""
    packs = list(variants)
    if not packs:
        return {}
    marks = ", ".join(["%s"] * len(packs))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT variant_id, SUM(quantity) FROM orders_promise WHERE association_id = %s AND ended_at IS NULL "  # noqa: S608 - marks only
            f"AND variant_id IN ({marks}) GROUP BY variant_id",
            [association, *packs],
        )
        return {int(pack): int(pieces) for pack, pieces in cursor.fetchall()}


def _prices(variants: list[int]) -> dict[int, int | None]:
    """The published retail price where it is one figure; a range or nothing: on request."""
    rows = Price.objects.filter(variant__in=variants, kind=Price.Kind.RETAIL).order_by("id")
    return {variant: low if high is None else None for variant, low, high in rows.values_list("variant", "low", "high")}


def _queued(products: set[int]) -> dict[int, int]:
    """Pieces of each product that buyers wait for: lines to be made of orders that live and are not ready, without what
    left in parcels or was called off.
    """
    if not products:
        return {}
    rows = (
        OrderLine.objects.filter(made=True, variant__product__in=products, order__state__in=("new", "ready", "sent"))
        .filter(~Q(progress__step="ready"))
        .order_by()
    )
    found: dict[int, int] = {}
    for product, pieces in waiting_pieces(rows).values_list("variant__product", "waiting"):
        found[product] = found.get(product, 0) + pieces
    return found


def waiting_pieces(rows: Any) -> Any:
    """Lines with ``waiting``: pieces that neither left in parcels nor were called off."""
    sent, off = (
        model.objects.filter(line=OuterRef("pk")).order_by().values("line").annotate(n=Sum("pieces")).values("n")
        for model in (ParcelLine, CalledOff)
    )
    return rows.annotate(waiting=F("quantity") - Coalesce(Subquery(sent), 0) - Coalesce(Subquery(off), 0))
