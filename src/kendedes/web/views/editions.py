"""Editions as they were frozen: the shelf, one edition, a chapter, one sheet, the files.

Nothing here is asked of today's products. Numbers to call are left to the product's own page, where consent is
looked at as it stands now.
"""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.catalogue import queries as catalogue
from kendedes.catalogue.actions.files import FileCleared, at_hand
from kendedes.catalogue.models import MadeFile
from kendedes.web.models import Site
from kendedes.web.queries.pages import language
from kendedes.web.views.base import local, page, permit_name, public
from kendedes.web.views.lists import trail

PUBLIC_FILES = frozenset({("book", "screen"), ("xlsx", ""), ("json", "")})
FOR_EVER = "public, max-age=31536000, immutable"


def _shelf(site: Site) -> list[catalogue.EditionCard]:
    return catalogue.published_editions(site.pk)


@public
def editions(request: HttpRequest, site: Site) -> HttpResponse:
    """The current edition with its chapters, then the shelf of earlier ones, by period."""
    found = _shelf(site)
    periods: dict[str, list[catalogue.EditionCard]] = {}
    for card in found:
        periods.setdefault(card.period, []).append(card)
    shelves = list(periods.items())
    current = next((card for card in found if card.level == "regency"), found[0] if found else None)
    return page(
        request, site, "web/editions.html",
        {"current": current, "shelves": shelves, "crumbs": trail((_("Katalog"), "/edisi/"))},
    )  # fmt: skip


def _view(site: Site, slug: str) -> catalogue.EditionView:
    view = catalogue.edition_page(site.pk, slug)
    if view is None:
        raise Http404
    return view


def _files(view: catalogue.EditionView) -> list[catalogue.FileCard]:
    spoken = [f for f in view.files if (f.kind, f.target) in PUBLIC_FILES]
    own = [f for f in spoken if f.language == language() or f.kind == "json"]
    return own or spoken


def _rows(chapter: catalogue.ChapterCard, slug: str) -> list[dict[str, Any]]:
    """Entries of a chapter as rows for product cards that lead to their frozen sheets."""
    return [
        {
            "slug": e.code, "name": e.name[language()], "producer_name": e.producer, "district_name": e.village,
            "price_low": e.price[0] if e.price else None, "price_high": e.price[1] if e.price else None,
            "stars": e.stars, "photo": e.photo,
        }
        for e in chapter.entries
    ]  # fmt: skip


@public
def edition(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """One edition: a regency's with its chapters, a unit's with its sheets."""
    view = _view(site, slug)
    title = view.card.title[language()]
    whole = view.card.level == "regency"
    return page(
        request, site, "web/edition.html",
        {
            "view": view, "card": view.card, "title": title, "whole": whole, "files": _files(view),
            "rows": [] if whole or not view.chapters else _rows(view.chapters[0], slug),
            "statistics": view.document["statistics"], "preface": view.document["preface"],
            "crumbs": trail((_("Katalog"), "/edisi/"), (title, f"/edisi/{slug}/")),
        },
    )  # fmt: skip


@public
def chapter(request: HttpRequest, site: Site, slug: str, district: str) -> HttpResponse:
    """A chapter of a regency's edition; a unit's edition is its own only chapter."""
    found = catalogue.chapter_page(site.pk, slug, district)
    if found is None:
        raise Http404
    view, part = found
    if view.card.level != "regency":
        return redirect(local(f"/edisi/{slug}/"), permanent=True)
    title, name = view.card.title[language()], part.district["name"]
    place = view.chapters.index(part)
    return page(
        request, site, "web/chapter.html",
        {
            "view": view, "card": view.card, "title": title, "chapter": part, "rows": _rows(part, slug),
            "before": view.chapters[place - 1] if place else None,
            "after": view.chapters[place + 1] if place + 1 < len(view.chapters) else None,
            "crumbs": trail((_("Katalog"), "/edisi/"), (title, f"/edisi/{slug}/"), (name, f"/edisi/{slug}/{district}/")),
        },
    )  # fmt: skip


@public
def entry(request: HttpRequest, site: Site, slug: str, code: str) -> HttpResponse:
    """One frozen sheet, with its corrections and the way to the product as it is now."""
    view = catalogue.entry_page(site.pk, slug, code)
    if view is None:
        raise Http404
    frozen, title = view.entry, view.card.title[language()]
    name = frozen["name"][language()] or frozen["name"]["id"]
    story_lang = language() if frozen["story"][language()] else "id"
    way = [(_("Katalog"), "/edisi/"), (title, f"/edisi/{slug}/")]
    if view.card.level == "regency":
        way.append((view.chapter.district["name"], f"/edisi/{slug}/{view.chapter.slug}/"))
    return page(
        request, site, "web/entry.html",
        {
            "view": view, "card": view.card, "p": frozen, "name": name, "title": title,
            "story": frozen["story"][story_lang], "story_lang": story_lang,
            "permits": [{**row, "name": permit_name(row["kind"])} for row in frozen["permits"]],
            "wholesale": any(v["wholesale"] for v in frozen["variants"]),
            "crumbs": trail(*way, (name, f"/edisi/{slug}/lembar/{code}/")),
        },
    )  # fmt: skip


@public
def download(request: HttpRequest, site: Site, slug: str, name: str) -> HttpResponseBase:
    """A file of a published edition: the book for the screen, the sheet, the document.

    One that was cleared away is made again where that takes a moment; else a page says so and offers what is there.
    """
    row = (
        MadeFile.objects.select_related("edition__association")
        .filter(edition__association=site.pk, edition__slug=slug, edition__state="published", name=name)
        .first()
    )
    if row is None or (row.kind, row.target) not in PUBLIC_FILES:
        raise Http404
    try:
        path = at_hand(file=row, at=timezone.now(), by=None)
    except FileCleared:
        return _cleared(request, site, slug, row)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=row.name)
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["ETag"] = f'"{row.sha256}"'
    return response


def _cleared(request: HttpRequest, site: Site, slug: str, row: MadeFile) -> HttpResponse:
    """The address was right, the file is not kept any more: what else there is of its edition."""
    view = _view(site, slug)
    title = view.card.title[language()]
    response = page(
        request, site, "web/cleared.html",
        {
            "card": view.card, "title": title, "name": row.name,
            "crumbs": trail((_("Katalog"), "/edisi/"), (title, f"/edisi/{slug}/"), (row.name, "")),
        },
        canonical=None,
    )  # fmt: skip
    response.status_code = 404
    return response
