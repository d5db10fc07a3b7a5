"""Nearest the viewer: a branch of coffee and a branch of apple, in the shade, with their fruit in the light."""

from __future__ import annotations

import math

from kendedes.demo.pictures.colour import Colour, darker, lighter, mix, rgb
from kendedes.demo.pictures.landscape.canvas import HEIGHT, WIDTH, Canvas
from kendedes.demo.pictures.stage import Point, oval, smooth


def frame(canvas: Canvas) -> None:
    """Both lower corners."""
    _coffee(canvas)
    _apple(canvas)


def _leaf(canvas: Canvas, at: Point, angle: float, long: float, green: Colour, broad: float = 0.24) -> None:
    """A pointed leaf with a bright half and a rib."""
    c, s = math.cos(angle), math.sin(angle)

    def p(u: float, v: float) -> Point:
        return (at[0] + long * (u * c - v * s), at[1] + long * (u * s + v * c))

    top = [p(t, -broad * math.sin(math.pi * t**0.8) * (1 - 0.25 * t)) for t in (i / 12 for i in range(13))]
    low = [p(t, broad * math.sin(math.pi * t**0.8) * (1 - 0.25 * t)) for t in (i / 12 for i in range(13))]
    rib = [p(t, 0.03 * math.sin(math.pi * t)) for t in (i / 12 for i in range(13))]
    canvas.veil([(x + 10, y + 14) for x, y in (*top, *reversed(low))], rgb("0e1f22"), 0.3, 8)
    canvas.shape([*top, *reversed(low)], lighter(green, 0.12), green, darker(green, 0.25))
    canvas.veil([*top, *reversed(rib)], rgb("d9c878"), 0.24)
    canvas.line(rib, mix(green, rgb("efe0a0"), 0.55), long * 0.022)
    for i in range(2, 10):
        t = i / 12
        for side in (-1, 1):
            end = p(t + 0.13, side * broad * 0.72 * math.sin(math.pi * (t + 0.06) ** 0.8))
            canvas.line([p(t, 0), end], darker(green, 0.3), long * 0.011, 0.6)


def _twig(canvas: Canvas, points: list[Point], width: float) -> list[Point]:
    line = smooth(points, 14)
    canvas.line([*line, line[-1]], rgb("3a2a22"), width)
    canvas.line([(x - 2, y - width * 0.16) for x, y in line], rgb("a07a56"), width * 0.28, 0.7)
    return line


def _coffee(canvas: Canvas) -> None:
    rng = canvas.rng
    line = _twig(canvas, [(-60, 2130), (150, 2010), (380, 1942), (640, 1960)], 30)
    for n, i in enumerate(range(8, len(line) - 1, 7)):
        x, y = line[i]
        a = math.atan2(line[i + 1][1] - y, line[i + 1][0] - x)
        for side in (-1, 1):
            _leaf(
                canvas,
                (x, y),
                a + side * (1.0 - 0.1 * n),
                235 - 16 * n,
                rgb("2c5a44") if side > 0 else rgb("3b6c47"),
                0.2,
            )
        for _ in range(7):
            r = rng.uniform(19, 25)
            _cherry(
                canvas,
                (x + rng.uniform(-46, 46), y + rng.uniform(-26, 40)),
                r,
                rng.choice(("b3261f", "c8372a", "8f1d22", "d9822b", "a92a20")),
            )
    _leaf(canvas, line[-1], 0.16, 190, rgb("47794a"), 0.2)


def _cherry(canvas: Canvas, at: Point, r: float, colour: str) -> None:
    x, y = at
    red = rgb(colour)
    canvas.veil(oval(x + 4, y + 7, r, r * 0.96, 24), rgb("0f1a1c"), 0.4, 5)
    canvas.shape(oval(x, y, r, r * 0.96, 30), lighter(red, 0.2), red, darker(red, 0.42))
    canvas.veil(oval(x - r * 0.3, y - r * 0.36, r * 0.34, r * 0.24, 18), rgb("fff0dc"), 0.72, 3)
    canvas.shape(oval(x + r * 0.3, y + r * 0.5, r * 0.14, r * 0.12, 12), darker(red, 0.6))


def _apple(canvas: Canvas) -> None:
    line = _twig(canvas, [(WIDTH + 60, 2020), (2420, 1950), (2210, 1968), (2010, 2050)], 32)
    for n, i in enumerate(range(6, len(line) - 1, 6)):
        x, y = line[i]
        a = math.atan2(line[i + 1][1] - y, line[i + 1][0] - x)
        side = 1 if n % 2 else -1
        _leaf(canvas, (x, y), a + side * 0.85, 205, rgb("40704a") if n % 2 else rgb("56824a"), 0.29)
        _leaf(canvas, (x, y), a - side * 1.15, 170, rgb("2f5f48"), 0.29)
    for x, y, r, blush in ((2300, 2080, 86, 0.8), (2470, 2062, 78, 0.45), (2140, 2128, 72, 0.7)):
        _fruit(canvas, (x, min(y, HEIGHT - 40)), r, blush)
    _leaf(canvas, (2385, 1985), 2.0, 150, rgb("6a9350"), 0.28)


def _fruit(canvas: Canvas, at: Point, r: float, blush: float) -> None:
    """A Malang apple: green with a red cheek."""
    x, y = at
    ring = [
        (
            x + r * math.cos(t) * (1 - 0.05 * math.sin(t)),
            y
            + r * 0.95 * math.sin(t)
            + r * 0.13 * math.exp(-((math.cos(t) / 0.24) ** 2)) * (1 if math.sin(t) < 0 else -0.55),
        )
        for t in (2 * math.pi * i / 72 for i in range(72))
    ]
    canvas.veil([(u + 12, v + 18) for u, v in ring], rgb("0e1f22"), 0.42, 14)
    canvas.shape(ring, rgb("dcdc7c"), rgb("a9bf52"), rgb("65883a"))
    canvas.veil(oval(x + r * 0.28, y + r * 0.05, r * 0.6, r * 0.68, 40), rgb("c23b2c"), blush, r * 0.24)
    canvas.veil(oval(x - r * 0.34, y - r * 0.34, r * 0.26, r * 0.17, 24), rgb("fffbe6"), 0.75, r * 0.09)
    canvas.veil(oval(x, y - r * 0.74, r * 0.26, r * 0.09, 20), rgb("4a5a24"), 0.7, 4)
    canvas.line(smooth([(x, y - r * 0.7), (x + 3, y - r * 0.95), (x + 14, y - r * 1.16)], 6), rgb("4a3222"), 9)
