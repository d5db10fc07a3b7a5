"""A schematic map drawn by us: each kecamatan one hexagon, near enough to its real place to be found.

Not a survey: neighbours are kept where a grid allows, areas are equal. Print and web draw the same map from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

# Kemendagri code -> (column, row); pointy-top hexagons, even rows stand half a tile to the right.
TILES: dict[str, dict[str, tuple[int, int]]] = {
    "35.07": {
        "35.07.28": (0, 0), "35.07.26": (1, 0), "35.07.25": (4, 0),
        "35.07.27": (1, 1), "35.07.23": (3, 1), "35.07.24": (4, 1), "35.07.17": (5, 1),
        "35.07.22": (1, 2), "35.07.21": (2, 2), "35.07.18": (4, 2), "35.07.16": (5, 2),
        "35.07.32": (1, 3), "35.07.20": (2, 3), "35.07.19": (3, 3), "35.07.15": (4, 3), "35.07.07": (5, 3),
        "35.07.31": (1, 4), "35.07.13": (2, 4), "35.07.14": (3, 4), "35.07.08": (4, 4),
        "35.07.11": (1, 5), "35.07.12": (2, 5), "35.07.10": (3, 5), "35.07.09": (4, 5), "35.07.05": (5, 5), "35.07.06": (6, 5),
        "35.07.01": (1, 6), "35.07.02": (2, 6), "35.07.33": (3, 6), "35.07.04": (4, 6), "35.07.30": (5, 6),
        "35.07.03": (3, 7), "35.07.29": (4, 7),
    }
}  # fmt: skip
# Cities inside the regency that are regencies of their own: drawn as empty places, so that the gap explains itself.
HOLES: dict[str, dict[str, tuple[int, int]]] = {"35.07": {"Kota Batu": (2, 1), "Kota Malang": (3, 2)}}


@dataclass(frozen=True, slots=True)
class Tile:
    """One hexagon. `x`, `y` are the middle; one unit is the width of a tile, y grows downwards."""

    code: str
    x: float
    y: float

    def corners(self, inset: float = 0.03) -> tuple[tuple[float, float], ...]:
        """Six points, clockwise from the top; `inset` is the white between neighbours, in tile widths."""
        side = 1 / sqrt(3) - inset
        half = side * sqrt(3) / 2
        steps = ((0, -side), (half, -side / 2), (half, side / 2), (0, side), (-half, side / 2), (-half, -side / 2))
        return tuple((round(self.x + dx, 4), round(self.y + dy, 4)) for dx, dy in steps)

    def points(self, scale: float = 100, inset: float = 0.03) -> str:
        """The value of an SVG polygon's ``points``."""
        return " ".join(f"{x * scale:.1f},{y * scale:.1f}" for x, y in self.corners(inset))


def _tile(code: str, place: tuple[int, int]) -> Tile:
    column, row = place
    return Tile(code, column + 0.5 + (0.5 if row % 2 == 0 else 0), row * sqrt(3) / 2 + 1 / sqrt(3))


def tiles(region: str) -> tuple[Tile, ...]:
    """Every kecamatan of the regency `region`, by code; empty when we have drawn no map of it."""
    return tuple(_tile(code, place) for code, place in sorted(TILES.get(region, {}).items()))


def holes(region: str) -> tuple[Tile, ...]:
    """The cities inside the regency, `code` being the name."""
    return tuple(_tile(name, place) for name, place in sorted(HOLES.get(region, {}).items()))


def extent(region: str) -> tuple[float, float]:
    """Width and height of the whole map in tile widths; (0, 0) without a map."""
    places = [*TILES.get(region, {}).values(), *HOLES.get(region, {}).values()]
    if not places:
        return (0, 0)
    width = max(column + 1 + (0.5 if row % 2 == 0 else 0) for column, row in places)
    return (width, round(max(row for _, row in places) * sqrt(3) / 2 + 2 / sqrt(3), 4))
