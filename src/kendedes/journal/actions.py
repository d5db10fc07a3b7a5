"""The verbs of the diary."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.models import Entry, Epoch, Subject, User
from kendedes.journal.rows import insert, insert_one, read_back
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
    return write(
        deed=deed, at=at, by=by, subjects=list(subjects), facts=content, key=key or uuid.uuid4(), device=device,
        undoes=undoes,
    )  # fmt: skip


def write(
    *, deed: str, at: datetime, by: User | None, subjects: Sequence[models.Model], facts: dict[str, Any], key: uuid.UUID,
    device: str = "", undoes: Entry | None = None,
) -> Entry:  # fmt: skip
    """Write an entry nobody has written yet: what ``record`` does after its questions. ``facts`` are JSON already.

    For callers that hold a transaction and have asked whether the key is known.
    """
    row = (
        key,
        deed,
        at,
        timezone.now(),
        by.pk if by else None,
        device,
        facts,
        _realm(subjects),
        undoes.pk if undoes else None,
    )
    number = insert_one(Entry, _ENTRY, row)
    known: dict[str, models.Model] = {"by": by} if by else {}
    if undoes:
        known["undoes"] = undoes
    entry = read_back(Entry, ("id", *_ENTRY), (number, *row), **known)
    about = {(thing._meta.label_lower, int(thing.pk)) for thing in subjects}
    insert((Subject, _SUBJECT, [(entry.pk, kind, pk) for kind, pk in sorted(about)]))
    return entry


_ENTRY = ("key", "deed", "happened_at", "recorded_at", "by", "device", "facts", "realm", "undoes")
_SUBJECT = ("entry", "kind", "object_id")


def begin_epoch(*, at: datetime, why: str) -> Epoch:
    """A new life of this database begins; only a restore does this."""
    return Epoch.objects.create(began_at=at, why=why)


def _realm(things: Iterable[models.Model]) -> int | None:
    """The association the first subject that has one belongs to."""
    for thing in things:
        number = thing.pk if thing._meta.model_name == "association" else getattr(thing, "association_id", None)
        if number is not None:
            return int(number)
    return None
