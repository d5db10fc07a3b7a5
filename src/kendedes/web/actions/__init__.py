"""Keeping the derived rows in step with the diary. The only writers of this floor.

``catch_up`` after deeds (cheap when nothing happened), ``rebuild`` from nothing.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from kendedes.journal.models import Subject
from kendedes.journal.queries import head
from kendedes.network.models import Association
from kendedes.orders.queries.sale import products_moved, products_ordered
from kendedes.products.models import Release
from kendedes.stories.queries import touched_associations
from kendedes.web import wordindex
from kendedes.web.actions.headings import refresh_headings
from kendedes.web.actions.listings import Touched, refresh_listings, refresh_sites
from kendedes.web.models import Cursor, Listing, Site
from kendedes.web.queries.sources import products_in, published_associations

CURSOR = "listing"
__all__ = ["catch_up", "rebuild"]


def catch_up(*, at: datetime) -> list[int]:
    """Bring listings, headings and the word index up to the diary; returns the associations that changed.

    Two small reads when nothing happened. Idempotent; safe to run in several processes at once.
    """
    today = timezone.localdate(at)
    if not _behind(today):
        return []
    with transaction.atomic():
        _wait_for_writers()
        cursor = _cursor()
        newest = head()
        changed = _apply(_read(cursor.entry_id, newest), at, today)
        cursor.entry_id = newest
        cursor.save()
    for association_id in changed:
        wordindex.bring_up_to_date(association_id)
        wordindex.refresh(association_id)
    return changed


def rebuild(*, at: datetime) -> list[int]:
    """Judge every released product again and make the word indexes anew; returns the associations that changed.

    Rows that come out the same stay as they are: rebuilding a sound site changes no version.
    """
    with transaction.atomic():
        _wait_for_writers()
        cursor = _cursor()
        associations = set(Association.objects.values_list("pk", flat=True))
        released = set(Release.objects.values_list("product_id", flat=True).distinct())
        cursor.entry_id = head()
        changed = _apply(Touched(products=released, associations=associations), at, timezone.localdate(at))
        cursor.save()
    for association_id in sorted(associations):
        wordindex.rebuild(association_id)
        wordindex.refresh(association_id)
    return changed


def _behind(today: date) -> bool:
    known = Cursor.objects.filter(name=CURSOR).values_list("entry_id", flat=True).first()
    return known is None or known != head() or Site.objects.exclude(day=today).exists()


def _cursor() -> Cursor:
    cursor, _made = Cursor.objects.select_for_update().get_or_create(name=CURSOR)
    return cursor


def _wait_for_writers() -> None:
    """Entries are numbered before they are committed; on PostgreSQL a lower number may commit later.

    The lock waits for deeds under way, so that the cursor skips none. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as sql:
            sql.execute("LOCK TABLE journal_entry IN SHARE MODE")


def _read(after: int, until: int) -> Touched:
    """What the entries of a stretch of the diary were about."""
    touched = Touched()
    sets = touched.by_kind()
    rows = Subject.objects.filter(entry_id__gt=after, entry_id__lte=until, kind__in=sets)
    for kind, number in rows.values_list("kind", "object_id").distinct().iterator():
        sets[kind].add(number)
    touched.products |= products_moved(after, until) | products_ordered(touched.orders)
    return touched


def _apply(touched: Touched, at: datetime, today: date) -> list[int]:
    """Refresh what is touched; returns the associations whose version moved."""
    sites = {site.pk: site for site in Site.objects.select_for_update()}
    for association_id in Association.objects.exclude(pk__in=sites).values_list("pk", flat=True):
        sites[association_id] = Site.objects.create(
            association_id=association_id, day=today, facts={}, changed_at=at, version=0
        )
        touched.associations.add(association_id)
    for site in sites.values():
        if site.day != today:
            lapsed = Listing.objects.filter(site=site, lapses_on__lte=today)
            touched.products.update(lapsed.values_list("product_id", flat=True))
            site.day = today
            site.save(update_fields=["day"])
    told = touched_associations(touched.stories)
    changed = refresh_sites(touched.associations | told, sites) | set(published_associations(touched.editions)) | told
    contacts = Listing.objects.filter(
        Q(producer__in=touched.producers)
        | Q(product__producer__unit__in=touched.units)
        | Q(site__in=touched.associations)
    )
    touched.products.update(contacts.values_list("product_id", flat=True))
    touched.products |= products_in(touched.editions)
    moved = refresh_listings(touched.products, sites, at)
    for pk, site in sites.items():
        if refresh_headings(site, moved[pk], touched) or moved[pk].products:
            changed.add(pk)
    Site.objects.filter(pk__in=changed).update(version=F("version") + 1, changed_at=at)
    return sorted(changed)
