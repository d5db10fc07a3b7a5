"""Parts of a whole in percent: ``90%``, ``0.9``, ``seluruhnya`` and ``30`` in one column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from kendedes.base.numbers import from_cell, number
from kendedes.base.told import Told, text

_WORDS = {
    **dict.fromkeys(("seluruhnya", "semua", "semuanya", "100 persen", "penuh", "lokal semua", "semua lokal"), 100),
    **dict.fromkeys(("setengah", "separuh", "½"), 50),
    **dict.fromkeys(("tidak ada", "tdk ada", "nihil", "tidak"), 0),
}
_PERCENT = re.compile(r"(\d[\d.,]*|\d) ?(?:%|persen|prosen)\Z")
_RATIO = re.compile(r"0[.,]\d{1,6}\Z")


def share(cell: object, *, fractions: bool = False) -> Told[Decimal]:
    """Percent, 0 to 100, exact. ``fractions``: other cells of the column are parts of one, so 1 means all.

    ``why``: one_or_all (a bare 1), beyond (over 100), not_a_share.
    """
    words = text(cell)
    if words in {"", "-", "–", "—"}:
        return Told()
    exact = None if type(cell) is str else from_cell(cell)
    return _said(words, exact, fractions=fractions)


@lru_cache(maxsize=2048)
def _said(words: str, exact: Decimal | None, *, fractions: bool) -> Told[Decimal]:
    if exact is None:
        lower = words.casefold()
        if lower in _WORDS:
            return Told(Decimal(_WORDS[lower]))
        if found := _PERCENT.match(lower):
            value = number(found[1])
            return Told(kept=words, why="not_a_share") if value is None else _made(value, words)
        exact = number(words)
        if exact is None:
            return Told(kept=words, why="not_a_share")
    if exact == 1:
        return Told(Decimal(100)) if fractions else Told(kept=words, why="one_or_all")
    return _made(exact * 100 if 0 < exact < 1 else exact, words)


def speaks_in_fractions(column: Iterable[object]) -> bool:
    """Whether some cell of a column is a part of one (0.9): then a 1 in it means all."""
    return any(
        0 < exact < 1
        if (exact := from_cell(cell)) is not None
        else bool(isinstance(cell, str) and _RATIO.match(cell.strip()))
        for cell in column
    )


def _made(value: Decimal, words: str) -> Told[Decimal]:
    if not 0 <= value <= 100:
        return Told(kept=words, why="beyond")
    return Told(value.normalize() if value != value.to_integral() else value.to_integral())
