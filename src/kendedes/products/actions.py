"""The verbs of a product's life. Each is one transaction and one entry in the diary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal import rules as diary
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Producer
from kendedes.products import rules
from kendedes.products.categories import KINDS
from kendedes.products.models import Category, FixItem, Price, Product, Release, Variant
from kendedes.products.queries import content, current_price, full


class CodeTaken(Refusal):
    code = "product_code_taken"
    message = _("Kode %(code)s sudah dipakai oleh “%(name)s”.")


class WrongState(Refusal):
    code = "product_wrong_state"
    message = _("Produk “%(name)s” berstatus %(state)s; langkah ini tidak dapat dilakukan.")


class Incomplete(Refusal):
    code = "product_incomplete"
    message = _("Belum lengkap: %(missing)s.")


class NothingToMend(Refusal):
    code = "fix_list_empty"
    message = _("Tuliskan sedikitnya satu hal yang perlu diperbaiki.")


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
    product.changed_at = at
    product.save()
    record(deed="product.change", at=at, by=by, subjects=[product], facts={"changes": differs})
    return product


@transaction.atomic
def put_pack(*, product: Product, pack: Pack, at: datetime, by: User | None) -> Variant:
    """Add a variant, or change the one with this code; prices that differ get a new row, never an edit."""
    existing = {v.code: v for v in product.variants.all()}
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
        product.changed_at = at
        product.save(update_fields=["changed_at"])
    return variant


def _differs(variant: Variant, kind: Price.Kind, asked: PriceAsked) -> bool:
    newest = variant.prices.filter(kind=kind).order_by("-id").first()
    if newest is None:
        return True
    return (newest.low, newest.high, newest.minimum) != (asked.low, asked.high, asked.minimum)


def missing(product: Product) -> list[str]:
    """Field names without which a product may not be submitted."""
    gaps = [name for name in ("name_id", "story_id") if not getattr(product, name).strip()]
    variants = list(product.variants.all())
    if not any(current_price(v, Price.Kind.RETAIL) for v in variants):
        gaps.append("price")
    if not product.photos.filter(removed_at=None).exists():
        gaps.append("photo")
    return gaps


def _pass(product: Product, to: Product.State, at: datetime) -> None:
    """Take the row's lock by a conditional update: two people pressing at once pass it once."""
    passed = Product.objects.filter(pk=product.pk, state=product.state).update(state=to, changed_at=at)
    if not rules.may_pass(product.state, to) or not passed:
        raise WrongState(name=product.name_id, state=product.get_state_display())
    product.state, product.changed_at = to, at


@transaction.atomic
def submit(*, product: Product, at: datetime, by: User | None) -> Product:
    """The operator hands the product to the curator. Raises Incomplete, WrongState."""
    gaps = missing(product)
    if gaps:
        raise Incomplete(missing=", ".join(gaps))
    _pass(product, Product.State.SUBMITTED, at)
    FixItem.objects.filter(product=product, done_at=None).update(done_at=at)
    record(deed="product.submit", at=at, by=by, subjects=[product])
    return product


@transaction.atomic
def send_back(*, product: Product, fixes: Sequence[tuple[str, str]], at: datetime, by: User | None) -> Product:
    """The curator's list of (field, note) goes to the unit; raises NothingToMend for an empty one."""
    notes = [(field, note.strip()) for field, note in fixes if note.strip()]
    if not notes:
        raise NothingToMend
    _pass(product, Product.State.RETURNED, at)
    FixItem.objects.bulk_create(
        FixItem(product=product, field=field, note=note, asked_by=by, asked_at=at) for field, note in notes
    )
    record(deed="product.send_back", at=at, by=by, subjects=[product], facts={"fixes": [list(n) for n in notes]})
    return product


@transaction.atomic
def accept(*, product: Product, at: datetime, by: User | None) -> Product:
    """The curator takes the product as it stands."""
    _pass(product, Product.State.ACCEPTED, at)
    record(deed="product.accept", at=at, by=by, subjects=[product])
    return product


@transaction.atomic
def discontinue(*, product: Product, at: datetime, by: User | None, reason: str = "") -> Product:
    """No longer made; its page stays and says so."""
    _pass(product, Product.State.DISCONTINUED, at)
    record(deed="product.discontinue", at=at, by=by, subjects=[product], facts={"reason": reason})
    return product


@transaction.atomic
def publish(*, products: Iterable[Product], at: datetime, by: User | None) -> list[Release]:
    """Release accepted products to the public: freeze their content, one entry for all.

    A published product whose content is unchanged keeps its release; a changed one gets the next number.
    Raises WrongState for any other state, and then releases nothing.
    """
    loaded = full(products)
    allowed = {Product.State.ACCEPTED, Product.State.PUBLISHED}
    for product in loaded:
        if product.state not in allowed:
            raise WrongState(name=product.name_id, state=product.get_state_display())
    latest: dict[int, Release] = {}
    for release in Release.objects.filter(product__in=loaded).order_by("number").defer("content"):
        latest[release.product_id] = release
    fresh: list[tuple[Product, dict[str, Any], str]] = []
    for product in loaded:
        frozen = content(product)
        sha256 = rules.digest(frozen)
        before = latest.get(product.pk)
        if before is None or before.sha256 != sha256 or product.state != Product.State.PUBLISHED:
            fresh.append((product, frozen, sha256))
    if not fresh:
        return []
    entry = record(
        deed="product.publish", at=at, by=by, subjects=[p for p, _c, _s in fresh],
        facts={"codes": [p.code for p, _c, _s in fresh]},
    )  # fmt: skip
    releases = Release.objects.bulk_create(
        Release(
            product=product, content=frozen, sha256=sha256, released_at=at, entry=entry,
            number=(latest[product.pk].number if product.pk in latest else 0) + 1,
        )
        for product, frozen, sha256 in fresh
    )  # fmt: skip
    Product.objects.filter(pk__in=[p.pk for p, _c, _s in fresh]).update(state=Product.State.PUBLISHED)
    return releases
