"""What is stored, as the judge compares it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.db.models import Q, QuerySet

from kendedes.base import names
from kendedes.network.models import Producer, Region, Spelling, Unit
from kendedes.products.intake.rules.known import Item, Known, Maker, Pack, PriceSaid
from kendedes.products.intake.rules.places import Places, Village
from kendedes.products.models import Category, Permit, Photo, Price, Product, Variant

_MAKER = (
    "phone", "other_phones", "contact_name", "address", "kind", "members_m", "members_f", "workers_m", "workers_f",
)  # fmt: skip
_PRODUCT = (
    "name_en", "story_id", "story_en", "materials", "local_percent", "local_scope", "capacity", "capacity_unit",
    "shelf_life_days", "minimum_order", "lead_time_days", "category",
)  # fmt: skip
_NONE: Mapping[Any, Any] = MappingProxyType({})
_NOTHING: frozenset[Any] = frozenset()
_FEW = 500  # so many products are asked for by number


def places_of(unit: Unit) -> Places:
    """The villages and districts of the unit's regency, with every other spelling."""
    regency = unit.district.parent_id
    spelt: dict[str, list[str]] = defaultdict(list)
    for code, name in Spelling.objects.filter(region__code__startswith=f"{regency}.").values_list("region_id", "name"):
        spelt[code].append(name)
    districts: dict[str, tuple[str, ...]] = {}
    villages: list[Village] = []
    rows = Region.objects.filter(code__startswith=f"{regency}.").order_by("code")
    for code, name, parent in rows.values_list("code", "name", "parent_id"):
        if parent == regency:
            districts[code] = (name, *spelt[code])
        else:
            villages.append(Village(code, name, parent, tuple(spelt[code])))
    return Places(unit.district_id, districts, villages)


def known(unit: Unit) -> Known:
    """Everything a sheet of ``unit`` is judged against, in ten queries whatever its size.

    Of its products only the names are read at once: a sheet often means none or a few of the stored ones.
    """
    makers = {
        row[0]: Maker(row[1], row[2], row[3], row[0], dict(zip(_MAKER, row[4:], strict=True)))
        for row in Producer.objects.filter(unit=unit).values_list("pk", "name", "name_key", "village_id", *_MAKER)
    }
    rows = (
        Product.objects.filter(producer__unit=unit).order_by("pk").values_list("pk", "producer_id", "code", "name_id")
    )
    items = [
        Item(name, code, makers[producer], pk, None, _NONE, [], _NONE, _NOTHING, _NOTHING)
        for pk, producer, code, name in rows
    ]
    others = Product.objects.filter(association_id=unit.association_id).exclude(producer__unit=unit)
    codes = dict(others.values_list("code", "name_id"))
    categories: dict[str, int] = {}
    for pk, slug, name_id, name_en in Category.objects.values_list("pk", "slug", "name_id", "name_en"):
        categories |= dict.fromkeys((names.key(slug), names.key(name_id), names.key(name_en)), pk)
    return Known(
        unit.code, places_of(unit), list(makers.values()), items, codes, categories, lambda found: _fill(unit, found)
    )


def _fill(unit: Unit, items: Sequence[Item]) -> None:
    """Read packs, texts, permits, remarks and photos of ``items``: by number when they are few, else the whole unit's."""
    if not items:
        return
    by_pk = {item.pk: item for item in items}
    of = Q(pk__in=list(by_pk)) if len(items) <= _FEW else Q(producer__unit=unit)
    products = Product.objects.filter(of)
    for pk, *fields in products.values_list("pk", *_PRODUCT):
        if item := by_pk.get(pk):
            item.fields = dict(zip(_PRODUCT, fields, strict=True))
    for pk, packs in _packs(products).items():
        if item := by_pk.get(pk):
            item.packs = packs
    _fill_permits(unit, by_pk)
    _fill_sayings(products, by_pk)


def _fill_sayings(products: QuerySet[Product], by_pk: Mapping[int | None, Item]) -> None:
    """Names of the files photos came from, and what people remarked."""
    sent = Photo.objects.filter(product__in=products, removed_at=None).exclude(source_name="")
    photos: dict[int, set[str]] = defaultdict(set)
    for product, name in sent.values_list("product_id", "source_name"):
        photos[product].add(name.casefold())
    for pk, found in photos.items():
        if item := by_pk.get(pk):
            item.photos = frozenset(found)
    for pk, remarks in products.exclude(remarks=[]).values_list("pk", "remarks"):
        if item := by_pk.get(pk):
            item.remarks = frozenset((r.get("field", ""), r.get("text", "")) for r in remarks)


def _fill_permits(unit: Unit, by_pk: Mapping[int | None, Item]) -> None:
    """A permit of the producer counts for all she makes."""
    own: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    of_makers: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    running = Permit.objects.filter(producer__unit=unit, ended_on=None)
    if len(by_pk) <= _FEW:
        running = running.filter(Q(product=None) | Q(product__in=list(by_pk)))
    for producer, product, kind, number, until in running.values_list(
        "producer_id", "product_id", "kind", "number", "valid_until"
    ):
        day = until.isoformat() if until else ""
        (own[product] if product else of_makers[producer])[kind, number] = day
    for pk, item in by_pk.items():
        mine = own.get(pk, _NONE) if pk is not None else _NONE
        theirs = of_makers.get(item.producer.pk) if item.producer.pk is not None else None
        item.permits = {**theirs, **mine} if theirs else mine


def _packs(products: QuerySet[Product]) -> dict[int, list[Pack]]:
    retail: dict[int, PriceSaid] = {}
    wholesale: dict[int, PriceSaid] = {}
    kept = {Price.Kind.RETAIL.value: retail, Price.Kind.WHOLESALE.value: wholesale}
    rows = Price.objects.filter(variant__product__in=products).order_by("id")
    for variant, kind, low, high, minimum in rows.values_list("variant_id", "kind", "low", "high", "minimum"):
        kept[kind][variant] = (low, high, minimum)  # the newest of a kind counts
    found: dict[int, list[Pack]] = defaultdict(list)
    variants = Variant.objects.filter(product__in=products, ended_on=None).order_by("product_id", "position", "id")
    for pk, product, code, name, unit, value, net, barcode in variants.values_list(
        "pk", "product_id", "code", "name", "unit", "net_value", "net_unit", "barcode"
    ):
        measure = (value, net) if value else None
        found[product].append(Pack(code, name, unit, measure, barcode, retail.get(pk), wholesale.get(pk), pk))
    return found
