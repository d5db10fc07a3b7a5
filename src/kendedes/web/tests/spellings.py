"""The list of real misspellings (``spellings.txt``) as pairs, and the names of products it is tried on."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Pair:
    """``asked`` must find ``product``. ``held``: never looked at while rules were made."""

    asked: str
    product: str
    held: bool

    def found(self, names: list[str]) -> bool:
        """Whether the first ten ``names`` answer the question."""
        if self.product.startswith("~"):
            return bool(names) and all(self.product[1:].casefold() in name.casefold() for name in names[:10])
        return self.product in names[:10]


def pairs() -> list[Pair]:
    """Every pair of the list."""
    found = []
    for line in Path(__file__).with_name("spellings.txt").read_text().splitlines():
        if line and line[0] not in "#[":
            for part in line.split(";"):
                asked, product = part.strip().split(" = ")
                found.append(Pair(asked, product, zlib.crc32(part.strip().encode()) % 4 == 0))
    return found


def shelf() -> list[str]:
    """Names of all products: those of the list, and others beside them (``shelf.txt``)."""
    listed = [pair.product for pair in pairs() if not pair.product.startswith("~")]
    others = Path(__file__).with_name("shelf.txt").read_text().splitlines()
    return list(dict.fromkeys(listed + others))
