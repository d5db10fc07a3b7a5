"""Sandals and clogs, incense, mats."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from PIL import Image, ImageDraw

from kendedes.demo.pictures.colour import Colour, darker, lighter, lit, mix, rgb
from kendedes.demo.pictures.forms.common import GROUND, STRAW, brand_colour, slope, stand, steam, tag
from kendedes.demo.pictures.labels import label
from kendedes.demo.pictures.patterns import DYES, batik, filled, weave, wood
from kendedes.demo.pictures.solids import Turned, disc, profile, quad, relief, turn
from kendedes.demo.pictures.spec import Picture
from kendedes.demo.pictures.stage import Point, Stage, Thing, cut, smooth, turned

SOLE = (
    (-0.42, 0.94),
    (-0.5, 0.6),
    (-0.4, 0.1),
    (-0.5, -0.4),
    (-0.48, -0.78),
    (-0.2, -1.0),
    (0.18, -0.98),
    (0.42, -0.72),
    (0.48, -0.36),
    (0.34, 0.1),
    (0.4, 0.6),
    (0.3, 0.94),
    (-0.06, 1.04),
)


def sandals(stage: Stage, spec: Picture) -> None:
    """A pair from above: foam sandals with straps, or wooden clogs (``motif`` klompen)."""
    rng = stage.rng
    clog = spec.motif == "klompen"
    sole_colour = (
        rgb(spec.colour)
        if spec.colour
        else rng.choice((rgb("b4503a"), rgb("31486b"), rgb("55703f"), rgb("c98a2b"), rgb("3b3436"), rgb("8a4a6a")))
    )
    timber = rng.choice((rgb("b98a52"), rgb("8a5a30"), rgb("cfa66c")))
    cloth = batik(rng.choice(("kawung", "parang", "truntum", "ceplok")), rng.choice(list(DYES)))
    strap: Colour | Image.Image = (
        cloth
        if rng.random() < 0.55
        else rng.choice((rgb("3b2a22"), rgb("efe4d0"), darker(sole_colour, 0.4), rgb("7a4a2a")))
    )
    tilt = rng.uniform(-16, 16)
    scale = rng.uniform(400, 440)
    wide = clog or rng.random() < 0.4
    for s in (-1, 1):
        cx, cy = 640 + s * scale * 0.62, 640 + s * rng.uniform(-10, 50)
        angle = tilt + s * rng.uniform(3, 9)
        place = partial(_placed, side=s, scale=scale, angle=angle, at=(cx, cy))
        outline = place(smooth(SOLE, 6, closed=True))
        edge = relief(
            stage,
            [(x - stage.light * 8, y + 16) for x, y in outline],
            darker(timber if clog else sole_colour, 0.45),
            soft=6,
        )
        stage.drop(edge.mask, edge.at, (-stage.light * 30, 34), 8, 180)
        stage.add(edge)
        top: Colour | Image.Image = filled(wood(timber), (720, 720), rng) if clog else sole_colour
        stage.add(relief(stage, outline, top, soft=16, depth=0.8))
        inner = place(smooth(SOLE, 6, closed=True), 0.9)
        if not clog:
            stage.add(relief(stage, inner, lighter(sole_colour, 0.16), soft=12, depth=0.7))
            for i in range(9):
                y = -0.7 + i * 0.18
                ridge = place(
                    smooth(
                        [(-0.34, y), (0, y + 0.04), (0.3, y), (0.3, y + 0.03), (0, y + 0.07), (-0.34, y + 0.03)],
                        4,
                        closed=True,
                    ),
                    0.9,
                )
                stage.add(relief(stage, ridge, lighter(sole_colour, 0.05), soft=3, depth=0.8))
        stage.settle()
        _straps(stage, place, strap, wide=wide)
        stage.settle()
    if rng.random() < 0.6:
        tag(stage, spec, 640, 1210, 260)


def _placed(
    points: Sequence[Point], grow: float = 1.0, *, side: int, scale: float, angle: float, at: Point
) -> list[Point]:
    """Points of a right sole on the picture, mirrored for the left one."""
    return turned([(-side * x * scale * grow, y * scale * grow) for x, y in points], angle, (0, 0), at)


def _straps(
    stage: Stage, put: Callable[[Sequence[Point]], list[Point]], strap: Colour | Image.Image, *, wide: bool
) -> None:
    if wide:
        rings = [
            smooth(
                [
                    (-0.56, -0.5),
                    (-0.2, -0.66),
                    (0.22, -0.64),
                    (0.53, -0.44),
                    (0.5, 0.0),
                    (0.18, -0.16),
                    (-0.2, -0.14),
                    (-0.52, 0.02),
                ],
                6,
                closed=True,
            )
        ]
    else:
        rings = [
            smooth(
                [(-0.02, -0.66), (0.04, -0.62), (-0.2, -0.36), (-0.44, 0.06), (-0.55, 0.1), (-0.38, -0.32)],
                6,
                closed=True,
            ),
            smooth(
                [(0.04, -0.66), (-0.04, -0.62), (0.18, -0.36), (0.36, 0.06), (0.47, 0.1), (0.36, -0.32)], 6, closed=True
            ),
        ]
    for ring in rings:
        thing = relief(stage, put(ring), strap, soft=16, depth=1.4)
        stage.drop(thing.mask, thing.at, (-stage.light * 14, 16), 4, 150)
        stage.add(thing)


def incense(stage: Stage, spec: Picture) -> None:
    """Sticks in a holder with a thread of smoke, and their box."""
    rng = stage.rng
    main = brand_colour(stage, spec)
    cx, base = 500 - stage.light * 60, GROUND - 90
    half, tall = rng.uniform(150, 180), rng.uniform(190, 240)
    clay = rng.choice((rgb("b4603a"), rgb("31486b"), rgb("6d7a55"), rgb("3b3436"), rgb("c9a27a")))
    body = Turned(
        cx,
        base,
        profile((0, half * 0.7), (0, half * 0.7), (tall * 0.5, half), (tall, half * 0.8), (tall, half * 0.8)),
        0.24,
    )
    stand(
        stage, [turn(stage, body, clay, gloss=0.4), disc(stage, body, tall, clay, hollow=True)], cx, base, half * 0.72
    )
    tip = rgb(spec.colour) if spec.colour else rng.choice((rgb("5a3a2a"), rgb("7a3040"), rgb("3f5a3a"), rgb("2f2a28")))
    draw = ImageDraw.Draw(stage.image)
    for i in range(rng.randint(14, 22)):
        lean = rng.uniform(-0.34, 0.34)
        x0 = cx + lean * half * 1.3
        x1, y1 = cx + lean * 900, base - tall - rng.uniform(470, 600)
        mid = (x0 + (x1 - x0) * 0.3, base - tall + (y1 - base + tall) * 0.3)
        draw.line([(x0, base - tall + 8), mid], fill=rgb("d8b070") if i % 3 else rgb("b0502a"), width=6)
        draw.line([mid, (x1, y1)], fill=mix(tip, (255, 240, 220), rng.uniform(0, 0.2)), width=10)
        draw.ellipse((x1 - 5, y1 - 5, x1 + 5, y1 + 5), fill=rgb("e8703a") if i % 5 == 0 else tip)
    lip = Thing(
        lit(
            Image.new("RGB", cut(body.band(tall - 6, tall + 2))[0].size, lighter(clay, 0.2)),
            Image.new("L", cut(body.band(tall - 6, tall + 2))[0].size, 140),
        ),
        *cut(body.band(tall - 6, tall + 2)),
    )
    stage.add(lip)
    stage.settle()
    steam(stage, cx, base - tall - 560, 330)
    bx, w, h = cx + 420, 230, rng.uniform(560, 640)
    card = label(rng, (w, int(h)), spec.title, spec.brand, spec.note, main)
    face = quad(
        card,
        [
            (bx - w / 2, GROUND - 40 - h),
            (bx - w / 2, GROUND - 40),
            (bx + w / 2, GROUND - 40),
            (bx + w / 2, GROUND - 40 - h),
        ],
        slope(stage.light),
    )
    s = stage.light
    e = bx - s * w / 2
    side = [(e, GROUND - 40 - h), (e, GROUND - 40), (e - s * 74, GROUND - 66), (e - s * 74, GROUND - 66 - h)]
    flank = quad(
        Image.new("RGB", (20, 60), darker(main, 0.1)), side if s < 0 else [side[3], side[2], side[1], side[0]], 82
    )
    stage.contact(bx - s * 30, GROUND - 44, w * 0.62, 16)
    stage.cast(face, GROUND - 40)
    stage.add(flank)
    stage.add(face)


def mats(stage: Stage, spec: Picture) -> None:
    """Rolled mats standing together, tied with cord."""
    rng = stage.rng
    first = rgb(spec.colour) if spec.colour else STRAW
    accents = rng.sample([rgb("8a2a3a"), rgb("3f5a3a"), rgb("31486b"), rgb("c98a2b"), rgb("6d2f6a"), rgb("b4503a")], 3)
    for i, (cx, tall) in enumerate(
        ((360, rng.uniform(700, 860)), (930, rng.uniform(640, 800)), (645, rng.uniform(560, 700)))
    ):
        base = GROUND - (30 if i < 2 else -20)
        half = rng.uniform(122, 150)
        body = Turned(cx, base, profile((0, half), (0, half), (tall, half), (tall, half)), 0.24)
        sheet, _ = cut(body.outline())
        plait = filled(weave("twill", first, mix(first, accents[i], 0.35)), sheet.size, rng)
        pen = ImageDraw.Draw(plait)
        for j in range(rng.randint(2, 4)):
            y = sheet.height * (0.12 + 0.24 * j + rng.uniform(-0.03, 0.03))
            pen.rectangle((0, y, sheet.width, y + rng.uniform(16, 40)), fill=accents[i])
        roll = turn(stage, body, first, gloss=0.03, wrap=plait)
        top = disc(stage, body, tall, lighter(first, 0.1))
        spiral = ImageDraw.Draw(top.image)
        path = [
            (
                top.image.width / 2 + math.cos(a / 3) * a * half / 62,
                top.image.height / 2 + math.sin(a / 3) * a * half * 0.24 / 62,
            )
            for a in range(60)
        ]
        spiral.line(path, fill=darker(first, 0.45), width=5, joint="curve")
        stand(stage, [roll, top], cx, base, half)
        for h in (0.25, 0.72):
            stage.add(relief(stage, body.band(tall * h, tall * h + 12), rgb("7a5230"), soft=4, depth=1.4))
        stage.settle()
    tag(stage, spec, 640 + rng.choice((-1, 1)) * 250, GROUND + 130, 260)
