"""Headings and totals: counted once when something moved, never on a visitor's time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Count, Q, QuerySet

from kendedes.web.actions.listings import Moved, Touched
from kendedes.web.models import Heading, Listing, Site
from kendedes.web.queries import sources

Counts = dict[str, tuple[int, int]]


def refresh_headings(site: Site, moved: Moved, touched: Touched) -> bool:
    """Write the headings of ``site`` that differ; returns whether any did."""
    whole = site.pk in touched.associations
    heads: list[sources.Head] = []
    counts: dict[str, Counts] = {}
    if whole or moved.categories:
        heads += [h for h in sources.categories() if whole or h.key in moved.categories]
        by_leaf, by_topic = _count(site, "category"), _count(site, "topic")
        counts["category"] = {h.key: by_topic.get(h.key) or by_leaf.get(h.key, (0, 0)) for h in heads}
    if whole or moved.districts or touched.units or touched.editions:
        found = sources.districts(site.pk, site.facts["region"]["code"])
        heads += [h for h in found if whole or touched.units or touched.editions or h.key in moved.districts]
        counts["district"] = _count(site, "district")
    makers = moved.producers | set(_known_producers(site, touched, whole=whole))
    if makers:
        heads += sources.producers(makers)
        counts["producer"] = _count(site, "producer", producer__in=makers)
    changed = _write(site, [_with_photo(site, head) for head in heads], counts)
    if moved.products:
        _total(site)
    return changed


def _known_producers(site: Site, touched: Touched, *, whole: bool) -> Iterable[int]:
    rows = Listing.objects.filter(site=site)
    if not whole:
        rows = rows.filter(producer__in=touched.producers)
    return rows.values_list("producer", flat=True).distinct()


def _with_photo(site: Site, head: sources.Head) -> sources.Head:
    """A category or kecamatan is shown by its best product that has a photo."""
    if head.kind == "producer":
        return head
    rows = _active(site).filter(photo__isnull=False)
    if head.kind == "district":
        rows = rows.filter(district=head.key)
    else:
        rows = rows.filter(**{"category" if head.facts["parent"] else "topic": head.key})
    photo = rows.order_by("-rank", "name_id", "product_id").values_list("photo", flat=True).first()
    return replace(head, facts={**head.facts, "photo": photo})


def _active(site: Site) -> QuerySet[Listing]:
    return Listing.objects.filter(site=site, active=True)


def _count(site: Site, column: str, **narrower: object) -> Counts:
    rows = _active(site).filter(**narrower).order_by().values(column)
    counted = rows.annotate(products=Count("pk"), starred=Count("pk", filter=Q(stars__gt=0)))
    return {str(row[column]): (row["products"], row["starred"]) for row in counted}


def _write(site: Site, heads: list[sources.Head], counts: dict[str, Counts]) -> bool:
    kinds = {head.kind for head in heads}
    present = {(h.kind, h.key): h for h in Heading.objects.filter(site=site, kind__in=kinds)}
    fresh, differing = [], []
    for head in heads:
        products, starred = counts[head.kind].get(head.key, (0, 0))
        wanted = {
            "slug": head.slug, "name_id": head.name_id, "name_en": head.name_en, "position": head.position,
            "facts": dict(head.facts), "products": products, "starred": starred,
        }  # fmt: skip
        row = present.get((head.kind, head.key))
        if row is None:
            fresh.append(Heading(site=site, kind=head.kind, key=head.key, **wanted))
        elif any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            differing.append(row)
    Heading.objects.bulk_create(fresh)
    fields = ["slug", "name_id", "name_en", "position", "facts", "products", "starred"]
    Heading.objects.bulk_update(differing, fields, batch_size=100)
    return bool(fresh or differing)


def _total(site: Site) -> None:
    totals = _active(site).aggregate(
        products=Count("pk"),
        producers=Count("producer", distinct=True),
        villages=Count("village", distinct=True),
        starred=Count("pk", filter=Q(stars__gt=0)),
    )
    for name, value in totals.items():
        setattr(site, name, value)
    site.save(update_fields=list(totals))
