"""The sheet and the few strokes everything on it is made of."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageFilter

from kendedes.demo.pictures.colour import Colour, ramp, tint
from kendedes.demo.pictures.stage import Point, cut

WIDTH, HEIGHT = 2600, 2180
SUN = (1130.0, 905.0)
HAZE: Colour = (246, 214, 170)


@dataclass
class Canvas:
    """A picture in the making; ``rng`` decides what no hand would draw twice alike."""

    rng: random.Random
    image: Image.Image

    def shape(self, ring: Sequence[Point], *stops: Colour, more: Sequence[Sequence[Point]] = ()) -> None:
        """A filled outline, coloured from its top to its foot through ``stops``."""
        mask, at = cut(ring, more=more)
        self.image.paste(flow(mask.size, *stops), at, mask)

    def veil(self, ring: Sequence[Point], colour: Colour, strength: float, blur: float = 0) -> None:
        """A thin layer of one colour within an outline; ``blur`` in pixels."""
        mask, at = cut(ring)
        mask = mask.point(lambda v: v * strength)
        if blur:
            pad = int(blur * 3)
            wide = Image.new("L", (mask.width + 2 * pad, mask.height + 2 * pad), 0)
            wide.paste(mask, (pad, pad))
            small = wide.resize((max(2, wide.width // 4), max(2, wide.height // 4)))
            mask = small.filter(ImageFilter.GaussianBlur(blur / 4)).resize(wide.size, Image.Resampling.BICUBIC)
            at = (at[0] - pad, at[1] - pad)
        self.image.paste(colour, at, mask)

    def mist(self, top: float, foot: float, colour: Colour, strength: float) -> None:
        """Haze that thickens from ``top`` to ``foot`` and thins out again below."""
        tall = int((foot - top) * 1.5)
        column = Image.new("L", (1, tall))
        peak = foot - top
        for y in range(tall):
            share = y / peak if y < peak else max(0.0, 1 - (y - peak) / (tall - peak))
            column.putpixel((0, y), int(255 * strength * share * share * (3 - 2 * share)))
        self.image.paste(colour, (0, int(top)), column.resize((WIDTH, tall)))

    def glow(self, at: Point, reach: float, colour: Colour, strength: float) -> None:
        """Light around a point."""
        size = int(reach * 2)
        pool = Image.radial_gradient("L").point(lambda v: max(0, 255 - v * 1.42) ** 1.5 / 16 * strength)
        self.image.paste(colour, (int(at[0] - reach), int(at[1] - reach)), pool.resize((size, size)))

    def line(self, points: Sequence[Point], colour: Colour, width: float, strength: float = 1.0) -> None:
        """A stroke that swells in the middle and thins towards its ends."""
        self.veil(ribbon(points, width), colour, strength)


def flow(size: tuple[int, int], *stops: Colour) -> Image.Image:
    """Colours running from the top to the foot."""
    column = Image.new("L", (1, 256))
    for y in range(256):
        column.putpixel((0, y), y)
    return tint(
        column.resize(size, Image.Resampling.BILINEAR), ramp(*stops) if len(stops) > 1 else ramp(stops[0], stops[0])
    )


def ribbon(points: Sequence[Point], width: float) -> list[Point]:
    """The outline of such a stroke."""
    left: list[Point] = []
    right: list[Point] = []
    last = len(points) - 1
    for i, (x, y) in enumerate(points):
        ax, ay = points[max(0, i - 1)]
        bx, by = points[min(last, i + 1)]
        long = math.hypot(bx - ax, by - ay) or 1
        half = width / 2 * math.sin(math.pi * (0.08 + 0.84 * i / max(1, last)))
        nx, ny = -(by - ay) / long * half, (bx - ax) / long * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + right[::-1]


def ridge(
    rng: random.Random, anchors: Sequence[Point], rough: float, steps: int = 7, calm: float = 0.52
) -> list[Point]:
    """A skyline through ``anchors``, broken up ever finer; ``rough``: the first break in pixels."""
    line = list(anchors)
    for _ in range(steps):
        finer: list[Point] = []
        for a, b in itertools.pairwise(line):
            span = math.hypot(b[0] - a[0], b[1] - a[1])
            finer += [a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + rng.uniform(-1, 1) * rough * min(1, span / 220))]
        line = [*finer, line[-1]]
        rough *= calm
    return line


def down_to(line: Sequence[Point], foot: float) -> list[Point]:
    """A skyline closed below."""
    return [*line, (line[-1][0], foot), (line[0][0], foot)]


def height_at(line: Sequence[Point], x: float) -> float:
    """Where a skyline stands at ``x``."""
    for a, b in itertools.pairwise(line):
        if a[0] <= x <= b[0]:
            return a[1] + (b[1] - a[1]) * (x - a[0]) / ((b[0] - a[0]) or 1)
    return line[-1][1]
