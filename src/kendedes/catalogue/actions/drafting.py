"""Opening an edition, choosing and ordering its products, proofing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.catalogue import rules
from kendedes.catalogue.models import Edition, EditionItem
from kendedes.journal import rules as diary
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Association, Unit
from kendedes.ovop.queries import current_stars
from kendedes.products.models import Product

READY = (Product.State.ACCEPTED, Product.State.PUBLISHED)
# What the next edition takes over from the last one.
KEPT = (
    "preface_id", "preface_en", "preface_author", "preface_role", "opening_id", "opening_en", "imprint", "cover_line",
    "cover_photo", "paper", "layout",
)  # fmt: skip
TEXTS = frozenset({*KEPT, "title_id", "title_en"})


class OpenEditionExists(Refusal):
    code = "edition_open_exists"
    message = _("“%(title)s” nomor %(number)s masih dikerjakan; kunci dulu sebelum membuka edisi berikutnya.")


class WrongEditionState(Refusal):
    code = "edition_wrong_state"
    message = _("“%(title)s” berstatus %(state)s; langkah ini tidak dapat dilakukan.")


class ProductNotReady(Refusal):
    code = "edition_product_not_ready"
    message = _("Belum diterima kurator atau bukan dari unit ini: %(codes)s.")


class NothingChosen(Refusal):
    code = "edition_nothing_chosen"
    message = _("Belum ada produk yang dipilih untuk edisi ini.")


class PeriodTaken(Refusal):
    code = "edition_period_taken"
    message = _("Edisi untuk periode %(period)s sudah ada: “%(title)s”.")


def pass_to(edition: Edition, to: Edition.State, at: datetime) -> None:
    """Change the state by a conditional update: two people pressing at once pass it once."""
    fields: dict[str, Any] = {"state": to} if to in Edition.FIXED else {"state": to, "changed_at": at}
    allowed = rules.may_pass(edition.state, to)
    if not allowed or not Edition.objects.filter(pk=edition.pk, state=edition.state).update(**fields):
        raise WrongEditionState(title=edition.title_id, state=edition.get_state_display())
    edition.state = to


def _draft(edition: Edition) -> None:
    """Take the edition's row and make sure it is a draft."""
    state = Edition.objects.select_for_update().values_list("state", flat=True).get(pk=edition.pk)
    if state != Edition.State.DRAFT:
        edition.state = state
        raise WrongEditionState(title=edition.title_id, state=edition.get_state_display())


def same_body(association: Association, unit: Unit | None) -> list[Edition]:
    """Every edition of one unit, or of the regency, oldest first."""
    level = Edition.Level.UNIT if unit else Edition.Level.REGENCY
    return list(Edition.objects.filter(association=association, level=level, unit=unit).order_by("year", "number"))


def _place(association: Association, unit: Unit | None) -> str:
    """The first part of the address; a city named like one of its kecamatan says that it is the city."""
    if unit:
        return unit.district.slug
    slug, region = association.region.slug, association.region
    names = {d.lower().replace(" ", "-") for d in region.children.values_list("name", flat=True)}
    return f"{region.kind}-{slug}" if slug in names else slug


def _titles(association: Association, unit: Unit | None) -> dict[str, str]:
    if unit:
        name = unit.district.name
        return {"title_id": f"Katalog Produk Kecamatan {name}", "title_en": f"Products of {name} District"}
    region = association.region
    kind = "City" if region.kind == region.Kind.CITY else "Regency"
    return {
        "title_id": f"Katalog Produk Unggulan {region.full_name}",
        "title_en": f"Finest Products of {region.name} {kind}",
    }


def _period(association: Association, taken: set[str], year: int, number: int) -> str:
    """The newest period somebody works on and the regency has not closed; else the one after the body's own number."""
    closed = Edition.objects.fixed().filter(association=association, level=Edition.Level.REGENCY)
    running = Edition.objects.filter(association=association, year=year).exclude(period__in=closed.values("period"))
    for period in running.order_by("-number", "-id").values_list("period", flat=True):
        if period not in taken:
            return period
    while (name := rules.period_name(year, number)) in taken:
        number += 1
    return name


@transaction.atomic
def open_edition(
    *, association: Association, at: datetime, by: User | None, unit: Unit | None = None, year: int | None = None,
    period: str = "", **texts: Any,
) -> Edition:  # fmt: skip
    """The next edition of a unit, or of the regency without ``unit``; it starts from the last one.

    Taken over: the texts in ``KEPT`` and the selection, without products no longer accepted. ``texts`` replaces single
    fields. Raises OpenEditionExists while the last one is not locked, PeriodTaken.
    """
    # One at a time for an association: numbers and periods are given out here.
    Association.objects.select_for_update().get(pk=association.pk)
    earlier = same_body(association, unit)
    last = earlier[-1] if earlier else None
    if last and not last.is_fixed:
        raise OpenEditionExists(title=last.title_id, number=last.number)
    year = year or timezone.localtime(at).year
    number = max((e.number for e in earlier if e.year == year), default=0) + 1
    taken = {e.period: e for e in earlier}
    period = period or _period(association, set(taken), year, number)
    if period in taken:
        raise PeriodTaken(period=period, title=taken[period].title_id)
    fields: dict[str, Any] = {**_titles(association, unit), "imprint": _imprint(association, unit)}
    if last:
        fields |= {name: getattr(last, name) for name in KEPT}
    edition = Edition.objects.create(
        association=association, unit=unit, year=year, number=number, period=period, previous=last,
        level=Edition.Level.UNIT if unit else Edition.Level.REGENCY,
        slug=rules.edition_slug(_place(association, unit), year, number),
        opened_at=at, changed_at=at, **{**fields, **texts},
    )  # fmt: skip
    kept = 0
    if last and unit:
        pages = last.pages.filter(product__state__in=READY).order_by("position").values_list("product_id", "feature")
        rows = [
            EditionItem(edition=edition, product_id=product, position=place, feature=feature, chosen_by=by)
            for place, (product, feature) in enumerate(pages, 1)
        ]
        kept = len(EditionItem.objects.bulk_create(rows))
    record(
        deed="edition.open", at=at, by=by, subjects=[s for s in (edition, unit) if s],
        facts={"slug": edition.slug, "period": period, "from": last.slug if last else None, "products": kept},
    )  # fmt: skip
    return edition


def _imprint(association: Association, unit: Unit | None) -> list[dict[str, str]]:
    lines = [{"label": "Penerbit", "value": association.name}]
    if unit:
        lines.append({"label": "Penyusun", "value": str(unit)})
    return lines


@transaction.atomic
def change_edition(*, edition: Edition, at: datetime, by: User | None, **fields: Any) -> Edition:
    """Set texts, cover, paper, layout of a draft; unchanged ones leave no trace. Raises WrongEditionState."""
    unknown = set(fields) - TEXTS
    if unknown:
        raise TypeError(f"not a field of a draft: {sorted(unknown)}")
    _draft(edition)
    differs = diary.changes({name: getattr(edition, name) for name in fields}, fields)
    if not differs:
        return edition
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.changed_at = at
    edition.save(update_fields=[*fields, "changed_at"])
    facts = {"fields": sorted(differs)}
    record(deed="edition.change", at=at, by=by, subjects=[edition], facts=facts)
    return edition


@transaction.atomic
def choose(
    *, edition: Edition, products: Sequence[Product | tuple[Product, bool]], at: datetime, by: User | None
) -> list[EditionItem]:
    """Make ``products`` the selection of a draft, in this order; a pair says whether it is featured.

    Raises WrongEditionState, ProductNotReady (not accepted, or of another unit) and then changes nothing.
    """
    _draft(edition)
    wanted: dict[int, tuple[Product, bool]] = {}
    before = {item.product_id: item for item in edition.items.select_related("product")}
    for given in products:
        product, feature = given if isinstance(given, tuple) else (given, None)
        if feature is None:
            feature = before[product.pk].feature if product.pk in before else False
        wanted.setdefault(product.pk, (product, feature))
    _ready(edition, [p for p, _f in wanted.values()])
    _put(edition, [(pk, feature) for pk, (_p, feature) in wanted.items()], by)
    facts = {
        "added": sorted(p.code for pk, (p, _f) in wanted.items() if pk not in before),
        "dropped": sorted(item.product.code for pk, item in before.items() if pk not in wanted),
        "products": len(wanted),
    }
    if list(wanted) != list(before) or any(before[pk].feature != f for pk, (_p, f) in wanted.items()):
        _touch(edition, at)
        record(deed="edition.choose", at=at, by=by, subjects=[edition], facts=facts)
    return list(edition.items.all())


def _ready(edition: Edition, products: Iterable[Product]) -> None:
    listed = list(products)
    fresh = dict(
        Product.objects.filter(pk__in=[p.pk for p in listed], producer__unit=edition.unit_id)
        .filter(producer__unit__isnull=False)
        .values_list("pk", "state")
    )
    wrong = sorted(p.code for p in listed if fresh.get(p.pk) not in READY)
    if wrong:
        raise ProductNotReady(codes=", ".join(wrong))


def _put(edition: Edition, rows: Sequence[tuple[int, bool]], by: User | None) -> None:
    """Write the order; rows that stay keep who chose them."""
    there = {item.product_id: item for item in edition.items.all()}
    edition.items.exclude(product__in=[pk for pk, _feature in rows]).delete()
    changed, fresh = [], []
    for place, (pk, feature) in enumerate(rows, 1):
        item = there.get(pk)
        if item is None:
            fresh.append(EditionItem(edition=edition, product_id=pk, position=place, feature=feature, chosen_by=by))
        elif (item.position, item.feature) != (place, feature):
            item.position, item.feature = place, feature
            changed.append(item)
    EditionItem.objects.bulk_update(changed, ["position", "feature"], batch_size=500)
    EditionItem.objects.bulk_create(fresh)


def _touch(edition: Edition, at: datetime) -> None:
    edition.changed_at = at
    edition.save(update_fields=["changed_at"])


@transaction.atomic
def propose(*, edition: Edition, at: datetime, by: User | None) -> list[EditionItem]:
    """Add every accepted product of the unit that is not yet chosen: starred first, then by category and name."""
    chosen = list(edition.items.order_by("position", "id").select_related("product"))
    missing = Product.objects.filter(producer__unit=edition.unit_id, producer__unit__isnull=False, state__in=READY)
    rest = list(missing.exclude(pk__in=[i.product_id for i in chosen]).select_related("category"))
    stars = current_stars([p.pk for p in rest], at)
    rest.sort(key=lambda p: (-(stars.get(p.pk) or {"stars": 0})["stars"], p.category.position, p.name_id, p.pk))
    return choose(
        edition=edition, at=at, by=by,
        products=[*((i.product, i.feature) for i in chosen), *((p, False) for p in rest)],
    )  # fmt: skip


@transaction.atomic
def move(*, edition: Edition, product: Product, to: int, at: datetime, by: User | None) -> list[EditionItem]:
    """Put one chosen product at place ``to`` (1 = first); places beyond the ends mean the ends."""
    items = list(edition.items.order_by("position", "id").select_related("product"))
    moved = next((i for i in items if i.product_id == product.pk), None)
    if moved is None:
        raise ProductNotReady(codes=product.code)
    items.remove(moved)
    items.insert(min(max(to, 1), len(items) + 1) - 1, moved)
    return choose(edition=edition, products=[(i.product, i.feature) for i in items], at=at, by=by)


@transaction.atomic
def to_proof(*, edition: Edition, at: datetime, by: User | None) -> Edition:
    """The selection stands; people read the proof. Raises NothingChosen, WrongEditionState."""
    if not (edition.chapters if edition.is_regency else edition.items).exists():
        raise NothingChosen
    pass_to(edition, Edition.State.PROOF, at)
    record(deed="edition.proof", at=at, by=by, subjects=[edition])
    return edition


@transaction.atomic
def back_to_draft(*, edition: Edition, at: datetime, by: User | None, reason: str = "") -> Edition:
    """Something is to be changed after all."""
    pass_to(edition, Edition.State.DRAFT, at)
    record(deed="edition.back", at=at, by=by, subjects=[edition], facts={"reason": reason})
    return edition
