"""Codes of lots, as printed on labels: short, without letters that look alike, with a check letter."""

from __future__ import annotations

import re

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXY"  # no I, L, O, U, Z; 31 of them, a prime, so that the check catches all
_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})
LEAST = 4


def lot_code(number: int) -> str:
    """``T`` + the number in base 31, at least four letters + a check letter: lot 1 is ``T00011``."""
    return code_of("T", number)


def read_lot_code(text: str) -> str | None:
    """The code a scanner or a hand typed, tidied; None when it is not one (shape or check letter wrong)."""
    return read_code("T", text)


def code_of(letter: str, number: int) -> str:
    """The code of a numbered thing; ``letter`` says which kind."""
    digits = ""
    rest = number
    while rest:
        rest, place = divmod(rest, 31)
        digits = _LETTERS[place] + digits
    digits = digits.rjust(LEAST, "0")
    return f"{letter}{digits}{_check(digits)}"


def read_code(letter: str, text: str) -> str | None:
    """A code of that kind, tidied; None when ``text`` is not one."""
    tidy = text.strip().upper().replace("-", "").replace(" ", "")
    if not tidy.startswith(letter):
        return None
    tidy = letter + tidy[1:].translate(_ALIKE)
    found = re.fullmatch(rf"{letter}([{_LETTERS}]{{4,10}})([{_LETTERS}])", tidy)
    return tidy if found and _check(found[1]) == found[2] else None


def number_of(code: str) -> int:
    """The number a tidy code stands for."""
    number = 0
    for letter in code[1:-1]:
        number = number * 31 + _LETTERS.index(letter)
    return number


def _check(digits: str) -> str:
    """One letter that catches any single wrong letter and any swap of neighbours."""
    total = 0
    for place, letter in enumerate(reversed(digits), start=2):
        total += place * _LETTERS.index(letter)
    return _LETTERS[total % 31]
