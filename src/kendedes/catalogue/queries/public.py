"""What the public sees of published editions: plain facts for the web pages, from the frozen text alone.

Addresses are the web floor's business: an edition is found by its association and slug, an entry by its code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from kendedes.catalogue import rules
from kendedes.catalogue.models import Edition, EditionPage, Frozen, MadeFile
from kendedes.catalogue.queries.contents import errata
from kendedes.catalogue.rules import Document, Entry
from kendedes.network.models import Association


@dataclass(frozen=True)
class EditionCard:
    """One published edition in a list. ``title``, ``cover`` as in the edition document; ``district`` None: the regency."""

    id: int
    slug: str
    level: str
    number: int
    year: int
    period: str
    title: dict[str, str]
    district: dict[str, str] | None
    unit_code: str
    cover: dict[str, Any] | None
    products: int
    published_at: datetime
    sha256: str


@dataclass(frozen=True)
class FileCard:
    """A file to download: ``name`` is unique within its edition."""

    id: int
    kind: str
    name: str
    paper: str
    layout: int
    target: str
    language: str
    size: int
    pages: int | None
    sha256: str


@dataclass(frozen=True)
class EntryCard:
    """One product in a list of an edition; texts ``{"id", "en"}``, ``price`` (low, high) in rupiah or None."""

    code: str
    slug: str
    name: dict[str, str]
    producer: str
    village: str
    category: dict[str, str]
    photo: dict[str, Any] | None
    price: tuple[int, int | None] | None
    stars: int
    feature: bool


@dataclass(frozen=True)
class ChapterCard:
    """One kecamatan of an edition with its entries. ``edition``: slug of the unit edition it was taken from."""

    slug: str
    district: dict[str, str]
    unit: dict[str, str]
    edition: str
    opening: dict[str, str]
    figures: dict[str, int]
    entries: tuple[EntryCard, ...]


@dataclass(frozen=True)
class EditionView:
    """An edition's page. ``document`` holds the rest (preface, imprint, statistics …) as the schema says."""

    card: EditionCard
    document: Document
    chapters: tuple[ChapterCard, ...]
    errata: tuple[dict[str, Any], ...]
    files: tuple[FileCard, ...]
    others: tuple[EditionCard, ...]


@dataclass(frozen=True)
class EntryView:
    """One entry's page: ``entry`` is the ENTRY of the document, ``errata`` those about it."""

    card: EditionCard
    chapter: ChapterCard
    entry: Entry
    errata: tuple[dict[str, Any], ...]
    previous: EntryCard | None
    following: EntryCard | None


def published_editions(association: Association | int) -> list[EditionCard]:
    """Published editions, newest period first, the regency's before its chapters'."""
    pk = association if isinstance(association, int) else association.pk
    rows = Edition.objects.published().filter(association=pk)
    return [_card(row) for row in _newest_first(rows)]


def latest_edition(association: Association | int, district: str = "") -> EditionCard | None:
    """The newest published edition of the regency, or of the unit of one kecamatan (by its code)."""
    pk = association if isinstance(association, int) else association.pk
    rows = Edition.objects.published().filter(association=pk)
    rows = rows.filter(unit__district=district) if district else rows.filter(level=Edition.Level.REGENCY)
    newest = _with_parts(rows).order_by("-year", "-number", "-id").first()
    return _card(newest) if newest else None


def edition_page(association: Association | int, slug: str) -> EditionView | None:
    """A published edition; None when there is none of that address."""
    edition = _published(association, slug)
    if edition is None:
        return None
    others = Edition.objects.published().filter(
        association=edition.association_id, level=edition.level, unit=edition.unit_id
    )
    return replace(
        _view(edition),
        errata=tuple(errata(edition)),
        files=files(edition),
        others=tuple(_card(row) for row in _newest_first(others.exclude(pk=edition.pk))),
    )


def _view(edition: Edition) -> EditionView:
    document = frozen_document(edition)
    return EditionView(_card(edition), document, _chapters(edition, document), errata=(), files=(), others=())


def chapter_page(association: Association | int, slug: str, district: str) -> tuple[EditionView, ChapterCard] | None:
    """One chapter of a published edition by the slug of its kecamatan (``wajak``); the view without its surroundings."""
    edition = _published(association, slug)
    view = _view(edition) if edition else None
    chapter = next((c for c in view.chapters if c.slug == district), None) if view else None
    return (view, chapter) if view and chapter else None


def entry_page(association: Association | int, slug: str, code: str) -> EntryView | None:
    """One frozen entry of a published edition by its product code."""
    edition = _published(association, slug)
    if edition is None:
        return None
    document = frozen_document(edition)
    for chapter, whole in zip(_chapters(edition, document), document["chapters"], strict=True):
        codes = [card.code for card in chapter.entries]
        if code in codes:
            at = codes.index(code)
            return EntryView(
                card=_card(edition),
                chapter=chapter,
                entry=whole["entries"][at],
                errata=tuple(e for e in errata(edition) if e["code"] == code),
                previous=chapter.entries[at - 1] if at else None,
                following=chapter.entries[at + 1] if at + 1 < len(codes) else None,
            )
    return None


def editions_of_product(product_id: int) -> list[EditionCard]:
    """The published unit editions a product stands in, newest first: "pernah dimuat di …"."""
    return [_card(e) for e in _newest_first(Edition.objects.published().filter(pages__product=product_id))]


def files(edition: Edition, kinds: Iterable[str] = ()) -> tuple[FileCard, ...]:
    """Files made from an edition, books first. Of the JSON document only the one with every erratum counts."""
    rows = MadeFile.objects.filter(edition=edition, **({"kind__in": list(kinds)} if kinds else {}))
    newest = {(r.kind, r.paper, r.layout, r.target, r.language): r for r in rows.order_by("errata", "id")}
    return tuple(
        FileCard(
            r.pk, r.kind, r.name, r.paper, r.layout, r.target, r.language, r.size, r.pages, r.sha256,
        )
        for r in sorted(newest.values(), key=lambda r: (r.kind != "book", r.kind, r.target != "screen", r.name))
    )  # fmt: skip


def frozen_document(edition: Edition) -> Document:
    """The parsed frozen text, kept for the few editions people read; do not change what it returns."""
    return _parsed(edition.frozen.sha256)


@lru_cache(maxsize=6)
def _parsed(sha256: str) -> Document:
    text = Frozen.objects.filter(sha256=sha256).values_list("text", flat=True)[:1].get()
    parsed: Document = json.loads(text)
    return parsed


def _published(association: Association | int, slug: str) -> Edition | None:
    pk = association if isinstance(association, int) else association.pk
    return _with_parts(Edition.objects.published().filter(association=pk, slug=slug)).first()


def _with_parts(rows: QuerySet[Edition]) -> QuerySet[Edition]:
    return rows.select_related(
        "unit__district", "frozen", "publication", "cover_photo__product", "association"
    ).defer("frozen__text")  # fmt: skip


def _newest_first(rows: QuerySet[Edition]) -> list[Edition]:
    return sorted(
        _with_parts(rows),
        key=lambda e: (-e.year, -_period_number(e), e.level != "regency", e.unit.district.name if e.unit else ""),
    )


def _period_number(edition: Edition) -> int:
    """The running number in ``2026/II``; the edition's own where the period is written otherwise."""
    part = edition.period.rpartition("/")[2]
    return next((n for n in range(1, 40) if rules.roman(n) == part), edition.number)


def _card(edition: Edition) -> EditionCard:
    district = edition.unit.district if edition.unit else None
    photo = edition.cover_photo
    return EditionCard(
        id=edition.pk,
        slug=edition.slug,
        level=edition.level,
        number=edition.number,
        year=edition.year,
        period=edition.period,
        title={"id": edition.title_id, "en": edition.title_en or edition.title_id},
        district={"code": district.code, "name": district.name, "slug": district.slug} if district else None,
        unit_code=edition.unit.code if edition.unit else "",
        cover={
            "sha256": photo.sha256,
            "width": photo.width,
            "height": photo.height,
            "focus": [photo.focus_x, photo.focus_y],
            "alt": {"id": photo.alt_id or photo.product.name_id, "en": photo.alt_en or photo.product.name_en},
        }
        if photo
        else None,
        products=edition.frozen.products,
        published_at=edition.publication.published_at,
        sha256=edition.frozen.sha256,
    )


def _chapters(edition: Edition, document: Document) -> tuple[ChapterCard, ...]:
    features = frozenset(
        EditionPage.objects.filter(
            **({"edition__appears_in__regency": edition} if edition.is_regency else {"edition": edition}), feature=True
        ).values_list("code", flat=True)
    )
    return tuple(
        ChapterCard(
            slug=chapter["district"]["name"].lower().replace(" ", "-"),
            district=chapter["district"],
            unit=chapter["unit"],
            edition=chapter["edition"],
            opening=chapter["opening"],
            figures=chapter["figures"],
            entries=tuple(_entry(e, e["code"] in features) for e in chapter["entries"]),
        )
        for chapter in document["chapters"]
    )


def _entry(entry: Entry, feature: bool) -> EntryCard:  # noqa: FBT001 - a private shorthand
    prices = [pack["retail"] for pack in entry["variants"] if pack["retail"]]
    low = min((p["low"] for p in prices), default=None)
    high = max((p["high"] or p["low"] for p in prices), default=None)
    return EntryCard(
        code=entry["code"],
        slug=entry["slug"],
        name={"id": entry["name"]["id"], "en": entry["name"]["en"] or entry["name"]["id"]},
        producer=entry["producer"]["name"],
        village=entry["producer"]["village"]["name"],
        category=entry["category"],
        photo=entry["photos"][0] if entry["photos"] else None,
        price=None if low is None else (low, high if high != low else None),
        stars=entry["stars"]["stars"] if entry["stars"] else 0,
        feature=feature,
    )
