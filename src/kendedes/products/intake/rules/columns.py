"""Which row is the header, and which column means what."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kendedes.base.names import distance_at_most_one
from kendedes.base.told import text
from kendedes.products.intake.reading.cells import Merge, Row, Sheet
from kendedes.products.intake.rules import words

LOOKED_AT = 60  # rows searched for the header
REMARK = "+"  # a column nobody knows: its cells stay as remarks under its own name
SKIP = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``index`` from 0, its ``header`` as written, the ``field`` it fills (``+`` remark, empty: skipped)."""

    index: int
    header: str
    field: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one sheet. ``first`` is the first row of data, from 0."""

    sheet: str
    header: int
    first: int
    columns: tuple[Column, ...]

    @property
    def signature(self) -> str:
        """Sheets with the same headers share it; a corrected mapping is remembered under it."""
        return signature(column.header for column in self.columns)

    def with_fields(self, chosen: Mapping[int, str]) -> Columns:
        """The same columns with other meanings: ``{column index: field}``."""
        columns = tuple(Column(c.index, c.header, chosen.get(c.index, c.field)) for c in self.columns)
        return Columns(self.sheet, self.header, self.first, columns)

    @property
    def fields(self) -> dict[str, Column]:
        """The first column of each field."""
        found: dict[str, Column] = {}
        for column in self.columns:
            if column.field and column.field != REMARK:
                found.setdefault(column.field, column)
        return found


def signature(headers: Iterable[str]) -> str:
    """64 hex digits that stand for a row of headers."""
    return hashlib.sha256("|".join(words.reduced(h) for h in headers).encode()).hexdigest()


@lru_cache(maxsize=4096)
def known_field(header: str) -> str:
    """The field a header certainly names, else empty."""
    return words.EXACT.get(words.reduced(header)) or words.EXACT.get(words.without_brackets(header), "")


@lru_cache(maxsize=4096)
def field_of(header: str) -> str:
    """The field a header certainly or very likely names, else empty."""
    if found := known_field(header):
        return found
    key = words.without_brackets(header)
    if len(key) >= 5:
        near = {name for known, name in words.EXACT.items() if len(known) >= 5 and distance_at_most_one(known, key)}
        if len(near) == 1:
            return near.pop()
    tokens = set(re.findall(r"[a-z]+", header.casefold().replace("p-irt", "pirt")))
    if len(tokens) <= 6:
        for wanted, name in words.TOKENS:
            if wanted <= tokens:
                return name
    return ""


@dataclass(slots=True)
class _Candidate:
    score: float = 0
    header: int = 0
    first: int = 0
    names: list[str] = field(default_factory=list)


def find_header(sheet: Sheet) -> Columns | None:
    """The columns of a sheet, its header being one row or two (``Harga`` above ``Ecer`` and ``Grosir``)."""
    best = _Candidate()
    for number, row in enumerate(sheet.rows[:LOOKED_AT]):
        single = _headers(row)
        score = _score(single)
        if score > best.score:
            best = _Candidate(score, number, number + 1, single)
        if number + 1 < len(sheet.rows):
            double = _two_rows(number, row, sheet.rows[number + 1], sheet.merges)
            if double is not None and _score(double) > max(score, best.score, _score(_headers(sheet.rows[number + 1]))):
                best = _Candidate(_score(double), number, number + 2, double)
    if best.score < 2:
        return None
    return Columns(sheet.name, best.header, best.first, _columns(best.names))


def _headers(row: Row) -> list[str]:
    return [text(cell) if isinstance(cell, str) else "" for cell in row]


def _score(names: Sequence[str]) -> float:
    """How many different columns are named; without a product's name it is no header of ours."""
    said = [name for name in names if name and len(name) <= 60]
    if sum(1 for name in said if known_field(name)) * 3 < len(said):
        return 0  # rows of data are not searched for near misses
    found = {field_of(name) for name in said} - {""}
    return len(found) if "name" in found else 0


def _two_rows(number: int, upper: Row, lower: Row, merges: tuple[Merge, ...]) -> list[str] | None:
    tops, subs = _headers(upper), _headers(lower)
    if sum(map(bool, subs)) < 2 or not any(tops) or any(isinstance(c, int | float) for c in lower):
        return None
    names: list[str] = []
    width = max(len(tops), len(subs))
    tops += [""] * (width - len(tops))
    subs += [""] * (width - len(subs))
    covering = {}
    for (row, first), (_last_row, last) in merges:
        if row == number:
            covering.update(dict.fromkeys(range(first, last + 1), first))
    carried = ""
    for column in range(width):
        top = tops[column]
        if not top and column in covering:
            top = tops[covering[column]]
        elif not top and subs[column] and column not in covering:
            top = carried
        carried = top
        names.append(f"{top} {subs[column]}".strip())
    if any(sub and not field_of(name) for sub, name in zip(subs, names, strict=True)):
        return None  # the second row is data, not names
    if names == subs:
        return None  # the first row is a title
    return names


def _columns(names: Sequence[str]) -> tuple[Column, ...]:
    taken: set[str] = set()
    columns = []
    for index, name in enumerate(names):
        meaning = field_of(name) if name else SKIP
        if meaning in taken and meaning not in {"photo", "phone", "permit", "remark"}:
            meaning = REMARK  # a second column of one meaning is kept beside the first
        taken.add(meaning)
        columns.append(Column(index, name, meaning or (REMARK if name else SKIP)))
    return tuple(columns)


def is_header_again(row: Row, mapping: Columns) -> bool:
    """Printed sheets repeat their header on every page."""
    said = [
        (column.header, row[column.index]) for column in mapping.columns if column.header and column.index < len(row)
    ]
    same = sum(1 for header, cell in said if isinstance(cell, str) and words.reduced(cell) == words.reduced(header))
    return same >= 2 and same * 2 > len(said)
