"""What an event of a till is handed on as, and what its action answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kendedes.journal.models import Entry, User
from kendedes.sales.models import Device
from kendedes.sales.rules.events import Body, Envelope


@dataclass(frozen=True)
class Applied:
    """The entry it made, if any, and what a person must look at."""

    entry: Entry | None = None
    flags: tuple[str, ...] = ()


class Parked(Exception):  # noqa: N818 - no error: the event waits for a person
    """The event is well-formed, but what it says cannot be written; ``code`` of docs/algorithms/sync.md, 6."""

    def __init__(self, code: str, *more: str) -> None:
        super().__init__(code)
        self.why = (code, *more)


@dataclass(frozen=True)
class Told[B: Body]:
    """An event with what the server knows of it: ``at`` is its best moment, ``by`` who imported it, if anybody did."""

    device: Device
    envelope: Envelope
    body: B
    sha256: str
    at: datetime
    received: datetime
    by: User | None = None
