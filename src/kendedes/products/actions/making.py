"""Making and changing a product, its packs and prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from kendedes.journal import rules as diary
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Producer
from kendedes.products import rules
from kendedes.products.actions.refusals import CodeTaken, EditedMeanwhile, LastPack, PriceOdd
from kendedes.products.actions.standing import changed
from kendedes.products.categories import KINDS
from kendedes.products.models import Category, Price, Product, Variant


@dataclass(frozen=True)
class PriceAsked:
    """Whole rupiah; ``low`` None: on request."""

    low: int | None
    high: int | None = None
    minimum: int | None = None


@dataclass(frozen=True)
class Pack:
    """A variant to be made or found by ``code`` (empty: the product's code with a letter)."""

    code: str = ""
    name: str = ""
    unit: str = ""
    net_value: int | None = None
    net_unit: str = ""
    barcode: str = ""
    retail: PriceAsked | None = None
    wholesale: PriceAsked | None = None


def _prefix(producer: Producer) -> str:
    return producer.unit.code if producer.unit else "LUAR"


def _code(producer: Producer, wanted: str) -> str:
    rows = Product.objects.filter(association_id=producer.association_id)
    if wanted:
        other = rows.filter(code=wanted).first()
        if other:
            raise CodeTaken(code=wanted, name=other.name_id)
        return wanted
    prefix = _prefix(producer)
    return rules.next_code(prefix, set(rows.filter(code__startswith=prefix + "-").values_list("code", flat=True)))


@transaction.atomic
def ensure_categories() -> dict[str, Category]:
    """The shipped categories by slug, made where they are missing; names an owner changed stay."""
    found = {category.slug: category for category in Category.objects.all()}
    for position, kind in enumerate(KINDS):
        if kind.slug not in found:
            found[kind.slug] = Category.objects.create(
                slug=kind.slug, name_id=kind.id, name_en=kind.en, food=kind.food, position=position,
                parent=found.get(kind.parent),
            )  # fmt: skip
    return found


@transaction.atomic
def create_product(
    *, producer: Producer, category: Category, name_id: str, at: datetime, by: User | None,
    code: str = "", packs: Sequence[Pack] = (), **fields: Any,
) -> Product:  # fmt: skip
    """A draft with its packs and prices. Raises CodeTaken; the address (slug) holds the code and so is unique."""
    for pack in packs:
        _check_price(pack.retail)
        _check_price(pack.wholesale)
    given = _code(producer, code)
    product = Product.objects.create(
        association_id=producer.association_id, producer=producer, category=category, code=given, name_id=name_id,
        slug=f"{slugify(name_id)[:120] or 'produk'}-{slugify(given)}", created_at=at, changed_at=at, **fields,
    )  # fmt: skip
    entry = record(
        deed="product.create", at=at, by=by, subjects=[product, producer], facts={"code": given, "name": name_id}
    )
    prices: list[Price] = []
    for number, pack in enumerate(packs):
        variant = Variant.objects.create(
            product=product, code=pack.code or _variant_code(given, number), name=pack.name, unit=pack.unit,
            net_value=pack.net_value, net_unit=pack.net_unit if pack.net_value else "", barcode=pack.barcode,
            position=number,
        )  # fmt: skip
        for kind, asked in ((Price.Kind.RETAIL, pack.retail), (Price.Kind.WHOLESALE, pack.wholesale)):
            if asked is not None:
                prices.append(_price(variant, kind, asked, at, entry.pk))
    Price.objects.bulk_create(prices)
    return product


def _variant_code(product_code: str, number: int) -> str:
    return f"{product_code}{chr(65 + number)}" if number < 26 else f"{product_code}Z{number}"


def _price(variant: Variant, kind: Price.Kind, asked: PriceAsked, at: datetime, entry: int) -> Price:
    return Price(
        variant=variant, kind=kind, low=asked.low, high=asked.high, minimum=asked.minimum, valid_from=at, entry_id=entry
    )


@transaction.atomic
def change_product(*, product: Product, at: datetime, by: User | None, **fields: Any) -> Product:
    """Set ``fields``; unchanged ones leave no trace. A public product keeps its released text until published again."""
    differs = diary.changes({name: getattr(product, name) for name in fields}, fields)
    if not differs:
        return product
    for name, value in fields.items():
        setattr(product, name, value)
    product.save(update_fields=list(fields))
    record(deed="product.change", at=at, by=by, subjects=[product], facts={"changes": differs})
    changed(product, at, by)
    return product


@transaction.atomic
def put_pack(*, product: Product, pack: Pack, at: datetime, by: User | None) -> Variant:
    """Add a variant, or change the one with this code; prices that differ get a new row, never an edit."""
    for price in (pack.retail, pack.wholesale):
        _check_price(price)
    existing = {v.code: v for v in Variant.objects.filter(product=product)}
    fields = {
        "name": pack.name, "unit": pack.unit, "net_value": pack.net_value,
        "net_unit": pack.net_unit if pack.net_value else "", "barcode": pack.barcode,
    }  # fmt: skip
    variant = existing.get(pack.code)
    if variant is None:
        number = len(existing)
        while (code := pack.code or _variant_code(product.code, number)) in existing:
            number += 1
        variant = Variant.objects.create(product=product, code=code, position=number, **fields)
        differs: dict[str, Any] = {"pack": [None, code]}
    else:
        differs = diary.changes({name: getattr(variant, name) for name in fields}, fields)
        for name, value in fields.items():
            setattr(variant, name, value)
        if differs:
            variant.save()
    asked = [(Price.Kind.RETAIL, pack.retail), (Price.Kind.WHOLESALE, pack.wholesale)]
    fresh = [(kind, price) for kind, price in asked if price is not None and _differs(variant, kind, price)]
    if differs or fresh:
        facts = {
            "pack": variant.code,
            "changes": differs,
            "prices": {k.value: [p.low, p.high, p.minimum] for k, p in fresh},
        }
        entry = record(deed="product.pack", at=at, by=by, subjects=[product], facts=facts)
        Price.objects.bulk_create([_price(variant, kind, price, at, entry.pk) for kind, price in fresh])
        changed(product, at, by)
    return variant


def _check_price(asked: PriceAsked | None) -> None:
    if asked is not None and asked.high is not None and (asked.low is None or asked.high <= asked.low):
        raise PriceOdd


def _differs(variant: Variant, kind: Price.Kind, asked: PriceAsked) -> bool:
    newest = variant.prices.filter(kind=kind).order_by("-id").first()
    if newest is None:
        return True
    return (newest.low, newest.high, newest.minimum) != (asked.low, asked.high, asked.minimum)


@transaction.atomic
def edit_product(*, product: Product, seen: str, at: datetime, by: User | None, **fields: Any) -> Product:
    """``change_product`` for a form that was opened when its fields had the version ``seen`` (``rules.version``).

    Raises EditedMeanwhile when the fields have changed since; then nothing is written.
    """
    # On SQLite the transaction itself began with the write lock. Alone: PostgreSQL, having waited, finds no row when the
    # category it was joined with is no longer the product's.
    product = Product.objects.select_for_update().get(pk=product.pk)
    if rules.version({name: getattr(product, name) for name in fields}) != seen:
        raise EditedMeanwhile(name=product.name_id)
    return change_product(product=product, at=at, by=by, **fields)


@transaction.atomic
def end_pack(*, variant: Variant, at: datetime, by: User | None) -> Variant:
    """The pack is no longer sold; its prices stay in the history. Raises LastPack."""
    if variant.ended_on is None:
        if not variant.product.variants.filter(ended_on=None).exclude(pk=variant.pk).exists():
            raise LastPack
        variant.ended_on = timezone.localtime(at).date()
        variant.save(update_fields=["ended_on"])
        record(deed="product.pack_end", at=at, by=by, subjects=[variant.product], facts={"pack": variant.code})
        changed(variant.product, at, by)
    return variant
