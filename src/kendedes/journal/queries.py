"""Reads of the diary."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from kendedes.journal.models import Entry, Epoch, User
from kendedes.journal.rows import adapted, ask


def history(thing: models.Model, limit: int = 100, noun: str = "") -> list[Entry]:
    """Entries about ``thing``, newest first, with their authors loaded; ``noun``: only deeds of this noun (or of several)."""
    found = Entry.objects.filter(subjects__kind=thing._meta.label_lower, subjects__object_id=thing.pk)
    if nouns := noun.split():
        found = found.filter(reduce(or_, (Q(deed__startswith=f"{one}.") for one in nouns)))
    return list(found.select_related("by").order_by("-id")[:limit])


def is_known(key: uuid.UUID) -> bool:
    """Whether an entry has this key; plain SQL, because every posting asks."""
    return bool(ask((KNOWN, [adapted(key)]))[0])


KNOWN = "SELECT 1 FROM journal_entry WHERE key = %s"


def head() -> int:
    """The newest entry's number, 0 for an empty diary: the version of everything derived from it."""
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def epoch() -> Epoch:
    """The life this database is in now. Devices that knew another one compare what they sent (restored server)."""
    return Epoch.objects.order_by("-id")[:1].get()


def diary(
    *, realms: Iterable[int], own: User, deed: str = "", by: int | None = None,
    since: date | None = None, until: date | None = None,
) -> QuerySet[Entry]:  # fmt: skip
    """Entries of the associations ``realms`` and what ``own`` did herself, newest first.

    ``deed``: a noun (``product``) or a whole deed (``product.accept``). ``since``, ``until``: days, both counted.
    """
    rows = Entry.objects.filter(Q(realm__in=list(realms)) | Q(by=own)).select_related("by").order_by("-id")
    if deed:
        rows = rows.filter(deed=deed) if "." in deed else rows.filter(deed__startswith=f"{deed}.")
    if by is not None:
        rows = rows.filter(by=by)
    if since is not None:
        rows = rows.filter(happened_at__gte=_midnight(since))
    if until is not None:
        rows = rows.filter(happened_at__lt=_midnight(until + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def backup_failed() -> QuerySet[Entry]:
    """The newest word about backups, when it is that the daily one failed."""
    told = Entry.objects.filter(deed__in=("home.backup", "home.backup_failed"))
    return Entry.objects.filter(pk__in=told.order_by("-id").values("pk")[:1], deed="home.backup_failed")
