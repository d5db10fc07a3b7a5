"""Dawn: the sky, the sun, long clouds, a few birds."""

from __future__ import annotations

import math

from kendedes.demo.pictures.colour import rgb
from kendedes.demo.pictures.landscape.canvas import SUN, WIDTH, Canvas, flow
from kendedes.demo.pictures.stage import oval, smooth

SKY = tuple(rgb(c) for c in ("24405e", "3f6479", "7d9b9a", "d8c9a2", "f6d9a4", "f5bf86", "ee9f6d"))
FOOT = 1180


def heaven(canvas: Canvas) -> None:
    """Everything above the mountains."""
    canvas.image.paste(flow((WIDTH, FOOT), *SKY), (0, 0))
    canvas.image.paste(SKY[-1], (0, FOOT, WIDTH, canvas.image.height))
    canvas.glow(SUN, 1150, rgb("ffdf9e"), 0.62)
    canvas.glow(SUN, 520, rgb("fff0c4"), 0.75)
    for turn in range(26):  # rays, broad and faint
        a = math.pi * (1.02 + 0.96 * turn / 25)
        b = a + 0.03 + 0.012 * (turn % 3)
        far = 1900
        ring = [
            SUN,
            (SUN[0] + far * math.cos(a), SUN[1] + far * math.sin(a)),
            (SUN[0] + far * math.cos(b), SUN[1] + far * math.sin(b)),
        ]
        canvas.veil(ring, rgb("ffe9bd"), 0.055)
    canvas.shape(oval(*SUN, 128, 128, 90), rgb("fffaf0"), rgb("ffe7b0"))
    _clouds(canvas)
    _birds(canvas)


def _clouds(canvas: Canvas) -> None:
    rng = canvas.rng
    for y, high, tone, strength in (
        (150, 15, "f4e6c9", 0.30), (268, 22, "f7e3bd", 0.36), (400, 17, "fbe6bb", 0.42), (455, 26, "fdeac3", 0.36),
        (610, 15, "fff0cf", 0.55), (700, 12, "fff0cf", 0.5),
    ):  # fmt: skip
        for _ in range(3):
            x, long = rng.uniform(-200, WIDTH), rng.uniform(420, 1150)
            top = [
                (x + long * t, y - high * math.sin(math.pi * t) * (1 + 0.5 * math.sin(7 * t + x))) for t in _tenths()
            ]
            low = [(x + long * t, y + high * 0.35 * math.sin(math.pi * t)) for t in reversed(_tenths())]
            canvas.veil(smooth([*top, *low], 6, closed=True), rgb(tone), strength, 7)


def _tenths() -> list[float]:
    return [t / 10 for t in range(11)]


def _birds(canvas: Canvas) -> None:
    for x, y, size in ((1480, 520, 30), (1545, 486, 24), (1600, 540, 27), (1668, 505, 20), (1420, 560, 20)):
        wing = smooth(
            [
                (x - size, y - size * 0.25),
                (x - size * 0.45, y - size * 0.42),
                (x, y),
                (x + size * 0.45, y - size * 0.42),
                (x + size, y - size * 0.25),
            ],
            6,
        )
        canvas.line(wing, rgb("3b4658"), 7, 0.85)
