"""The map of the regency: real boundaries where the operator gave some, else the hexagons drawn by us."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from typing import Any

from django.conf import settings

from kendedes.base import tiles
from kendedes.web.models import Site
from kendedes.web.queries.prepared import Row

SCALE = 100.0
WIDTH = 1000.0
TOLERANCE = 1.1  # in units of a map 1000 wide: half a millimetre on a desk's screen
Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """One kecamatan on the map. ``path``: SVG path data; ``level`` 0 (nothing) to 4 (most)."""

    slug: str
    name: str
    lines: tuple[str, ...]
    products: int
    level: int
    path: str
    x: str  # text: a page in Indonesian would write a number with a comma
    y: str


@dataclass(frozen=True)
class Atlas:
    """Shapes in a view box. ``drawn``: hexagons, not a survey. ``holes``: cities that lie inside but are not part."""

    box: str
    shapes: tuple[Shape, ...]
    holes: tuple[tuple[str, str, str, str], ...]
    drawn: bool


def levels(counts: Sequence[int]) -> list[int]:
    """0 for none; 1 to 4 by quarter of those that have some, equal counts alike; 3 when all are alike."""
    some = sorted({n for n in counts if n})
    if len(some) == 1:
        return [3 if n else 0 for n in counts]
    return [0 if not n else 1 + min(3, 4 * some.index(n) // max(1, len(some))) for n in counts]


def atlas(site: Site, districts: Sequence[Row]) -> Atlas | None:
    """The map with these headings; None where neither boundaries nor hexagons are known."""
    region = site.facts["region"]["code"]
    places = {row["key"]: row for row in districts}
    given = settings.ENV.boundaries
    outlines = _outlines(str(given), given.stat().st_mtime_ns, region) if given and given.is_file() else None
    holes: tuple[tuple[str, str, str, str], ...] = ()
    if outlines:
        box, found = outlines
    else:
        found = _hexagons(region)
        if not found:
            return None
        width, height = tiles.extent(region)
        box = f"0 0 {width * SCALE:.0f} {height * SCALE:.0f}"
        holes = tuple(
            (t.code, _path([t.corners()], SCALE), f"{t.x * SCALE:.0f}", f"{t.y * SCALE:.0f}")
            for t in tiles.holes(region)
        )
    present = [(places[code], path, x, y) for code, path, x, y in found if code in places]
    shades = levels([row["products"] for row, _path, _x, _y in present])
    shapes = tuple(
        Shape(
            row["slug"], row["name"], _lines(row["name"]), row["products"], shade, path, f"{x:.0f}", f"{y:.0f}",
        )
        for (row, path, x, y), shade in zip(present, shades, strict=True)
    )  # fmt: skip
    return Atlas(box, shapes, holes, drawn=not outlines)


def _lines(name: str) -> tuple[str, ...]:
    words = name.split()
    if len(words) == 1 or len(name) <= 10:
        return (name,)
    return (words[0], " ".join(words[1:]))


@lru_cache(maxsize=8)
def _hexagons(region: str) -> tuple[tuple[str, str, float, float], ...]:
    return tuple((t.code, _path([t.corners()], SCALE), t.x * SCALE, t.y * SCALE) for t in tiles.tiles(region))


def _path(rings: Iterable[Sequence[Point]], scale: float = 1.0) -> str:
    return "".join("M" + "L".join(f"{x * scale:.0f} {y * scale:.0f}" for x, y in ring) + "Z" for ring in rings)


@lru_cache(maxsize=4)
def _outlines(path: str, _stamp: int, region: str) -> tuple[str, tuple[tuple[str, str, float, float], ...]] | None:
    """Outlines from a GeoJSON file whose features carry ``kode``; kept while the file stays the same."""
    try:
        features = json.loads(Path(path).read_text(encoding="utf-8"))["features"]
        shapes = {str(f["properties"]["kode"]): _rings(f["geometry"]) for f in features}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    shapes = {code: rings for code, rings in shapes.items() if code.startswith(f"{region}.") and rings}
    if not shapes:
        return None
    points = [p for rings in shapes.values() for ring in rings for p in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    # Near the equator a plate carrée squeezed by the cosine of the latitude is true enough for a regency.
    squeeze = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * squeeze)
    found = []
    for code, rings in sorted(shapes.items()):
        flat = [[((x - west) * squeeze * scale, (north - y) * scale) for x, y in ring] for ring in rings]
        flat.sort(key=_area, reverse=True)
        kept = [simple for ring in flat if (_area(ring) > 12 or ring is flat[0]) and len(simple := _simplify(ring)) > 3]
        x, y = _middle(flat[0])
        found.append((code, _path(kept), x, y))
    return f"0 0 {WIDTH:.0f} {(north - south) * scale:.0f}", tuple(found)


def _rings(geometry: dict[str, Any]) -> list[list[Point]]:
    """Outer rings of a Polygon or MultiPolygon."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(float(p[0]), float(p[1])) for p in part[0]] for part in parts if part and len(part[0]) > 3]


def _area(ring: Sequence[Point]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def _middle(ring: Sequence[Point]) -> Point:
    """The centre of gravity."""
    doubled = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        doubled, x, y = doubled + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (x / (3 * doubled), y / (3 * doubled)) if doubled else ring[0]


def _simplify(ring: Sequence[Point]) -> list[Point]:
    """Fewer points of the same outline (Douglas and Peucker), without recursion."""
    keep = {0, len(ring) - 1}
    stack = [(0, len(ring) - 1)]
    # A closed ring starts where it ends: split it at the point farthest away first.
    while stack:
        first, last = stack.pop()
        far, place = max(
            ((_off(ring[i], ring[first], ring[last]), i) for i in range(first + 1, last)), default=(0.0, -1)
        )
        if far > TOLERANCE:
            keep.add(place)
            stack += [(first, place), (place, last)]
    return [ring[i] for i in sorted(keep)]


def _off(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from a line, or from its start when the line is a point."""
    (px, py), (x1, y1), (x2, y2) = point, start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if length == 0:
        return float(((px - x1) ** 2 + (py - y1) ** 2) ** 0.5)
    return float(abs((x2 - x1) * (y1 - py) - (x1 - px) * (y2 - y1)) / length)
