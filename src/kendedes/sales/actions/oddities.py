"""What a till sent that does not fit becomes a task (*selisih*)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from kendedes.journal.models import Entry
from kendedes.ledger.actions import raise_oddity
from kendedes.ledger.models import Oddity
from kendedes.sales.models import Device

QUIET = frozenset({"recovered"})
# Said once until somebody looked: otherwise a wrong clock would be a task for every sale.
ONCE = frozenset({"clock", "no_shift", "cashier"})
OTHERS = frozenset({"short"})  # the ledger has told it, by lot and place


def raise_flags(
    *, device: Device, seq: int, flags: Iterable[str], at: datetime, entry: Entry | None = None, **facts: Any
) -> None:
    """One task a flag. ``facts`` go with each."""
    for flag in flags:
        if flag in QUIET or flag in OTHERS:
            continue
        if flag in ONCE and Oddity.objects.open().filter(
            association=device.association_id, code=flag, facts__device=device.code
        ).exists():  # fmt: skip
            continue
        raise_oddity(
            association=device.association, code=flag, at=at, entry=entry,
            facts={"device": device.code, "seq": seq, **facts},
        )  # fmt: skip
