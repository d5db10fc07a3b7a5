"""The plan of a book: which pages there are, what stands on each, and on which page everything is found.

Cards have fixed places, so the number of every page is known before anything is set. The front has roman numbers and
an even count of pages: a longer foreword moves no other page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kendedes.base.format import day, phone
from kendedes.catalogue.press.entries import Desk, Json, said
from kendedes.catalogue.press.geometry import SHEETS, Card, card
from kendedes.catalogue.press.options import Options
from kendedes.catalogue.press.text import ems, hyphenate, line, paragraphs
from kendedes.catalogue.press.words import WORDS

FEATURE_PHOTO = 0.52  # of the page's height, bled off at three edges


@dataclass(slots=True)
class Chapter:
    """One sub-district: its pages in order; `start` is the folio of its opener."""

    source: Json
    start: int
    pages: list[Json] = field(default_factory=list)
    views: list[Json] = field(default_factory=list)  # in page order, each with its "page"

    @property
    def end(self) -> int:
        return self.start + len(self.pages)  # opener included: pages[] holds what follows it


@dataclass(slots=True)
class Book:
    """Everything `setting` needs, and where each product went."""

    options: Options
    document: Json
    desk: Desk
    card: Card
    chapters: list[Chapter]

    @property
    def words(self) -> dict[str, str]:
        return WORDS[self.options.language]

    @property
    def back_start(self) -> int:
        return self.chapters[-1].end + 1 if self.chapters else 1

    @property
    def views(self) -> list[Json]:
        return [view for chapter in self.chapters for view in chapter.views]


def plan(document: Json, options: Options, views: Callable[[Json, Desk], list[Json]]) -> Book:
    """Lay the pages out, without setting any; `views` gives those of a chapter (see `kept.Plans`)."""
    place = card(options)
    desk = Desk(options, document["edition"]["locked_at"][:10], place.facts)
    chapters: list[Chapter] = []
    folio = 1
    for source in document["chapters"]:
        chapter = _chapter(source, folio, views(source, desk), desk, place)
        chapters.append(chapter)
        folio = chapter.end + 1
    return Book(options, document, desk, place, chapters)


def _chapter(source: Json, start: int, views: list[Json], desk: Desk, place: Card) -> Chapter:
    chapter = Chapter(source, start)
    feature_from = desk.options.feature_from
    featured: list[Json] = []
    carded: list[Json] = []
    for entry, view in zip(source["entries"], views, strict=True):
        view["source"] = entry
        own_page = feature_from is not None and (view["stars"] >= feature_from or entry.get("feature", False))
        (featured if own_page else carded).append(view)
    for view in featured:
        chapter.pages.append({"kind": "feature", "views": [view]})
    step = place.columns * place.rows
    chapter.pages += [{"kind": "cards", "views": carded[at : at + step]} for at in range(0, len(carded), step)]
    for offset, page in enumerate(chapter.pages, 1):
        for view in page["views"]:
            view["page"] = start + offset
            view["box"] = photo_box(page["kind"], desk.options, place)
            chapter.views.append(view)
    return chapter


def photo_box(kind: str, options: Options, place: Card) -> list[float]:
    """Width and height (mm) in which a photo is printed, bleed included."""
    if kind == "feature":
        sheet = SHEETS[options.paper]
        return [sheet.width + 6, round(sheet.height * FEATURE_PHOTO, 2) + 3]
    return [place.photo_width, place.photo_height]


def opener(chapter: Chapter, book: Book, position: int) -> Json:
    """Data of a chapter's first page."""
    source, language = chapter.source, book.options.language
    villages: dict[str, int] = {}
    for entry in source["entries"]:
        name = book.desk.place(entry["producer"]["village"])
        villages[name] = villages.get(name, 0) + 1
    return {
        "name": line(source["district"]["name"]), "ems": ems(line(source["district"]["name"])), "code": source["district"]["code"], "unit": line(source["unit"]["name"]), "mark": line(source["unit"]["code"]),
        "text": [hyphenate(p, book.options.hyphens) for p in paragraphs(said(source["opening"], language))],
        "figures": [[source["figures"][key], book.words[key]] for key in ("products", "producers", "villages", "starred")],
        "villages": sorted(villages.items(), key=lambda pair: sort_key(pair[0])),
        "best": [{"name": v["name"], "stars": v["stars"], "page": v["page"], "ems": v["ems"]["name"]} for v in sorted(chapter.views, key=lambda v: -v["stars"]) if v["stars"]][:6],
        "photos": [v["photo"] for v in sorted(chapter.views, key=lambda v: -v["stars"]) if v["photo"]][:3],
        "number": position + 1, "of": len(book.chapters),
    }  # fmt: skip


def sort_key(words: str) -> str:
    """Order of an index: letters and digits only, without regard to case."""
    return re.sub(r"[^0-9a-zà-ÿ ]", "", words.casefold()).strip()


def product_index(book: Book) -> list[Json]:
    """Groups by first letter: ``{"letter", "lines": [[name, district, page]]}``."""
    rows = sorted(book.views, key=lambda v: (sort_key(v["name"]), v["code"]))
    return _lettered([[v["name"], v["district"], [v["page"]]] for v in rows])


def producer_index(book: Book) -> list[Json]:
    """The same by producer, with every page it is on."""
    found: dict[int, list[Any]] = {}
    for view in book.views:
        row = found.setdefault(view["source"]["producer"]["id"], [view["producer"], view["place"], []])
        if view["page"] not in row[2]:
            row[2].append(view["page"])
    return _lettered(sorted(found.values(), key=lambda row: sort_key(row[0])))


def district_index(book: Book) -> list[Json]:
    """By sub-district, then village."""
    made = []
    for chapter in sorted(book.chapters, key=lambda c: sort_key(c.source["district"]["name"])):
        rows: dict[str, list[Any]] = {}
        for view in chapter.views:
            row = rows.setdefault(view["place"], [view["place"], "", []])
            if view["page"] not in row[2]:
                row[2].append(view["page"])
        lines = sorted(rows.values(), key=lambda row: sort_key(row[0]))
        made.append(
            {
                "letter": line(chapter.source["district"]["name"]),
                "page": chapter.start,
                "lines": [_row(r) for r in lines],
            }
        )
    return made


def _lettered(rows: list[list[Any]]) -> list[Json]:
    groups: dict[str, list[list[str]]] = {}
    for name, beside, pages in rows:
        first = (sort_key(name) or "#")[0].upper()
        groups.setdefault(first if first.isalpha() else "#", []).append(_row([name, beside, pages]))
    return [{"letter": letter, "lines": lines} for letter, lines in sorted(groups.items())]


def _row(row: list[Any]) -> list[Any]:
    """Name, what stands beside it, its pages in words, the first of them, how wide their words are (see `text.ems`)."""
    pages = sorted(row[2])
    told = page_words(pages)
    return [row[0], row[1], told, pages[0], ems(told)]


def page_words(pages: list[int]) -> str:
    """``[3, 4, 5, 9]`` gives "3–5, 9"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}–{b}" if b > a + 1 else f"{a}, {b}" for a, b in runs)


def front(book: Book, back_pages: list[Json]) -> Json:
    """Data of everything before the first chapter. `back_pages`: ``[{"title", "page"}]`` of the back's sections."""
    document, language = book.document, book.options.language
    edition, association = document["edition"], document["association"]
    preface = document["preface"]
    one = len(book.chapters) == 1
    return {
        "title": line(said(edition["title"], language)), "line": line(document["cover"]["line"]), "period": line(edition["period"]), "number": edition["number"], "year": edition["year"],
        "association": line(association["name"]), "region": line(association["region"]["name"]), "level": edition["level"],
        "locked": day(date.fromisoformat(edition["locked_at"][:10]), language), "site": association["site"], "address": line(association["address"] or ""), "whatsapp": phone("+" + association["whatsapp"]) if association["whatsapp"] else "",
        "imprint": [[line(pair["label"]), line(pair["value"])] for pair in document["imprint"]],
        "preface": {"text": [hyphenate(p, book.options.hyphens) for p in paragraphs(said(preface["text"], language))], "author": line(preface["author"]), "role": line(preface["role"])} if preface else None,
        "contents": [{"name": line(c.source["district"]["name"]), "unit": line(c.source["unit"]["name"]), "mark": line(c.source["unit"]["code"]), "products": len(c.views), "page": c.start} for c in book.chapters],
        "products": [[v["name"], v["producer"], v["page"], v["code"]] for v in book.views] if one else [],
        "back": back_pages, "missing": [[line(u["name"]), line(u["district"]["name"])] for u in document["missing_units"]],
        "example": book.views[0]["code"] if book.views else "",
    }  # fmt: skip


def back(book: Book) -> Json:
    """Data of statistics and indexes."""
    statistics, language = book.document["statistics"], book.options.language
    return {
        "start": book.back_start, "figures": [[statistics[key], book.words[key]] for key in ("products", "producers", "villages")],
        "categories": [[line(said(c["name"], language)), c["products"]] for c in sorted(statistics["by_category"], key=lambda c: (-c["products"], c["slug"])) if c["products"]][:14],
        "stars": [[row["stars"], row["products"]] for row in sorted(statistics["by_stars"], key=lambda row: -row["stars"])],
        "districts": sorted(([line(c.source["district"]["name"]), len(c.views)] for c in book.chapters), key=lambda row: (-row[1], sort_key(row[0]))),
        "by_product": product_index(book), "by_producer": producer_index(book), "by_district": district_index(book),
        "errata": [_erratum(row, book) for row in book.document["errata"]],
    }  # fmt: skip


def _erratum(row: Json, book: Book) -> Json:
    """A correction: where it belongs, what stood there, what should, why and when."""
    places = {view["code"]: view for view in book.views}
    view = places.get(row["code"])
    where = f"{row['code']} · {view['name']} · {book.words['page']} {view['page']}" if view else line(row["code"]) or book.words["this_edition"]  # fmt: skip
    return {
        "number": row["number"], "where": where, "field": line(row["field"]), "old": line(row["old"]), "new": line(row["new"]), "reason": line(row["reason"]),
        "day": day(date.fromisoformat(row["at"][:10]), book.options.language),
    }  # fmt: skip


def sections(book: Book) -> list[str]:
    """Titles of the sections in the back, in their order."""
    keys = ["statistics", "index_product", "index_producer", "index_district"]
    return [book.words[key] for key in [*keys, *(["errata"] if book.document["errata"] else [])]]
