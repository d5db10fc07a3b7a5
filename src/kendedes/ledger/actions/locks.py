"""One writer of an association's ledger at a time, so that its chain has no gaps and a reader's cursor misses nothing."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

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


def joined() -> AbstractContextManager[Any]:
    """The caller's transaction where there is one, without a savepoint of its own; else a new one.

    For deeds that refuse before they write: a savepoint costs two round trips and would have nothing to undo.
    """
    return nullcontext() if connection.in_atomic_block else transaction.atomic()
