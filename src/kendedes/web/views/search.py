"""Search: a plain form that works without scripts; htmx only fetches the answer sooner."""

from __future__ import annotations

import difflib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kendedes.base import format as write
from kendedes.ui.limits import limited
from kendedes.ui.searched import Searchable
from kendedes.visits import tally
from kendedes.visits.rules import is_program
from kendedes.web import wordindex
from kendedes.web.forms import BANDS, NAMES, STARS, SearchAsked
from kendedes.web.models import Site
from kendedes.web.packing import coding as best_coding
from kendedes.web.packing import packed
from kendedes.web.queries import pages
from kendedes.web.queries.pages import ListPage, Wanted, language
from kendedes.web.queries.prepared import Row
from kendedes.web.queries.shelves import shelf
from kendedes.web.rules.listing import MOST_PAGES, PER_PAGE, PERMIT_KINDS, PRICE_BANDS, whatsapp
from kendedes.web.rules.words import query_words, words
from kendedes.web.views.base import in_bounds, origin, page, permit_name, public
from kendedes.web.views.lists import trail

ICONS = {"producer": "users", "village": "pin", "district": "map", "category": "tag", "story": "book"}


class _Kept:
    """The answers asked for last; the one not asked for longest goes first."""

    MOST = 600  # packed, as browsers take them, 5 to 10 kB each

    def __init__(self) -> None:
        self._answers: OrderedDict[Any, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, state: Any) -> bytes | None:
        with self._lock:
            if state in self._answers:
                self._answers.move_to_end(state)
            return self._answers.get(state)

    def keep(self, state: Any, body: bytes) -> bytes:
        with self._lock:
            self._answers[state] = body
            while len(self._answers) > self.MOST:
                self._answers.popitem(last=False)
        return body


_kept = _Kept()


@dataclass(frozen=True)
class Choice:
    """One value of a facet with the number of products it would give."""

    label: str
    value: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter beside the results. ``name`` is its word in the address."""

    SHOWN: ClassVar = 10  # values shown before one asks for the rest

    label: str
    name: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> Choice | None:
        """The value in force."""
        return next((choice for choice in self.choices if choice.chosen), None)


@limited("search", "60/m", public=True)
@public
def search(request: HttpRequest, site: Site) -> HttpResponse:
    """``/cari/?q=…``: words, beginnings, word forms and misspellings, with facets and counts.

    An answer with products is kept under all it depends on: many people ask for the same words, and the next letter
    somebody types was typed by others before.
    """
    part = request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target", "").endswith("hasil")
    asked_for = request.path, request.META.get("QUERY_STRING", ""), part
    stamps = wordindex.stamps(site.pk)
    coding = best_coding(request.headers.get("Accept-Encoding", ""))
    state = site.pk, site.version, stamps, language(), origin(request), asked_for, coding
    body = _kept.get(state)
    if body is None:
        response, total = _answer(request, site, _Read(site, stamps), part=part)
        if not total or not all(stamps):
            return response  # the curator wants to hear of every question without an answer
        body = _kept.keep(state, packed(response.content, coding))
    response = HttpResponse(body)
    if coding:
        response.headers["Content-Encoding"] = coding
    response.headers["Vary"] = "HX-Request, HX-Target, Accept-Encoding"
    response.headers["Cache-Control"] = "no-store"
    response.canonical_query = None  # type: ignore[attr-defined]  # the page cache knows nothing of the index
    return response


class _Read:
    """Rows of the database that every answer needs, kept while the site and its indexes stay as they are."""

    MOST = 6_000  # cards, about 2 kB each

    def __init__(self, site: Site, stamps: tuple[int, int]) -> None:
        def kept(kind: str) -> dict[Any, Any]:
            return shelf(kind, site.pk, language(), (site.version, stamps), self.MOST) if all(stamps) else {}

        self.cards: dict[int, Row] = kept("cards")
        known = kept("headings")
        if not known:
            known |= pages.headings(site, "category", "district")
        self.headings: dict[str, list[Row]] = known


def _answer(request: HttpRequest, site: Site, read: _Read, *, part: bool) -> tuple[HttpResponse, int]:
    """The page, and how many products are found."""
    found = read.headings
    asked = SearchAsked.read(request.GET, found)
    start = (asked.page - 1) * PER_PAGE
    answer = wordindex.find(site.pk, _question(site, asked, start))
    if answer is None:
        listed, way, counts = _without_index(site, asked), "exact", {}
    else:
        total = answer.total
        listed = ListPage(
            pages.by_ids(answer.ids, read.cards), total, asked.page, max(1, min(MOST_PAGES, -(-total // PER_PAGE)))
        )  # fmt: skip
        way, counts = answer.way, dict(answer.counts)
    others = wordindex.find_others(site.pk, asked.text) if asked.page == 1 and not asked.facets else []
    helped = {} if listed.total else _help(request, site, asked, found, others)
    context: dict[str, Any] = {
        "asked": asked, "others": [(row, ICONS.get(row.kind, "file"), _about(row)) for row in others], **helped, "listed": in_bounds(listed), "way": way, "facets": _facets(asked, found, counts),
        "crumbs": trail((_("Cari"), "/cari/")), "query": asked.canonical(),
    }  # fmt: skip
    response = page(request, site, "web/search.html#answer" if part else "web/search.html", context, canonical=None)
    response.headers["Vary"] = "HX-Request, HX-Target"
    response.headers["Cache-Control"] = "no-store"
    return response, listed.total


def _question(site: Site, asked: SearchAsked, start: int) -> wordindex.Asked:
    return wordindex.Asked(asked.text, asked.facets, start, PER_PAGE, site.facts.get("same", ""))


def _about(row: Searchable) -> str:
    """What sort of page it is and where, in words."""
    sorts = {
        "producer": _("Produsen"), "village": _("Desa"), "district": _("Kecamatan"), "category": _("Kategori"),
        "story": _("Cerita"),
    }  # fmt: skip
    return " · ".join(part for part in (sorts.get(row.kind, ""), row.about) if part)


def _help(
    request: HttpRequest, site: Site, asked: SearchAsked, found: dict[str, list[Row]], others: list[Searchable]
) -> dict[str, Any]:
    """What helps when there is no product: words that are near, categories, a person to ask. The curator hears of it."""
    names = [row["name"] for row in pages.by_ids(wordindex.near(site.pk, asked.text))] if asked.text else []
    known = list(dict.fromkeys(word for name in names for word in words(name)))
    nearest = [
        word for token in query_words(asked.text) for word in difflib.get_close_matches(token, known, n=3, cutoff=0.5)
    ]
    if asked.text and not asked.facets and not others and not is_program(request.headers.get("User-Agent", "")):
        tally.missed(site.pk, asked.text)
    text = _("Halo, saya mencari “%(q)s” tetapi tidak menemukannya di situs. Apakah ada?") % {"q": asked.text}
    return {
        "nearest": list(dict.fromkeys(nearest))[:6],
        "categories": [row for row in found["category"] if row["products"] and not row["facts"]["parent"]][:12],
        "ask_us": whatsapp(site.facts["whatsapp"], text) if asked.text else "",
        "suggested": pages.starred(site, 4),
    }


def _without_index(site: Site, asked: SearchAsked) -> ListPage:
    """Before the first index was made: names that contain the words."""
    where: dict[str, Any] = {f"name_{language()}__icontains": asked.text} if asked.text else {}
    return pages.listing_page(site, Wanted(where, "", asked.page))


def _facets(asked: SearchAsked, found: dict[str, list[Row]], counts: dict[str, Any]) -> list[Facet]:
    stars = counts.get("stars", {})
    up_to = {n: sum(stars.get(str(m), 0) for m in range(int(n), 6)) for n in STARS}
    offered: dict[str, tuple[str, list[tuple[str, str, int]]]] = {
        "district": (_("Kecamatan"), _headed(found["district"], counts.get("district", {}))),
        "topic": (_("Kategori"), _headed(found["category"], counts.get("topic", {}))),
        "stars": (_("Bintang"), [(_stars_label(n), n, up_to[n]) for n in reversed(STARS)]),
        "price": (_("Harga"), [(band_label(b), b, counts.get("price", {}).get(b, 0)) for b in BANDS]),
        "permit": (_("Izin"), [(permit_name(k), k, counts.get("permit", {}).get(k, 0)) for k in PERMIT_KINDS]),
    }
    facets = []
    for key, (label, rows) in offered.items():
        chosen = asked.slugs.get(key, "")
        choices = tuple(Choice(t, v, n, v == chosen) for t, v, n in rows if n or v == chosen)
        if key in {"district", "topic"} and len(choices) > Facet.SHOWN:  # where there are many, those with most first
            choices = tuple(sorted(choices, key=lambda choice: -choice.count))
        facets.append(Facet(label, NAMES[key], choices))
    return [facet for facet in facets if facet.choices]


def _headed(rows: list[Row], counts: dict[str, int]) -> list[tuple[str, str, int]]:
    return [(row["name"], row["slug"], counts.get(row["key"], 0)) for row in rows]


def _stars_label(number: str) -> str:
    return _("5 bintang") if number == "5" else _("%(n)s bintang ke atas") % {"n": number}


def band_label(name: str) -> str:
    """A price band in words."""
    low, above = next((low, above) for band, low, above in PRICE_BANDS if band == name)
    if not low:
        return _("sampai %(high)s") % {"high": write.rupiah(above - 1 if above else 0, language())}
    if above is None:
        return _("di atas %(low)s") % {"low": write.rupiah(low - 1, language())}
    return write.rupiah_range(low - 1, above - 1, language())
