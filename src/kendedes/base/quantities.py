"""How many: capacity a month, people at work, least order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kendedes.base.numbers import from_cell, number
from kendedes.base.told import Told, says_nothing, text
from kendedes.base.units import unit

_QUANTITY = re.compile(
    r"(\d[\d.,]*\d|\d) ?([a-z][a-z. ]{0,23}?)?(?: ?(?:/|per|se) ?(hari|hr|minggu|mgg|bulan|bln|tahun|th|thn))?\.?\Z"
)
_PERIODS = {"hari": "day", "hr": "day", "minggu": "week", "mgg": "week", "bulan": "month", "bln": "month"}
_DAYS = re.compile(r"(\d{1,4}) ?(hari|hr|minggu|mgg|bulan|bln|tahun|th|thn)\.?\Z")
_LENGTH = {"hari": 1, "hr": 1, "minggu": 7, "mgg": 7, "bulan": 30, "bln": 30, "tahun": 365, "th": 365, "thn": 365}
_PEOPLE = frozenset({"orang", "org", "anggota", "tenaga", "l", "p"})
MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Quantity:
    """``amount`` whole pieces of ``unit`` (may be empty) per ``period`` (day, week, month, year or empty)."""

    amount: int
    unit: str = ""
    period: str = ""


def quantity(cell: object) -> Told[Quantity]:
    """An amount with its unit and period. ``why``: not_a_number, uneven, too_big."""
    if type(cell) is not str and (exact := from_cell(cell)) is not None:
        return _made(exact, "", "", f"{exact:f}")
    return _written(text(cell))


@lru_cache(maxsize=8192)
def _written(words: str) -> Told[Quantity]:
    if says_nothing(words):
        return Told()
    found = _QUANTITY.match(words.casefold())
    value = number(found[1]) if found else None
    if found is None or value is None:
        return Told(kept=words, why="not_a_number")
    period = _PERIODS.get(found[3] or "", "year" if found[3] else "")
    return _made(value, unit(found[2] or ""), period, words)


def _made(value: object, of: str, period: str, words: str) -> Told[Quantity]:
    whole = int(value)  # type: ignore[call-overload]
    if whole != value or whole < 0:
        return Told(kept=words, why="uneven")
    if whole > MOST:
        return Told(kept=words, why="too_big")
    return Told(Quantity(whole, of, period))


def people(cell: object) -> Told[int]:
    """A count of people: ``3``, ``3 orang``. ``why`` as ``quantity``, or not_people."""
    told = quantity(cell)
    if told.value is None:
        return Told(kept=told.kept, why=told.why)
    if told.value.period or told.value.unit not in _PEOPLE | {""}:
        return Told(kept=text(cell), why="not_people")
    return Told(told.value.amount)


def days(cell: object, *, column: str = "") -> Told[int]:
    """A length of time in days: ``30 hari``, ``6 bulan`` (thirty days each), ``1 tahun``.

    ``column``: the period the column's name states for bare numbers (``hari``, ``bulan``, …).
    ``why``: no_period, not_a_time.
    """
    words = text(cell)
    if from_cell(cell) is None and says_nothing(words):
        return Told()
    found = _DAYS.match(words.casefold())
    if found:
        return Told(int(found[1]) * _LENGTH[found[2]])
    if words.isdigit() and len(words) <= 4:
        return Told(int(words) * _LENGTH[column]) if column in _LENGTH else Told(kept=words, why="no_period")
    return Told(kept=words, why="not_a_time")
