"""Append-only tables: triggers by which the database itself refuses UPDATE and DELETE.

Used in migrations of every floor: ``operations = [append_only("journal_entry")]``. Text for SQLite
needs ``recursive_triggers=ON`` (settings), else INSERT OR REPLACE passes the delete trigger.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunPython


class Guard(RunPython):
    """A step in SQL alone. ``RunPython`` draws every model of the installation anew for each step, which took a third
    of the time of setting up an empty home; a trigger needs none of them.
    """

    def database_forwards(self, _label: str, editor: Any, _before: Any, _after: Any) -> None:
        step: Any = self.code  # written here, below: it takes the models it is given and looks at none
        step(None, editor)

    def database_backwards(self, _label: str, editor: Any, _before: Any, _after: Any) -> None:
        step: Any = self.reverse_code
        step(None, editor)


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
            editor.execute(statement, params=None)

    def backwards(_apps: Any, editor: Any) -> None:
        suffix = "" if editor.connection.vendor == "sqlite" else f' ON "{table}"'
        for verb in ("update", "delete", "truncate"):
            editor.execute(f'DROP TRIGGER IF EXISTS "{table}_keep_{verb}"{suffix}')

    return Guard(forwards, backwards, elidable=False)


def refuse(table: str, verb: str, condition: str, *, name: str) -> Operation:
    """A migration step by which the database refuses ``verb`` on ``table`` while ``condition`` holds.

    ``verb``: INSERT, UPDATE or DELETE. ``condition``: SQL on NEW (INSERT, UPDATE) and OLD (UPDATE, DELETE) that both
    databases read; it may hold subqueries, in which ``{share}`` makes PostgreSQL wait for a writer of the row read
    (SQLite has one writer). ``name``: of the trigger, unique in the database.
    """

    def forwards(_apps: Any, editor: Any) -> None:
        says = f"refused: {name}"
        if editor.connection.vendor == "sqlite":
            rule = condition.format(share="")
            editor.execute(
                f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" WHEN {rule} BEGIN SELECT RAISE(ABORT, \'{says}\'); END'
            )
            return
        rule = condition.format(share="FOR SHARE")
        row = "OLD" if verb == "DELETE" else "NEW"
        editor.execute(
            f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF ({rule}) THEN '
            f"RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$",
            params=None,
        )
        editor.execute(
            f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()', params=None
        )

    def backwards(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            editor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        else:
            editor.execute(f'DROP FUNCTION IF EXISTS "{name}" CASCADE')

    return Guard(forwards, backwards, elidable=False)


def refuse_together(table: str, condition: str, *, name: str) -> Operation:
    """``refuse`` for an INSERT that may bring a million rows: PostgreSQL looks at all rows of a statement at once, after
    it, where a look at each alone costs as much as writing them. SQLite looks at each, which is cheap there.
    """
    alone = refuse(table, "INSERT", condition, name=name)

    def forwards(apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            alone.code(apps, editor)  # type: ignore[attr-defined]
            return
        rule = f"EXISTS (SELECT 1 FROM fresh WHERE {condition.replace('NEW.', 'fresh.')})"  # noqa: S608 - our own text
        editor.execute(
            f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF ({rule}) THEN '
            f"RAISE EXCEPTION 'refused: {name}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL; END $$",
            params=None,
        )
        editor.execute(
            f'CREATE TRIGGER "{name}" AFTER INSERT ON "{table}" REFERENCING NEW TABLE AS fresh '
            f'FOR EACH STATEMENT EXECUTE FUNCTION "{name}"()',
            params=None,
        )

    return Guard(forwards, alone.reverse_code, elidable=False)  # type: ignore[attr-defined]


def lifted(guard: Any) -> Operation:
    """A migration step that takes a guard away while its table is changed; the guard itself, as a later step, puts it
    back. SQLite makes a table anew to alter it: triggers on it are lost, and those that only read it stand in the way.
    """
    return Guard(guard.reverse_code, guard.code, elidable=False)


def keep_whole(table: str) -> Operation:
    """A migration step that refuses TRUNCATE where the other guards are conditional (PostgreSQL only)."""

    def forwards(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor != "sqlite":
            for statement in _postgresql(table, "")[::3]:
                editor.execute(statement, params=None)

    def backwards(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor != "sqlite":
            editor.execute(f'DROP TRIGGER IF EXISTS "{table}_keep_truncate" ON "{table}"')

    return Guard(forwards, backwards, elidable=False)
