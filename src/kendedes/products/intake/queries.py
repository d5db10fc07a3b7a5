"""What is stored, as the judge compares it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

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
_NONE: dict[tuple[str, str], str] = {}
_NOTHING: frozenset[Any] = frozenset()


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
    """Everything a sheet of ``unit`` is judged against, in ten queries whatever its size."""
    makers = {
        row[0]: Maker(row[1], row[2], row[3], row[0], dict(zip(_MAKER, row[4:], strict=True)))
        for row in Producer.objects.filter(unit=unit).values_list("pk", "name", "name_key", "village_id", *_MAKER)
    }
    packs = _packs(unit)
    permits: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    of_makers: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    for producer, product, kind, number, until in Permit.objects.filter(producer__unit=unit, ended_on=None).values_list(
        "producer_id", "product_id", "kind", "number", "valid_until"
    ):
        day = until.isoformat() if until else ""
        (permits[product] if product else of_makers[producer])[kind, number] = day
    photos: dict[int, set[str]] = defaultdict(set)
    sent = Photo.objects.filter(product__producer__unit=unit, removed_at=None).exclude(source_name="")
    for product, name in sent.values_list("product_id", "source_name"):
        photos[product].add(name.casefold())
    kept: dict[int, frozenset[tuple[str, str]]] = {
        pk: frozenset((r.get("field", ""), r.get("text", "")) for r in remarks)
        for pk, remarks in Product.objects.filter(producer__unit=unit).exclude(remarks=[]).values_list("pk", "remarks")
    }
    items = []
    rows = Product.objects.filter(producer__unit=unit).order_by("pk")
    for row in rows.values_list("pk", "producer_id", "code", "name_id", *_PRODUCT):
        pk, producer, code, name = row[:4]
        fields = dict(zip(_PRODUCT, row[4:], strict=True))
        own = permits.get(pk, _NONE)
        if producer in of_makers:
            own = {**of_makers[producer], **own}
        sent_as = frozenset(photos[pk]) if pk in photos else _NOTHING
        items.append(
            Item(
                name, code, makers[producer], pk, None, fields, packs.get(pk, []), own, kept.get(pk, _NOTHING), sent_as
            )
        )
    others = Product.objects.filter(association_id=unit.association_id).exclude(producer__unit=unit)
    codes = dict(others.values_list("code", "name_id"))
    categories: dict[str, int] = {}
    for pk, slug, name_id, name_en in Category.objects.values_list("pk", "slug", "name_id", "name_en"):
        categories |= dict.fromkeys((names.key(slug), names.key(name_id), names.key(name_en)), pk)
    return Known(unit.code, places_of(unit), list(makers.values()), items, codes, categories)


def _packs(unit: Unit) -> dict[int, list[Pack]]:
    prices: dict[tuple[int, str], PriceSaid] = {}
    rows = Price.objects.filter(variant__product__producer__unit=unit).order_by("id")
    for variant, kind, low, high, minimum in rows.values_list("variant_id", "kind", "low", "high", "minimum"):
        prices[variant, kind] = (low, high, minimum)  # the newest of a kind counts
    found: dict[int, list[Pack]] = defaultdict(list)
    variants = Variant.objects.filter(product__producer__unit=unit, ended_on=None).order_by("product", "position", "id")
    for pk, product, code, name, pack_unit, value, net, barcode in variants.values_list(
        "pk", "product_id", "code", "name", "unit", "net_value", "net_unit", "barcode"
    ):
        found[product].append(
            Pack(
                code, name, pack_unit, (value, net) if value else None, barcode,
                prices.get((pk, Price.Kind.RETAIL)), prices.get((pk, Price.Kind.WHOLESALE)), pk,
            )
        )  # fmt: skip
    return found
