"""What visitors see, as plain rows: a handful of queries a page, whatever it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from kendedes.ui.frame import Frame
from kendedes.web.models import Heading, Listing, Site
from kendedes.web.queries.prepared import Prepared, Row
from kendedes.web.rules.listing import MOST_PAGES, PER_PAGE

MOST_PLACES = 120
MOST_MAKERS = 60
MOST_CHOICES = 60
ORDERS: dict[str, tuple[Any, ...]] = {
    "": ("-rank", "name_id", "product_id"),
    "nama": ("name_id", "product_id"),
    "baru": ("-released_at", "product_id"),
    "murah": (F("price_low").asc(nulls_last=True), "product_id"),
    "mahal": (F("price_low").desc(nulls_last=True), "-product_id"),
}


def language() -> str:
    """``id`` or ``en``."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def _site(host: str) -> QuerySet[Site, Any]:
    named = Case(When(host=host, then=0), default=1)
    columns = [field.attname for field in Site._meta.concrete_fields]
    found: QuerySet[Site, Any] = Site.objects.order_by(named, "association_id").values(*columns)[:1]
    return found


_SITE = Prepared(_site)


def site_of(host: str) -> Site | None:
    """The association whose own name the visitor typed, else the first one; None in an empty installation."""
    row = _SITE.one(host=host or "-")
    return Site(**row) if row else None


def frame_of(site: Site) -> Frame:
    """What its menu and foot say."""
    facts = site.facts
    foot = tuple((row["slug"], row[language()]) for row in facts.get("pages", ()))
    return Frame(facts["gallery"], bool(facts.get("stories")), foot)


def frame(host: str) -> Frame:
    """The same, for pages that other apps draw."""
    site = site_of(host)
    return frame_of(site) if site else Frame()


def _cards(rows: QuerySet[Listing], language: str) -> QuerySet[Listing, Any]:
    """What a product card shows, in a language."""
    name = F("name_id") if language == "id" else Coalesce(NullIf("name_en", Value("")), "name_id")
    return rows.values(
        "slug", "producer", "producer_name", "district_name", "price_low", "price_high", "stars", "photo",
        "changed_in", key=F("product_id"), name=name,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _headings(kinds: tuple[str, ...], single: bool) -> Prepared:  # noqa: FBT001 - a private shorthand
    def build(language: str, **where: Any) -> QuerySet[Heading, Any]:
        rows = Heading.objects.filter(kind__in=kinds, **where).order_by("position", "name_id")
        rows = rows[:1] if single else rows
        return rows.values("kind", "key", "slug", "products", "starred", "facts", name=F(f"name_{language}"))

    return Prepared(build)


def headings(site: Site, *kinds: str) -> dict[str, list[Row]]:
    """Headings of these kinds in their order, by kind, in the page's language."""
    found: dict[str, list[Row]] = {kind: [] for kind in kinds}
    for row in _headings(kinds, single=False).rows(language(), site=site.pk):
        found[row["kind"]].append(row)
    return found


def heading(site: Site, kind: str, slug: str) -> Row | None:
    """One heading by its address."""
    return _headings((kind,), single=True).one(language(), site=site.pk, slug=slug)


def _busiest(language: str, site: int) -> QuerySet[Heading, Any]:
    rows = Heading.objects.filter(site=site, kind=Heading.Kind.DISTRICT, products__gt=0).order_by("-products", "key")
    none = Value("", output_field=TextField())
    return rows.values("kind", "key", "slug", "products", parent=none, name=F(f"name_{language}"))[: MOST_CHOICES + 1]


def _categories(language: str, site: int) -> QuerySet[Heading, Any]:
    rows = Heading.objects.filter(site=site, kind=Heading.Kind.CATEGORY).order_by("position", "name_id")
    above = KeyTextTransform("parent", "facts")
    return rows.values("kind", "key", "slug", "products", parent=above, name=F(f"name_{language}"))


_CHOICES = Prepared(_busiest, _categories)


@dataclass(frozen=True)
class Choices:
    """What lists can be narrowed by, without facts. ``districts``: those with most products; ``more``: there are others."""

    categories: list[Row]
    districts: list[Row]
    more: bool


def choices(site: Site, district: str = "") -> Choices:
    """Categories and kecamatan to choose from, in their order; the kecamatan with the slug ``district`` in any case."""
    rows = _CHOICES.rows(language(), site=site.pk)
    categories = [row for row in rows if row["kind"] == Heading.Kind.CATEGORY]
    busiest = [row for row in rows if row["kind"] == Heading.Kind.DISTRICT]
    found = busiest[:MOST_CHOICES]
    if district and all(row["slug"] != district for row in found):
        chosen = heading(site, Heading.Kind.DISTRICT, district)
        found += [{**chosen, "parent": ""}] if chosen else []
    return Choices(categories, sorted(found, key=lambda row: row["name"]), more=len(busiest) > MOST_CHOICES)


@dataclass(frozen=True)
class Wanted:
    """A list as asked for: equality conditions on Listing, order and page, all checked before."""

    where: Mapping[str, Any] = field(default_factory=dict)
    order: str = ""
    page: int = 1


@dataclass(frozen=True)
class ListPage:
    """One page of a list. ``total`` is exact up to the last page there is; ``more``: there are more than that."""

    rows: list[Row]
    total: int
    page: int
    pages: int
    more: bool = False

    @property
    def numbers(self) -> list[int]:
        """Page numbers to offer: first, neighbours, last; 0 marks a gap."""
        shown = sorted({1, self.pages, *range(max(1, self.page - 1), min(self.pages, self.page + 1) + 1)})
        result: list[int] = []
        for number in shown:
            if result and number - result[-1] > 1:
                result.append(0 if number - result[-1] > 2 else number - 1)
            result.append(number)
        return result


@lru_cache(maxsize=2_000)
def _listed(conditions: tuple[str, ...], order: str, start: int, limit: int) -> Prepared:
    """Active listings from ``start``. ``conditions``: lookups whose values come with each call."""

    def build(language: str, **where: Any) -> QuerySet[Listing, Any]:
        rows = Listing.objects.filter(active=True, **where).order_by(*ORDERS[order])
        return _cards(rows[start : start + limit], language)

    del conditions  # only tells one shape from another
    return Prepared(build)


def _active(site: Site, where: Mapping[str, Any], order: str, limit: int, start: int = 0) -> list[Row]:
    return _listed(tuple(where), order, start, limit).rows(language(), site=site.pk, **where)


def listing_page(site: Site, wanted: Wanted, total: int | None = None) -> ListPage:
    """One page of active listings. ``total``: how many there are, when a heading knows it already."""
    most = PER_PAGE * MOST_PAGES
    if total is None:
        total = Listing.objects.filter(site=site, active=True, **wanted.where).order_by()[: most + 1].count()
    pages = max(1, min(MOST_PAGES, -(-total // PER_PAGE)))
    start = (wanted.page - 1) * PER_PAGE
    shown = _active(site, wanted.where, wanted.order, PER_PAGE, start) if wanted.page <= pages else []
    return ListPage(shown, min(total, most), wanted.page, pages, total > most)


def _together(language: str, **ids: int) -> QuerySet[Listing, Any]:
    return _cards(Listing.objects.filter(pk__in=list(ids.values())), language)


_TOGETHER = Prepared(_together)


def by_ids(ids: Iterable[int], kept: dict[int, Row] | None = None) -> list[Row]:
    """Cards of these products in the order of ``ids``. ``kept``: those read before (``shelves``)."""
    wanted, known = list(ids), {} if kept is None else kept
    missing = [pk for pk in wanted if pk not in known]
    for start in range(0, len(missing), PER_PAGE):  # always as many, the last one again and again: one shape of SQL
        part = missing[start : start + PER_PAGE]
        part += part[-1:] * (PER_PAGE - len(part))
        rows = _TOGETHER.rows(language(), **{f"n{place}": pk for place, pk in enumerate(part)})
        known.update((row["key"], row) for row in rows)
    return [known[pk] for pk in wanted if pk in known]


def starred(site: Site, limit: int) -> list[Row]:
    """Products with stars, most stars first."""
    return _active(site, {"stars__gt": 0}, "", limit)


def newest(site: Site, limit: int) -> list[Row]:
    """The latest released."""
    return _active(site, {}, "baru", limit)


def _product(**where: Any) -> QuerySet[Listing, Any]:
    return Listing.objects.filter(**where).values(
        "code", "slug", "active", "name_id", "category", "district_name", "producer", "producer_slug", "price_low",
        "price_high", "permits", "stars", "award", "contact", "editions", "sale", key=F("product_id"), content=F("release__content"),
    )[:1]  # fmt: skip


_PRODUCT = Prepared(_product)


def product(site: Site, slug: str) -> Row | None:
    """A released product with its frozen content, also when it is no longer made."""
    return _PRODUCT.one(site=site.pk, slug=slug)


BESIDE = 5


def _near(column: str, limit: int) -> Callable[..., QuerySet[Listing, Any]]:
    def build(language: str, **values: Any) -> QuerySet[Listing, Any]:
        where = {"site": values["site"], column: values[column]}
        return _cards(Listing.objects.filter(active=True, **where).order_by(*ORDERS[""])[:limit], language)

    return build


# One more than are shown is enough: as many as its category repeats of its producer's need not come from it.
_BESIDE = Prepared(_near("producer", BESIDE + 1), _near("category", BESIDE + 1))


def beside(site: Site, listing: Row) -> list[Row]:
    """Others of the same producer, then of the same category."""
    near = _BESIDE.rows(language(), site=site.pk, producer=listing["producer"], category=listing["category"])
    found = {row["key"]: row for row in near if row["key"] != listing["key"]}
    return sorted(found.values(), key=lambda row: row["producer"] != listing["producer"])[:BESIDE]


_PLACES = Prepared(
    lambda **where: (
        Heading.objects.filter(kind=Heading.Kind.DISTRICT, **where)
        .order_by("key")
        .values("key", "slug", "products", name=F("name_id"))[: MOST_PLACES + 1]
    )
)


def places(site: Site) -> list[Row]:
    """Every kecamatan for the small map beside a page: no facts, and none at all where there are too many to draw."""
    found = _PLACES.rows(site=site.pk)
    return found if len(found) <= MOST_PLACES else []


@dataclass(frozen=True)
class Within:
    """Who makes what in one kecamatan. ``makers``: most products first; ``topics``: products by top category."""

    makers: list[Row]
    total: int
    topics: Mapping[str, int]


_WITHIN = Prepared(
    lambda **where: (
        Listing.objects.filter(active=True, **where)
        .order_by()
        .values("topic", "producer_slug", "producer_name", "village_name")
    )
)


def within(site: Site, district: str) -> Within:
    """One read of the kecamatan's part of an index: two GROUP BYs would make the database sort the whole site."""
    topics: Counter[str] = Counter()
    made: Counter[tuple[str, str, str]] = Counter()
    for row in _WITHIN.rows(site=site.pk, district=district):
        topics[row["topic"]] += 1
        made[(row["producer_slug"], row["producer_name"], row["village_name"])] += 1
    ranked = sorted(made.items(), key=lambda pair: (-pair[1], pair[0][1]))
    makers: list[Row] = [
        {"producer_slug": slug, "producer_name": name, "village_name": village, "products": count}
        for (slug, name, village), count in ranked[:MOST_MAKERS]
    ]
    return Within(makers, len(made), topics)
