"""What visitors see, as plain rows: a handful of queries a page, whatever it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from kendedes.web.models import Heading, Listing, Site
from kendedes.web.rules.listing import MOST_PAGES, PER_PAGE

Row = Mapping[str, Any]
ORDERS: dict[str, tuple[Any, ...]] = {
    "": ("-rank", "name_id", "product"),
    "nama": ("name_id", "product"),
    "baru": ("-released_at", "product"),
    "murah": (F("price_low").asc(nulls_last=True), "product"),
    "mahal": (F("price_low").desc(nulls_last=True), "-product"),
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
            key=F("product"), name=name,
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
    """Others of the same producer, then of the same category: one query over two short index reads."""
    base = Listing.objects.filter(site=listing.site_id, active=True).exclude(pk=listing.pk)
    same = base.filter(producer=listing.producer).order_by(*ORDERS[""]).values("pk")[:limit]
    kind = base.filter(category=listing.category).order_by(*ORDERS[""]).values("pk")[: limit + 1]
    own = Case(When(producer=listing.producer, then=0), default=1)
    found = Listing.objects.filter(pk__in=same) | Listing.objects.filter(pk__in=kind)
    return cards(found.order_by(own, *ORDERS[""])[:limit])


def makers(site: Site, district: str) -> list[Row]:
    """Producers with products of one kecamatan, most products first."""
    rows = Listing.objects.filter(site=site, active=True, district=district).order_by()
    return list(
        rows.values("producer_slug", "producer_name", "village_name")
        .annotate(products=Count("pk"))
        .order_by("-products", "producer_name")
    )


def spread(site: Site, **where: Any) -> dict[str, int]:
    """How many active listings of a selection each category has."""
    rows = Listing.objects.filter(site=site, active=True, **where).order_by()
    return dict(rows.values_list("topic").annotate(n=Count("pk")))
