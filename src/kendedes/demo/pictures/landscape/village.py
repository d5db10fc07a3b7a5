"""The village on the shore: roofs of clay, a temple, round trees and palms."""

from __future__ import annotations

import math

from kendedes.demo.pictures.colour import Colour, darker, lighter, mix, rgb
from kendedes.demo.pictures.landscape.canvas import WIDTH, Canvas, down_to, height_at, ridge
from kendedes.demo.pictures.stage import Point, oval, smooth

ROOFS = tuple(rgb(c) for c in ("b9583c", "a64c34", "c76b48", "9b4632", "b5653f"))
WALLS = tuple(rgb(c) for c in ("f3e3c3", "ead3ab", "f7ecd4", "dfc498"))
GREENS = tuple(rgb(c) for c in ("3f6b46", "4f7a48", "2f5a41", "628449", "3a6350"))


def settle(canvas: Canvas) -> None:
    """Ground, then what stands on it, the far things first."""
    rng = canvas.rng
    line = ridge(
        rng,
        [
            (-40, 1560),
            (300, 1520),
            (640, 1562),
            (1000, 1612),
            (1300, 1600),
            (1640, 1622),
            (2050, 1582),
            (2350, 1560),
            (2660, 1588),
        ],
        10,
        5,
    )
    canvas.shape(down_to(line, 1900), rgb("6f8a45"), rgb("8f9a4e"), rgb("b9ac68"))
    things: list[tuple[float, str, float, float]] = []
    for _ in range(64):
        x = rng.uniform(-20, WIDTH + 20)
        if not 420 < x < 860 or rng.random() < 0.25:
            things.append((height_at(line, x) + rng.uniform(-8, 112), "tree", x, rng.uniform(34, 62)))
    for x, y in (
        (930, 1668),
        (1050, 1700),
        (1172, 1672),
        (1300, 1706),
        (1420, 1684),
        (1545, 1716),
        (1668, 1694),
        (1800, 1700),
        (1925, 1672),
        (2040, 1700),
        (2170, 1668),
        (1110, 1735),
        (1370, 1750),
        (1610, 1760),
        (1860, 1748),
        (120, 1690),
        (262, 1722),
        (2400, 1690),
    ):
        things.append((y, "house", x + rng.uniform(-12, 12), rng.uniform(88, 122)))
    things += [
        (rng.uniform(1700, 1775), "palm", x + rng.uniform(-20, 20), rng.uniform(150, 250))
        for x in (60, 206, 348, 905, 1240, 1486, 1740, 1985, 2110, 2262, 2330, 2470, 2556)
    ]
    things.append((1700, "temple", 640, 330))
    for foot, kind, x, size in sorted(things):
        {"tree": _tree, "house": _house, "palm": _palm, "temple": _temple}[kind](canvas, (x, foot), size)


def _tree(canvas: Canvas, at: Point, r: float) -> None:
    rng, (x, y) = canvas.rng, at
    green = rng.choice(GREENS)
    canvas.veil(oval(x - r * 0.2, y + 4, r * 1.15, r * 0.2, 20), rgb("2b3a24"), 0.35, 6)
    lobes = [
        oval(x + r * dx, y - r * (0.72 + dy), r * s, r * s * 0.86, 22)
        for dx, dy, s in ((-0.5, 0, 0.55), (0.5, 0.02, 0.55), (0, 0.42, 0.68), (0, 0, 0.7))
    ]
    canvas.shape(lobes[0], lighter(green, 0.12), darker(green, 0.3), more=lobes[1:])
    side = -1 if x > 1130 else 1
    for dx, dy, s in ((0.26, 0.66, 0.3), (0.56, 0.2, 0.24), (-0.05, 0.34, 0.26)):
        canvas.veil(oval(x + side * r * dx, y - r * (0.72 + dy), r * s, r * s * 0.7, 18), rgb("d7c66c"), 0.42, 5)


def _house(canvas: Canvas, at: Point, wide: float) -> None:
    """A limasan: a hipped roof of clay tiles over a light wall, the end towards the sun bright."""
    rng, (x, y) = canvas.rng, at
    roof, wall = rng.choice(ROOFS), rng.choice(WALLS)
    tall, half = wide * 0.3, wide / 2
    sunny = -1 if x > 1130 else 1
    canvas.veil(oval(x, y + 3, half * 1.15, 9, 20), rgb("2b3a24"), 0.4, 5)
    canvas.shape(
        [(x - half, y - tall), (x + half, y - tall), (x + half, y), (x - half, y)], mix(wall, rgb("7a5a3c"), 0.25), wall
    )
    for share in (-0.3, 0.02, 0.34):
        w = wide * 0.055
        canvas.shape(
            [
                (x + wide * share - w, y - tall * 0.72),
                (x + wide * share + w, y - tall * 0.72),
                (x + wide * share + w, y - (0 if share == 0.02 else tall * 0.3)),
                (x + wide * share - w, y - (0 if share == 0.02 else tall * 0.3)),
            ],
            rgb("5c3a28"),
        )
    eave, top, rise = half * 1.24, half * 0.5, wide * 0.4
    body = [
        (x - eave, y - tall * 0.86),
        (x - top, y - tall - rise),
        (x + top, y - tall - rise),
        (x + eave, y - tall * 0.86),
    ]
    canvas.shape(body, lighter(roof, 0.22), roof)
    hip = [
        (x + sunny * eave, y - tall * 0.86),
        (x + sunny * top, y - tall - rise),
        (x + sunny * top * 0.62, y - tall * 0.86),
    ]
    canvas.veil(hip, rgb("ffd9a0"), 0.5)
    for k in (0.3, 0.55, 0.8):
        w = top + (eave - top) * k
        canvas.line(
            [
                (x - w, y - tall - rise * (1 - k) + tall * 0.14 * k),
                (x + w, y - tall - rise * (1 - k) + tall * 0.14 * k),
            ],
            darker(roof, 0.4),
            2.2,
            0.45,
        )
    canvas.line([(x - top, y - tall - rise), (x + top, y - tall - rise)], darker(roof, 0.45), 6)


def _temple(canvas: Canvas, at: Point, tall: float) -> None:
    """A temple as they stand at Singosari: a high foot, a chamber with a niche, a roof in steps."""
    x, y = at
    stone, light = rgb("7b7468"), rgb("d9b98c")
    canvas.veil(oval(x - 10, y + 6, 190, 22, 40), rgb("27331f"), 0.5, 10)
    tiers = [
        (172, 30),
        (150, 26),
        (132, 40),
        (140, 12),
        (94, 92),
        (112, 16),
        (96, 12),
        (80, 30),
        (90, 9),
        (62, 28),
        (70, 8),
        (44, 26),
        (50, 7),
        (26, 26),
        (12, 18),
    ]
    whole, base = sum(h for _w, h in tiers), y
    for half, high in tiers:
        h = high * tall / whole
        w = half * tall / whole * 1.02
        ring = [(x - w, base - h), (x + w, base - h), (x + w, base), (x - w, base)]
        canvas.shape(ring, lighter(stone, 0.12), darker(stone, 0.16))
        canvas.veil([(x + w * 0.3, base - h), (x + w, base - h), (x + w, base), (x + w * 0.3, base)], light, 0.62)
        canvas.veil(
            [(x - w, base - h), (x - w * 0.55, base - h), (x - w * 0.55, base), (x - w, base)], rgb("2f3140"), 0.32
        )
        canvas.line([(x - w, base - h), (x + w, base - h)], rgb("f0d7a8"), 3.4, 0.6)
        canvas.line([(x - w, base), (x + w, base)], rgb("3c372f"), 3.4, 0.5)
        base -= h
    chamber = y - 108 * tall / whole
    niche = smooth(
        [(x - 24, chamber), (x - 24, chamber - 44), (x, chamber - 72), (x + 24, chamber - 44), (x + 24, chamber)], 6
    )
    canvas.shape(niche, rgb("35302c"), rgb("57493a"))
    for step in range(5):
        w, sy = 30 + step * 7, y - (95 - step * 22) * tall / whole
        canvas.shape([(x - w, sy), (x + w, sy), (x + w, sy + 10), (x - w, sy + 10)], lighter(stone, 0.32), stone)


def _palm(canvas: Canvas, at: Point, tall: float) -> None:
    rng, (x, y) = canvas.rng, at
    lean = rng.uniform(-0.2, 0.2) * tall
    trunk = smooth([(x, y), (x + lean * 0.25, y - tall * 0.5), (x + lean, y - tall)], 8)
    canvas.veil(oval(x, y + 2, 34, 7, 16), rgb("2b3a24"), 0.35, 4)
    canvas.line([*trunk, trunk[-1]], rgb("6b4d33"), 13)
    canvas.line([(u + 2, v) for u, v in trunk], rgb("e2b98a"), 4, 0.6)
    fronds(canvas, (x + lean, y - tall), tall * 0.46, rgb("3d6a41"), 11)


def fronds(canvas: Canvas, at: Point, long: float, green: Colour, number: int) -> None:
    """A crown of bent leaves."""
    for n in range(number):
        a = math.pi * (0.86 + 1.28 * n / (number - 1)) + canvas.rng.uniform(-0.08, 0.08)
        reach = long * canvas.rng.uniform(0.86, 1.1)
        tip = (at[0] + reach * math.cos(a), at[1] + reach * math.sin(a) + reach * 0.42)
        knee = (at[0] + reach * 0.6 * math.cos(a), at[1] + reach * 0.72 * math.sin(a) - reach * 0.02)
        tone = mix(green, rgb("c9bd62"), 0.4 if n % 3 == 0 else 0.08 * (n % 4))
        canvas.line(smooth([at, knee, tip], 8), tone, long * 0.2)
