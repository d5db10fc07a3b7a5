"""Measures of the book, in millimetres and points: one table for three papers and four layouts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from kendedes.catalogue.press.options import Options, Paper

BLEED = 3.0
SLUG = 9.0  # outside the bleed: room for crop and register marks


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper and margins (mm); `scale` multiplies ornaments, `type` the sizes of running text."""

    width: float
    height: float
    inside: float
    outside: float
    top: float
    bottom: float
    scale: float
    type: float

    @property
    def area(self) -> tuple[float, float]:
        return self.width - self.inside - self.outside, self.height - self.top - self.bottom


SHEETS = {
    Paper.A4: Sheet(210, 297, 21, 17, 21, 20, 1.0, 1.0),
    Paper.A5: Sheet(148, 210, 15, 12, 15.5, 15, 0.72, 0.82),
    Paper.F4: Sheet(215, 330, 21, 17, 22, 22, 1.04, 1.03),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One product's place. `form`: tall (photo above), wide (photo beside), small (little photo beside), page.

    Lengths in mm; `name`, `text`, `fine` are type sizes in pt; `facts` how many facts are shown at most.
    """

    form: str
    columns: int
    rows: int
    width: float
    height: float
    gap_x: float
    gap_y: float
    photo_width: float
    photo_height: float
    name: float
    text: float
    fine: float
    qr: float
    facts: int


def card(options: Options) -> Card:
    """The card of a paper and a layout; its grid fills the type area exactly."""
    sheet = SHEETS[options.paper]
    width, height = sheet.area
    small = options.paper is Paper.A5
    if options.layout == 1:
        return Card("page", 1, 1, width, height, 0, 0, width, round(height * 0.47, 2), 17 if small else 24, 8.4 if small else 10, 7 if small else 8.2, 20 if small else 26, 8)  # fmt: skip
    if options.layout == 2:
        gap = 8.0 if small else 11.0
        high = (height - gap) / 2
        return Card("wide", 1, 2, width, high, 0, gap, round(width * 0.47, 2), round(high * 0.76, 2), 11.5 if small else 15.5, 7 if small else 8.8, 6.4 if small else 7.6, 14.5 if small else 19, 7)  # fmt: skip
    if options.layout == 4:
        gap_x, gap_y = (5.5, 6.5) if small else (8.0, 9.0)
        wide, high = (width - gap_x) / 2, (height - gap_y) / 2
        return Card("tall", 2, 2, wide, high, gap_x, gap_y, wide, round(high * (0.42 if small else 0.49), 2), 8.6 if small else 11, 6.4 if small else 8, 5.9 if small else 7, 13.5 if small else 16, 3)  # fmt: skip
    gap_x, gap_y = (5.5, 5.0) if small else (8.0, 7.0)
    wide, high = (width - gap_x) / 2, (height - 2 * gap_y) / 3
    side = round(wide * (0.43 if small else 0.48), 2)
    return Card("small", 2, 3, wide, high, gap_x, gap_y, side, round(side * (0.88 if small else 0.94), 2), 7.8 if small else 9.8, 6.1 if small else 7.3, 5.8 if small else 6.6, 13 if small else 14, 0 if small else 2)  # fmt: skip


def for_typst(options: Options) -> dict[str, Any]:
    """What the templates need, as plain numbers."""
    sheet = SHEETS[options.paper]
    return {"sheet": asdict(sheet), "card": asdict(card(options)), "bleed": BLEED if options.target == "press" else 0}
