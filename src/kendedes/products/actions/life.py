"""A product's way to the public: each step is one transaction and one entry in the diary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.products import rules
from kendedes.products.actions.refusals import EditedMeanwhile, Incomplete, NothingToMend, WrongState
from kendedes.products.models import FixItem, Price, Product, Release
from kendedes.products.queries import content, current_price, full

GAPS: dict[str, Any] = {
    "name_id": _("nama"), "story_id": _("cerita"), "price": _("harga eceran"), "photo": _("foto"),
}  # fmt: skip


def missing(product: Product) -> list[str]:
    """Names of ``GAPS`` without which a product may not be submitted. A price "on request" is a price."""
    gaps = [name for name in ("name_id", "story_id") if not getattr(product, name).strip()]
    packs = [variant for variant in product.variants.all() if variant.ended_on is None]
    if not any(current_price(variant, Price.Kind.RETAIL) for variant in packs):
        gaps.append("price")
    if not any(photo.removed_at is None for photo in product.photos.all()):
        gaps.append("photo")
    return gaps


def _pass(product: Product, to: Product.State, at: datetime, seen: datetime | None = None) -> None:
    """Take the row's lock by a conditional update: two people pressing at once pass it once."""
    rows = Product.objects.filter(pk=product.pk, state=product.state)
    if seen is not None and rows.exclude(changed_at=seen).exists():
        raise EditedMeanwhile(name=product.name_id)
    passed = rows.update(state=to, changed_at=at)
    if not rules.may_pass(product.state, to) or not passed:
        raise WrongState(name=product.name_id, state=product.get_state_display())
    product.state, product.changed_at = to, at


@transaction.atomic
def submit(*, product: Product, at: datetime, by: User | None) -> Product:
    """The operator hands the product to the curator. Raises Incomplete, WrongState."""
    gaps = missing(product)
    if gaps:
        raise Incomplete(missing=", ".join(str(GAPS[gap]) for gap in gaps))
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
def accept(*, product: Product, at: datetime, by: User | None, seen: datetime | None = None) -> Product:
    """The curator takes the product as it stands; ``seen``: its ``changed_at`` when she looked. Raises EditedMeanwhile."""
    _pass(product, Product.State.ACCEPTED, at, seen)
    record(deed="product.accept", at=at, by=by, subjects=[product])
    return product


@transaction.atomic
def withdraw(*, product: Product, at: datetime, by: User | None) -> Product:
    """The unit takes a submitted product back to work on it."""
    if product.state != Product.State.SUBMITTED:
        raise WrongState(name=product.name_id, state=product.get_state_display())
    _pass(product, Product.State.DRAFT, at)
    record(deed="product.withdraw", at=at, by=by, subjects=[product])
    return product


@transaction.atomic
def accept_all(*, products: Iterable[Product], at: datetime, by: User | None) -> list[Product]:
    """Accept many, all or none. Raises WrongState naming the first that cannot be accepted."""
    return [accept(product=product, at=at, by=by) for product in products]


@transaction.atomic
def revive(*, product: Product, at: datetime, by: User | None) -> Product:
    """Made again: a discontinued product becomes a draft with all it had."""
    if product.state != Product.State.DISCONTINUED:
        raise WrongState(name=product.name_id, state=product.get_state_display())
    _pass(product, Product.State.DRAFT, at)
    record(deed="product.revive", at=at, by=by, subjects=[product])
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
