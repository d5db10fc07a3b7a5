"""Tasks about what does not fit: raised by deeds, settled by people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import Entry, User
from kendedes.ledger.actions.refusals import SettledAlready
from kendedes.ledger.models import Lot, Oddity, Place
from kendedes.network.models import Association


def raise_oddity(
    *, association: Association, code: str, at: datetime, entry: Entry | None = None, lot: Lot | None = None,
    place: Place | None = None, facts: Mapping[str, Any] | None = None,
) -> Oddity:  # fmt: skip
    """Write down one thing a person must look at."""
    return Oddity.objects.create(
        association=association, code=code, entry=entry, lot=lot, place=place, facts=dict(facts or {}), raised_at=at
    )


@transaction.atomic
def settle_oddity(*, oddity: Oddity, note: str, at: datetime, by: User | None, entry: Entry | None = None) -> Oddity:
    """A person says how it was settled; ``entry``: the deed that did it, if any. Raises SettledAlready."""
    done = Oddity.objects.filter(pk=oddity.pk, settled_at=None).update(
        settled_at=at, settled_by=by, note=note, settled_entry=entry
    )
    if not done:
        raise SettledAlready
    record(
        deed="oddity.settle",
        at=at,
        by=by,
        subjects=[oddity, oddity.association],
        facts={"code": oddity.code, "note": note},
    )
    oddity.refresh_from_db()
    return oddity
