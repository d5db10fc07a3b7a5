"""Whether the database keeps what it acknowledges. ``kendedes serve`` refuses to start on an error of these.

SQLite: journal WAL, ``synchronous=FULL``, foreign keys, recursive triggers (else INSERT OR REPLACE slips past the
append-only guards), a library with the WAL-reset fix. PostgreSQL: fsync, full_page_writes, synchronous_commit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's word
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import OperationalError

from kendedes.base import sqlite

# https://www.sqlite.org/pragma.html: synchronous 2 = FULL, 3 = EXTRA
_PRAGMAS: dict[str, tuple[set[str], str]] = {
    "journal_mode": ({"wal"}, "WAL"),
    "synchronous": ({"2", "3"}, "FULL"),
    "foreign_keys": ({"1"}, "ON"),
    "recursive_triggers": ({"1"}, "ON"),
}
_POSTGRESQL = ("fsync", "full_page_writes", "synchronous_commit")
_SAFE_COMMIT = {"on", "remote_apply", "remote_write", "local"}  # each waits for the local flush


def judge_sqlite(found: dict[str, str], *, safe_library: bool, memory: bool) -> list[CheckMessage]:
    """What is wrong with these pragma values; a database in memory has no journal to judge."""
    problems: list[CheckMessage] = []
    for name, (good, wanted) in _PRAGMAS.items():
        value = found.get(name, "")
        if memory and name in {"journal_mode", "synchronous"}:
            continue
        if value.lower() not in good:
            problems.append(
                Error(f"SQLite: {name} is {value!r}, not {wanted}.", hint="See settings.DATABASES.", id="journal.E001")
            )
    if not safe_library:
        problems.append(
            Warning(
                "SQLite is older than 3.51.3 and may corrupt a WAL database that two connections write.",
                hint="pip install pysqlite3 (https://www.sqlite.org/wal.html#walresetbug)",
                id="journal.W001",
            )
        )
    return problems


def judge_postgresql(found: dict[str, str]) -> list[CheckMessage]:
    """What is wrong with these server settings."""
    problems: list[CheckMessage] = []
    for name in _POSTGRESQL:
        value = found.get(name, "")
        good = value in _SAFE_COMMIT if name == "synchronous_commit" else value == "on"
        if not good:
            problems.append(
                Error(
                    f"PostgreSQL: {name} is {value!r}: what was acknowledged may be lost.",
                    hint=f"ALTER SYSTEM SET {name} = on",
                    id="journal.E002",
                )
            )
    return problems


@register("database")
def durable(databases: Iterable[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Run with ``check --database default`` and by ``kendedes serve``."""
    if not databases or DEFAULT_DB_ALIAS not in databases:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                values = {name: str(cursor.execute(f"PRAGMA {name}").fetchone()[0]) for name in _PRAGMAS}
                return judge_sqlite(values, safe_library=sqlite.is_safe(), memory=values["journal_mode"] == "memory")
            found = {}
            for name in _POSTGRESQL:
                cursor.execute(f"SHOW {name}")
                found[name] = str(cursor.fetchone()[0])
            return judge_postgresql(found)
    except OperationalError as error:
        return [Error(f"The database does not answer: {error}", id="journal.E003")]
