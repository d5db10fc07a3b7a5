"""A basket as it lies in a cookie: ``12x5.40x1``, packs and pieces. Pure; whatever else stands there is thrown away."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kendedes.orders.rules.promising import MOST_LINES

_PART = re.compile(r"([1-9]\d{0,17})x([1-9]\d{0,3})", re.ASCII)
MOST_EACH = 9_999


def read(text: str) -> dict[int, int]:
    """``{pack: pieces}`` in the order they were put in."""
    found: dict[int, int] = {}
    for part in text[:2_000].split("."):
        match = _PART.fullmatch(part)
        if match and len(found) < MOST_LINES:
            found[int(match[1])] = int(match[2])
    return found


def write(basket: Mapping[int, int]) -> str:
    """The cookie's text."""
    return ".".join(f"{pack}x{pieces}" for pack, pieces in list(basket.items())[:MOST_LINES] if pieces > 0)


def put(basket: Mapping[int, int], pack: int, pieces: int) -> dict[int, int]:
    """With ``pieces`` more of a pack."""
    found = dict(basket)
    if pack in found or len(found) < MOST_LINES:
        found[pack] = max(1, min(MOST_EACH, found.get(pack, 0) + pieces))
    return found
