"""The judge: the books against the ack log. Whole books alone prove nothing; lost sales leave them whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from kendedes.journal.models import Entry
from kendedes.ledger.verify import verify
from kendedes.sales.models import RawEvent
from kendedes.testing.drill.shop import DEED

TILL_DEEDS = ("shift.open", DEED)


@dataclass
class Verdict:
    """What one look found. ``kept``: sales in the books; ``lost``: acknowledged and not there; ``twice``: there twice."""

    acked: int = 0
    kept: int = 0
    lost: int = 0
    twice: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.twice or self.broken)


def acknowledged(log: Path) -> set[str]:
    """Names in the ack log; a last line without its end was not yet said to anybody."""
    text = log.read_text(encoding="ascii") if log.exists() else ""
    return set(text[: text.rfind("\n") + 1].split())


def judge(log: Path) -> Verdict:
    """Compare the connected database with ``log`` of sales by name; one that cannot be read is told as broken."""
    return _judge(log, lambda: [str(n) for n in Entry.objects.filter(deed=DEED).values_list("facts__sale", flat=True)])


def judge_events(log: Path) -> Verdict:
    """Compare with ``log`` of events of tills: their bytes are kept, and each was written into the books."""
    return _judge(log, _events)


def _events() -> list[str]:
    """Events that are kept *and* applied: an entry with the event's own key."""
    kept = {uid for uid in RawEvent.objects.values_list("uid", flat=True) if uid}
    return [str(key) for key in Entry.objects.filter(deed__in=TILL_DEEDS).values_list("key", flat=True) if key in kept]


def _judge(log: Path, there: Callable[[], list[str]]) -> Verdict:
    acked = acknowledged(log)
    found = Verdict(acked=len(acked))
    try:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA integrity_check")
                found.broken += [f"integrity: {row[0]}" for row in cursor.fetchall() if row[0] != "ok"]
        names = Counter(there())
        found.kept = names.total()
        found.lost = len(acked - set(names))
        found.twice = sum(count - 1 for count in names.values())
        found.broken += [f"{f.code}: {f.where}: {f.says}" for f in verify().findings]
    except Exception as error:  # noqa: BLE001 - whatever it is, the books cannot be read
        found.broken.append(f"{type(error).__name__}: {error}")
    return found
