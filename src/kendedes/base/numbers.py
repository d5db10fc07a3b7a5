"""Numbers as people in Indonesia write them: dots between thousands, a comma before the fraction.

Told apart only where the shape is certain: ``1.200`` is 1200, ``3,84`` is 3.84, ``0.9`` is 0.9, ``28.000,00``
is 28000; ``1,200`` could be either and gives None.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_PLAIN = re.compile(r"\d{1,15}\Z", re.ASCII)
_DOTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,(\d{1,2}))?\Z", re.ASCII)
_COMMAS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.(\d{1,2}))?\Z|[1-9]\d{0,2},\d{3}\.(\d{1,2})\Z", re.ASCII)
_COMMA_GROUP = re.compile(r"[1-9]\d{0,2},\d{3}\Z", re.ASCII)
_FRACTION = re.compile(r"(?:\d{1,12}[.,]\d{1,2}|0[.,]\d{1,6}|\d{1,12}[.,]\d{4,6})\Z", re.ASCII)
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+\Z", re.ASCII)
FRACTIONS = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": None,
    "⅔": None,
    "⅛": Decimal("0.125"),
}
_WITH_FRACTION = re.compile(r"(\d{1,3})? ?([½¼¾⅛])\Z", re.ASCII)
_SLASH = re.compile(r"(?:(\d{1,3}) )?([13])/([24])\Z", re.ASCII)
MAX = Decimal(10) ** 15


@lru_cache(maxsize=8192)
def number(words: str, *, money: bool = False) -> Decimal | None:
    """The number that ``words`` (already one line, no unit) certainly is, else None.

    ``money``: rupiah have no thousandths, so ``12,000`` is twelve thousand there.
    """
    if _PLAIN.match(words):
        return Decimal(words)
    if _DOTS.match(words):
        return Decimal(words.replace(".", "").replace(",", "."))
    if _COMMAS.match(words) or (money and _COMMA_GROUP.match(words)):
        return Decimal(words.replace(",", ""))
    if _FRACTION.match(words):
        return Decimal(words.replace(",", "."))
    if _SPACED.match(words):
        return Decimal(words.replace(" ", ""))
    return _fraction(words)


def _fraction(words: str) -> Decimal | None:
    """``½``, ``1 ½``, ``1/2``, ``1 1/2``."""
    if found := _WITH_FRACTION.match(words):
        return Decimal(found[1] or 0) + (FRACTIONS[found[2]] or 0)
    if found := _SLASH.match(words):
        return Decimal(found[1] or 0) + Decimal(int(found[2])) / int(found[3])
    return None


def from_cell(cell: object) -> Decimal | None:
    """A number cell of a workbook as an exact number; None for any other kind of cell.

    Binary dust of spreadsheet arithmetic (0.30000000000000004) is rounded away at twelve digits.
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return Decimal(cell) if abs(cell) < MAX else None
    if isinstance(cell, float) and cell == cell and abs(cell) < MAX:  # noqa: PLR0124 - nan is not itself
        return Decimal(int(cell)) if cell.is_integer() else Decimal(f"{cell:.12g}")
    return None
