"""Every trigger the migrations made still stands: SQLite makes a table anew to alter it, and its triggers are lost unseen."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kendedes.journal.guards import Guard

MADE = re.compile(r'CREATE (?:CONSTRAINT )?TRIGGER "?(\w+)"?')
GONE = re.compile(r'DROP (?:TRIGGER|FUNCTION) IF EXISTS "?(\w+)"?')
LISTED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


class _Listener:
    """A schema editor that only notes which triggers its statements make and take away."""

    def __init__(self, vendor: str) -> None:
        self.connection = SimpleNamespace(vendor=vendor)
        self.standing: set[str] = set()

    def execute(self, sql: str, params: Any = None) -> None:
        self.standing -= set(GONE.findall(sql))
        self.standing |= set(MADE.findall(sql))


def wanted(vendor: str) -> set[str]:
    """Names of all triggers after all migrations, by what the steps say."""
    loader = MigrationLoader(None)
    listener = _Listener(vendor)
    done: set[tuple[str, str]] = set()
    for leaf in loader.graph.leaf_nodes():
        for node in loader.graph.forwards_plan(leaf):
            if node in done:
                continue
            done.add(node)
            for operation in loader.graph.nodes[node].operations:
                if isinstance(operation, Guard):
                    operation.database_forwards("", listener, None, None)
    return listener.standing


def standing() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(LISTED[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_every_trigger_of_the_migrations_stands() -> None:
    made = wanted(connection.vendor)

    assert len(made) > 100
    assert standing() == made


@pytest.mark.django_db
def test_a_lost_trigger_is_noticed() -> None:
    suffix = "" if connection.vendor == "sqlite" else " ON journal_entry"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER journal_entry_keep_update{suffix}")

    assert wanted(connection.vendor) - standing() == {"journal_entry_keep_update"}
