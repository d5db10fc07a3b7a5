"""What all scenes share: where things stand, their shadows, what is strewn around, cards and labels."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageDraw, ImageFilter

from kendedes.demo.pictures.colour import Colour, lighter, lit, rgb
from kendedes.demo.pictures.labels import label
from kendedes.demo.pictures.pieces import KINDS, lay, scatter
from kendedes.demo.pictures.solids import Turned, disc, profile, quad, turn, warp
from kendedes.demo.pictures.spec import Picture
from kendedes.demo.pictures.stage import Stage, Thing, smooth

GROUND = 1092.0


BRANDS: tuple[Colour, ...] = tuple(
    rgb(c)
    for c in (
        "b4503a",
        "31486b",
        "55703f",
        "8a4a24",
        "c98a2b",
        "6d2f3a",
        "2f5d5c",
        "3b2a2a",
        "a9652f",
        "7a7f3a",
        "1f3550",
        "943b2c",
    )
)


STRAW, STRAW_DARK = rgb("d2a865"), rgb("a8783c")


def brand_colour(stage: Stage, spec: Picture) -> Colour:
    """The pack's own colour: far enough from the wall to stand out."""
    wall = stage.palette.wall[1]
    choices = [c for c in BRANDS if sum(abs(a - b) for a, b in zip(c, wall, strict=True)) > 130]
    return stage.rng.choice(choices)


def goods_colour(spec: Picture) -> Colour:
    """The colour of what is inside."""
    if spec.colour:
        return rgb(spec.colour)
    return KINDS[spec.fill].colours[0] if spec.fill in KINDS else rgb("a9652f")


def plinth(stage: Stage, cx: float, half: float) -> float:
    """Sometimes a round block to stand on; returns the y of the standing place."""
    if stage.rng.random() > 0.38:
        return GROUND
    tall = stage.rng.choice((46.0, 74.0, 110.0))
    colour = stage.rng.choice(
        (lighter(stage.palette.floor[1], 0.35), stage.palette.accent, stage.palette.wall[1], rgb("b98a5c"))
    )
    body = Turned(cx, GROUND + 50, profile((0, half), (0, half), (tall, half), (tall, half)))
    block_ = turn(stage, body, colour, gloss=0.02)
    stage.contact(cx, GROUND + 56, half, half * 0.12)
    stage.cast(block_, GROUND + 50, strength=110)
    stage.add(block_)
    stage.add(disc(stage, body, tall, lighter(colour, 0.12)))
    stage.settle()
    return GROUND + 50 - tall + half * 0.05


def around(stage: Stage, spec: Picture, cx: float, base: float, half: float, size: int = 88) -> None:
    """What the goods are made of, strewn in front to one or both sides."""
    if spec.fill not in KINDS:
        return
    rng = stage.rng
    sides = rng.choice(((-1,), (1,), (-1, 1)))
    for side in sides:
        scatter(
            stage.image,
            spec.fill,
            (cx + side * (half + 70), max(base, GROUND) + 34),
            (150, 46),
            rng.randint(5, 10),
            size,
            rng,
            stage.light,
        )


def stand(stage: Stage, things: list[Thing], cx: float, base: float, half: float) -> None:
    """Shadows for a standing body, then the body."""
    stage.contact(cx, base + half * 0.04, half * 1.04, half * 0.17)
    stage.cast(things[0], base + 4)
    for thing in things:
        stage.add(thing)
    stage.settle()


def stuck(stage: Stage, spec: Picture, body: Turned, low: float, high: float, reach: float, main: Colour) -> Thing:
    """A paper label on a turned body; all bodies of one picture wear the same."""
    same = random.Random(spec.seed)
    r = body.radius((low + high) / 2)
    wide = int(2 * math.asin(reach) * r)
    tall = int(high - low)
    art = label(same, (max(40, wide), max(40, tall)), spec.title, spec.brand, spec.note, main)
    bent, mask, at = warp(art, body, low, high, reach)
    shade = Image.linear_gradient("L").rotate(90 if stage.light < 0 else 270).resize(bent.size)
    shade = shade.point(lambda v: 158 - 74 * v / 255)
    return Thing(lit(bent, shade), mask, at)


def slope(light: int) -> Image.Image:
    """Light falling off along a flat front."""
    return Image.linear_gradient("L").rotate(90 if light < 0 else 270).point(lambda v: 148 - 34 * v / 255)


def tag(stage: Stage, spec: Picture, cx: float, y: float, wide: float = 250) -> None:
    """A small card with the name, standing in front or leaning."""
    tall = wide * 0.5
    card = label(
        stage.rng, (int(wide * 1.4), int(tall * 1.4)), spec.title, spec.brand, spec.note, brand_colour(stage, spec)
    )
    lean = stage.rng.uniform(-8, 8)
    thing = quad(
        card,
        [(cx - wide / 2, y - tall + lean), (cx - wide / 2, y + lean), (cx + wide / 2, y), (cx + wide / 2, y - tall)],
        140,
    )
    stage.contact(cx, y + 2, wide / 2, 8, 150)
    stage.cast(thing, y, strength=90)
    stage.add(thing)
    stage.settle()


def heap(stage: Stage, kind: str, cx: float, cy: float, rx: float, ry: float, rise: float, size: int) -> None:
    """A mound of pieces within an ellipse, back rows first, the middle highest."""
    rng = stage.rng
    step = size * 0.56
    rows = max(3, int((2 * ry + rise) / (step * 0.62)))
    for i in range(rows):
        t = i / (rows - 1)
        y = cy - ry + 2 * ry * t
        half = rx * math.sqrt(max(0.0, 1 - (2 * t - 1) ** 2))
        count = max(1, int(2 * half / step))
        for j in range(count + 1):
            x = cx - half + 2 * half * (j + rng.uniform(-0.2, 0.2)) / max(1, count)
            d = math.hypot((x - cx) / rx, (y - cy) / ry)
            lift = rise * max(0.0, 1 - d * d)
            lay(stage.image, kind, (x, y - lift), int(size * rng.uniform(0.9, 1.1)), rng, stage.light)


def steam(stage: Stage, cx: float, y: float, tall: float) -> None:
    """Two soft threads rising."""
    veil = Image.new("L", (320, 320), 0)
    draw = ImageDraw.Draw(veil)
    for shift in (-26, 22):
        bend = stage.rng.uniform(24, 44)
        path = smooth(
            [((cx + shift + math.sin(i * 1.1 + shift) * bend) / 4, (y - tall * i / 6) / 4) for i in range(7)], 6
        )
        draw.line(path, fill=84, width=6, joint="curve")
    soft = veil.filter(ImageFilter.GaussianBlur(4)).resize(stage.image.size, Image.Resampling.BILINEAR)
    stage.image.paste((255, 250, 242), (0, 0), soft)
