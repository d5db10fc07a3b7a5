"""Reads of the diary."""

from __future__ import annotations

from django.db import models

from kendedes.journal.models import Entry


def history(thing: models.Model, limit: int = 100) -> list[Entry]:
    """Entries about ``thing``, newest first, with their authors loaded."""
    found = Entry.objects.filter(subjects__kind=thing._meta.label_lower, subjects__object_id=thing.pk)
    return list(found.select_related("by").order_by("-id")[:limit])


def head() -> int:
    """The newest entry's number, 0 for an empty diary: the version of everything derived from it."""
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
