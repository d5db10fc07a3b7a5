"""Parts of what a line cost. Pure."""

from __future__ import annotations


def part_back(total: int, sold: int, already: int, pieces: int) -> int:
    """What ``pieces`` more of a line are given back for; all pieces together give exactly ``total``."""
    return total * (already + pieces) // sold - total * already // sold
