"""A file as plain cells, with addresses people know from their spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

Cell = str | int | float | bool | dt.date | dt.datetime | None
Row = list[Cell]
Merge = tuple[tuple[int, int], tuple[int, int]]  # first and last (row, column), counted from 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows`` start at A1. ``formulas``: the text of cells that hold a formula, by (row, column) from 0."""

    name: str
    rows: list[Row]
    merges: tuple[Merge, ...] = ()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """One file: its name as sent, SHA-256 of its bytes, visible sheets, names of hidden ones, how it was read."""

    name: str
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()
    how: str = ""


def letters(column: int) -> str:
    """``0`` is A, ``26`` is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """``C7``, both counted from 0."""
    return f"{letters(column)}{row + 1}"
