"""What visitors may ask for in an address: cleaned, bounded, and written back in one canonical way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from kendedes.web.queries.pages import ORDERS, Wanted
from kendedes.web.queries.prepared import Row
from kendedes.web.rules.listing import MOST_PAGES, PERMIT_KINDS, PRICE_BANDS
from kendedes.web.rules.words import LONGEST_QUERY

LONGEST_SLUG = 140
STARS = ("1", "2", "3", "4", "5")
BANDS = tuple(name for name, _low, _above in PRICE_BANDS)
# facet of the word index → name in addresses
NAMES = {"district": "kecamatan", "topic": "kategori", "stars": "bintang", "price": "harga", "permit": "izin"}


def page_number(text: str | None) -> int:
    """A page from 1 to MOST_PAGES; anything else is the first."""
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text[:4]) <= MOST_PAGES else 1


def canonical(pairs: Iterable[tuple[str, str]]) -> str:
    """The query string of the values that say something."""
    return urlencode([(name, value) for name, value in pairs if value])


@dataclass(frozen=True)
class ListAsked:
    """Filters of a list of products, as slugs."""

    category: Row | None = None
    district: Row | None = None
    stars: str = ""
    order: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict, found: Mapping[str, list[Row]]) -> ListAsked:
        """What of ``query`` makes sense; ``found``: the headings there are."""
        return cls(
            category=_pick(found.get("category", ()), query.get("kategori")),
            district=_pick(found.get("district", ()), query.get("kecamatan")),
            stars=query.get("bintang", "") if query.get("bintang") in STARS else "",
            order=query.get("urut", "") if query.get("urut") in ORDERS else "",
            page=page_number(query.get("hal")),
        )

    def wanted(self, **also: object) -> Wanted:
        """As conditions on listings."""
        where = dict(also)
        if self.category:
            where["category" if parent_of(self.category) else "topic"] = self.category["key"]
        if self.district:
            where["district"] = self.district["key"]
        if self.stars:
            where["stars__gte"] = int(self.stars)
        return Wanted(where, self.order, self.page)

    def known_total(self, everything: int) -> int | None:
        """How many products that is, when a single heading says it."""
        if self.stars or (self.category and self.district):
            return None
        one = self.category or self.district
        return one["products"] if one else everything

    def canonical(self, page: int | None = None, order: str | None = None) -> str:
        """The one query string for this list, or for another page or order of it."""
        number = self.page if page is None else page
        return canonical(
            [
                ("kategori", self.category["slug"] if self.category else ""),
                ("kecamatan", self.district["slug"] if self.district else ""),
                ("bintang", self.stars),
                ("urut", self.order if order is None else order),
                ("hal", str(number) if number > 1 else ""),
            ]
        )


def parent_of(category: Row) -> str:
    """The slug of the category above; empty for those at the top."""
    return str(category["parent"] if "parent" in category else category["facts"]["parent"])


def _pick(rows: Iterable[Row], slug: str | None) -> Row | None:
    return next((row for row in rows if row["slug"] == slug), None) if slug else None


@dataclass(frozen=True)
class SearchAsked:
    """A search as asked for: the words and at most one value a facet, as keys of the word index."""

    text: str = ""
    facets: Mapping[str, str] = field(default_factory=dict)
    slugs: Mapping[str, str] = field(default_factory=dict)
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict, found: Mapping[str, list[Row]]) -> SearchAsked:
        """What of ``query`` makes sense; ``found``: the headings there are."""
        district = _pick(found["district"], query.get("kecamatan"))
        topic = _pick(found["category"], query.get("kategori"))
        given = {
            "district": (district["key"], district["slug"]) if district else None,
            "topic": (topic["key"], topic["slug"]) if topic else None,
            "stars": _one(query.get("bintang"), STARS),
            "price": _one(query.get("harga"), BANDS),
            "permit": _one(query.get("izin"), PERMIT_KINDS),
        }
        facets = {name: pair[0] for name, pair in given.items() if pair}
        slugs = {name: pair[1] for name, pair in given.items() if pair}
        text = " ".join(query.get("q", "")[:LONGEST_QUERY].replace("\0", "").split())
        return cls(text, facets, slugs, page_number(query.get("hal")))

    def around(self, name: str) -> tuple[str, str]:
        """What stands before and after a value of the facet called ``name`` in the query string of this search."""
        pairs = [("q", self.text), *((word, self.slugs.get(key, "")) for key, word in NAMES.items())]
        place = next(place for place, (word, _value) in enumerate(pairs) if word == name)
        before, after = canonical(pairs[:place]), canonical(pairs[place + 1 :])
        return f"{before}&{name}=" if before else f"{name}=", f"&{after}" if after else ""

    def canonical(self, page: int | None = None, **changed: str) -> str:
        """The query string of this search with some facets changed (from its first page on)."""
        slugs = {**self.slugs, **changed}
        pairs = [("q", self.text), *((NAMES[name], slugs.get(name, "")) for name in NAMES)]
        number = page if page is not None else 1
        return canonical([*pairs, ("hal", str(number) if number > 1 else "")])

    def link(self, name: str, value: str) -> str:
        """The search with the facet called ``name`` in addresses set to ``value``, or taken away."""
        key = next(key for key, word in NAMES.items() if word == name)
        return self.canonical(1, **{key: value})


def _one(value: str | None, allowed: Iterable[str]) -> tuple[str, str] | None:
    return (value, value) if value and value in allowed else None
