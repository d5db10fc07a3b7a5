"""One writer of an association's ledger at a time, so that its chain has no gaps and a reader's cursor misses nothing."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from kendedes.journal.rows import Statement, ask

_CLASS = 0x6B64  # "kd": the ledger's class of advisory locks


def hold(association: int) -> None:
    """Wait for the association's ledger until the end of the transaction. SQLite has one writer anyway (IMMEDIATE)."""
    if lock := holding(association):
        ask(*lock)


def holding(association: int) -> list[Statement]:
    """The statement that waits, to be sent before others; none on SQLite."""
    if connection.vendor == "sqlite":
        return []
    return [("SELECT pg_advisory_xact_lock(%s::int, %s::int)", [_CLASS, association])]


@contextmanager
def turn() -> Iterator[None]:
    """Wait in line before a transaction that writes, among the threads and processes of this home (SQLite).

    SQLite's own waiting is sleeping and asking again, up to a tenth of a second each time, and whoever asks at the right
    moment wins: with eight tills most of the time nobody writes. The system's lock wakes the next one at once, and is
    let go of when its holder dies. PostgreSQL has its own line. Who is in a transaction is served already: waiting for
    somebody who waits for her would be for ever.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with (settings.HOME / "giliran.kunci").open("ab") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def joined() -> AbstractContextManager[Any]:
    """The caller's transaction where there is one, without a savepoint of its own; else a new one.

    For deeds that refuse before they write: a savepoint costs two round trips and would have nothing to undo.
    """
    return nullcontext() if connection.in_atomic_block else transaction.atomic()
