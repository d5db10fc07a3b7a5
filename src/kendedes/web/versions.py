"""The current version of every site, read so cheaply that each request may ask.

SQLite: ``PRAGMA data_version`` on a connection of its own changes exactly when another connection committed; only
then the table is read again. PostgreSQL: one small query on a connection of its own. Outside Django's request
cycle on purpose: a cached page must not wake it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.db import connection

SQL = "SELECT association_id, version, host FROM web_site ORDER BY association_id"


@dataclass(frozen=True)
class Snapshot:
    """Versions by association; ``hosts`` differs when the same host may mean another association."""

    versions: Mapping[int, int] = field(default_factory=dict)
    hosts: int = 0

    @classmethod
    def of(cls, rows: list[tuple[int, int, str]]) -> Snapshot:
        """From the rows of SQL."""
        return cls({row[0]: row[1] for row in rows}, hash(tuple((row[0], row[2]) for row in rows)))


class Versions(Protocol):
    """Anything that knows the versions now; None when it cannot say, and then nothing is served from memory."""

    def now(self) -> Snapshot | None:
        """The versions at this moment."""


class SqliteVersions:
    """For one SQLite file. Thread-safe."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._data_version = -1
        self._snapshot = Snapshot()

    def now(self) -> Snapshot | None:
        """About 3 microseconds when nobody wrote since."""
        with self._lock:
            try:
                return self._read()
            except sqlite3.Error:
                self._connection = None
                return None

    def _read(self) -> Snapshot:
        if self._connection is None:
            self._connection = sqlite3.connect(
                f"file:{self._path}?mode=ro", uri=True, check_same_thread=False, timeout=1, isolation_level=None
            )
            self._data_version = -1
        (current,) = self._connection.execute("PRAGMA data_version").fetchone()
        if current != self._data_version:
            # Read after the mark: a commit in between is seen now and looked at once more next time.
            self._snapshot = Snapshot.of(self._connection.execute(SQL).fetchall())
            self._data_version = current
        return self._snapshot


class PostgresVersions:
    """For PostgreSQL: one query a request, about 0.1 ms; a connection per thread."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._parameters = parameters
        self._local = threading.local()

    def now(self) -> Snapshot | None:
        """None while the database cannot be reached."""
        import psycopg  # noqa: PLC0415 - absent need on SQLite

        for _try in range(2):
            try:
                known = getattr(self._local, "connection", None)
                if known is None or known.closed:
                    known = psycopg.connect(**self._parameters, autocommit=True)
                    self._local.connection = known
                return Snapshot.of(known.execute(SQL).fetchall())
            except psycopg.Error:
                self._local.connection = None
        return None


class DjangoVersions:
    """Through Django's own connection: for tests, whose database lives in memory."""

    def now(self) -> Snapshot | None:
        """One query."""
        with connection.cursor() as cursor:
            cursor.execute(SQL)
            return Snapshot.of(cursor.fetchall())


def versions() -> Versions:
    """The reader that fits the settings."""
    database = settings.DATABASES["default"]
    if str(database["ENGINE"]).endswith("sqlite3"):
        return SqliteVersions(str(database["NAME"]))
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return PostgresVersions({theirs: database[ours] for ours, theirs in names.items() if database.get(ours)})
