"""Rupiah as people write prices; how we write them is in ``format``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kendedes.base.numbers import from_cell, number
from kendedes.base.told import Told, says_nothing, text
from kendedes.base.units import unit

LEAST = 100  # a bare number below is more likely thousands left out than rupiah
MOST = 10_000_000_000
LONGEST = 300  # letters; longer cells are prose

_SIZES = {"rb": 1000, "ribu": 1000, "k": 1000, "jt": 1_000_000, "juta": 1_000_000}
_AMOUNT = r"(?:rp|idr)?[.:]? ?(\d[\d.,]*\d|\d) ?(rb|ribu|k|jt|juta)?(?: ?rupiah)?(?:,-{1,2}|\.-|,=)?"
_PER = r"(?:(?: ?/ ?| per | ?@ ?)((?:\d+ ?)?[a-z][a-z .]{0,23}))?"
_ONE = re.compile(rf"@? ?{_AMOUNT}{_PER}\.?\Z")
_RANGE = re.compile(rf"@? ?{_AMOUNT}{_PER} ?(?:-|–|—|~|s/d|s\.d\.|sd|sampai|hingga) ?{_AMOUNT}{_PER}\.?\Z")
_BRACKET = re.compile(r"(.*?) ?\(([^()]*)\)\Z")
_FROM = re.compile(r"\b(?:mulai|dari|start|minimal|min)\b")
_ABOUT = re.compile(r"±|\+/-|\b(?:sekitar|kira|kurang lebih|kisaran|rata)")


@dataclass(frozen=True, slots=True)
class Price:
    """Whole rupiah from ``low`` to ``high`` (equal for one price), for one ``per`` (a unit word or empty)."""

    low: int
    high: int
    per: str = ""

    @property
    def fixed(self) -> bool:
        return self.low == self.high


def price(cell: object) -> Told[Price]:
    """What a price cell certainly says, in whole rupiah.

    ``kept`` carries the words in brackets behind a sure price, or the whole text of an unsure one.
    ``why``: from_only, about, per_many, too_small, too_big, cents, backwards, none_yet, not_a_price.
    """
    if type(cell) is not str and (exact := from_cell(cell)) is not None:
        return _exactly(exact)
    return _written(text(cell))


@lru_cache(maxsize=16384)
def _exactly(amount: Decimal) -> Told[Price]:
    return _judged(amount, amount, "", f"{amount:f}", sure_currency=False)


@lru_cache(maxsize=16384)
def _written(words: str) -> Told[Price]:
    lower = words.casefold()
    if not words:
        return Told()
    if why := _no_number(words, lower):
        return Told(kept=words, why=why)
    bare, kept = lower, ""
    if found := _BRACKET.match(words):
        bare, kept = found[1].casefold(), found[2].strip()
    if found := _ONE.match(bare):
        raw, size, per = found.groups()
        low = high = _amount(raw, size)
        pers = [per]
    elif found := _RANGE.match(bare):
        raw, size, per, raw2, size2, per2 = found.groups()
        if size2 and not size and _bare_small(raw):
            size = size2  # "15-20rb" is fifteen to twenty thousand
        low, high, pers = _amount(raw, size), _amount(raw2, size2), [per, per2]
    else:
        return Told(kept=words, why="not_a_price")
    if low is None or high is None:
        return Told(kept=words, why="not_a_price")
    told_pers = {p.strip(" .") for p in pers if p}
    if len(told_pers) > 1 or any(p[0].isdigit() for p in told_pers):
        return Told(kept=words, why="per_many")
    per = told_pers.pop() if told_pers else ""
    told = _judged(low, high, per, words, sure_currency="rp" in lower or "idr" in lower)
    return Told(told.value, kept) if told.value else told


def _no_number(words: str, lower: str) -> str:
    """Why the words cannot hold one sure price, whatever number stands among them; empty when they may."""
    if says_nothing(words):
        return "none_yet"
    if len(words) > LONGEST:
        return "not_a_price"
    if _ABOUT.search(lower):
        return "about"
    return "from_only" if _FROM.search(lower) else ""


def _bare_small(raw: str) -> bool:
    value = number(raw)
    return value is not None and value < 1000


def _amount(raw: str, size: str | None) -> Decimal | None:
    value = number(raw, money=not size)
    return None if value is None else value * _SIZES.get(size or "", 1)


def _judged(low: Decimal, high: Decimal, per: str, words: str, *, sure_currency: bool) -> Told[Price]:
    why = ""
    if low != int(low) or high != int(high):
        why = "cents"
    elif low > high:
        why = "backwards"
    elif high > MOST:
        why = "too_big"
    elif low <= 0 or (low < LEAST and not sure_currency):
        why = "too_small"
    return Told(kept=words, why=why) if why else Told(Price(int(low), int(high), unit(per)))
