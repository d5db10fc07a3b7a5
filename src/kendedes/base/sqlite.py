"""Chooses the SQLite library before anybody imports ``sqlite3``.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when two connections write and checkpoint
(https://www.sqlite.org/wal.html#walresetbug); long-lived distributions still ship those. Where the
system's library is older, the wheel ``pysqlite3`` (bundles 3.53) takes its place under the same name.
"""

import importlib
import sqlite3
import sys
from typing import Any

SAFE = (3, 51, 3)

# As the wheel was compiled (PRAGMA compile_options), else https://www.sqlite.org/limits.html
_LIMITS = {
    "SQLITE_LIMIT_VARIABLE_NUMBER": 250_000,
    "SQLITE_LIMIT_COLUMN": 2000,
    "SQLITE_LIMIT_COMPOUND_SELECT": 500,
    "SQLITE_LIMIT_LENGTH": 1_000_000_000,
    "SQLITE_LIMIT_SQL_LENGTH": 1_000_000_000,
    "SQLITE_LIMIT_EXPR_DEPTH": 1000,
}


def use_safe_library() -> None:
    """Make ``import sqlite3`` give a library of at least ``SAFE``, if one is installed."""
    if sqlite3.sqlite_version_info >= SAFE:
        return
    try:
        newer = importlib.import_module("pysqlite3")
    except ImportError:
        return  # `is_safe` says so; the system check turns it into a loud warning
    dbapi2 = importlib.import_module("pysqlite3.dbapi2")
    if not hasattr(newer.Connection, "getlimit"):
        _add_getlimit(newer, dbapi2)
    sys.modules["sqlite3"] = newer
    sys.modules["sqlite3.dbapi2"] = dbapi2


def _add_getlimit(newer: Any, dbapi2: Any) -> None:
    """Give connections ``getlimit``, which Django asks for and the wheel's module lacks."""
    defaults = {getattr(sqlite3, name): value for name, value in _LIMITS.items() if hasattr(sqlite3, name)}

    class Connection(newer.Connection):  # type: ignore[misc]
        def getlimit(self, category: int) -> int:
            return defaults[category]

    plain = newer.connect

    def connect(*args: Any, **options: Any) -> Any:
        return plain(*args, **{"factory": Connection, **options})

    for module in (newer, dbapi2):
        module.connect = connect
        module.Connection = Connection
        for name in _LIMITS:
            if hasattr(sqlite3, name):
                setattr(module, name, getattr(sqlite3, name))


def is_safe() -> bool:
    """Whether the library in use has the WAL-reset fix."""
    info: tuple[int, int, int] = sys.modules["sqlite3"].sqlite_version_info
    return info >= SAFE
