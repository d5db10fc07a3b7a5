"""Turned packs: jars, bottles, cups and tins."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

from kendedes.demo.pictures.colour import Colour, darker, is_dark, lighter, lit, mix, rgb
from kendedes.demo.pictures.forms.common import GROUND, around, brand_colour, goods_colour, plinth, stand, stuck
from kendedes.demo.pictures.labels import CREAM, INK, fitted
from kendedes.demo.pictures.pieces import KINDS, strew
from kendedes.demo.pictures.solids import Turned, disc, moved, profile, turn
from kendedes.demo.pictures.spec import Picture
from kendedes.demo.pictures.stage import Stage, Thing, cut


def jar(stage: Stage, spec: Picture) -> None:
    """A glass jar with a lid."""
    rng = stage.rng
    cx = 640 + rng.uniform(-70, 70)
    half = rng.uniform(262, 325)
    tall = half * rng.uniform(1.85, 2.45)
    base = plinth(stage, cx, half + rng.uniform(60, 110))
    if rng.random() < 0.4:
        _one_jar(
            stage,
            spec,
            cx - stage.light * half * 1.55,
            base - 46 if base == GROUND else GROUND - 40,
            half * 0.78,
            tall * 0.82,
        )
    _one_jar(stage, spec, cx, base, half, tall)
    around(stage, spec, cx, base, half)


def _one_jar(stage: Stage, spec: Picture, cx: float, base: float, half: float, tall: float) -> None:
    rng = stage.rng
    neck = half * rng.uniform(0.8, 0.9)
    body = Turned(
        cx,
        base,
        profile(
            (0, half * 0.93),
            (0, half * 0.93),
            (26, half),
            (tall * 0.76, half),
            (tall * 0.9, neck * 1.02),
            (tall, neck),
            (tall, neck),
        ),
    )
    goods = goods_colour(spec)
    wrap = None
    if spec.fill in KINDS:
        w, h = int(half * 2) + 8, int(tall) + 80
        wrap = Image.new("RGB", (w, h), darker(goods, 0.4))
        strew(wrap, spec.fill, (0, tall * 0.1, w, h), int(half * rng.uniform(0.3, 0.4)), rng, stage.light)
    main = brand_colour(stage, spec)
    glass = turn(stage, body, goods, gloss=0.75, wrap=wrap, dress=lambda d, at: _air(d, body, at, tall))
    lid_r = neck * 1.1
    lid = Turned(cx, base - tall * 0.96, profile((0, lid_r), (0, lid_r), (tall * 0.13, lid_r), (tall * 0.13, lid_r)))
    lid_colour = rng.choice((main, rgb("c9a45c"), rgb("d8d2c4"), darker(main, 0.3)))

    def ridges(draw: ImageDraw.ImageDraw, at: tuple[int, int]) -> None:
        _ridges(draw, lid, at, tall * 0.13, darker(lid_colour, 0.25))

    things = [
        glass,
        turn(stage, lid, lid_colour, gloss=0.6, dress=ridges),
        disc(stage, lid, tall * 0.13, lighter(lid_colour, 0.15)),
    ]
    stand(stage, things, cx, base, half)
    stage.add(stuck(stage, spec, body, tall * 0.12, tall * rng.uniform(0.66, 0.74), rng.uniform(0.74, 0.9), main))
    stage.settle()


def _air(draw: ImageDraw.ImageDraw, body: Turned, at: tuple[int, int], tall: float) -> None:
    """The empty top of the glass is lighter than the goods."""
    ring = [(x - at[0], y - at[1]) for x, y in body.band(tall * 0.9, tall)]
    draw.polygon(ring, fill=(222, 214, 198))


def _ridges(draw: ImageDraw.ImageDraw, body: Turned, at: tuple[int, int], tall: float, colour: Colour) -> None:
    for i in range(1, 46):
        u = math.sin(-math.pi / 2 + math.pi * i / 46)
        (x0, y0), (x1, y1) = body.at(u, tall * 0.16), body.at(u, tall * 0.9)
        draw.line([(x0 - at[0], y0 - at[1]), (x1 - at[0], y1 - at[1])], fill=colour, width=3)


def bottle(stage: Stage, spec: Picture) -> None:
    """One bottle, or three in a row."""
    rng = stage.rng
    count = rng.choice((1, 1, 2, 3))
    half = {1: rng.uniform(168, 200), 2: 166, 3: 148}[count]
    tall = half * (rng.uniform(4.1, 4.7) if count == 1 else 4.8)
    base = plinth(stage, 640, half * (1.7 if count == 1 else count * 1.25) + 40)
    shape = rng.randrange(4)
    main = brand_colour(stage, spec)
    spots = ((640 + rng.uniform(-60, 60),), (440.0, 815.0), (300.0, 980.0, 640.0))[count - 1]
    for i, cx in enumerate(spots):
        back = count == 3 and i < 2
        _one_bottle(
            stage,
            spec,
            cx,
            base - (34 if back else 0),
            half * (0.92 if back else 1),
            tall * (0.92 if back else 1),
            shape,
            main,
        )
    around(stage, spec, spots[-1], base, half if count == 1 else half * 1.6)


def _one_bottle(
    stage: Stage, spec: Picture, cx: float, base: float, half: float, tall: float, shape: int, main: Colour
) -> None:
    neck = half * (0.36, 0.3, 0.46, 0.4)[shape]
    points = (
        (
            (0, half * 0.95),
            (0, half * 0.95),
            (20, half),
            (tall * 0.6, half),
            (tall * 0.72, half * 0.8),
            (tall * 0.82, neck),
            (tall, neck),
            (tall, neck),
        ),
        (
            (0, half * 0.9),
            (0, half * 0.9),
            (20, half * 0.97),
            (tall * 0.5, half),
            (tall * 0.66, half * 0.72),
            (tall * 0.78, neck * 1.1),
            (tall, neck),
            (tall, neck),
        ),
        (
            (0, half * 0.95),
            (0, half * 0.95),
            (20, half),
            (tall * 0.68, half),
            (tall * 0.68, half),
            (tall * 0.78, neck * 1.4),
            (tall * 0.84, neck),
            (tall, neck),
            (tall, neck),
        ),
        (
            (0, half * 0.8),
            (0, half * 0.8),
            (30, half),
            (tall * 0.3, half),
            (tall * 0.42, half * 0.86),
            (tall * 0.58, half),
            (tall * 0.74, half * 0.62),
            (tall * 0.84, neck),
            (tall, neck),
            (tall, neck),
        ),
    )[shape]
    body = Turned(cx, base, profile(*points))
    goods = goods_colour(spec)

    def dress(draw: ImageDraw.ImageDraw, at: tuple[int, int]) -> None:
        draw.polygon(moved(body.band(tall * 0.86, tall), at), fill=mix(goods, (235, 228, 214), 0.65))
        draw.polygon(moved(body.band(tall * 0.0, tall * 0.05), at), fill=darker(goods, 0.3))

    cap_h, cap_r = tall * 0.11, neck * 1.16
    cap = Turned(cx, base - tall * 0.93, profile((0, cap_r), (0, cap_r), (cap_h, cap_r * 0.97), (cap_h, cap_r * 0.97)))
    cap_colour = stage.rng.choice((main, rgb("c9a45c"), (240, 234, 220), darker(main)))
    things = [
        turn(stage, body, goods, gloss=0.9, dress=dress),
        turn(
            stage, cap, cap_colour, gloss=0.5, dress=lambda d, at: _ridges(d, cap, at, cap_h, darker(cap_colour, 0.2))
        ),
        disc(stage, cap, cap_h, lighter(cap_colour, 0.2)),
    ]
    stand(stage, things, cx, base, half)
    top = 0.4 if shape == 3 else (0.56, 0.46, 0.62)[shape]
    low = 0.08 if shape != 3 else 0.06
    stage.add(stuck(stage, spec, body, tall * low, tall * top, 0.86, main))
    stage.settle()


def cup(stage: Stage, spec: Picture) -> None:
    """A clear cup with a sealed film, as juices and jellies are sold."""
    rng = stage.rng
    spots = rng.choice(([640.0], [430.0, 850.0], [330.0, 960.0, 645.0]))
    half = 188 if len(spots) > 1 else 255
    tall = half * 2.5
    main = brand_colour(stage, spec)
    for i, cx in enumerate(spots):
        base = GROUND - (36 if len(spots) == 3 and i < 2 else 0)
        body = Turned(cx, base, profile((0, half * 0.74), (0, half * 0.74), (tall, half), (tall, half)))
        goods = goods_colour(spec)
        things = [turn(stage, body, goods, gloss=0.8), disc(stage, body, tall, lighter(main, 0.2), scale=1.05)]
        stand(stage, things, cx, base, half * 0.76)
        mask, at = cut(body.rim(tall, 0.86))
        lid = Image.new("RGB", mask.size, main)
        ImageDraw.Draw(lid).text(
            (mask.width / 2, mask.height / 2),
            spec.title,
            font=fitted(spec.title, mask.width * 0.7, 34, 800),
            fill=CREAM if is_dark(main) else INK,
            anchor="mm",
        )
        stage.add(Thing(lit(lid, Image.new("L", mask.size, 142)), mask, at))
        stage.add(stuck(stage, spec, body, tall * 0.18, tall * 0.74, 0.8, main))
        stage.settle()
    around(stage, spec, spots[-1], GROUND, half * 1.1)


def tin(stage: Stage, spec: Picture) -> None:
    """A cylinder with a printed wrap: a tin or paper can."""
    rng = stage.rng
    cx, half = 640 + rng.uniform(-60, 60), rng.uniform(270, 325)
    tall = half * rng.uniform(1.9, 2.5)
    base = plinth(stage, cx, half + 100)
    main = brand_colour(stage, spec)
    body = Turned(cx, base, profile((0, half), (0, half), (tall, half), (tall, half)))
    lid = Turned(
        cx,
        base - tall * 0.93,
        profile((0, half * 1.03), (0, half * 1.03), (tall * 0.1, half * 1.03), (tall * 0.1, half * 1.03)),
    )
    metal = rng.choice((rgb("cdc6b8"), rgb("c9a45c"), darker(main)))
    things = [
        turn(stage, body, main, gloss=0.35),
        turn(stage, lid, metal, gloss=0.6),
        disc(stage, lid, tall * 0.1, lighter(metal, 0.2)),
    ]
    stand(stage, things, cx, base, half)
    stage.add(stuck(stage, spec, body, tall * 0.03, tall * 0.9, 0.985, main))
    stage.settle()
    around(stage, spec, cx, base, half)
