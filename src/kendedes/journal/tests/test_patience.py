"""Long deeds get more time on PostgreSQL, and everybody else the usual one afterwards."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection, transaction

from kendedes.journal.models import Entry
from kendedes.journal.patience import surveyed, unhurried

USUAL = "15s"
pytestmark = pytest.mark.django_db


def limit() -> str:
    """What a statement may take now; SQLite limits nothing."""
    if connection.vendor != "postgresql":
        return USUAL
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        return str(cursor.fetchone()[0])


def longer(seconds: str) -> str:
    return seconds if connection.vendor == "postgresql" else USUAL


def on_its_own_connection(call: Callable[[], list[str]]) -> list[str]:
    """As a web process does it: no test's transaction around it."""

    def run() -> list[str]:
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def test_the_usual_limit_is_back_after_the_block_even_when_it_failed() -> None:
    def failing() -> list[str]:
        seen = [limit()]
        with suppress(KeyError), unhurried(90):
            seen.append(limit())
            raise KeyError
        return [*seen, limit()]

    assert on_its_own_connection(failing) == [USUAL, longer("90s"), USUAL]


def test_in_a_transaction_it_lasts_until_its_end_and_no_longer() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite limits nothing")

    def passing() -> list[str]:
        with transaction.atomic():
            with unhurried(90):
                inside = limit()
            after = limit()
        return [inside, after, limit()]

    assert on_its_own_connection(passing) == [longer("90s"), longer("90s"), USUAL]


def test_a_table_is_surveyed_inside_the_deed() -> None:
    surveyed(Entry)

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'journal_entry'")
            assert cursor.fetchone()[0] == Entry.objects.count()
