"""What a count moves. In words: ``docs/algorithms/consignment.md``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """Pieces of one lot by where they go. ``owed``: from the place to *selisih*, which had sold them already;
    ``surplus``: from *selisih* to the place; ``lost``: from the place to lost; ``found``: to the place from found.
    """

    owed: int = 0
    surplus: int = 0
    lost: int = 0
    found: int = 0


def correction(booked: int, counted: int, difference: int) -> Correction:
    """What makes the books say ``counted``. ``difference``: what *selisih* holds of the lot (below none: sold from nowhere).

    Missing pieces first repay what was sold from nowhere; pieces too many first take what lies in *selisih*.
    """
    if counted < booked:
        missing = booked - counted
        owed = min(missing, max(0, -difference))
        return Correction(owed=owed, lost=missing - owed)
    extra = counted - booked
    surplus = min(extra, max(0, difference))
    return Correction(surplus=surplus, found=extra - surplus)
