"""Topeng, the masks of the Malang Panji plays."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

from PIL import ImageFilter, ImageOps

from kendedes.demo.pictures.colour import Colour, lighter, rgb
from kendedes.demo.pictures.forms.common import GROUND, tag
from kendedes.demo.pictures.solids import relief
from kendedes.demo.pictures.spec import Picture
from kendedes.demo.pictures.stage import Point, Stage, Thing, oval, smooth, turned

type Place = Callable[[float, float], Point]
GOLD = rgb("d9a63c")


# face, lips, hair or beard, has fangs or moustache; the characters of the Malang Panji plays
FACES: dict[str, tuple[Colour, bool, float]] = {
    "panji": (rgb("5f8a5a"), False, 0.8),
    "sekartaji": (rgb("f0e6d2"), False, 0.7),
    "klana": (rgb("b02a22"), True, 1.25),
    "gunungsari": (rgb("e9dcc0"), False, 0.85),
    "ragil": (rgb("e3b83e"), False, 0.72),
    "bapang": (rgb("c8382a"), True, 1.35),
    "patrajaya": (rgb("c9a27a"), True, 1.1),
    "sabrang": (rgb("4a6a9a"), True, 1.2),
}


def mask(stage: Stage, spec: Picture) -> None:
    """A topeng of the Panji plays, hung on the wall or leaning on a stand."""
    rng = stage.rng
    colour, fierce, eye = FACES.get(spec.motif, FACES["panji"])
    cx, cy = 640 + rng.uniform(-30, 30), 640.0
    k = rng.uniform(0.98, 1.1)

    def at(x: float, y: float) -> Point:
        return cx + x * k, cy + y * k

    jaw = 200 if fierce else 170
    face = smooth(
        [
            at(-250, -150),
            at(-268, 20),
            at(-jaw - 30, 190),
            at(-90, 330),
            at(0, 372),
            at(90, 330),
            at(jaw + 30, 190),
            at(268, 20),
            at(250, -150),
            at(150, -270),
            at(-150, -270),
        ],
        8,
        closed=True,
    )
    thing = relief(stage, face, colour, soft=66, depth=1.25)
    stage.drop(thing.mask, thing.at, (-stage.light * 46, 40), 12, 165)
    _crown(stage, at, rng, fierce=fierce)
    stage.settle()
    stage.add(thing)
    _features(stage, at, colour, eye, fierce=fierce)
    _diadem(stage, at, rng)
    stage.settle()
    if rng.random() < 0.5:
        tag(stage, spec, cx + rng.choice((-1, 1)) * 380, GROUND + 120, 240)


def _crown(stage: Stage, spot: Place, rng: random.Random, *, fierce: bool) -> None:
    rows = rng.choice((7, 9, 11))
    for i in range(rows):
        a = math.pi * (0.06 + 0.88 * i / (rows - 1))
        tall = (190 if fierce else 160) + 90 * math.sin(a) ** 3
        x, y = -math.cos(a) * 236, -150 - math.sin(a) * 150
        leaf = smooth(
            [(0, 40), (0, 40), (58, -40), (36, -tall * 0.7), (0, -tall), (0, -tall), (-36, -tall * 0.7), (-58, -40)],
            6,
            closed=True,
        )
        lean = math.degrees(a) - 90
        stage.add(
            relief(
                stage,
                [spot(x + px, y + py) for px, py in turned(leaf, lean * 0.62)],
                GOLD if i % 2 == 0 else rgb("9a2a26"),
                soft=14,
                depth=1.3,
            )
        )
        inner = [(px * 0.5, py * 0.62 - 8) for px, py in leaf]
        stage.add(
            relief(
                stage,
                [spot(x + px, y + py) for px, py in turned(inner, lean * 0.62)],
                rgb("9a2a26") if i % 2 == 0 else GOLD,
                soft=7,
                depth=1.2,
            )
        )


def _diadem(stage: Stage, spot: Place, rng: random.Random) -> None:
    band = [spot(-262 + 524 * i / 16, -168 - 70 * math.sin(math.pi * i / 16)) for i in range(17)]
    low = [spot(-258 + 516 * i / 16, -118 - 62 * math.sin(math.pi * i / 16)) for i in range(17)]
    stage.add(relief(stage, [*band, *reversed(low)], GOLD, soft=10, depth=1.3))
    gem = rng.choice((rgb("2f6a5a"), rgb("a02a2a"), rgb("2f4a8a")))
    for i in range(9):
        x, y = -220 + 55 * i, -140 - 64 * math.sin(math.pi * (i + 0.6) / 9.2)
        stage.add(
            relief(
                stage,
                [spot(x + px, y + py) for px, py in oval(0, 0, 17, 15, 24)],
                gem if i % 2 == 0 else rgb("f4ead0"),
                soft=6,
                depth=1.6,
            )
        )
    rosette = smooth(
        [
            (math.cos(a) * r, math.sin(a) * r)
            for a, r in ((2 * math.pi * i / 16, 64 if i % 2 else 44) for i in range(16))
        ],
        5,
        closed=True,
    )
    stage.add(relief(stage, [spot(px, -224 + py) for px, py in rosette], GOLD, soft=10, depth=1.5))
    stage.add(relief(stage, [spot(px, -224 + py) for px, py in oval(0, 0, 24, 24, 24)], gem, soft=8, depth=1.8))
    for s in (-1, 1):
        ear = smooth(
            [(s * 250, -110), (s * 318, -150), (s * 330, -40), (s * 296, 90), (s * 262, 120), (s * 262, 0)],
            6,
            closed=True,
        )
        stage.add(relief(stage, [spot(x, y) for x, y in ear], GOLD, soft=14, depth=1.3))


def _features(stage: Stage, spot: Place, colour: Colour, eye: float, *, fierce: bool) -> None:

    def put(ring: Sequence[Point], c: Colour, soft: float = 6.0, depth: float = 1.0) -> None:
        stage.add(relief(stage, [spot(x, y) for x, y in ring], c, soft=soft, depth=depth))

    dark, white = rgb("241612"), rgb("f6eeda")
    for s in (-1, 1):
        brow = smooth(
            [(s * 34, -64), (s * 96, -112), (s * 168, -104), (s * 222, -58), (s * 170, -86), (s * 98, -88)],
            6,
            closed=True,
        )
        put(brow, dark, 5)
        h = 30 * eye
        white_ring = smooth(
            [
                (s * 40, -8),
                (s * 40, -8),
                (s * 92, -34 - h * 0.5),
                (s * 150, -30 - h * 0.4),
                (s * 206, -34),
                (s * 206, -34),
                (s * 150, 6 + h * 0.35),
                (s * 88, 12 + h * 0.3),
            ],
            6,
            closed=True,
        )
        put([(x + (s * 3), y - 5) for x, y in white_ring], dark, 4)
        put(white_ring, white, 9)
        put(oval(s * 122, -14, 21 * eye, 21 * eye, 24), dark, 9, 1.4)
        put(oval(s * 122 - 7 * s, -22, 6, 6, 16), white, 2)
        cheek = oval(s * 150, 92, 66, 52, 30)
        blush = relief(stage, [spot(x, y) for x, y in cheek], lighter(colour, 0.1), soft=40, depth=0.7)
        blush.mask = ImageOps.expand(blush.mask, 30).filter(ImageFilter.GaussianBlur(20)).point(lambda v: v * 0.7)
        blush.image = ImageOps.expand(blush.image, 30, colour)
        stage.add(Thing(blush.image, blush.mask, (blush.at[0] - 30, blush.at[1] - 30)))
    nose = smooth(
        [(-20, -60), (-24, 40), (-58, 104), (-40, 130), (0, 142), (40, 130), (58, 104), (24, 40), (20, -60)],
        6,
        closed=True,
    )
    put(nose, lighter(colour, 0.06), 18, 1.5)
    lip = rgb("a02a2a") if colour[0] < 190 or fierce else rgb("b8423a")
    if fierce:
        put(
            smooth(
                [(-132, 190), (-60, 176), (0, 184), (60, 176), (132, 190), (90, 250), (0, 268), (-90, 250)],
                6,
                closed=True,
            ),
            rgb("5a1414"),
            8,
        )
        put(smooth([(-112, 196), (0, 192), (112, 196), (80, 222), (0, 230), (-80, 222)], 6, closed=True), white, 6)
        for i in range(-3, 4):
            put([(i * 27 - 2, 192), (i * 27 + 2, 192), (i * 27 + 2, 229), (i * 27 - 2, 229)], rgb("6a3a34"), 2)
        for s in (-1, 1):
            put(
                smooth(
                    [
                        (0, 152),
                        (0, 152),
                        (s * 70, 140),
                        (s * 150, 160),
                        (s * 196, 128),
                        (s * 196, 128),
                        (s * 160, 186),
                        (s * 80, 172),
                    ],
                    6,
                    closed=True,
                ),
                dark,
                6,
                1.2,
            )
    else:
        put(
            smooth(
                [(-74, 204), (-34, 190), (0, 200), (34, 190), (74, 204), (40, 216), (0, 214), (-40, 216)],
                6,
                closed=True,
            ),
            lip,
            6,
        )
        put(
            smooth([(-64, 212), (0, 218), (64, 212), (34, 242), (0, 248), (-34, 242)], 6, closed=True),
            lighter(lip, 0.12),
            9,
            1.2,
        )
    for ring in (oval(0, -104, 15, 15, 20), oval(0, 290, 10, 8, 16)):
        put(ring, GOLD if not fierce else dark, 5)
