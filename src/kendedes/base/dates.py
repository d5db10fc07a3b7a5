"""Dates as written here: day before month, Indonesian month names, or a spreadsheet's own."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from kendedes.base.told import Told, says_nothing, text

MONTHS = [
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
]
_SHORT = {
    **{name: i for i, name in enumerate(MONTHS, 1)},
    **{name[:3]: i for i, name in enumerate(MONTHS, 1)},
    "pebruari": 2, "peb": 2, "mrt": 3, "may": 5, "june": 6, "july": 7, "agt": 8, "ags": 8, "agst": 8, "aug": 8, "sept": 9,
    "nop": 11, "nopember": 11, "oct": 10, "dec": 12, "january": 1, "february": 2, "march": 3, "august": 8,
    "october": 10, "december": 12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?(?:\.0+)?)?\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})\Z")
_NAMED = re.compile(r"(?:[a-z]+, )?(\d{1,2})[ \-/.]([a-z]{3,9})[. \-/]*(\d{4}|\d{2})\Z")
_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
FIRST, LAST = 1950, 2100


def day(cell: object) -> Told[dt.date]:
    """The calendar day a cell certainly names. ``why``: no_day (only month or year), not_a_date."""
    if isinstance(cell, dt.datetime):
        return _in_reach(cell.date(), text(cell))
    if isinstance(cell, dt.date):
        return _in_reach(cell, text(cell))
    words = text(cell)
    if says_nothing(words):
        return Told()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        serial = int(cell)
        if serial in _SERIALS:
            return Told(_EPOCH + dt.timedelta(days=serial))
        return Told(kept=words, why="no_day" if FIRST <= cell <= LAST else "not_a_date")
    return _written(words)


@lru_cache(maxsize=4096)
def _written(words: str) -> Told[dt.date]:
    lower = words.casefold()
    if found := _ISO.match(lower):
        return _made(found[1], int(found[2]), found[3], words)
    if found := _DAY_FIRST.match(lower):
        return _made(found[3], int(found[2]), found[1], words)
    if (found := _NAMED.match(lower)) and found[2] in _SHORT:
        return _made(found[3], _SHORT[found[2]], found[1], words)
    if re.fullmatch(r"(?:[a-z]{3,9}[ \-/]?)?\d{4}|\d{1,2}[/\-]\d{4}", lower):
        return Told(kept=words, why="no_day")
    return Told(kept=words, why="not_a_date")


def _made(year: str, month: int, day_: str, words: str) -> Told[dt.date]:
    try:
        made = dt.date(int(year) + (2000 if len(year) == 2 else 0), month, int(day_))
    except ValueError:
        return Told(kept=words, why="not_a_date")
    return _in_reach(made, words)


def _in_reach(made: dt.date, words: str) -> Told[dt.date]:
    return Told(made) if FIRST <= made.year <= LAST else Told(kept=words, why="not_a_date")


def written(date: dt.date) -> str:
    """``12/03/2028``, which ``day`` reads back."""
    return f"{date.day:02}/{date.month:02}/{date.year}"
