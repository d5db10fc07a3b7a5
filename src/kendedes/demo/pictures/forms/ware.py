"""Things for the house: pots, mortars, baskets, woodware, bamboo and lamps."""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageDraw

from kendedes.demo.pictures.colour import Colour, darker, lighter, lit, mix, rgb
from kendedes.demo.pictures.forms.common import (
    GROUND,
    STRAW,
    brand_colour,
    goods_colour,
    heap,
    plinth,
    stand,
    stuck,
    tag,
)
from kendedes.demo.pictures.patterns import filled, stone, weave, wood
from kendedes.demo.pictures.pieces import lay, scatter
from kendedes.demo.pictures.solids import Turned, disc, moved, profile, relief, turn
from kendedes.demo.pictures.spec import Picture
from kendedes.demo.pictures.stage import Point, Stage, Thing, cut, smooth, turned


def pot(stage: Stage, spec: Picture) -> None:
    """Earthenware: a jug, a vase, a water pot or a flower pot, plain, banded or glazed; sometimes with twigs."""
    rng = stage.rng
    cx = 640 + rng.uniform(-80, 80)
    base = plinth(stage, cx, 330)
    half, tall = rng.uniform(270, 310), rng.uniform(560, 640)
    shapes: tuple[tuple[Point, ...], ...] = (
        (
            (0, 0.45),
            (0, 0.45),
            (0.18, 0.78),
            (0.4, 1.0),
            (0.62, 0.86),
            (0.8, 0.46),
            (0.92, 0.4),
            (1.0, 0.52),
            (1.0, 0.52),
        ),
        ((0, 0.4), (0, 0.4), (0.3, 0.72), (0.62, 0.94), (0.8, 0.8), (0.9, 0.5), (1.0, 0.56), (1.0, 0.56)),
        (
            (0, 0.62),
            (0, 0.62),
            (0.5, 0.84),
            (0.86, 1.0),
            (0.86, 1.0),
            (0.87, 1.06),
            (0.87, 1.06),
            (1.0, 1.06),
            (1.0, 1.06),
        ),
        (
            (0, 0.5),
            (0, 0.5),
            (0.1, 0.6),
            (0.3, 0.98),
            (0.55, 0.9),
            (0.7, 0.5),
            (0.86, 0.3),
            (0.96, 0.34),
            (1.0, 0.42),
            (1.0, 0.42),
        ),
        ((0, 0.55), (0, 0.55), (0.25, 0.95), (0.5, 1.0), (0.75, 0.85), (0.88, 0.62), (1.0, 0.7), (1.0, 0.7)),
    )
    which = rng.randrange(len(shapes))
    if which in {2, 4}:
        tall *= 0.78
    body = Turned(cx, base, profile(*((h * tall, r * half) for h, r in shapes[which])))
    clay = (
        goods_colour(spec)
        if spec.colour
        else rng.choice((rgb("b4603a"), rgb("a04a2c"), rgb("c98a5c"), rgb("6d4a38"), rgb("4a3a36")))
    )
    second = rng.choice((lighter(clay, 0.5), darker(clay, 0.5), rgb("31486b"), rgb("efe4d0")))
    bands = sorted(rng.sample(range(2, 17), rng.randint(1, 4)))
    glazed = rng.random() < 0.35

    def dress(draw: ImageDraw.ImageDraw, at: tuple[int, int]) -> None:
        if glazed:
            edge = [
                body.at(
                    math.sin(-1.57 + 3.14 * i / 40),
                    tall * (0.5 + 0.06 * math.sin(i * 0.9 + which) + 0.04 * math.sin(i * 2.3)),
                )
                for i in range(41)
            ]
            draw.polygon(
                moved([*edge, (cx + half * 1.2, base - tall * 1.1), (cx - half * 1.2, base - tall * 1.1)], at),
                fill=second,
            )
        for b in bands:
            h = tall * b / 20
            draw.polygon(moved(body.band(h, h + tall * 0.012), at), fill=darker(clay, 0.35))
            if not glazed and b % 2:
                for i in range(25):
                    u = math.sin(-1.5 + 3.0 * i / 24)
                    x, y = body.at(u, h + tall * 0.045)
                    k = 11 * math.cos(-1.5 + 3.0 * i / 24)
                    draw.polygon(moved([(x - k, y), (x, y - 13), (x + k, y), (x, y + 13)], at), fill=second)

    mask, _ = cut(body.outline())
    thing = turn(
        stage, body, clay, gloss=0.6 if glazed else 0.04, dress=dress, wrap=filled(stone(clay), mask.size, rng)
    )
    if rng.random() < 0.4 and which != 2:
        _twigs(stage, cx, base - tall * 0.97, body.radius(tall))
    rim = cut(body.rim(tall))
    lip = Thing(
        lit(Image.new("RGB", rim[0].size, lighter(second if glazed else clay, 0.25)), Image.new("L", rim[0].size, 146)),
        *rim,
    )
    stand(
        stage,
        [thing, lip, disc(stage, body, tall, darker(clay, 0.3), scale=0.86, hollow=True)],
        cx,
        base,
        body.radius(0),
    )
    if rng.random() < 0.5:
        tag(stage, spec, cx + rng.choice((-1, 1)) * 380, GROUND + 90, 230)


def _twigs(stage: Stage, cx: float, y: float, spread: float) -> None:
    """Dry stems with flowers behind the lip."""
    rng = stage.rng
    draw = ImageDraw.Draw(stage.image)
    for _ in range(rng.randint(5, 9)):
        lean, tall = rng.uniform(-0.55, 0.55), rng.uniform(230, 400)
        path = smooth(
            [(cx + lean * 40, y + 20), (cx + lean * tall * 0.5, y - tall * 0.55), (cx + lean * tall * 1.1, y - tall)], 8
        )
        draw.line(path, fill=rgb("7a5c38"), width=5, joint="curve")
        for t in range(3):
            lay(
                stage.image,
                "leaf",
                (path[6 + t * 3][0] + rng.uniform(-14, 14), path[6 + t * 3][1]),
                54,
                rng,
                stage.light,
            )
        lay(stage.image, "flower", path[-1], rng.randint(64, 92), rng, stage.light)


def mortar(stage: Stage, spec: Picture) -> None:
    """A stone mortar with its pestle and the makings of a sambal."""
    rng = stage.rng
    cx, base = 620 + rng.uniform(-40, 40), GROUND - 90
    grey = rng.choice((rgb("55524e"), rgb("6a655e"), rgb("45413f"), rgb("77706a")))
    half, tall = rng.uniform(420, 470), rng.uniform(250, 300)
    body = Turned(
        cx,
        base,
        profile(
            (0, half * 0.5),
            (0, half * 0.5),
            (tall * 0.16, half * 0.52),
            (tall * 0.4, half * 0.74),
            (tall * 0.8, half * 0.98),
            (tall, half),
            (tall, half),
        ),
        0.3,
    )
    mask, _ = cut(body.outline())
    bowl = turn(stage, body, grey, gloss=0.0, wrap=filled(stone(grey), mask.size, rng))
    rim = cut(body.rim(tall))
    lip = Thing(lit(filled(stone(lighter(grey, 0.12)), rim[0].size, rng), Image.new("L", rim[0].size, 148)), *rim)
    stand(
        stage, [bowl, lip, disc(stage, body, tall, darker(grey, 0.25), scale=0.88, hollow=True)], cx, base, half * 0.55
    )
    top = base - tall
    for kind, count in (("chili", 9), ("shallot", 4), ("garlic", 3), ("chili_green", 4)):
        scatter(stage.image, kind, (cx + rng.uniform(-60, 60), top + 26), (220, 60), count, 84, rng, stage.light)
    angle = rng.uniform(28, 44) * rng.choice((-1, 1))
    stick = [
        (-52, 60),
        (-60, 10),
        (-40, -120),
        (-34, -270),
        (-40, -330),
        (0, -352),
        (40, -330),
        (34, -270),
        (40, -120),
        (60, 10),
        (52, 60),
        (0, 84),
    ]
    pestle = relief(
        stage,
        turned(smooth(stick, 6, closed=True), angle, (0, 0), (cx, top + 10)),
        filled(stone(grey), (720, 720), rng),
        soft=30,
        depth=1.5,
    )
    stage.drop(pestle.mask, pestle.at, (-stage.light * 26, 26), 5, 110)
    stage.add(pestle)
    stage.settle()
    scatter(stage.image, "chili", (cx - stage.light * 420, GROUND + 70), (140, 36), 5, 100, rng, stage.light)
    if rng.random() < 0.6:
        tag(stage, spec, cx + stage.light * 400, GROUND + 110, 240)


def basket(stage: Stage, spec: Picture) -> None:
    """A plaited basket, with handle or lid, empty or full."""
    rng = stage.rng
    cx, base = 640 + rng.uniform(-60, 60), GROUND
    first = rgb(spec.colour) if spec.colour else rng.choice((STRAW, rgb("c39052"), rgb("e0c48e"), rgb("8a5a30")))
    second = rng.choice((darker(first, 0.3), rgb("7a3a2a"), rgb("3f5a3a"), rgb("31486b"), lighter(first, 0.4)))
    half, tall = rng.uniform(300, 360), rng.uniform(330, 470)
    flare = rng.uniform(0.66, 0.98)
    body = Turned(
        cx,
        base,
        profile(
            (0, half * flare), (0, half * flare), (tall * 0.5, half * (1 + flare) / 2 + 14), (tall, half), (tall, half)
        ),
        0.2,
    )
    plait = weave(rng.choice(("plain", "coil", "twill")), first, second)
    mask, _ = cut(body.outline())
    thing = turn(
        stage,
        body,
        first,
        gloss=0.0,
        wrap=filled(plait, mask.size, rng),
        dress=lambda d, at: d.line(
            [(x - at[0], y - at[1]) for x, y in body.band(tall * 0.9, tall)], fill=darker(first, 0.3), width=10
        ),
    )
    rim = cut(body.rim(tall))
    lip = Thing(lit(Image.new("RGB", rim[0].size, lighter(first, 0.15)), Image.new("L", rim[0].size, 140)), *rim)
    if rng.random() < 0.5:
        _handle(stage, cx, base - tall, half, first)
    stand(
        stage, [thing, lip, disc(stage, body, tall, darker(first, 0.2), scale=0.9, hollow=True)], cx, base, half * flare
    )
    if spec.fill:
        heap(
            stage, spec.fill, cx, base - tall + 4, half * 0.8, half * 0.14, rng.uniform(80, 140), rng.randint(110, 140)
        )
    tag(stage, spec, cx + rng.choice((-1, 1)) * 330, GROUND + 110, 230)


def _handle(stage: Stage, cx: float, y: float, half: float, colour: Colour) -> None:
    outer = [
        (cx + math.cos(math.pi * i / 30) * half * 0.96, y - math.sin(math.pi * i / 30) * half * 1.15) for i in range(31)
    ]
    inner = [
        (cx + math.cos(math.pi * i / 30) * half * 0.86, y - math.sin(math.pi * i / 30) * half * 1.05) for i in range(31)
    ]
    stage.add(
        relief(
            stage,
            [*outer, *reversed(inner)],
            filled(weave("coil", colour, darker(colour, 0.3)), (720, 720), stage.rng),
            soft=8,
            depth=1.3,
        )
    )


def woodware(stage: Stage, spec: Picture) -> None:
    """A cutting board, a bowl and a spoon."""
    rng = stage.rng
    colour = (
        rgb(spec.colour) if spec.colour else rng.choice((rgb("b07a42"), rgb("8a5a30"), rgb("c9985c"), rgb("6d4426")))
    )
    cx, base = 560 + rng.uniform(-40, 60), GROUND - 20
    w, h = rng.uniform(380, 460), rng.uniform(600, 680)
    edge = rng.choice((30, 120, w / 2 - 4))
    ring = smooth(
        [
            (cx - w / 2, base - edge),
            (cx - w / 2, base - h + edge),
            (cx - w / 2 + edge, base - h),
            (cx - 50, base - h),
            (cx - 44, base - h - 110),
            (cx, base - h - 150),
            (cx + 44, base - h - 110),
            (cx + 50, base - h),
            (cx + w / 2 - edge, base - h),
            (cx + w / 2, base - h + edge),
            (cx + w / 2, base - edge),
            (cx + w / 2 - edge, base),
            (cx - w / 2 + edge, base),
        ],
        6,
        closed=True,
    )
    board = relief(stage, ring, filled(wood(colour), (720, 720), rng), soft=12, depth=0.9)
    ImageDraw.Draw(board.mask).ellipse((board.mask.width / 2 - 18, 40, board.mask.width / 2 + 18, 76), fill=0)
    stage.cast(board, base, strength=120)
    stage.drop(board.mask, board.at, (-stage.light * 34, 20), 7, 120)
    stage.contact(cx, base, w / 2, 14)
    stage.add(board)
    stage.settle()
    bx, half, tall = cx + stage.light * -1 * 300, rng.uniform(210, 250), rng.uniform(150, 200)
    body = Turned(
        bx,
        GROUND + 50,
        profile((0, half * 0.5), (0, half * 0.5), (tall * 0.4, half * 0.86), (tall, half), (tall, half)),
        0.24,
    )
    mask, _ = cut(body.outline())
    other = mix(colour, (90, 50, 24), 0.25)
    rim = cut(body.rim(tall))
    lip = Thing(lit(filled(wood(lighter(other, 0.2)), rim[0].size, rng), Image.new("L", rim[0].size, 146)), *rim)
    stand(
        stage,
        [
            turn(stage, body, other, gloss=0.15, wrap=filled(wood(other).rotate(90), mask.size, rng)),
            lip,
            disc(stage, body, tall, other, scale=0.9, hollow=True),
        ],
        bx,
        GROUND + 50,
        half * 0.55,
    )
    spoon = smooth(
        [
            (-34, -40),
            (-40, 20),
            (0, 70),
            (40, 20),
            (34, -40),
            (14, -90),
            (12, -330),
            (0, -350),
            (-12, -330),
            (-14, -90),
        ],
        6,
        closed=True,
    )
    thing = relief(
        stage,
        turned(spoon, -stage.light * 62, (0, 0), (cx + stage.light * 250, GROUND + 110)),
        filled(wood(lighter(colour, 0.1)), (720, 720), rng),
        soft=9,
        depth=1.2,
    )
    stage.drop(thing.mask, thing.at, (-stage.light * 8, 12), 3, 150)
    stage.add(thing)
    stage.settle()
    if rng.random() < 0.5:
        tag(stage, spec, cx + stage.light * 330, GROUND - 10, 230)


def bamboo(stage: Stage, spec: Picture) -> None:
    """Cups and vases cut from the cane, or a woven lamp with its light on (``motif`` lampu)."""
    rng = stage.rng
    if spec.motif == "lampu":
        _lamp(stage, spec)
        return
    cane = rng.choice((rgb("c7a860"), rgb("a9a258"), rgb("8f7a44"), rgb("d6bd82")))
    count = rng.choice((2, 3, 4))
    for i in range(count):
        cx = 640 + (i - (count - 1) / 2) * rng.uniform(250, 290)
        half, tall = rng.uniform(96, 132), rng.uniform(300, 720)
        base = GROUND + (26 if i % 2 else -14)
        knots = sorted({round(tall * t) for t in (0.04, rng.uniform(0.3, 0.5), rng.uniform(0.65, 0.85))})
        points: list[Point] = [(0, half), (0, half)]
        for h in knots:
            points += [(h - 9, half), (h, half * 1.07), (h + 9, half)]
        body = Turned(cx, base, profile(*points, (tall, half), (tall, half), steps=4))
        wrap, _ = cut(body.outline())
        grainy = filled(wood(cane), wrap.size, rng)

        def dress(
            draw: ImageDraw.ImageDraw, at: tuple[int, int], body: Turned = body, knots: list[int] = knots
        ) -> None:
            for h in knots:
                draw.polygon([(x - at[0], y - at[1]) for x, y in body.band(h - 4, h + 4)], fill=darker(cane, 0.4))

        ring = cut(body.rim(tall))
        lip = Thing(lit(Image.new("RGB", ring[0].size, lighter(cane, 0.5)), Image.new("L", ring[0].size, 146)), *ring)
        stand(
            stage,
            [
                turn(stage, body, cane, gloss=0.3, dress=dress, wrap=grainy),
                lip,
                disc(stage, body, tall, darker(cane, 0.2), scale=0.82, hollow=True),
            ],
            cx,
            base,
            half,
        )
        if i == count // 2:
            stage.add(stuck(stage, spec, body, tall * 0.4, tall * 0.4 + 130, 0.7, brand_colour(stage, spec)))
            stage.settle()


def _lamp(stage: Stage, spec: Picture) -> None:
    rng = stage.rng
    cx = 640 + rng.uniform(-50, 50)
    base = plinth(stage, cx, 300)
    half, tall = rng.uniform(230, 280), rng.uniform(560, 680)
    belly = rng.uniform(0.6, 1.0)
    body = Turned(
        cx,
        base - 40,
        profile(
            (0, half * 0.62),
            (0, half * 0.62),
            (tall * 0.3, half),
            (tall * 0.6, half * belly),
            (tall, half * 0.5),
            (tall, half * 0.5),
        ),
    )
    sheet, _ = cut(body.outline())
    plait = filled(weave(rng.choice(("plain", "coil")), rgb("c9944a"), rgb("9a6428")), sheet.size, rng)
    shell = turn(stage, body, STRAW, gloss=0.0, wrap=plait)
    glow = ImageChops.invert(Image.radial_gradient("L")).resize(sheet.size, Image.Resampling.BICUBIC)
    shell.image = ImageChops.add(
        shell.image, Image.merge("RGB", [glow.point(lambda v, k=k: v * k) for k in (0.75, 0.5, 0.16)])
    )
    foot = Turned(cx, base, profile((0, half * 0.5), (0, half * 0.5), (44, half * 0.56), (44, half * 0.56)))
    halo = (
        ImageChops.invert(Image.radial_gradient("L"))
        .resize((1100, 1100), Image.Resampling.BICUBIC)
        .point(lambda v: v * 0.42)
    )
    stage.image.paste((255, 214, 140), (int(cx - 550), int(base - tall / 2 - 590)), halo)
    stand(stage, [turn(stage, foot, rgb("5a3a22"), gloss=0.1), shell], cx, base, half * 0.52)
    tag(stage, spec, cx + rng.choice((-1, 1)) * 390, GROUND + 110, 230)
