"""The bay: a curved beach, light on the water, three jukung with their sails up."""

from __future__ import annotations

import math

from kendedes.demo.pictures.colour import Colour, darker, lighter, rgb
from kendedes.demo.pictures.landscape.canvas import HEIGHT, SUN, WIDTH, Canvas, flow
from kendedes.demo.pictures.stage import Point, cut, smooth

DEEP = tuple(rgb(c) for c in ("d9b991", "8fb0a2", "3f8084", "255f70", "1b4659"))


def bay(canvas: Canvas) -> None:
    """Sand, foam, water, boats."""
    shore = smooth(
        [
            (-60, 1812),
            (260, 1800),
            (620, 1770),
            (980, 1792),
            (1320, 1838),
            (1660, 1846),
            (2000, 1816),
            (2330, 1782),
            (2680, 1776),
        ],
        10,
    )
    canvas.shape(
        [(x, y - 46 - 10 * math.sin(x / 170)) for x, y in shore] + [(WIDTH + 60, HEIGHT), (-60, HEIGHT)],
        rgb("f0d6a2"),
        rgb("e2bd85"),
    )
    water = [*shore, (WIDTH + 60, HEIGHT), (-60, HEIGHT)]
    mask, at = cut(water)
    canvas.image.paste(flow(mask.size, *DEEP), at, mask)
    rng = canvas.rng
    for shift, strength in ((-5, 0.95), (13, 0.5), (30, 0.32)):
        canvas.line(
            [(x, y + shift + 4 * math.sin(x / 37 + shift)) for x, y in shore],
            rgb("fff6e2"),
            13 if shift < 0 else 7,
            strength,
        )
    for n in range(300):  # small waves, longer and farther apart towards the viewer
        t = rng.random() ** 1.15
        y = 1850 + 330 * t
        x, long = rng.uniform(-80, WIDTH), 40 + 170 * t
        tone = rgb("f6dfb2") if n % 3 else rgb("123a4c")
        canvas.line(
            [(x + long * k, y + 5 * math.sin(3.1 * k + n)) for k in (0, 0.25, 0.5, 0.75, 1)],
            tone,
            2.5 + 5 * t,
            0.34 if n % 3 else 0.3,
        )
    for _ in range(190):  # the sun's road
        t = rng.random()
        y = 1856 + 320 * t
        spread = 40 + 190 * t
        x, long = SUN[0] + rng.gauss(0, spread * 0.5), rng.uniform(26, 70 + 110 * t)
        canvas.line([(x - long / 2, y), (x, y + rng.uniform(-3, 3)), (x + long / 2, y)], rgb("ffe9b4"), 4 + 7 * t, 0.72)
    _jukung(canvas, (640, 1906), 0.62, rgb("b4503a"), rgb("f0c67a"))
    _jukung(canvas, (1790, 1930), 0.74, rgb("f3e6c8"), rgb("31486b"))
    _jukung(canvas, (1330, 2024), 1.12, rgb("d08a2e"), rgb("8f3d2c"))


def _jukung(canvas: Canvas, at: Point, size: float, sail: Colour, stripe: Colour) -> None:
    """An outrigger with one three-cornered sail, and what the water gives back of it."""
    x, y = at
    k = 150 * size

    def p(u: float, v: float) -> Point:
        return (x + u * k, y + v * k)

    for n in range(9):  # the reflection, in pieces
        w = 0.5 - 0.045 * n
        canvas.line(
            [p(-w + 0.1, 0.3 + 0.12 * n), p(0.1, 0.31 + 0.12 * n), p(w + 0.1, 0.3 + 0.12 * n)],
            sail,
            13 * size,
            0.5 - 0.045 * n,
        )
    canvas.line(smooth([p(-1.12, 0.26), p(0, 0.34), p(1.0, 0.2)], 8), rgb("f2d9a8"), 11 * size)
    for u in (-0.45, 0.4):
        canvas.line(smooth([p(u, 0.02), p(u - 0.1, -0.1), p(u - 0.2, 0.3)], 6), rgb("5a3b28"), 8 * size)
    canvas.line([p(0.05, 0.1), p(0.0, -0.6), p(-0.06, -1.42)], rgb("5a3b28"), 11 * size)
    cloth = smooth(
        [
            p(-0.86, -0.06),
            p(-0.86, -0.06),
            p(-0.35, -0.95),
            p(0.42, -1.78),
            p(0.42, -1.78),
            p(0.62, -0.9),
            p(0.78, -0.12),
            p(0.78, -0.12),
            p(0, 0.02),
        ],
        8,
        closed=True,
    )
    canvas.shape(cloth, lighter(sail, 0.32), sail, darker(sail, 0.14))
    for a, b in ((0.16, 0.3), (0.46, 0.58)):
        left = [p(-0.86 + 1.28 * t, -0.06 - 1.72 * t) for t in (a, b)]
        right = [p(0.78 - 0.36 * t, -0.12 - 1.66 * t) for t in (b, a)]
        canvas.veil([*left, *right], stripe, 0.86)
    canvas.veil(
        smooth(
            [p(0.42, -1.78), p(0.42, -1.78), p(0.62, -0.9), p(0.78, -0.12), p(0.78, -0.12), p(0.3, -0.4)],
            8,
            closed=True,
        ),
        rgb("2a2038"),
        0.2,
    )
    hull = smooth(
        [
            p(-1.25, -0.16),
            p(-1.25, -0.16),
            p(-0.7, 0.04),
            p(0, 0.07),
            p(0.7, 0.02),
            p(1.25, -0.24),
            p(1.25, -0.24),
            p(0.8, 0.2),
            p(0, 0.27),
            p(-0.8, 0.2),
        ],
        8,
        closed=True,
    )
    canvas.shape(hull, rgb("f6ead2"), rgb("b4503a"), rgb("53231d"))
    canvas.shape(
        [
            *_ring(p(-0.2, -0.14), 0.075 * k),
        ],
        rgb("5a3a2a"),
    )
    canvas.shape([p(-0.3, 0.08), p(-0.27, -0.1), p(-0.13, -0.1), p(-0.08, 0.08)], rgb("2f4a5c"))


def _ring(at: Point, r: float) -> list[Point]:
    return [(at[0] + r * math.cos(i / 3), at[1] + r * math.sin(i / 3)) for i in range(19)]
