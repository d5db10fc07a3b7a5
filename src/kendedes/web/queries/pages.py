"""What visitors see, as plain rows: a handful of queries a page, whatever it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from kendedes.catalogue.models import EditionPage
from kendedes.web.models import Heading, Listing, Site
from kendedes.web.rules.listing import MOST_PAGES, PER_PAGE

Row = Mapping[str, Any]
MOST_PLACES = 120
MOST_MAKERS = 60
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


def site_of(host: str) -> Site | None:
    """The association whose own name the visitor typed, else the first one; None in an empty installation."""
    named = Case(When(host=host, then=0), default=1) if host else Value(1)
    return Site.objects.order_by(named, "association_id").first()


def cards(rows: QuerySet[Listing]) -> list[Row]:
    """Rows for product cards, in the page's language."""
    name = F("name_id") if language() == "id" else Coalesce(NullIf("name_en", Value("")), "name_id")
    return list(
        rows.values(
            "slug", "producer_name", "district_name", "price_low", "price_high", "stars", "photo", "active",
            key=F("product_id"), name=name,
        )
    )  # fmt: skip


def headings(site: Site, *kinds: str) -> dict[str, list[Row]]:
    """Headings of these kinds in their order, by kind, in the page's language."""
    found: dict[str, list[Row]] = {kind: [] for kind in kinds}
    rows = Heading.objects.filter(site=site, kind__in=kinds).order_by("position", "name_id")
    for row in rows.values("kind", "key", "slug", "products", "starred", "facts", name=F(f"name_{language()}")):
        found[row["kind"]].append(row)
    return found


def heading(site: Site, kind: str, slug: str) -> Row | None:
    """One heading by its address."""
    rows = Heading.objects.filter(site=site, kind=kind, slug=slug)
    return rows.values("kind", "key", "slug", "products", "starred", "facts", name=F(f"name_{language()}")).first()


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


def listing_page(site: Site, wanted: Wanted, total: int | None = None) -> ListPage:
    """One page of active listings. ``total``: how many there are, when a heading knows it already."""
    rows = Listing.objects.filter(site=site, active=True, **wanted.where).order_by(*ORDERS[wanted.order])
    most = PER_PAGE * MOST_PAGES
    if total is None:
        total = rows.order_by()[: most + 1].count()
    pages = max(1, min(MOST_PAGES, -(-total // PER_PAGE)))
    start = (wanted.page - 1) * PER_PAGE
    shown = cards(rows[start : start + PER_PAGE]) if wanted.page <= pages else []
    return ListPage(shown, min(total, most), wanted.page, pages, total > most)


def by_ids(ids: Iterable[int]) -> list[Row]:
    """Cards of these products in the order of ``ids``."""
    order = {pk: place for place, pk in enumerate(ids)}
    return sorted(cards(Listing.objects.filter(pk__in=order)), key=lambda row: order[row["key"]])


def starred(site: Site, limit: int) -> list[Row]:
    """Products with stars, most stars first."""
    return cards(Listing.objects.filter(site=site, active=True, stars__gt=0).order_by(*ORDERS[""])[:limit])


def newest(site: Site, limit: int) -> list[Row]:
    """The latest released."""
    return cards(Listing.objects.filter(site=site, active=True).order_by(*ORDERS["baru"])[:limit])


def product(site: Site, slug: str) -> Listing | None:
    """A released product with its frozen content, also when it is no longer made."""
    return Listing.objects.filter(site=site, slug=slug).select_related("release").first()


def beside(listing: Listing, limit: int = 5) -> list[Row]:
    """Others of the same producer, then of the same category."""
    base = Listing.objects.filter(site=listing.site_id, active=True).order_by(*ORDERS[""])
    found = [row for row in cards(base.filter(producer=listing.producer)[: limit + 1]) if row["key"] != listing.pk]
    if len(found) < limit:
        known = {listing.pk, *(row["key"] for row in found)}
        more = cards(base.filter(category=listing.category)[: limit + len(known)])
        found += [row for row in more if row["key"] not in known]
    return found[:limit]


def editions_of(listing: Listing) -> list[Row]:
    """Published unit editions the product stands in, newest first."""
    rows = EditionPage.objects.filter(product=listing.product_id, edition__state="published")
    rows = rows.order_by("-edition__year", "-edition__number")
    return list(rows.values("code", slug=F("edition__slug"), title=F(f"edition__title_{language()}"))[:4])


def places(site: Site) -> list[Row]:
    """Every kecamatan for the small map beside a page: no facts, and none at all where there are too many to draw."""
    rows = Heading.objects.filter(site=site, kind=Heading.Kind.DISTRICT).order_by("key")
    found: list[Row] = [*rows.values("key", "slug", "products", name=F("name_id"))[: MOST_PLACES + 1]]
    return found if len(found) <= MOST_PLACES else []


@dataclass(frozen=True)
class Within:
    """Who makes what in one kecamatan. ``makers``: most products first; ``topics``: products by top category."""

    makers: list[Row]
    total: int
    topics: Mapping[str, int]


def within(site: Site, district: str) -> Within:
    """One read of the kecamatan's part of an index: two GROUP BYs would make the database sort the whole site."""
    rows = Listing.objects.filter(site=site, active=True, district=district).order_by()
    topics: Counter[str] = Counter()
    made: Counter[tuple[str, str, str]] = Counter()
    for topic, *maker in rows.values_list("topic", "producer_slug", "producer_name", "village_name"):
        topics[topic] += 1
        made[(maker[0], maker[1], maker[2])] += 1
    ranked = sorted(made.items(), key=lambda pair: (-pair[1], pair[0][1]))
    makers: list[Row] = [
        {"producer_slug": slug, "producer_name": name, "village_name": village, "products": count}
        for (slug, name, village), count in ranked[:MOST_MAKERS]
    ]
    return Within(makers, len(made), topics)
