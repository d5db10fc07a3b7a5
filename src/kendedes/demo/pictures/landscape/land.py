"""Mountains, forested ridges, terraces: each nearer layer warmer and darker than the one behind it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from kendedes.demo.pictures.colour import Colour, mix, rgb
from kendedes.demo.pictures.landscape.canvas import HAZE, SUN, WIDTH, Canvas, down_to, height_at, ridge
from kendedes.demo.pictures.stage import Point, oval

BASE = 1290.0


def mountains(canvas: Canvas) -> None:
    """From the left: Kawi and Butak, Arjuno with Welirang; the Tengger; Semeru."""
    rng = canvas.rng
    _plume(canvas, (1990, 318))
    sleeping = ridge(
        rng,
        [(-40, 930), (90, 800), (170, 770), (235, 822), (330, 748), (420, 800), (520, 842), (700, 950), (900, 1080)],
        26,
    )
    arjuno = ridge(
        rng,
        [
            (330, 1130),
            (480, 905),
            (600, 700),
            (668, 610),
            (735, 706),
            (790, 690),
            (852, 640),
            (930, 770),
            (1040, 930),
            (1230, 1130),
        ],
        24,
    )
    tengger = ridge(
        rng,
        [
            (1120, 1130),
            (1270, 985),
            (1380, 900),
            (1440, 868),
            (1500, 905),
            (1560, 862),
            (1650, 905),
            (1760, 900),
            (1900, 960),
            (2100, 1130),
        ],
        26,
    )
    semeru = ridge(
        rng,
        [
            (1500, 1130),
            (1660, 955),
            (1800, 730),
            (1905, 520),
            (1958, 412),
            (1992, 398),
            (2028, 414),
            (2090, 510),
            (2210, 700),
            (2370, 880),
            (2520, 990),
            (2660, 1060),
        ],
        15,
    )
    _mountain(canvas, tengger, (1440, 868), rgb("8ea3ad"), rgb("e9bd8e"), 0.5)
    _mountain(canvas, sleeping, (330, 748), rgb("8a9fae"), rgb("eec093"), 0.55)
    _mountain(canvas, arjuno, (668, 610), rgb("6d879d"), rgb("efb887"), 0.68)
    _gullies(canvas, arjuno, (852, 640), rgb("6d879d"), rgb("efb887"), 0.5)
    _mountain(canvas, semeru, (1992, 398), rgb("5f7b95"), rgb("f2b27f"), 0.8)
    canvas.mist(860, 1210, HAZE, 0.86)


def _mountain(canvas: Canvas, line: Sequence[Point], top: Point, cool: Colour, warm: Colour, strength: float) -> None:
    """A cone with gullies: the side towards the sun warm, the other cool."""
    canvas.shape(down_to(line, BASE), cool, mix(cool, HAZE, 0.35), mix(cool, HAZE, 0.8))
    sunward = -1 if SUN[0] < top[0] else 1
    lit = [p for p in line if (p[0] - top[0]) * sunward >= 0]
    if not lit:
        return
    edge = [
        (
            top[0] + sunward * (34 * math.sin(t * 8) * t + 16 * math.sin(t * 23) * t - 70 * t),
            top[1] + t * (BASE - top[1]),
        )
        for t in (i / 20 for i in range(21))
    ]
    outer = lit if sunward > 0 else lit[::-1]
    canvas.veil([*edge, *reversed(outer)], warm, strength * 0.62)
    _gullies(canvas, line, top, cool, warm, strength)


def _gullies(canvas: Canvas, line: Sequence[Point], top: Point, cool: Colour, warm: Colour, strength: float) -> None:
    """Furrows from the top down, wider below."""
    rng, sunward = canvas.rng, -1 if SUN[0] < top[0] else 1
    for n in range(34):
        side = -1 if n % 2 else 1
        reach = rng.uniform(0.12, 1.0)
        x0, y0 = top[0] + side * reach * 34, top[1] + reach * 46
        steep = 0.55 + 1.25 * reach
        points = []
        for i in range(9):
            t = i / 8
            x = x0 + side * steep * 250 * t * (0.35 + 0.65 * t) + rng.uniform(-9, 9)
            y = max(y0 + 430 * t, height_at(line, x) + 8)
            points.append((x, y))
        sunny = side == sunward
        tone = mix(warm, (255, 240, 205), 0.5) if sunny and n % 4 < 2 else mix(cool, (38, 44, 74), 0.45)
        canvas.line(points, tone, rng.uniform(10, 24), strength * (0.34 if sunny else 0.3))


def _plume(canvas: Canvas, at: Point) -> None:
    """Semeru breathes every half hour; the wind takes it to the east."""
    rng = canvas.rng
    for i in range(46):
        t = i / 45
        x, y = at[0] + 14 + 470 * t**1.25, at[1] + 50 - 250 * math.sin(t * 1.35) - 20 * t
        r = 24 + 92 * t**0.85
        x, y = x + rng.uniform(-0.4, 0.4) * r, y + rng.uniform(-0.35, 0.35) * r
        fade = 0.5 * (1 - t) ** 0.7 + 0.05
        canvas.veil(oval(x + r * 0.12, y + r * 0.2, r, r * 0.8, 30), rgb("8e8d97"), fade * 0.55, r * 0.22)
        canvas.veil(oval(x - r * 0.16, y - r * 0.1, r * 0.8, r * 0.62, 30), rgb("fbe6cb"), fade * 0.85, r * 0.2)


def ridges(canvas: Canvas) -> None:
    """Four wooded layers with mist lying between them."""
    rng = canvas.rng
    for anchors, top, foot, mist in (
        ([(-30, 1075), (240, 1010), (520, 1088), (860, 1040), (1180, 1110), (1500, 1062), (1830, 1098), (2190, 1015), (2640, 1085)], "93a79f", "cdbf96", 0.62),
        ([(-30, 1140), (200, 1096), (470, 1172), (760, 1130), (1090, 1190), (1420, 1150), (1760, 1196), (2060, 1120), (2330, 1086), (2640, 1150)], "6e8f80", "b3b486", 0.5),
        ([(-30, 1190), (150, 1168), (390, 1236), (700, 1214), (1010, 1262), (1370, 1232), (1700, 1270), (2010, 1208), (2300, 1160), (2640, 1216)], "4d7763", "92a06d", 0.36),
    ):  # fmt: skip
        line = ridge(rng, anchors, 24, 5)
        crowns = [oval(x, height_at(line, x) + 5, r, r * 0.92, 12) for x, r in _trees(rng, 15)]
        canvas.shape(down_to(line, 1560), rgb(top), rgb(foot), rgb(foot), more=crowns)
        low = max(p[1] for p in line)
        for x in range(-20, WIDTH, 46):  # light on the crowns towards the sun
            y = height_at(line, x) + rng.uniform(4, 70)
            canvas.veil(
                oval(x + rng.uniform(-20, 20), y, rng.uniform(12, 30), rng.uniform(7, 12), 12), rgb("f1d491"), 0.16, 3
            )
        canvas.mist(low - 30, low + 75, HAZE, mist)


def _trees(rng: object, size: float) -> list[tuple[float, float]]:
    draw = rng.uniform  # type: ignore[attr-defined]
    return [(x + draw(-9, 9), draw(size * 0.6, size * 1.25)) for x in range(-20, WIDTH + 20, 17)]


RICE = tuple(rgb(c) for c in ("8fa64c", "a9b458", "c9bf62", "739046", "dcc468", "5f8445", "b7b054"))
WATER = tuple(rgb(c) for c in ("f2c793", "e7b98d", "c9c3ae", "f6d6a4"))


def terraces(canvas: Canvas) -> None:
    """Two hills of rice, cut into steps that follow the slope."""
    _hill(
        canvas,
        [(700, 1668), (1000, 1560), (1330, 1432), (1690, 1330), (2060, 1264), (2380, 1246), (2660, 1258)],
        1690,
        13,
        -1,
    )
    _hill(canvas, [(-40, 1255), (260, 1268), (620, 1330), (980, 1424), (1320, 1540), (1640, 1655)], 1662, 12, 1)


def _hill(canvas: Canvas, top: Sequence[Point], foot: float, steps: int, lean: int) -> None:
    rng = canvas.rng
    line = ridge(rng, top, 10, 4)
    lines = []
    for i in range(steps + 1):
        t = (i / steps) ** 1.25
        lines.append(
            [
                (x, y + (foot - y) * t + 13 * t * math.sin(x / 118 + i * 0.8) * (1 + 0.4 * math.sin(x / 53)))
                for x, y in line
            ]
        )
    canvas.shape(down_to(line, foot), rgb("6b8a48"), rgb("86973f"))
    for i, (above, below) in enumerate(itertools.pairwise(lines)):
        start = 0
        while start < len(above) - 1:
            end = min(len(above) - 1, start + rng.randint(5, 14))
            a, b = above[start : end + 1], below[start : end + 1]
            bund = 2.2 + 3.2 * i / steps
            ring = [*a, *((x + lean * -6, y - bund) for x, y in reversed(b))]
            wet = rng.random() < 0.3
            colour = rng.choice(WATER if wet else RICE)
            canvas.shape(
                ring, mix(colour, HAZE, 0.34 * (1 - i / steps)), mix(colour, rgb("6b5a2c"), 0.03 if wet else 0.2)
            )
            if not wet and i > steps // 3:  # rows of seedlings
                for k in (0.35, 0.65):
                    row = [(x, y + (v - y) * k) for (x, y), (_u, v) in zip(a, b, strict=True)]
                    canvas.line(row, rgb("557239"), 2.4, 0.5)
            start = end
        canvas.line([(x, y - 1) for x, y in below], rgb("4f5f2d"), 4 + 5 * i / steps, 0.55)
        canvas.line([(x, y - 4 - i * 0.3) for x, y in below], rgb("f3dd9a"), 2.2, 0.45)
