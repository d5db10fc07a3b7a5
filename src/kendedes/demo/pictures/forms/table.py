"""Goods shown open on the table: heaps on plates and trays, crates, cups, cheese."""

from __future__ import annotations

from PIL import Image, ImageDraw

from kendedes.demo.pictures.colour import darker, lighter, lit, rgb
from kendedes.demo.pictures.forms.common import (
    GROUND,
    STRAW,
    STRAW_DARK,
    around,
    brand_colour,
    goods_colour,
    heap,
    stand,
    steam,
    stuck,
    tag,
)
from kendedes.demo.pictures.labels import label
from kendedes.demo.pictures.patterns import filled, weave, wood
from kendedes.demo.pictures.pieces import scatter
from kendedes.demo.pictures.solids import Turned, disc, profile, quad, relief, turn
from kendedes.demo.pictures.spec import Picture
from kendedes.demo.pictures.stage import Stage, Thing, cut, oval, smooth


def plate(stage: Stage, spec: Picture) -> None:
    """A heap in a bowl, on a plate, a woven tray or a banana leaf."""
    rng = stage.rng
    cx, base = 640 + rng.uniform(-30, 30), GROUND - 230
    rx = rng.uniform(480, 550)
    kind = rng.randrange(4)
    glaze = rng.choice((rgb("efe4d0"), rgb("31486b"), rgb("b4503a"), rgb("55703f"), rgb("3b3436")))
    squash = 0.42
    if kind == 3:
        leaf = smooth(
            [
                (cx - rx * 1.15, base),
                (cx - rx * 1.15, base),
                (cx - rx * 0.5, base - rx * 0.36),
                (cx + rx * 0.5, base - rx * 0.36),
                (cx + rx * 1.15, base - 20),
                (cx + rx * 1.15, base - 20),
                (cx + rx * 0.5, base + rx * 0.3),
                (cx - rx * 0.5, base + rx * 0.32),
            ],
            8,
            closed=True,
        )
        thing = relief(stage, leaf, rgb("4f7a3a"), soft=26, depth=0.6)
        pen = ImageDraw.Draw(thing.image)
        for i in range(40):
            x = i * thing.image.width / 39
            pen.line(
                [(x, 0), (x + 40, thing.image.height / 2), (x, thing.image.height)],
                fill=rgb("466f35") if i % 2 else rgb("5d8a45"),
                width=3,
            )
        pen.line(
            [(0, thing.image.height * 0.52), (thing.image.width, thing.image.height * 0.5)], fill=rgb("a9c27a"), width=9
        )
        stage.drop(thing.mask, thing.at, (-stage.light * 10, 18), 5, 170)
        stage.add(thing)
        stage.settle()
    else:
        tall = (120.0, 54.0, 60.0)[kind]
        foot = (0.5, 0.6, 0.94)[kind]
        body = Turned(
            cx,
            base + rx * squash * 0.4 + (70 if kind == 0 else 0),
            profile(
                (0, rx * foot), (0, rx * foot), (tall * 0.5, rx * (foot + 1) / 2 + rx * 0.08), (tall, rx), (tall, rx)
            ),
            squash,
        )
        if kind == 2:
            plait = weave("twill", STRAW, STRAW_DARK)
            mask, _ = cut(body.outline())
            bowl = turn(stage, body, STRAW, gloss=0.02, wrap=filled(plait, mask.size, rng))
            flat, at = cut(body.rim(tall, 0.95))
            inside = Thing(lit(filled(plait, flat.size, rng), Image.new("L", flat.size, 104)), flat, at)
        else:
            bowl = turn(stage, body, glaze, gloss=0.5)
            inside = disc(stage, body, tall, glaze, scale=0.95, hollow=True)
        rim_mask, rim_at = cut(body.rim(tall))
        rim = Thing(
            lit(
                Image.new("RGB", rim_mask.size, lighter(STRAW if kind == 2 else glaze, 0.3)),
                Image.new("L", rim_mask.size, 150),
            ),
            rim_mask,
            rim_at,
        )
        stage.contact(cx, body.base + rx * foot * squash * 0.5, rx * foot * 1.05, rx * foot * squash * 0.75)
        stage.drop(bowl.mask, bowl.at, (-stage.light * 46, 34), 9, 120)
        for thing in (bowl, rim, inside):
            stage.add(thing)
        stage.settle()
        base = body.base - tall
    size = rng.randint(116, 150)
    heap(stage, spec.fill or "cassava", cx, base, rx * 0.8, rx * squash * 0.72, rng.uniform(170, 270), size)
    if rng.random() < 0.6:
        tag(stage, spec, cx + rng.choice((-1, 1)) * 300, GROUND + 130)
    elif rng.random() < 0.6:
        around(stage, spec, cx, GROUND + 40, rx * 0.6, size)


def crate(stage: Stage, spec: Picture) -> None:
    """A slatted crate filled to the top."""
    rng = stage.rng
    cx, base = 640 + rng.uniform(-30, 30), GROUND + 14
    wide, tall, deep = rng.uniform(760, 860), rng.uniform(300, 370), 190.0
    colour = rng.choice((rgb("c39a63"), rgb("a97a45"), rgb("d6b486"), rgb("8a6238")))
    back = quad(
        Image.new("RGB", (8, 8), darker(colour, 0.5)),
        [
            (cx - wide / 2 + 40, base - tall - deep * 0.5),
            (cx - wide / 2, base - 40),
            (cx + wide / 2, base - 40),
            (cx + wide / 2 - 40, base - tall - deep * 0.5),
        ],
        90,
    )
    stage.contact(cx, base, wide * 0.53, 26)
    stage.cast(back, base)
    stage.add(back)
    stage.settle()
    size = rng.randint(128, 160)
    heap(stage, spec.fill or "apple", cx, base - tall - 6, wide * 0.44, 66, rng.uniform(70, 130), size)
    slats = 3
    for i in range(slats):
        y0 = base - tall + i * tall / slats
        board = filled(wood(colour).rotate(90), (720, 110), rng)
        stage.add(
            quad(
                board,
                [
                    (cx - wide / 2, y0),
                    (cx - wide / 2, y0 + tall / slats - 16),
                    (cx + wide / 2, y0 + tall / slats - 16),
                    (cx + wide / 2, y0),
                ],
                Image.linear_gradient("L").rotate(90 if stage.light < 0 else 270).point(lambda v: 152 - 50 * v / 255),
            )
        )
    for x in (cx - wide / 2 + 4, cx + wide / 2 - 66):
        post = filled(wood(darker(colour, 0.12)), (62, int(tall) + 10), rng)
        stage.add(quad(post, [(x, base - tall - 12), (x, base), (x + 62, base), (x + 62, base - tall - 12)], 134))
    tall_card = tall * 0.5
    card = label(rng, (int(wide * 0.5), int(tall_card)), spec.title, spec.brand, spec.note, brand_colour(stage, spec))
    stage.add(
        quad(
            card,
            [
                (cx - wide * 0.22, base - tall * 0.82),
                (cx - wide * 0.22, base - tall * 0.82 + tall_card),
                (cx + wide * 0.22, base - tall * 0.82 + tall_card),
                (cx + wide * 0.22, base - tall * 0.82),
            ],
            138,
        )
    )
    stage.settle()
    if rng.random() < 0.5:
        side = rng.choice((-1, 1))
        scatter(
            stage.image,
            spec.fill or "apple",
            (cx + side * 380, base + 60),
            (110, 30),
            rng.randint(1, 3),
            size,
            rng,
            stage.light,
        )


def cupful(stage: Stage, spec: Picture) -> None:
    """A cup on its saucer with a hot drink, and what it is made of."""
    rng = stage.rng
    cx, base = 640 + rng.uniform(-80, 80), GROUND - 110
    glaze = rng.choice((rgb("efe4d0"), rgb("d9c2a0"), rgb("31486b"), rgb("b4503a"), rgb("6d7a55"), rgb("3b3436")))
    half, tall = rng.uniform(260, 300), rng.uniform(330, 390)
    saucer = Turned(cx, base + 34, profile((0, half * 0.9), (0, half * 0.9), (26, half * 1.75), (26, half * 1.75)), 0.2)
    stage.contact(cx, base + 60, half * 1.1, 36)
    under = turn(stage, saucer, glaze, gloss=0.2)
    stage.drop(under.mask, under.at, (-stage.light * 30, 22), 8, 130)
    stage.add(under)
    stage.add(disc(stage, saucer, 26, lighter(glaze, 0.1)))
    stage.settle()
    body = Turned(
        cx,
        base,
        profile(
            (0, half * 0.55),
            (0, half * 0.55),
            (tall * 0.25, half * 0.84),
            (tall * 0.6, half * 0.97),
            (tall, half),
            (tall, half),
        ),
        0.2,
    )
    side = rng.choice((-1, 1))
    ear = cut(oval(cx + side * half * 1.02, base - tall * 0.56, half * 0.44, tall * 0.28))
    hole = cut(oval(cx + side * half * 1.0, base - tall * 0.56, half * 0.26, tall * 0.17))
    ear[0].paste(0, (hole[1][0] - ear[1][0], hole[1][1] - ear[1][1]), hole[0])
    shade = Image.linear_gradient("L").resize(ear[0].size).point(lambda v: 160 - 80 * v / 255)
    stage.contact(cx, base + 26, half * 0.62, 22, 170)
    stage.add(Thing(lit(Image.new("RGB", ear[0].size, glaze), shade), ear[0], ear[1]))
    stage.add(turn(stage, body, glaze, gloss=0.7))
    rim = cut(body.rim(tall))
    stage.add(Thing(lit(Image.new("RGB", rim[0].size, lighter(glaze, 0.4)), Image.new("L", rim[0].size, 150)), *rim))
    drink = goods_colour(spec) if spec.colour else rgb("3a1f14")
    stage.add(disc(stage, body, tall, darker(drink, 0.2), scale=0.93, hollow=True))
    level = Turned(cx, base - tall + half * 0.06, profile((0, half * 0.9), (0, half * 0.9), (1, half * 0.9)), 0.2)
    stage.add(disc(stage, level, 0, drink))
    stage.settle()
    steam(stage, cx, base - tall - 20, 300)
    around(stage, spec, cx, GROUND + 40, half * 1.3, 66)


def cheese(stage: Stage, spec: Picture) -> None:
    """A wheel, a wedge and cubes on a board."""
    rng = stage.rng
    cx, base = 560 + rng.uniform(-30, 30), GROUND - 130
    board_colour = rng.choice((rgb("a97a45"), rgb("7a5230"), rgb("c39a63")))
    board = relief(
        stage,
        smooth(
            [(140, 840), (140, 840), (1140, 840), (1140, 840), (1220, 1090), (1220, 1090), (60, 1090), (60, 1090)],
            3,
            closed=True,
        ),
        filled(wood(board_colour).rotate(90), (720, 720), rng),
        soft=8,
        depth=0.7,
    )
    stage.drop(board.mask, board.at, (-stage.light * 14, 26), 6, 180)
    stage.add(board)
    stage.settle()
    rind = goods_colour(spec) if spec.colour else rgb("e3b34c")
    half, tall = rng.uniform(340, 380), rng.uniform(220, 280)
    body = Turned(
        cx,
        base + 30,
        profile(
            (0, half * 0.97), (0, half * 0.97), (24, half), (tall - 24, half), (tall, half * 0.97), (tall, half * 0.97)
        ),
        0.3,
    )
    top = Turned(cx, base + 30, profile((0, half), (0, half), (tall, half * 0.97), (tall, half * 0.97)), 0.3)
    stand(stage, [turn(stage, body, rind, gloss=0.25), disc(stage, top, tall, lighter(rind, 0.2))], cx, base + 30, half)
    stage.add(stuck(stage, spec, body, 16, tall - 16, 0.8, brand_colour(stage, spec)))
    stage.settle()
    x, y = cx + half + 90, base + 90
    flesh = lighter(rind, 0.5)
    wedge = [(x - 150, y - 120), (x - 150, y), (x + 150, y + 26), (x + 150, y - 94)]
    stage.contact(x, y + 14, 160, 18)
    face = quad(Image.new("RGB", (200, 120), flesh), wedge, 146)
    pen = ImageDraw.Draw(face.image)
    for _ in range(9):
        px, py, r = rng.uniform(20, face.image.width - 20), rng.uniform(24, face.image.height - 24), rng.uniform(4, 13)
        pen.ellipse((px - r, py - r, px + r, py + r), fill=darker(flesh, 0.2))
    stage.add(relief(stage, [(x - 150, y - 120), (x + 40, y - 190), (x + 150, y - 94)], rind, soft=8, depth=0.5))
    stage.add(face)
    stage.settle()
    scatter(stage.image, "cheese", (cx - half + 60, GROUND + 90), (220, 36), rng.randint(4, 8), 84, rng, stage.light)
