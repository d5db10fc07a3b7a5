"""Which photo file a sheet means: by its name in any case, with another ending (HEIC), or by the product's code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kendedes.base.names import key

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")


def is_picture(name: str) -> bool:
    """Whether a file name ends like a photo; hidden files and folders' own marks do not."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return base.casefold().endswith(ENDINGS) and not base.startswith(".") and "__MACOSX" not in name


def _stem(name: str) -> str:
    return name.casefold().rpartition(".")[0] if name.casefold().endswith(ENDINGS) else name.casefold()


@dataclass(frozen=True, slots=True)
class Match:
    """``files`` in the order wanted; ``missing`` and ``ambiguous`` name what the sheet asked for in vain."""

    files: tuple[str, ...]
    missing: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


class Pictures:
    """The photos sent along, findable by what a sheet calls them."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = [name for name in names if is_picture(name)]
        self.whole: dict[str, list[str]] = defaultdict(list)
        self.stems: dict[str, list[str]] = defaultdict(list)
        self.keys: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            base = name.replace("\\", "/").rpartition("/")[2]
            self.whole[base.casefold()].append(name)
            self.stems[_stem(base)].append(name)
            self.keys[key(_stem(base))].append(name)

    def match(self, wanted: Sequence[str], code: str = "") -> Match:
        """Files for one product: those named, else those that bear its code (``SGS-001.jpg``, ``sgs-001 (2).heic``)."""
        found: list[str] = []
        missing: list[str] = []
        ambiguous: list[str] = []
        for name in wanted:
            candidates = self._named(name)
            if len(candidates) == 1:
                found.append(candidates[0])
            else:
                (ambiguous if candidates else missing).append(name)
        if not wanted and code:
            found += self._of_code(code)
        return Match(tuple(dict.fromkeys(found)), tuple(missing), tuple(ambiguous))

    def _named(self, name: str) -> list[str]:
        base = name.replace("\\", "/").rpartition("/")[2].casefold().strip()
        for table, word in ((self.whole, base), (self.stems, _stem(base)), (self.keys, key(_stem(base)))):
            if word and (candidates := table.get(word)):
                return candidates
        return []

    def _of_code(self, code: str) -> list[str]:
        pattern = re.compile(re.escape(code.casefold()) + r"(?:[ _\-]*\(?\d{1,2}\)?)?\Z")
        return sorted(name for stem, names in self.stems.items() if pattern.match(stem) for name in names)
