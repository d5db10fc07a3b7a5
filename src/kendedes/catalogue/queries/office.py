"""What the office shows of editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from kendedes.catalogue.models import Edition, EditionItem, MadeFile, PrintJob
from kendedes.catalogue.queries.contents import photo_facts
from kendedes.network.models import Association, Someone, Unit
from kendedes.network.queries import Scope, scope
from kendedes.network.rules import Right
from kendedes.ovop.queries import current_stars
from kendedes.products.models import Photo, Product
from kendedes.products.queries import current_price, full

READY = (Product.State.ACCEPTED, Product.State.PUBLISHED)


@dataclass(frozen=True)
class Powers:
    """What a person may do with one edition."""

    propose: bool
    lock: bool
    publish: bool
    prints: bool


@dataclass(frozen=True)
class UnitRow:
    """A unit on the board: its newest edition, what the next one could hold."""

    unit: Unit
    edition: Edition | None
    products: int
    ready: int
    may_open: bool


@dataclass(frozen=True)
class Board:
    """One association's editions as a person sees them. ``regency``: the newest of the regency, if she sees it."""

    association: Association
    units: tuple[UnitRow, ...]
    regency: Edition | None
    may_compose: bool
    may_open_regency: bool
    locked_now: int
    archive: tuple[Edition, ...]


@dataclass(frozen=True)
class Row:
    """A product that is chosen, or could be: what the arranging page shows of it."""

    product: Product
    photo: dict[str, Any] | None
    price: tuple[int, int | None] | None
    stars: int
    position: int = 0
    feature: bool = False
    ready: bool = True


def covers(found: Scope, edition: Edition) -> bool:
    """Whether a right held in ``found`` holds for this edition."""
    return edition.association_id in found.associations or (
        edition.unit_id is not None and edition.unit_id in found.units
    )


def powers(user: Someone, edition: Edition) -> Powers:
    """The four rights of editions, for this one."""
    rights = (Right.PROPOSE_EDITION, Right.LOCK_EDITION, Right.PUBLISH_EDITION, Right.PRINT_EDITION)
    return Powers(*(covers(scope(user, right), edition) for right in rights))


def boards(user: Someone) -> list[Board]:
    """One board for each association whose editions this person sees."""
    seen = scope(user, Right.SEE_PRODUCTS)
    mine = Association.objects.filter(Q(pk__in=seen.associations) | Q(units__in=seen.units)).distinct()
    return [_board(user, association, seen) for association in mine.select_related("region").order_by("name")]


def _board(user: Someone, association: Association, seen: Scope) -> Board:
    rows = Edition.objects.visible_to(user).filter(association=association)
    editions = list(
        rows.select_related("unit__district", "frozen", "publication")
        .defer("frozen__text")
        .annotate(chosen=Count("items", distinct=True))
        .order_by("year", "number", "pk")
    )
    newest: dict[int | None, Edition] = {e.unit_id: e for e in editions}
    proposes = scope(user, Right.PROPOSE_EDITION)
    units = Unit.objects.filter(association=association, successors=None).select_related("district")
    if association.pk not in seen.associations:
        units = units.filter(pk__in=seen.units)
    counts = dict(
        Product.objects.filter(association=association, state__in=READY)
        .values_list("producer__unit")
        .annotate(n=Count("pk"))
    )
    regency = newest.get(None)
    shown = {e.pk for e in newest.values()}
    whole = association.pk in proposes.associations
    return Board(
        association=association,
        units=tuple(_unit_row(unit, newest.get(unit.pk), counts, proposes) for unit in units),
        regency=regency,
        may_compose=whole,
        may_open_regency=whole and (regency is None or regency.is_fixed),
        locked_now=len(_waiting_for_regency(editions)),
        archive=tuple(e for e in reversed(editions) if e.pk not in shown),
    )


def _unit_row(unit: Unit, edition: Edition | None, counts: dict[int, int], proposes: Scope) -> UnitRow:
    may = unit.association_id in proposes.associations or unit.pk in proposes.units
    products = 0
    if edition:
        products = edition.frozen.products if edition.is_fixed else getattr(edition, "chosen", 0)
    return UnitRow(unit, edition, products, counts.get(unit.pk, 0), may and (edition is None or edition.is_fixed))


def _waiting_for_regency(editions: Iterable[Edition]) -> list[Edition]:
    """Locked unit editions of periods whose regency edition is not yet locked."""
    listed = list(editions)
    closed = {e.period for e in listed if e.is_regency and e.is_fixed}
    return [e for e in listed if not e.is_regency and e.is_fixed and e.period not in closed]


def chosen_rows(edition: Edition, at: datetime) -> list[Row]:
    """The selection of a draft in its order."""
    items = list(EditionItem.objects.filter(edition=edition).order_by("position", "id"))
    shown = _rows([item.product_id for item in items], at)
    return [
        Row(
            **{**shown[item.product_id].__dict__, "position": place, "feature": item.feature},
        )
        for place, item in enumerate(items, 1)
        if item.product_id in shown
    ]


def open_rows(edition: Edition, at: datetime) -> list[Row]:
    """Accepted products of the unit that are not chosen yet: starred first, then by category and name."""
    missing = Product.objects.filter(producer__unit=edition.unit_id, state__in=READY).exclude(
        pk__in=EditionItem.objects.filter(edition=edition).values("product")
    )
    rows = _rows(list(missing.values_list("pk", flat=True)), at)
    return sorted(
        rows.values(), key=lambda r: (-r.stars, r.product.category.position, r.product.name_id, r.product.pk)
    )  # fmt: skip


def _rows(ids: list[int], at: datetime) -> dict[int, Row]:
    stars = current_stars(ids, at)
    return {p.pk: _row(p, stars.get(p.pk, {"stars": 0})["stars"]) for p in full(ids=ids)}


def _row(product: Product, stars: int) -> Row:
    photos = list(product.photos.all())
    prices = [p for v in product.variants.all() if (p := current_price(v, "retail")) and p.low]  # type: ignore[arg-type]
    low = min((p.low for p in prices if p.low), default=None)
    high = max((p.high or p.low or 0 for p in prices), default=None)
    return Row(
        product=product,
        photo=_facts(photos[0], product) if photos else None,
        price=None if low is None else (low, high if high != low else None),
        stars=stars,
        ready=product.state in READY,
    )


def _facts(photo: Photo, product: Product) -> dict[str, Any]:
    photo.product = product
    return photo_facts(photo)


def cover_choices(edition: Edition) -> list[tuple[int, dict[str, Any], str]]:
    """Photos a cover may show: the first of every chosen product (or of every chapter's), best first."""
    if edition.is_regency:
        products = Q(edition_pages__edition__appears_in__regency=edition)
    else:
        products = Q(pk__in=EditionItem.objects.filter(edition=edition).values("product"))
    first = Photo.objects.filter(product=OuterRef("product"), removed_at=None).order_by("position", "id").values("pk")
    photos = Photo.objects.filter(
        pk=Subquery(first[:1]), product__in=Product.objects.filter(products).values("pk")
    ).select_related("product")
    wide = sorted(photos, key=lambda p: (-min(p.width, 3000) // 400, p.product.name_id))[:60]
    found = [(p.pk, photo_facts(p), p.product.name_id) for p in wide]
    chosen = edition.cover_photo
    if chosen and chosen.pk not in {pk for pk, _f, _n in found}:
        found.insert(0, (chosen.pk, photo_facts(chosen), chosen.product.name_id))
    return found


@dataclass(frozen=True)
class ChapterState:
    """A unit as a chapter of a regency edition that is not locked: in it, ready to be taken in, or missing."""

    unit: Unit
    edition: Edition | None
    state: str


def chapter_states(regency: Edition) -> list[ChapterState]:
    """Every unit of the association and how it stands towards this regency edition."""
    units = Unit.objects.filter(association=regency.association_id, successors=None).select_related("district")
    own = Edition.objects.filter(association=regency.association_id, level=Edition.Level.UNIT, period=regency.period)
    by_unit = {e.unit_id: e for e in own.select_related("unit__district")}
    inside = set(regency.chapters.values_list("edition_id", flat=True))

    def state(edition: Edition | None) -> str:
        if edition is None:
            return "missing"
        return "in" if edition.pk in inside else "ready" if edition.is_fixed else "working"

    return [ChapterState(unit, by_unit.get(unit.pk), state(by_unit.get(unit.pk))) for unit in units]


def jobs(edition: Edition) -> list[PrintJob]:
    """The newest job of every book asked for, newest first."""
    rows = PrintJob.objects.filter(edition=edition).select_related("file", "asked_by").order_by("-id")
    newest: dict[tuple[Any, ...], PrintJob] = {}
    for job in rows:
        newest.setdefault((job.paper, job.layout, job.target, job.language, job.proof), job)
    fixed = edition.is_fixed
    return [job for job in newest.values() if job.proof != fixed]


def file_names(edition: Edition) -> dict[str, list[MadeFile]]:
    """Made files by kind."""
    found: dict[str, list[MadeFile]] = defaultdict(list)
    for row in MadeFile.objects.filter(edition=edition).order_by("id"):
        found[row.kind].append(row)
    return dict(found)


@dataclass(frozen=True)
class Step:
    """One step of an edition's life, for the line on its page."""

    label: str
    done: bool
    now: bool


def steps(edition: Edition) -> list[Step]:
    """Draft, proof, locked, published: what is behind, where it stands."""
    states = list(Edition.State)
    here = states.index(Edition.State(edition.state))
    last = len(states) - 1
    return [Step(str(s.label).capitalize(), n < here or n == here == last, n == here) for n, s in enumerate(states)]
