"""Many rows in one statement, and one row without the machinery of a model: what makes posting fast.

Plain SQL over the models' own columns, for both databases. Only append-only tables are written so.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models

_MOST = 30_000  # parameters of one statement; PostgreSQL allows 65,535, SQLite 32,766 by default


@lru_cache(maxsize=64)
def _head(model: type[models.Model], names: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(getattr(model._meta.get_field(name), "column"))) for name in names)  # noqa: B009 - relations have none
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 - names of our own models


@lru_cache(maxsize=256)
def _places(columns: int, rows: int) -> str:
    return ", ".join(["(" + ", ".join(["%s"] * columns) + ")"] * rows)


def insert(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write ``rows`` of ``model``; ``names``: fields in the order of the values. Checks are the database's."""
    if not rows:
        return
    head = _head(model, tuple(names))
    step = _MOST // len(names)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), step):
            some = rows[start : start + step]
            cursor.execute(head + _places(len(names), len(some)), _flat(some))


def insert_one(model: type[models.Model], names: Sequence[str], row: Sequence[Any]) -> int:
    """Write one row and return the number the database gave it."""
    with connection.cursor() as cursor:
        cursor.execute(_head(model, tuple(names)) + _places(len(names), 1) + " RETURNING id", _flat([row]))
        return int(cursor.fetchone()[0])


def _flat(rows: Iterable[Sequence[Any]]) -> list[Any]:
    return [value if type(value) in _PLAIN else _adapted(value) for row in rows for value in row]


_PLAIN = frozenset({int, str, type(None)})


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, uuid.UUID):
        return value.hex if connection.vendor == "sqlite" else value
    if isinstance(value, dict | list):
        return json.dumps(value)
    return str(value) if isinstance(value, str) else value
