"""Bodies: turned ones (jars, pots), bags, boxes and discs, with light that follows their form."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from kendedes.demo.pictures.colour import Colour, lit
from kendedes.demo.pictures.stage import Point, Stage, Thing, cut, oval, smooth

SQUASH = 0.13  # how much of a circle's width is seen as height: the eye is a little above the table


@dataclass(frozen=True)
class Turned:
    """A body of revolution standing at ``base``: ``profile`` gives (height, radius) from the bottom up."""

    cx: float
    base: float
    profile: tuple[Point, ...]
    squash: float = SQUASH

    def radius(self, height: float) -> float:
        """Radius at a height, in pixels."""
        rows = self.profile
        for (h0, r0), (h1, r1) in pairwise(rows):
            if h0 <= height <= h1:
                return r0 if h1 == h0 else r0 + (r1 - r0) * (height - h0) / (h1 - h0)
        return rows[-1][1] if height > rows[-1][0] else rows[0][1]

    def at(self, u: float, height: float) -> Point:
        """The point of the front at ``u`` (-1 left edge … 1 right edge) and a height."""
        r = self.radius(height)
        return self.cx + u * r, self.base - height + self.squash * r * math.sqrt(max(0.0, 1 - u * u))

    def outline(self) -> list[Point]:
        """The silhouette with its round bottom and the far rim of its top."""
        rows = self.profile
        left = [(self.cx - r, self.base - h) for h, r in rows]
        right = [(self.cx + r, self.base - h) for h, r in rows]
        top_h, top_r = rows[-1]
        bottom_h, bottom_r = rows[0]
        arc = [math.pi * i / 24 for i in range(25)]
        bottom = [
            (self.cx - bottom_r * math.cos(a), self.base - bottom_h + self.squash * bottom_r * math.sin(a)) for a in arc
        ]
        top = [(self.cx + top_r * math.cos(a), self.base - top_h - self.squash * top_r * math.sin(a)) for a in arc]
        return [*bottom, *right, *top, *reversed(left)]

    def band(self, low: float, high: float, u0: float = -1, u1: float = 1, n: int = 28) -> list[Point]:
        """A stripe around the front between two heights."""
        a0, a1 = math.asin(u0), math.asin(u1)
        us = [math.sin(a0 + (a1 - a0) * i / n) for i in range(n + 1)]
        sides = [self.at(u1, low + (high - low) * i / 10) for i in range(1, 10)]
        back = [self.at(u0, high - (high - low) * i / 10) for i in range(1, 10)]
        return [self.at(u, low) for u in us] + sides + [self.at(u, high) for u in reversed(us)] + back

    def rim(self, height: float, scale: float = 1.0) -> list[Point]:
        """The whole ellipse at a height."""
        r = self.radius(height) * scale
        return oval(self.cx, self.base - height, r, r * self.squash)


def profile(*points: Point, steps: int = 7) -> tuple[Point, ...]:
    """A smooth profile through (height, radius) points, heights rising."""
    high = 0.0
    rows: list[Point] = []
    for h, r in smooth(points, steps):
        high = max(high, h)
        rows.append((high, max(1.0, r)))
    return tuple(rows)


def tone(angle: float, light: int, gloss: float, soft: float = 0.0) -> int:
    """Light (128 neutral) on a cylinder at ``angle`` radians from the eye."""
    lamp = light * 0.85
    diffuse = max(0.0, math.cos(angle - lamp))
    value = 62 + 96 * diffuse**1.15 + soft
    away = max(0.0, -light * math.sin(angle))
    value += 34 * max(0.0, (away - 0.8) / 0.2) ** 1.5  # the far edge catches the wall's light
    value += gloss * 120 * math.exp(-(((angle - light * 0.62) / 0.13) ** 2))
    value += gloss * 46 * math.exp(-(((angle + light * 0.95) / 0.09) ** 2))
    return int(min(255, max(0, value)))


def round_light(body: Turned, box: tuple[int, int, int, int], light: int, gloss: float = 0.3) -> Image.Image:
    """The light image of a turned body for the pixels of ``box``; worked out at half size, since it is smooth."""
    wide, tall = box[2] - box[0], box[3] - box[1]
    image = Image.new("L", (wide // 2 + 1, tall // 2 + 1), 90)
    draw = ImageDraw.Draw(image)
    rows = [((body.base - h - box[1]) / 2, r * 1.01 / 2) for h, r in body.profile]
    cx = (body.cx - box[0]) / 2
    n = 60
    edges = [math.sin(-math.pi / 2 + math.pi * i / n) for i in range(n + 1)]
    extra, drop = (body.squash * body.profile[-1][1] + 6) / 2, (body.squash * body.profile[0][1] + 4) / 2
    sides = []
    for u in edges:
        side = [(cx + u * r, y) for y, r in rows]
        sides.append([(side[0][0], side[0][1] + drop), *side, (side[-1][0], side[-1][1] - extra)])
    for i, (left, right) in enumerate(pairwise(sides)):
        angle = -math.pi / 2 + math.pi * (i + 0.5) / n
        draw.polygon([*left, *reversed(right)], fill=tone(angle, light, gloss))
    image = image.filter(ImageFilter.GaussianBlur(1.2)).resize((wide, tall), Image.Resampling.BILINEAR)
    return ImageChops.add(image, _slopes(body, box), 1, -128)


def _slopes(body: Turned, box: tuple[int, int, int, int]) -> Image.Image:
    """What looks up is lighter, what looks down is darker; the foot is darkest."""
    column = Image.new("L", (1, box[3] - box[1]), 128)
    pixels = column.load()
    rows = body.profile
    if pixels is not None:
        for (h0, r0), (h1, r1) in pairwise(rows):
            if h1 <= h0:
                continue
            lean = math.atan2(r0 - r1, h1 - h0)
            for y in range(int(body.base - h1 - box[1]), int(body.base - h0 - box[1]) + 1):
                if 0 <= y < column.height:
                    foot = max(0.0, 1 - (body.base - box[1] - y) / 90)
                    pixels[0, y] = int(min(255, max(0, 128 + 42 * lean - 30 * foot)))
        for y in range(int(body.base - box[1]), column.height):
            pixels[0, y] = 96
    return column.filter(ImageFilter.BoxBlur(5)).resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.NEAREST)


def moved(points: Sequence[Point], at: tuple[int, int]) -> list[Point]:
    """Points of the picture as points of an image whose corner is ``at``."""
    return [(x - at[0], y - at[1]) for x, y in points]


def turn(
    stage: Stage,
    body: Turned,
    colour: Colour,
    *,
    gloss: float = 0.3,
    dress: Callable[[ImageDraw.ImageDraw, tuple[int, int]], None] | None = None,
    wrap: Image.Image | None = None,
    stick: Callable[[Image.Image, tuple[int, int]], None] | None = None,
) -> Thing:
    """A turned body in one colour; ``dress`` draws on it (offset given), ``wrap`` covers it, ``stick`` pastes labels."""
    mask, at = cut(body.outline())
    box = (at[0], at[1], at[0] + mask.width, at[1] + mask.height)
    art = Image.new("RGB", mask.size, colour)
    if wrap is not None:
        art.paste(wrap.resize(mask.size, Image.Resampling.BILINEAR) if wrap.size != mask.size else wrap, (0, 0))
    if dress:
        dress(ImageDraw.Draw(art), at)
    if stick:
        stick(art, at)
    return Thing(lit(art, round_light(body, box, stage.light, gloss)), mask, at)


def disc(
    stage: Stage, body: Turned, height: float, colour: Colour, *, scale: float = 1.0, hollow: bool = False
) -> Thing:
    """The top of a body: a lid's face, or (``hollow``) the dark inside of a pot."""
    mask, at = cut(body.rim(height, scale))
    w, h = mask.size
    strip = Image.linear_gradient("L").rotate(90 if stage.light < 0 else 270)
    low, high = (40, 118) if hollow else (112, 176)
    if hollow:
        strip = ImageChops.invert(strip)
    shade = strip.resize((w, h)).point(lambda v: high - (high - low) * v / 255)
    return Thing(lit(Image.new("RGB", (w, h), colour), shade), mask, at)


def warp(
    art: Image.Image, body: Turned, low: float, high: float, reach: float
) -> tuple[Image.Image, Image.Image, tuple[int, int]]:
    """Bend a flat label around a body: covers ``-reach..reach`` of the width between two heights."""
    n = 18
    a = math.asin(reach)
    edge = [body.at(math.sin(-a + 2 * a * i / n), h) for i in range(n + 1) for h in (low, high)]
    x0, y0 = int(min(p[0] for p in edge)), int(min(p[1] for p in edge))
    x1, y1 = int(max(p[0] for p in edge)) + 1, int(max(p[1] for p in edge)) + 1
    r = (body.radius(low) + body.radius(high)) / 2
    sag = body.squash * r
    tall = high - low
    mesh = []
    for i in range(n):
        b0, b1 = -a + 2 * a * i / n, -a + 2 * a * (i + 1) / n
        left, right = round(body.cx + math.sin(b0) * r) - x0, round(body.cx + math.sin(b1) * r) - x0
        if right <= left:
            continue
        t0, t1 = body.base - high + sag * math.cos(b0) - y0, body.base - high + sag * math.cos(b1) - y0
        sx0, sx1 = art.width * i / n, art.width * (i + 1) / n
        k = art.height / tall
        up0, up1 = -t0 * k, -t1 * k
        down = (y1 - y0) * k
        mesh.append(((left, 0, right, y1 - y0), (sx0, up0, sx0, up0 + down, sx1, up1 + down, sx1, up1)))
    bent = art.transform((x1 - x0, y1 - y0), Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)
    big, at = cut(body.band(low, high, -reach, reach))
    mask = Image.new("L", bent.size, 0)
    mask.paste(big, (at[0] - x0, at[1] - y0))
    return bent, mask, (x0, y0)


# --- bags and boxes -------------------------------------------------------------------------------


def pillow_light(
    size: tuple[int, int], light: int, rng: random.Random, *, gloss: float = 0.4, folds: int = 9
) -> Image.Image:
    """Light on a filled bag: a soft bulge, creases from the seal and the corners, two gleams."""
    w, h = size[0] // 2, size[1] // 2
    image = Image.new("L", (w, h), 100)
    draw = ImageDraw.Draw(image)
    n = 40
    for i in range(n):
        angle = -1.25 + 2.5 * (i + 0.5) / n
        draw.rectangle((w * i / n, 0, w * (i + 1) / n, h), fill=min(255, tone(angle, light, gloss * 0.25) + 6))
    image = image.filter(ImageFilter.GaussianBlur(w / 40 + 1))
    creases = Image.new("L", (w, h), 128)
    pen = ImageDraw.Draw(creases)
    for _ in range(folds):
        top = rng.random() < 0.6
        x = rng.uniform(0.05, 0.95) * w
        y = h * 0.1 if top else h * 0.93
        length = rng.uniform(0.08, 0.3) * h * (1 if top else -1)
        lean = rng.uniform(-0.25, 0.25) * w
        bright = rng.choice((40, -36))
        pen.line(
            [(x, y), (x + lean * 0.4, y + length * 0.6), (x + lean, y + length)],
            fill=128 + bright,
            width=rng.randint(3, 8),
        )
        pen.line(
            [(x + 6, y), (x + 6 + lean * 0.4, y + length * 0.6), (x + 6 + lean, y + length)], fill=128 - bright, width=4
        )
    side = w * (0.14 if light < 0 else 0.86)
    pen.polygon(
        [(side - 5, h * 0.2), (side + 7, h * 0.18), (side + 9, h * 0.8), (side - 2, h * 0.84)],
        fill=int(128 + 95 * gloss),
    )
    far = w - side
    pen.polygon(
        [(far - 3, h * 0.3), (far + 3, h * 0.28), (far + 3, h * 0.72), (far - 3, h * 0.7)], fill=int(128 + 60 * gloss)
    )
    pen.ellipse((-w * 0.1, h * 0.86, w * 1.1, h * 1.12), outline=84, width=5)
    image = ImageChops.add(image, creases.filter(ImageFilter.GaussianBlur(3.2)), 1, -128)
    return image.resize(size, Image.Resampling.BICUBIC)


def quad(art: Image.Image, corners: Sequence[Point], shade: int | Image.Image, *, fine: int = 2) -> Thing:
    """A flat picture seen at an angle: ``corners`` are upper left, lower left, lower right, upper right."""
    mask, at = cut(corners, fine=fine)
    w, h = mask.size
    ul, ll, lr, ur = [(x - at[0], y - at[1]) for x, y in corners]
    coefficients = _perspective((ul, ll, lr, ur), art.size)
    face = art.transform((w, h), Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
    light = Image.new("L", (w, h), shade) if isinstance(shade, int) else shade.resize((w, h), Image.Resampling.BILINEAR)
    return Thing(lit(face, light), mask, at)


def _perspective(target: Sequence[Point], source: tuple[int, int]) -> list[float]:
    """Coefficients that take target points back to the corners of the source (ul, ll, lr, ur)."""
    w, h = source
    corners = ((0, 0), (0, h), (w, h), (w, 0))
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, corners, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for i in range(8):
        best = max(range(i, 8), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        head = rows[i][i]
        rows[i] = [value / head for value in rows[i]]
        for r in range(8):
            if r != i and rows[r][i]:
                factor = rows[r][i]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[8] for row in rows]


def puff(mask: Image.Image, light: int, soft: float, depth: float = 1.0) -> Image.Image:
    """Light on a cushion with this outline: bright towards the lamp, dark away from it; ``soft`` in px."""
    w, h = mask.size
    k = 2 if soft > 6 else 1
    small = mask.reduce(k) if k > 1 else mask
    blurred = small.filter(ImageFilter.GaussianBlur(soft / k))
    step = max(1, int(soft * 0.5 / k))
    bright = ImageChops.offset(blurred, -light * step, step)
    dark = ImageChops.offset(blurred, light * step, -step)
    shade = ImageChops.subtract(bright, dark, 1.7 / depth, 132)
    return shade.resize((w, h), Image.Resampling.BILINEAR) if k > 1 else shade


def relief(
    stage: Stage,
    points: Sequence[Point],
    art: Colour | Image.Image,
    *,
    soft: float = 20,
    depth: float = 1.0,
    more: Sequence[Sequence[Point]] = (),
) -> Thing:
    """A cushioned piece with this outline, in a colour or covered by a tile."""
    mask, at = cut(points, more=more)
    if isinstance(art, Image.Image):
        face = Image.new("RGB", mask.size)
        for y in range(0, mask.height, art.height):
            for x in range(0, mask.width, art.width):
                face.paste(art, (x, y))
    else:
        face = Image.new("RGB", mask.size, art)
    return Thing(lit(face, puff(mask, stage.light, soft, depth)), mask, at)
