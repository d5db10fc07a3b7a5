"""When two written names mean the same: keys for looking up, never for showing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_OLD = [("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("dh", "d"), ("th", "t")]
_ALIKE = str.maketrans("gdbvz", "ktpfs")
_DOUBLED = re.compile(r"(.)\1+")


def plain(words: str) -> str:
    """Lower case, without accents."""
    lower = words.casefold()
    if lower.isascii():
        return lower
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))


def key(words: str) -> str:
    """Same letters and digits, same key: case, spaces, hyphens, quotes and accents do not count."""
    together = words.casefold().replace(" ", "")
    if together.isascii() and together.isalnum():
        return together  # most names: the same as below, and as fast as a cache
    return _key(words)


@lru_cache(maxsize=16384)
def _key(words: str) -> str:
    return "".join(_WORD.findall(plain(words))) or plain(words).strip()


@lru_cache(maxsize=16384)
def spoken(words: str) -> str:
    """Names that sound the same in Indonesian share this key: ``Gubuk Klakah``, ``Gubugklakah``.

    Old spelling (oe, dj, tj), doubled letters and the endings g/k, d/t, b/p that ears do not tell apart.
    """
    sound = key(words)
    for old, new in _OLD:
        sound = sound.replace(old, new)
    return _DOUBLED.sub(r"\1", sound.translate(_ALIKE))


def distance_at_most_one(a: str, b: str) -> bool:
    """Whether one letter added, dropped, changed, or two neighbours swapped makes ``a`` into ``b``."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:] and len(rest_a) > 1 and len(rest_b) > 1)
    )
