"""Sites and listings from associations and releases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from kendedes.network.models import Association
from kendedes.orders.queries.sale import for_sale
from kendedes.products.models import Product, Release
from kendedes.products.queries import contact
from kendedes.web.models import Listing, Site
from kendedes.web.queries.sources import awards, printed_in, site_facts
from kendedes.web.rules import listing as rules

CHUNK = 500
MOST_EDITIONS = 4
# A product on its way to a new release keeps the old one in the lists; a draft after an end does not come back yet.
HIDDEN = {Product.State.DISCONTINUED, Product.State.DRAFT}


@dataclass
class Touched:
    """What a stretch of the diary may have changed, by number."""

    products: set[int] = field(default_factory=set)
    producers: set[int] = field(default_factory=set)
    units: set[int] = field(default_factory=set)
    associations: set[int] = field(default_factory=set)
    editions: set[int] = field(default_factory=set)
    stories: set[int] = field(default_factory=set)
    orders: set[int] = field(default_factory=set)

    def by_kind(self) -> dict[str, set[int]]:
        """The sets by the diary's kinds of subjects."""
        return {
            "products.product": self.products,
            "network.producer": self.producers,
            "network.unit": self.units,
            "network.association": self.associations,
            "catalogue.edition": self.editions,
            "orders.order": self.orders,
            "stories.story": self.stories,
        }


@dataclass
class Moved:
    """Listings of one site that changed: how many, and the headings they belong or belonged to."""

    products: int = 0
    categories: set[str] = field(default_factory=set)
    districts: set[str] = field(default_factory=set)
    producers: set[int] = field(default_factory=set)

    def add(self, row: Listing) -> None:
        """Note the headings of ``row`` as it stands."""
        self.categories |= {row.topic, row.category}
        self.districts.add(row.district)
        self.producers.add(row.producer)


def refresh_sites(associations: set[int], sites: dict[int, Site]) -> set[int]:
    """Names, texts, address and pages of these associations; returns those that differ."""
    changed = set()
    for association in Association.objects.filter(pk__in=associations).select_related("region"):
        site, facts = sites[association.pk], site_facts(association)
        if site.facts != facts or site.host != association.host:
            site.facts, site.host = facts, association.host
            site.save(update_fields=["facts", "host"])
            changed.add(association.pk)
    return changed


def refresh_listings(ids: Iterable[int], sites: dict[int, Site], at: datetime) -> defaultdict[int, Moved]:
    """Write the rows of these products that differ from what they should be; returns what moved, by site."""
    moved: defaultdict[int, Moved] = defaultdict(Moved)
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        _refresh_chunk(ordered[start : start + CHUNK], sites, at, moved)
    return moved


def _refresh_chunk(ids: list[int], sites: dict[int, Site], at: datetime, moved: defaultdict[int, Moved]) -> None:
    newest = Release.objects.filter(product__in=ids).values("product").annotate(last=Max("id")).values("last")
    releases = {r.product_id: r for r in Release.objects.filter(pk__in=newest)}
    present = Listing.objects.in_bulk(list(releases))
    stars = awards(list(releases), at) if releases else {}
    editions = printed_in(releases) if releases else {}
    fresh: list[Listing] = []
    differing: list[Listing] = []
    rows = Product.objects.filter(pk__in=releases).select_related(
        "category__parent", "producer__unit__district", "producer__association"
    )
    sales = _sales(list(rows), sites)
    for product in rows:
        site, release, before = sites[product.association_id], releases[product.pk], present.get(product.pk)
        facts = rules.Facts(
            active=product.state not in HIDDEN,
            topic=(product.category.parent or product.category).slug,
            award=stars.get(product.pk),
            contact=contact(product.producer),
            day=site.day,
        )
        wanted = {
            **rules.listing(release.content, facts),
            "release_id": release.pk,
            "number": release.number,
            "released_at": release.released_at,
            "editions": editions.get(product.pk, [])[:MOST_EDITIONS],
            "sale": sales[product.pk][0] if product.pk in sales else [],
        }
        ends = [day for day in (wanted["lapses_on"], sales[product.pk][1] if product.pk in sales else None) if day]
        wanted["lapses_on"] = min(ends, default=None)
        if before is not None and all(getattr(before, name) == value for name, value in wanted.items()):
            continue
        row = Listing(product=product, site=site, changed_in=site.version + 1, **wanted)
        for one in (before, row):
            if one is not None:
                moved[site.pk].add(one)
        moved[site.pk].products += 1
        (fresh if before is None else differing).append(row)
    Listing.objects.bulk_create(fresh)
    names = [f.name for f in Listing._meta.concrete_fields if not f.primary_key]
    Listing.objects.bulk_update(differing, names, batch_size=100)


def _sales(rows: list[Product], sites: dict[int, Site]) -> dict[int, tuple[list[dict[str, Any]], date | None]]:
    """What can be ordered, association by association."""
    by: defaultdict[int, list[int]] = defaultdict(list)
    for product in rows:
        by[product.association_id].append(product.pk)
    found: dict[int, tuple[list[dict[str, Any]], date | None]] = {}
    for association, products in by.items():
        found |= for_sale(association, products, sites[association].day)
    return found
