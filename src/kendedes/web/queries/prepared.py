"""Reads whose SQL the ORM writes once a process.

Building SQL costs the ORM three to five times what the databases need to answer it. The handful of reads behind every
public page always have the same shape, so the shape is compiled once and later calls only fill in values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Row = Mapping[str, Any]
Build = Callable[..., QuerySet[Any, Any]]
_PART = "SELECT * FROM ({1}) AS part{0}"
_FIRST = 31_011  # stands for a number while compiling; small enough for every integer column


@dataclass(frozen=True)
class _Plan:
    """``fill``: per placeholder the name of a value, or None and the constant the ORM put there."""

    sql: str
    fill: tuple[tuple[str | None, Any], ...]
    names: tuple[str, ...]
    convert: Callable[[list[Any]], Iterator[Any]]


class Prepared:
    """One read. ``build`` takes values by name and gives querysets of ``values()`` with the same columns, in order.

    Values are numbers or texts that only end up as parameters: never in a slice, never None, never a flag.
    """

    def __init__(self, *build: Build) -> None:
        self._build = build
        self._plans: dict[tuple[str, str], _Plan] = {}

    def rows(self, language: str = "", **values: int | str) -> list[Row]:
        """The rows. ``language`` is given to ``build`` as it is: it chooses columns, so each has a shape of its own."""
        plan = self._plans.get((connection.vendor, language))
        if plan is None:
            plan = self._plans[connection.vendor, language] = self._compile(language, values)
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, [constant if name is None else values[name] for name, constant in plan.fill])
            return [dict(zip(plan.names, row, strict=True)) for row in plan.convert(cursor.fetchall())]

    def one(self, language: str = "", **values: int | str) -> Row | None:
        """The first row."""
        return next(iter(self.rows(language, **values)), None)

    def _compile(self, language: str, values: Mapping[str, int | str]) -> _Plan:
        marks: dict[str, int | str] = {
            name: _FIRST + place if isinstance(value, int) else f"<{name}>"
            for place, (name, value) in enumerate(values.items())
        }
        named: dict[Any, str] = {mark: name for name, mark in marks.items()}
        parts, fill, compiler = [], [], None
        for build in self._build:
            query = (build(language, **marks) if language else build(**marks)).query
            compiler = query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            parts.append(sql)
            fill += [(named.get(value) if isinstance(value, int | str) else None, value) for value in params]
        if compiler is None or {name for name, _ in fill if name} != set(values):
            raise ValueError("a value of a prepared read is not a parameter of it")
        whole = parts[0] if len(parts) == 1 else " UNION ALL ".join(_PART.format(*pair) for pair in enumerate(parts))
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        convert = (lambda rows: compiler.apply_converters(rows, converters)) if converters else iter
        return _Plan(whole, tuple(fill), tuple(compiler.query.selected), convert)
