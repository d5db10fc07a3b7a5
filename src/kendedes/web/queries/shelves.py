"""Rows in memory for as long as their site says the same: for answers that differ with every word somebody types."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

_held: dict[tuple[str, int, str], tuple[Hashable, dict[Any, Any]]] = {}


def shelf(kind: str, site: int, language: str, state: Hashable, most: int) -> dict[Any, Any]:
    """What is kept of ``kind`` while ``state`` is the site's; emptied when it changes, or holds more than ``most``.

    ``state`` must have been read before anything that is put here: then it holds what is as new, or newer.
    """
    known = _held.get((kind, site, language))
    if known is None or known[0] != state or len(known[1]) > most:
        known = _held[(kind, site, language)] = state, {}
    return known[1]


def forget() -> None:
    """As in a process that has just started."""
    _held.clear()
