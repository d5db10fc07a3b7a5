"""The verbs of the diary."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.models import Entry, Subject, User
from kendedes.journal.rules import jsonable


class KeyTaken(Refusal):
    """The same key was used for another deed: a device or program error, never papered over."""

    code = "key_taken"
    message = _("Kunci kiriman ini sudah dipakai untuk kejadian lain.")


@transaction.atomic
def record(
    *,
    deed: str,
    at: datetime,
    by: User | None,
    subjects: Iterable[models.Model] = (),
    facts: Mapping[str, Any] | None = None,
    key: uuid.UUID | None = None,
    device: str = "",
    undoes: Entry | None = None,
) -> Entry:
    """Write one deed and return its entry; the same ``key`` and content again gives the first entry.

    ``deed``: ``noun.verb`` such as ``product.accept``. ``facts``: JSON values without personal data.
    Raises KeyTaken when ``key`` stands for another deed or other facts.
    """
    content = jsonable(facts or {})
    if key is not None:
        earlier = Entry.objects.filter(key=key).first()
        if earlier is not None:
            if earlier.deed != deed or earlier.facts != content:
                raise KeyTaken(key=key)
            return earlier
    things = list(subjects)
    entry = Entry.objects.create(
        key=key or uuid.uuid4(), deed=deed, happened_at=at, by=by, device=device, facts=content, undoes=undoes,
        realm=_realm(things),
    )  # fmt: skip
    about = {(thing._meta.label_lower, int(thing.pk)) for thing in things}
    Subject.objects.bulk_create(Subject(entry=entry, kind=kind, object_id=pk) for kind, pk in sorted(about))
    return entry


def _realm(things: Iterable[models.Model]) -> int | None:
    """The association the first subject that has one belongs to."""
    for thing in things:
        number = thing.pk if thing._meta.model_name == "association" else getattr(thing, "association_id", None)
        if number is not None:
            return int(number)
    return None
