"""Statements that every deed needs, without the machinery of a model or of Django's cursors: what makes posting fast.

Plain SQL over the models' own columns, for both databases. Several statements given together are one round trip on
PostgreSQL (a pipeline), and each shape is planned once a connection. Only append-only tables are written so.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

Statement = tuple[str, Sequence[Any]]
Row = tuple[Any, ...]
Rows = tuple[type[models.Model], Sequence[str], Sequence[Sequence[Any]]]

_MOST = 30_000  # parameters of one statement; PostgreSQL allows 65,535, SQLite 32,766 by default
_PLAN_AFTER = 3  # times a statement is seen on a connection before PostgreSQL keeps its plan


def ask(*statements: Statement) -> list[list[Row]]:
    """The rows of each statement, in their order; ``%s`` stands for a value. To be asked inside a transaction."""
    ours = connections[DEFAULT_DB_ALIAS]
    if ours.queries_logged or ours.execute_wrappers:
        return [_watched(*statement) for statement in statements]
    ours.validate_no_broken_transaction()
    ours.ensure_connection()
    database = ours.connection
    with ours.wrap_database_errors:
        if ours.vendor == "sqlite":
            return [database.execute(_question_marks(sql), values).fetchall() for sql, values in statements]
        return _pipelined(database, statements)


def _watched(sql: str, values: Sequence[Any]) -> list[Row]:
    """Through Django's own cursor, where somebody counts or reads along."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


def _pipelined(database: Any, statements: Sequence[Statement]) -> list[list[Row]]:
    from psycopg import Cursor  # noqa: PLC0415 - only where PostgreSQL is used

    if database.prepare_threshold is None:
        database.prepare_threshold = _PLAN_AFTER
    cursors = [Cursor(database) for _ in statements]
    if len(cursors) == 1:
        cursors[0].execute(*statements[0])
    else:
        with database.pipeline():
            for cursor, (sql, values) in zip(cursors, statements, strict=True):
                cursor.execute(sql, values)
    return [cursor.fetchall() if cursor.description else [] for cursor in cursors]


@lru_cache(maxsize=512)
def _question_marks(sql: str) -> str:
    return sql.replace("%s", "?")


@lru_cache(maxsize=64)
def _head(model: type[models.Model], names: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(getattr(model._meta.get_field(name), "column"))) for name in names)  # noqa: B009 - relations have none
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 - names of our own models


@lru_cache(maxsize=512)
def _shape(model: type[models.Model], names: tuple[str, ...], rows: int) -> str:
    one = "(" + ", ".join(["%s"] * len(names)) + ")"
    return _head(model, names) + ", ".join([one] * rows)


def insert(*tables: Rows) -> None:
    """Write rows, each ``(model, names, rows)``; ``names``: fields in the order of the values. Checks are the database's."""
    statements: list[Statement] = []
    vendor = connections[DEFAULT_DB_ALIAS].vendor
    for model, names, rows in tables:
        step = _MOST // len(names)
        for start in range(0, len(rows), step):
            some = rows[start : start + step]
            statements.append((_shape(model, tuple(names), len(some)), _flat(some, vendor)))
    if statements:
        ask(*statements)


def insert_one(model: type[models.Model], names: Sequence[str], row: Sequence[Any]) -> int:
    """Write one row and return the number the database gave it."""
    values = _flat([row], connections[DEFAULT_DB_ALIAS].vendor)
    return int(ask((_shape(model, tuple(names), 1) + " RETURNING id", values))[0][0][0])


def read_back[M: models.Model](
    model: type[M], names: Sequence[str], row: Sequence[Any], **known: models.Model | None
) -> M:
    """The instance of a row that was written so, without the questions a model's constructor asks of every field.

    ``names`` and ``row`` as given to ``insert``, with the key. ``known``: related things at hand, so that nobody asks
    for them again.
    """
    values = dict(zip(names, row, strict=True))
    fields = model._meta.concrete_fields
    made = model.from_db(DEFAULT_DB_ALIAS, [f.attname for f in fields], [values.get(f.name) for f in fields])
    made._state.fields_cache.update(known)  # noqa: SLF001 - as select_related fills it
    return made


def _flat(rows: Iterable[Sequence[Any]], vendor: str) -> list[Any]:
    ways = _WAYS[vendor]
    return [
        value if (kind := type(value)) in _PLAIN else ways[kind](value) if kind in ways else _other(value)
        for row in rows
        for value in row
    ]


def _utc(value: datetime) -> str:
    """As Django's SQLite backend writes a moment, whichever zone it is given in."""
    return str(value.astimezone(UTC).replace(tzinfo=None))


def _same(value: Any) -> Any:
    return value


_Way = Callable[[Any], Any]
_PLAIN = frozenset({int, str, bool, type(None), bytes})  # both drivers take them as they are
_WAYS: dict[str, dict[type, _Way]] = {
    "postgresql": {dict: json.dumps, list: json.dumps, **dict.fromkeys((datetime, date, uuid.UUID), _same)},
    "sqlite": {dict: json.dumps, list: json.dumps, datetime: _utc, date: str, uuid.UUID: lambda value: value.hex},
}


def _other(value: Any) -> Any:
    """Subclasses: choices are texts."""
    return str(value) if isinstance(value, str) else value


def adapted(value: Any) -> Any:
    """A value as the database's driver takes it."""
    return _flat([[value]], connections[DEFAULT_DB_ALIAS].vendor)[0]
