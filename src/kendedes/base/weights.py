"""What a pack holds: grams or millilitres, and how many pieces inside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kendedes.base.numbers import from_cell, number
from kendedes.base.told import Told, says_nothing, text

_SIZES = {
    "mg": ("g", Decimal("0.001")),
    "g": ("g", Decimal(1)),
    "gr": ("g", Decimal(1)),
    "grm": ("g", Decimal(1)),
    "gram": ("g", Decimal(1)),
    "ons": ("g", Decimal(100)),
    "kg": ("g", Decimal(1000)),
    "kilo": ("g", Decimal(1000)),
    "kilogram": ("g", Decimal(1000)),
    "ml": ("ml", Decimal(1)),
    "cc": ("ml", Decimal(1)),
    "cl": ("ml", Decimal(10)),
    "l": ("ml", Decimal(1000)),
    "lt": ("ml", Decimal(1000)),
    "ltr": ("ml", Decimal(1000)),
    "liter": ("ml", Decimal(1000)),
}
_UNITS = "|".join(sorted(_SIZES, key=len, reverse=True))
_NUMBER = r"(?:\d[\d.,]*)?(?: ?[½¼¾⅛]|(?:(?<=\d) )?[13]/[24])|\d[\d.,]*\d|\d"
_MEASURE = re.compile(
    rf"(?:(\d{{1,4}}) ?(?:x|×|\*|@|[a-z]{{2,6}} ?(?:x|×|@)) ?)?({_NUMBER}) ?({_UNITS})\.?(?: ?/ ?([a-z]+))?\Z"
)
_BARE = re.compile(rf"({_NUMBER})\Z")
IN_TEXT = re.compile(rf"(?<![\w.,/])((?:\d{{1,4}} ?(?:x|×) ?)?(?:{_NUMBER}) ?(?:{_UNITS}))(?![\w/])", re.IGNORECASE)
_MAYBE = re.compile(rf"[\d½¼¾⅛] ?(?:{_UNITS})\b", re.IGNORECASE)
MOST = 1_000_000  # a tonne, a cubic metre: no pack is larger


@dataclass(frozen=True, slots=True)
class Contents:
    """``amount`` in ``measure`` ("g" or "ml") for the whole pack; ``pieces`` inside it, 1 unless said."""

    amount: int
    measure: str
    pieces: int = 1


def contents(cell: object, *, column: str = "") -> Told[Contents]:
    """What a weight or volume cell certainly says.

    ``column``: the measure the column's name states (``g``, ``kg``, ``ml``, …), else empty; a bare number
    means nothing without it. ``why``: no_measure, uneven (less than one gram), not_a_weight.
    """
    if type(cell) is not str and (exact := from_cell(cell)) is not None:
        words = f"{exact:f}"
        return _made(exact, column, 1, words) if column in _SIZES else Told(kept=words, why="no_measure")
    return _written(text(cell), column)


@lru_cache(maxsize=8192)
def _written(words: str, column: str) -> Told[Contents]:
    if says_nothing(words):
        return Told()
    lower = words.casefold()
    if found := _MEASURE.match(lower):
        pieces, raw, size, _pack = found.groups()
        value = number(raw.strip())
        if value is None or _unlikely(raw, size):
            return Told(kept=words, why="not_a_weight")
        return _made(value, size, int(pieces or 1), words)
    if found := _BARE.match(lower):
        value = number(found[1].strip())
        if column in _SIZES and value is not None:
            return _made(value, column, 1, words)
        return Told(kept=words, why="no_measure")
    return Told(kept=words, why="not_a_weight")


def _unlikely(raw: str, size: str) -> bool:
    """``1.250 kg`` is either 1¼ kg or more than a tonne: nobody can tell."""
    return "." in raw and "," not in raw and _SIZES[size][1] >= 1000 and len(raw.rpartition(".")[2]) == 3


def _made(value: Decimal, size: str, pieces: int, words: str) -> Told[Contents]:
    measure, factor = _SIZES[size]
    total = value * factor * pieces
    if total != int(total) or total <= 0 or total > MOST or pieces < 1:
        return Told(kept=words, why="uneven")
    return Told(Contents(int(total), measure, pieces))


def names_measure(words: str) -> bool:
    """Whether a text may hold a weight or volume: cheap, before ``IN_TEXT`` looks closely."""
    return _MAYBE.search(words) is not None


def measure_named(header: str) -> str:
    """The measure a column's name states: ``Berat (gr)`` gives ``gr``; empty when it states none."""
    found = re.search(rf"(?:\(|\[|dalam |/)\s*({_UNITS})\b", header.casefold())
    return found[1] if found else ""
