"""Codes of lots, as printed on labels: short, without letters that look alike, with a check letter."""

from __future__ import annotations

import re

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXY"  # no I, L, O, U, Z; 31 of them, a prime, so that the check catches all
_SHAPE = re.compile(rf"T([{_LETTERS}]{{4,10}})([{_LETTERS}])\Z")
_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})
LEAST = 4


def lot_code(number: int) -> str:
    """``T`` + the number in base 31, at least four letters + a check letter: lot 1 is ``T00011``."""
    digits = ""
    rest = number
    while rest:
        rest, place = divmod(rest, 31)
        digits = _LETTERS[place] + digits
    digits = digits.rjust(LEAST, "0")
    return f"T{digits}{_check(digits)}"


def read_lot_code(text: str) -> str | None:
    """The code a scanner or a hand typed, tidied; None when it is not one (shape or check letter wrong)."""
    tidy = text.strip().upper().replace("-", "").replace(" ", "")
    if not tidy.startswith("T"):
        return None
    tidy = "T" + tidy[1:].translate(_ALIKE)
    found = _SHAPE.match(tidy)
    return tidy if found and _check(found[1]) == found[2] else None


def _check(digits: str) -> str:
    """One letter that catches any single wrong letter and any swap of neighbours."""
    total = 0
    for place, letter in enumerate(reversed(digits), start=2):
        total += place * _LETTERS.index(letter)
    return _LETTERS[total % 31]
