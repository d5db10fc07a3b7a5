"""Large deeds on PostgreSQL. Time for what is long by nature: a statement of a page may take 15 seconds (settings), so that a
mistake stops nobody else; deriving a million sales anew, or claiming all of them, takes longer. And how large a table is now.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models


@contextmanager
def unhurried(seconds: int) -> Iterator[None]:
    """Statements inside may take ``seconds`` each. In a transaction this holds until its end, else until the block's."""
    if connection.vendor != "postgresql":  # SQLite knows no such limit
        yield
        return
    passing = connection.in_atomic_block
    before = _limit(f"{seconds}s", passing=passing)
    try:
        yield
    finally:
        if not passing:
            _limit(before, passing=False)


def _limit(value: str, *, passing: bool) -> str:
    """Sets the limit and tells the one before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        before = str(cursor.fetchone()[0])
        cursor.execute("SELECT set_config('statement_timeout', %s, %s)", [value, passing])
    return before


def surveyed(table: type[models.Model]) -> None:
    """To be called after many rows were written that the same deed joins: PostgreSQL's planner knows of them only after its
    own rounds, each minute, and joins a thousand rows it takes for one by walking everything else a thousand times.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table._meta.db_table)}")
