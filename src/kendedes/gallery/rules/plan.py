"""Where stands and shelves lie in the drawing of a venue, in points of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SQUARE = 40  # points of one square of the plan
GAP = 6
HEAD = 30  # the line with the stand's number
ROW = 4  # stands in a row while nobody has placed them


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the drawing."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def baseline(self) -> int:
        """Where a line of text stands that is to look centred."""
        return self.y + self.height // 2 + 5


def stand(left: int, top: int, width: int, height: int) -> Box:
    """The box of a stand given in squares."""
    return Box(left * SQUARE + GAP, top * SQUARE + GAP, width * SQUARE - 2 * GAP, height * SQUARE - 2 * GAP)


def shelves(box: Box, count: int) -> list[Box]:
    """Shelves of a stand as columns under its number."""
    if not count:
        return []
    room = box.width - GAP
    each = room // count
    top = box.y + HEAD
    return [Box(box.x + GAP + i * each, top, each - GAP, box.height - HEAD - GAP) for i in range(count)]


def extent(boxes: Sequence[Box]) -> tuple[int, int]:
    """Width and height of a drawing that holds all boxes."""
    if not boxes:
        return SQUARE, SQUARE
    return max(b.x + b.width for b in boxes) + GAP, max(b.y + b.height for b in boxes) + GAP


def next_spot(taken: int, width: int = 4, height: int = 3) -> tuple[int, int]:
    """Where the next stand is drawn when nobody says: rows of four."""
    return taken % ROW * width, taken // ROW * height
