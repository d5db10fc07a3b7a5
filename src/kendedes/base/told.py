"""What a cell said: a value that is sure, or nothing and why. Nobody downstream has to guess again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
NOTHING = frozenset(
    {"", "-", "--", "---", "–", "—", ".", "n/a", "na", "#n/a", "nihil", "kosong", "tidak ada", "tdk ada"}
)


@dataclass(frozen=True, slots=True)
class Told[T]:
    """``value`` is sure or None. ``kept``: words of the cell that ``value`` does not hold.

    ``why``: a lasting code for "cannot tell" or for a reservation about ``value``; empty when all is said.
    """

    value: T | None = None
    kept: str = ""
    why: str = ""

    @property
    def doubtful(self) -> bool:
        """The cell said something that no value holds."""
        return self.value is None and bool(self.why)


def text(cell: object) -> str:
    """Any cell as one line of text: inner spaces single, invisible characters gone, 5.0 as "5"."""
    if type(cell) is str:
        # Most cells: what a cache would cost, without filling it with words that never come again.
        return " ".join(cell.split()) if cell.isascii() and cell.isprintable() else _one_line(cell)
    if cell is None or cell is True or cell is False:
        return "" if cell is None else str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return _one_line(str(cell))


@lru_cache(maxsize=16384)
def _one_line(words: str) -> str:
    if not words.isprintable():
        words = _CONTROLS.sub("", words)
    if words.isascii():
        return " ".join(words.split())
    return _SPACES.sub(" ", unicodedata.normalize("NFC", words).translate(_INVISIBLE)).strip()


def says_nothing(words: str) -> bool:
    """Whether a cell is empty or holds one of the usual marks for "none" (``-``, ``n/a``, ``nihil``)."""
    return words.casefold() in NOTHING


def paragraphs(cell: object) -> str:
    """Longer text: each line tidied as ``text`` does, line breaks kept, blank lines at both ends dropped."""
    return "\n".join(text(line) for line in str(cell if cell is not None else "").splitlines()).strip("\n")
