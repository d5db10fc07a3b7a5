"""Copies of the database at one moment while others write, and the way back into an empty one.

SQLite: its own backup interface in one step, a reader like any other under WAL. PostgreSQL: ``pg_dump`` on an exported
snapshot, so that the head of the diary and the dump are of the same moment; back by ``psql`` in one transaction.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal

_TAIL = 400  # letters of a tool's own words that are shown


class ToolMissing(Refusal):
    code = "backup_tool_missing"
    message = _("Program %(tool)s tidak ada di mesin ini; pasang paket postgresql-client.")


class ToolFailed(Refusal):
    code = "backup_tool_failed"
    message = _("%(tool)s gagal: %(words)s")


class Unsound(Refusal):
    code = "backup_database_unsound"
    message = _("Basis data tidak utuh: %(words)s")


def size() -> int:
    """Bytes the database takes now, roughly."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        return sum(
            f.stat().st_size for f in path.parent.glob(path.name + "*") if f.name in {path.name, path.name + "-wal"}
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def is_empty() -> bool:
    """Whether the database holds no table yet. A SQLite file that is not there is not made by asking."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        if not path.exists() or path.stat().st_size == 0:
            return True
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as look:
            return not look.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace LIMIT 1")
        return cursor.fetchone() is None


def copy(target: Path) -> dict[str, Any]:
    """Write the database of this moment to ``target``; returns head, epoch and applied migrations of that moment."""
    return _copy_sqlite(target) if connection.vendor == "sqlite" else _copy_postgresql(target)


def facts(ask: Callable[[str], list[tuple[Any, ...]]]) -> dict[str, Any]:
    """What a header says about a database; ``ask`` runs a query on it."""
    migrations: dict[str, list[str]] = {}
    for app, name in ask("SELECT app, name FROM django_migrations ORDER BY app, name"):
        migrations.setdefault(app, []).append(name)
    return {
        "head": ask("SELECT COALESCE(MAX(id), 0) FROM journal_entry")[0][0],
        "entries": ask("SELECT COUNT(*) FROM journal_entry")[0][0],
        "epoch": str(ask("SELECT uuid FROM journal_epoch ORDER BY id DESC LIMIT 1")[0][0]).replace("-", ""),
        "migrations": migrations,
    }


def _copy_sqlite(target: Path) -> dict[str, Any]:
    connection.ensure_connection()
    with closing(sqlite3.connect(target, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode=OFF")
        made.execute("PRAGMA synchronous=OFF")  # read again at once; what must last is the archive
        connection.connection.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")
        check_sqlite(made)
        return facts(lambda sql: list(made.execute(sql)))


def check_sqlite(database: sqlite3.Connection) -> None:
    """Refuse a damaged file: what is kept or brought back must be whole."""
    words = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    if words != "ok":
        raise Unsound(words=words)


def _copy_postgresql(target: Path) -> dict[str, Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]

        def ask(sql: str) -> list[tuple[Any, ...]]:
            cursor.execute(sql)
            return list(cursor.fetchall())

        found = facts(ask)
        command = [tool("pg_dump"), "-Fc", "-Z1", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        done = subprocess.run([*command, "-f", str(target)], env=_env(), capture_output=True, check=False)  # noqa: S603
        if done.returncode:
            raise ToolFailed(tool="pg_dump", words=_words(done.stderr))
        return found


def load_postgresql(dump: Path, then: str) -> None:
    """Read a dump into the empty database and run the SQL ``then``, all in one transaction."""
    reading, writing = tool("pg_restore"), tool("psql")
    into = subprocess.Popen(  # noqa: S603
        [writing, "-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-f", "-"],
        env=_env(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert into.stdin is not None  # noqa: S101 - for the type checker
    done = subprocess.run(  # noqa: S603
        [reading, "-f", "-", "--no-owner", "--no-privileges", str(dump)], stdout=into.stdin, stderr=subprocess.PIPE,
        check=False,
    )  # fmt: skip
    if done.returncode == 0:
        # A dump holds no statistics: without them the first questions are planned blindly, for a minute or for good.
        _out, words = into.communicate(f"\n{then}\nANALYZE;\n".encode())
    else:
        into.kill()  # before its input ends: ends are committed
        _out, words = into.communicate()
    if into.returncode:
        # psql that stopped early makes pg_restore fail on the pipe: its own words tell more
        failed = "psql" if words.strip() else "pg_restore"
        raise ToolFailed(tool=failed, words=_words(words if words.strip() else done.stderr))


def clear_postgresql() -> None:
    """Make the database empty again, as it was found."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        name = connection.ops.quote_name(cursor.fetchone()[0])
        cursor.execute(f"DROP SCHEMA {name} CASCADE")
        cursor.execute(f"CREATE SCHEMA {name}")


def tool(name: str) -> str:
    """Path of one of PostgreSQL's programs: on PATH, or in Debian's folder of the newest version."""
    found = shutil.which(name)
    if found:
        return found
    folders = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3]))
    if not folders:
        raise ToolMissing(tool=name)
    return str(folders[-1])


def _env() -> dict[str, str]:
    """How PostgreSQL's programs find our database; the password stays out of the command line."""
    given = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    return {**os.environ, **{to: str(given[name]) for name, to in names.items() if given[name]}}


def _words(stderr: bytes) -> str:
    return " ".join(stderr.decode(errors="replace").split())[-_TAIL:]
