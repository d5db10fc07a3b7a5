"""The map of a regency: our hexagons, or real borders from a GeoJSON file, in one shape for the templates."""

from __future__ import annotations

import json
from math import cos, radians
from pathlib import Path
from typing import Any

from kendedes.base import tiles
from kendedes.catalogue.press.report import PressRefused

type Ring = list[list[float]]
SMALLEST_RING = 0.00004  # of the map's square: islets a printer could not show
GRID = 420  # points across the map; borders snap to it, so that neighbours keep one common border


def districts_map(
    region: str, present: dict[str, int], missing: set[str], boundaries: Path | None
) -> dict[str, Any] | None:
    """Shapes with the width of the map as unit, y downwards; None where we have no map.

    `present`: products by district code; `missing`: districts whose unit is named as missing.
    """
    made = _borders(boundaries, region) if boundaries else _hexagons(region)
    if not made:
        return None
    for shape in made["shapes"]:
        if shape["state"] != "hole":
            code = shape["code"]
            shape["state"] = "in" if code in present else "missing" if code in missing else "none"
            shape["n"] = present.get(code, 0)
    return made


def name_shapes(made: dict[str, Any] | None, names: dict[str, str]) -> None:
    """Write each district's name into its shape (for hexagons only: real borders leave no room)."""
    for shape in made["shapes"] if made else ():
        shape["label"] = _short(names.get(shape["code"], shape["label"]))


def _short(name: str) -> str:
    """Names of two words share a tile's width by their initials: "Sb. Wetan"."""
    return name if len(name) <= 13 else f"{name[:6].rstrip()}. {name.partition(' ')[2]}".strip()


def _hexagons(region: str) -> dict[str, Any] | None:
    width, height = tiles.extent(region)
    if not width:
        return None
    shapes = [_hexagon(tile, width, "none") for tile in tiles.tiles(region)]
    shapes += [_hexagon(tile, width, "hole") for tile in tiles.holes(region)]
    return {"real": False, "height": round(height / width, 5), "tile": round(1 / width, 5), "shapes": shapes}


def _hexagon(tile: tiles.Tile, width: float, state: str) -> dict[str, Any]:
    ring = [[round(x / width, 5), round(y / width, 5)] for x, y in tile.corners()]
    label = tile.code if state == "hole" else ""
    return {
        "code": tile.code,
        "state": state,
        "n": 0,
        "label": label,
        "rings": [ring],
        "x": round(tile.x / width, 5),
        "y": round(tile.y / width, 5),
    }


def _borders(path: Path, region: str) -> dict[str, Any] | None:
    features = _features(path, region)
    if not features:
        return None
    points = [point for rings in features.values() for ring in rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = cos(radians((south + north) / 2))
    width = (east - west) * shrink
    shapes = []
    for code, rings in sorted(features.items()):
        drawn = [_simple([[(x - west) * shrink / width, (north - y) / width] for x, y in ring]) for ring in rings]
        kept = [ring for ring in drawn if len(ring) > 2 and abs(_area(ring)) > SMALLEST_RING]
        if kept:
            shapes.append({"code": code, "state": "none", "n": 0, "label": "", "rings": kept, "x": 0, "y": 0})
    return {"real": True, "height": round((north - south) / width, 5), "tile": 0.1, "shapes": shapes}


def _features(path: Path, region: str) -> dict[str, list[Ring]]:
    """Outer rings by district code."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["features"]
        made: dict[str, list[Ring]] = {}
        for feature in found:
            code = str(feature["properties"].get("kode") or feature["properties"].get("code") or "")
            shape = feature["geometry"]
            if code.startswith(region + ".") and shape["type"] in ("Polygon", "MultiPolygon"):
                polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
                made.setdefault(code, []).extend(polygon[0] for polygon in polygons)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as fault:
        raise PressRefused("Berkas batas wilayah %(file)s tidak dapat dibaca.", file=path.name) from fault
    return made


def _simple(ring: Ring) -> Ring:
    """The ring on a coarse grid without repeated and without straight points."""
    snapped = [[round(x * GRID) / GRID, round(y * GRID) / GRID] for x, y in ring]
    kept: Ring = []
    for point in snapped:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and _cross(kept[-2], kept[-1], point) == 0:
            kept[-1] = point
        else:
            kept.append(point)
    return [[round(x, 5), round(y, 5)] for x, y in kept]


def _cross(a: list[float], b: list[float], c: list[float]) -> float:
    return round((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]), 9)


def _area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2
