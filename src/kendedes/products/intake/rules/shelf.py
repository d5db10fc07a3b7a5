"""What one producer makes, findable by name and by likeness of names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kendedes.base import names, weights
from kendedes.products.intake.rules.known import Item

_PACK_WORDS = re.compile(
    r"\b(?:isi|kemasan|ukuran|uk|pack|pak|dus|box|bks|bungkus|botol|btl|besar|kecil|sedang|jumbo|mini)\b", re.IGNORECASE
)
_SIZE_WORDS = frozenset(_PACK_WORDS.pattern[5:-3].split("|"))
_NO_DIGITS = re.compile(r"\D+")


class Shelf:
    """The products of one producer, in the order they were put there."""

    __slots__ = ("_by_name", "_halves", "_stems", "_waiting")

    def __init__(self) -> None:
        self._by_name: dict[str, list[Item]] = defaultdict(list)
        self._stems: dict[str, list[Item]] = defaultdict(list)
        self._halves: dict[str, list[tuple[str, Item]]] = defaultdict(list)
        self._waiting: list[tuple[str, str, Item]] = []  # not yet findable by likeness: put off until some row needs it

    def put(self, item: Item, key: str, bare: str = "") -> None:
        """Add a product; ``key`` and, when it is known already, ``stem`` of its name."""
        self._by_name[key].append(item)
        self._waiting.append((key, bare, item))

    def named(self, key: str) -> Sequence[Item]:
        """Products whose name has that key."""
        return self._by_name.get(key, ())

    def of_stem(self, bare: str) -> Sequence[Item]:
        """Products whose names differ only in the measure: ``Madu 350 ml`` and ``Madu 650 ml``."""
        if self._waiting:
            self._compare()
        return self._stems.get(bare, ())

    def other_sizes(self, bare: str) -> Sequence[Item]:
        """The same, of which a measure is known."""
        return [item for item in self.of_stem(bare) if any(pack.net for pack in item.packs)]

    def near(self, key: str) -> Item | None:
        """A product whose name sounds the same or differs by one letter."""
        if len(key) < 6:
            return None
        if self._waiting:
            self._compare()
        for half in (key[:5], "-" + key[-5:]):
            for other, item in self._halves.get(half, ()):
                if _digits(key) == _digits(other) and (_slip(key, other) or names.spoken(key) == names.spoken(other)):
                    return item
        return None

    def _compare(self) -> None:
        for key, bare, item in self._waiting:
            self._stems[bare or stem(item.name, key)].append(item)
            self._halves[key[:5]].append((key, item))
            self._halves["-" + key[-5:]].append((key, item))
        self._waiting.clear()


def _digits(key: str) -> str:
    return "" if key.isalpha() else _NO_DIGITS.sub("", key)


def _slip(a: str, b: str) -> bool:
    """One letter apart in a name long enough for that to be a slip."""
    return len(a) >= 8 and names.distance_at_most_one(a, b)


def stem(name: str, key: str = "") -> str:
    """A product's name without measures and words of size: ``Madu hutan 350 ml`` gives the key of ``Madu hutan``.

    `key`: that of the whole name, where the caller has it.
    """
    bare = weights.IN_TEXT.sub(" ", name) if weights.names_measure(name) else name
    if not _SIZE_WORDS.isdisjoint(bare.casefold().replace("(", " ").split()):
        bare = _PACK_WORDS.sub(" ", bare)
    whole = key or names.key(name)
    return whole if bare is name else names.key(bare) or whole
