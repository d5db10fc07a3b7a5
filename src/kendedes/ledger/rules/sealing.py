"""The text of a posting that its digest is taken of, and the chain. Described in ``docs/algorithms/ledger.md``.

``kendedes verify`` has its own writer of the same text: two writers must agree.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

START = "0" * 64  # what the first posting of an association follows
VERSION = "kendedes-posting 1"


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines: who, when, what, in which place of the chain."""

    association: int
    number: int
    previous: str
    key: str
    deed: str
    happened_at: datetime
    by: int | None
    device: str
    undoes: int | None
    occurred_on: date
    booked_on: date
    facts: Mapping[str, Any]


def digest(head: Head, rows: Iterable[tuple[Any, ...]]) -> str:
    """SHA-256 of a posting's text. ``rows``: (letter, value, …), in the order they are written."""
    lines = [
        VERSION,
        f"{head.association} {head.number} {head.previous}",
        f"{head.key} {head.deed} {instant(head.happened_at)} {_or_dash(head.by)} {head.device or '-'} {_or_dash(head.undoes)}",
        f"{head.occurred_on} {head.booked_on}",
        facts_text(head.facts),
        *(" ".join(map(str, row)) for row in rows),
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def instant(at: datetime) -> str:
    """``2026-11-24T08:17:51.000000Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def facts_text(facts: Mapping[str, Any]) -> str:
    """JSON with sorted names and no spaces."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _or_dash(value: int | None) -> str:
    return "-" if value is None else str(value)
