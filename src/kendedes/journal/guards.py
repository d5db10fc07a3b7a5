"""Append-only tables: triggers by which the database itself refuses UPDATE and DELETE.

Used in migrations of every floor: ``operations = [append_only("journal_entry")]``. Text for SQLite
needs ``recursive_triggers=ON`` (settings), else INSERT OR REPLACE passes the delete trigger.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunPython


def _sqlite(table: str, when: str) -> list[str]:
    condition = f" WHEN {when}" if when else ""
    return [
        f'CREATE TRIGGER "{table}_keep_{verb.lower()}" BEFORE {verb} ON "{table}"{condition} '
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str, when: str) -> list[str]:
    condition = f" WHEN ({when})" if when else ""
    refuse = "CREATE OR REPLACE FUNCTION kendedes_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"
    return [
        refuse,
        *(
            f'CREATE TRIGGER "{table}_keep_{verb.lower()}" BEFORE {verb} ON "{table}" '
            f"FOR EACH ROW{condition} EXECUTE FUNCTION kendedes_refuse()"
            for verb in ("UPDATE", "DELETE")
        ),
        (
            f'CREATE TRIGGER "{table}_keep_truncate" BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION kendedes_refuse()"
        ),
    ]


def append_only(table: str, *, when: str = "") -> Operation:
    """A migration step that makes ``table`` append-only.

    ``when``: an SQL condition on OLD (and NEW) under which changes are refused; always, if empty.
    Any truncation is refused on PostgreSQL.
    """

    def forwards(_apps: Any, editor: Any) -> None:
        make = _sqlite if editor.connection.vendor == "sqlite" else _postgresql
        for statement in make(table, when):
            editor.execute(statement)

    def backwards(_apps: Any, editor: Any) -> None:
        suffix = "" if editor.connection.vendor == "sqlite" else f' ON "{table}"'
        for verb in ("update", "delete", "truncate"):
            editor.execute(f'DROP TRIGGER IF EXISTS "{table}_keep_{verb}"{suffix}')

    return RunPython(forwards, backwards, elidable=False)
