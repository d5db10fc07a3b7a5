"""Bags and boxes: pouches, coffee bags, packets with a header card, cartons."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

from kendedes.demo.pictures.colour import Colour, darker, is_dark, lighter, lit, mix, rgb
from kendedes.demo.pictures.forms.common import GROUND, around, brand_colour, goods_colour, slope, stand
from kendedes.demo.pictures.labels import CREAM, INK, block, emblem, fitted, font, label, spaced
from kendedes.demo.pictures.pieces import KINDS, strew
from kendedes.demo.pictures.solids import pillow_light, quad
from kendedes.demo.pictures.spec import Picture
from kendedes.demo.pictures.stage import Point, Stage, Thing, cut, oval, smooth


def pouch(stage: Stage, spec: Picture) -> None:
    """A stand-up pouch, printed all over, often with a window on the goods."""
    rng = stage.rng
    main = brand_colour(stage, spec)
    count = rng.choice((1, 1, 2))
    wide = rng.uniform(590, 670) if count == 1 else 510
    tall = wide * rng.uniform(1.3, 1.42)
    spots = [640 + rng.uniform(-50, 50)] if count == 1 else [385, 905]
    mains = [main, brand_colour(stage, spec)]
    design, window = rng.randrange(4), rng.randrange(5)
    for i, cx in enumerate(spots):
        base = GROUND - (40 if count == 2 and i == 0 else 0)
        _one_pouch(stage, spec, cx, base, wide, tall, mains[i], design, window)
    around(stage, spec, spots[-1], GROUND, wide / 2)


def _bag_outline(cx: float, base: float, wide: float, tall: float, waist: float) -> list[Point]:
    w = wide / 2
    side = smooth(
        [
            (cx - w * 0.97, base - 26),
            (cx - w * (1 - waist), base - tall * 0.5),
            (cx - w, base - tall + 40),
            (cx - w, base - tall + 40),
            (cx - w, base - tall),
        ],
        7,
    )
    other = [(2 * cx - x, y) for x, y in reversed(side)]
    foot = smooth(
        [
            (cx + w * 0.97, base - 26),
            (cx + w * 0.8, base + 6),
            (cx, base + 20),
            (cx - w * 0.8, base + 6),
            (cx - w * 0.97, base - 26),
        ],
        7,
    )
    return [*side, *other, *foot]


def _one_pouch(
    stage: Stage,
    spec: Picture,
    cx: float,
    base: float,
    wide: float,
    tall: float,
    main: Colour,
    design: int,
    window: int,
) -> None:
    rng = stage.rng
    mask, at = cut(_bag_outline(cx, base, wide, tall, rng.uniform(0.02, 0.06)))
    w, h = mask.size
    art = _printed(stage, spec, (w, h), main, design, window)
    shade = pillow_light((w, h), stage.light, rng, gloss=rng.uniform(0.25, 0.7))
    pen = ImageDraw.Draw(shade)
    for y in range(8, int(h * 0.055), 7):
        pen.line([(0, y), (w, y)], fill=112, width=2)
    pen.line([(0, h * 0.065), (w, h * 0.065)], fill=165, width=3)
    for x in (0, w):
        pen.ellipse((x - 12, h * 0.09 - 12, x + 12, h * 0.09 + 12), fill=60)
    stand(stage, [Thing(lit(art, shade), mask, at)], cx, base, wide / 2)


def _printed(stage: Stage, spec: Picture, size: tuple[int, int], main: Colour, design: int, window: int) -> Image.Image:
    rng = stage.rng
    w, h = size
    kraft = rng.random() < 0.22
    ground = rgb("b98f60") if kraft else main
    art = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(art)
    second = rng.choice((lighter(main, 0.75), CREAM, rgb("e9c46a"), darker(main, 0.4)))
    mark = rng.randrange(8)
    ink = CREAM if is_dark(ground) else INK
    if design == 0:
        draw.rectangle((0, h * 0.56, w, h), fill=second)
        draw.polygon(
            smooth(
                [
                    (0, h * 0.56),
                    (0, h * 0.56),
                    (w * 0.25, h * 0.5),
                    (w * 0.5, h * 0.56),
                    (w * 0.75, h * 0.62),
                    (w, h * 0.55),
                    (w, h * 0.55),
                    (w, h * 0.7),
                    (w, h * 0.7),
                    (0, h * 0.7),
                ],
                8,
            ),
            fill=second,
        )
    elif design == 1:
        for i in range(14):
            draw.polygon(
                [
                    (w / 2, h * 0.66),
                    (w / 2 + math.cos(i * 0.449) * h, h * 0.66 + math.sin(i * 0.449) * h),
                    (w / 2 + math.cos(i * 0.449 + 0.22) * h, h * 0.66 + math.sin(i * 0.449 + 0.22) * h),
                ],
                fill=mix(ground, second, 0.22),
            )
    elif design == 2:
        for row in range(12):
            for column in range(8):
                emblem(
                    draw,
                    mark,
                    (column + 0.5 * (row % 2)) * w / 6.5,
                    row * h / 11,
                    w * 0.045,
                    mix(ground, second, 0.3),
                    ground,
                )
    else:
        draw.rectangle((0, 0, w * 0.2, h), fill=second)
        for i in range(16):
            emblem(draw, mark, w * 0.1, i * h / 15, w * 0.055, ground, second)
    hole = _window(w, h, window)
    if hole and spec.fill in KINDS:
        inside = Image.new("RGB", size, darker(goods_colour(spec), 0.3))
        box = (min(x for x, _ in hole), min(y for _, y in hole), max(x for x, _ in hole), max(y for _, y in hole))
        strew(inside, spec.fill, box, int(w * rng.uniform(0.14, 0.2)), rng, stage.light)
        mask = Image.new("L", (w * 2, h * 2), 0)
        ImageDraw.Draw(mask).polygon([(x * 2, y * 2) for x, y in hole], fill=255)
        mask = mask.reduce(2)
        art.paste(inside, (0, 0), mask)
        edge = second if sum(abs(a - b) for a, b in zip(second, ground, strict=True)) > 90 else CREAM
        draw.line([*hole, hole[0], hole[1]], fill=edge, width=7, joint="curve")
    else:
        emblem(
            draw, mark, w / 2, h * 0.72, w * 0.2, second if design != 0 else ground, ground if design != 0 else second
        )
    left = w * 0.2 if design == 3 else 0
    mid = left + (w - left) / 2
    spaced(
        draw,
        (mid, h * 0.13),
        spec.brand.upper(),
        fitted(spec.brand.upper(), (w - left) * 0.6, int(h * 0.036), 700),
        ink,
        h * 0.006,
    )
    block(draw, mid, h * 0.3, (w - left) * 0.82, spec.title, int(h * 0.135), ink, h * 0.26)
    foot = second if design == 0 else ground
    draw.text(
        (mid, h * 0.93),
        spec.note,
        font=font(max(14, int(h * 0.034)), 600),
        fill=CREAM if is_dark(foot) else INK,
        anchor="mm",
    )
    return art


def _window(w: int, h: int, kind: int) -> list[Point] | None:
    if kind == 0:
        return oval(w / 2, h * 0.68, w * 0.3, w * 0.3)
    if kind == 1:
        return [
            (
                w / 2 + math.cos(math.pi + math.pi * i / 24) * w * 0.3,
                h * 0.68 + math.sin(math.pi + math.pi * i / 24) * w * 0.3,
            )
            for i in range(25)
        ] + [(w * 0.8, h * 0.86), (w * 0.2, h * 0.86)]
    if kind == 2:
        return smooth(
            [
                (w * 0.5, h * 0.46),
                (w * 0.5, h * 0.46),
                (w * 0.78, h * 0.62),
                (w * 0.7, h * 0.82),
                (w * 0.5, h * 0.88),
                (w * 0.3, h * 0.82),
                (w * 0.22, h * 0.62),
            ],
            8,
            closed=True,
        )
    if kind == 3:
        return [(w * 0.14, h * 0.52), (w * 0.86, h * 0.52), (w * 0.86, h * 0.86), (w * 0.14, h * 0.86)]
    return None


def kraft(stage: Stage, spec: Picture) -> None:
    """A coffee bag with side folds, a rolled top, a paper label and a valve."""
    rng = stage.rng
    cx = 640 + rng.uniform(-60, 60)
    wide, tall = rng.uniform(500, 570), rng.uniform(820, 900)
    colour = rng.choice((rgb("b98f60"), rgb("c7a173"), rgb("2e2a2a"), rgb("e6dcc8"), brand_colour(stage, spec)))
    side = wide * 0.34
    base = GROUND
    s = stage.light
    front = Image.new("RGB", (int(wide), int(tall)), colour)
    main = brand_colour(stage, spec)
    tag = label(rng, (int(wide * 0.78), int(tall * 0.54)), spec.title, spec.brand, spec.note, main)
    front.paste(tag, (int(wide * 0.11), int(tall * 0.3)))
    draw = ImageDraw.Draw(front)
    draw.rectangle((0, 0, wide, tall * 0.1), fill=darker(colour, 0.1))
    draw.rectangle((0, tall * 0.1, wide, tall * 0.13), fill=main)
    draw.ellipse(
        (wide * 0.46, tall * 0.19, wide * 0.54, tall * 0.19 + wide * 0.08),
        fill=darker(colour, 0.3),
        outline=lighter(colour, 0.4),
        width=2,
    )
    light = pillow_light(front.size, stage.light, rng, gloss=0.12, folds=6)
    l, r = cx - wide / 2 + s * side / 2, cx + wide / 2 + s * side / 2
    face = quad(front, [(l + 6, base - tall), (l, base + 10), (r, base + 10), (r - 6, base - tall)], light)
    inner, outer = (r, r + side) if s < 0 else (l, l - side)
    flank = Image.new("RGB", (60, 120), darker(colour, 0.15))
    pen = ImageDraw.Draw(flank)
    pen.polygon([(0, 0), (30, 20), (30, 120), (0, 120)], fill=darker(colour, 0.35))
    gusset = quad(
        flank,
        [(inner, base - tall), (inner, base + 10), (outer, base - 26), (outer, base - tall - 6)]
        if s < 0
        else [(outer, base - tall - 6), (outer, base - 26), (inner, base + 10), (inner, base - tall)],
        84,
    )
    stage.contact(cx, base + 4, wide * 0.66, 26)
    stage.cast(face, base + 6)
    stage.add(gusset)
    stage.add(face)
    stage.settle()
    around(
        stage,
        Picture(spec.form, spec.seed, spec.title, spec.brand, fill=spec.fill or "coffee"),
        cx,
        base,
        wide / 2 + 30,
        58,
    )


def carton(stage: Stage, spec: Picture) -> None:
    """A gift box seen at a corner, printed with a label."""
    rng = stage.rng
    wide, tall, deep = rng.uniform(660, 780), rng.uniform(430, 600), rng.uniform(180, 260)
    cx, base = 640 + rng.uniform(-40, 40), GROUND + 6
    main = brand_colour(stage, spec)
    s = stage.light
    front = label(rng, (int(wide), int(tall)), spec.title, spec.brand, spec.note, main)
    sidec = Image.new("RGB", (120, 240), main)
    mark = rng.randrange(8)
    pen = ImageDraw.Draw(sidec)
    for i in range(8):
        emblem(pen, mark, 60, 20 + i * 30, 12, lighter(main, 0.4), main)
    l, r = cx - wide / 2 + s * deep * 0.28, cx + wide / 2 + s * deep * 0.28
    rise, run = deep * 0.42, -s * deep * 0.55
    face = quad(front, [(l, base - tall), (l, base), (r, base), (r, base - tall)], slope(s))
    top = quad(
        Image.new("RGB", (40, 40), lighter(main, 0.18)),
        [(l + run, base - tall - rise), (l, base - tall), (r, base - tall), (r + run, base - tall - rise)],
        158,
    )
    e = r if s < 0 else l
    corners = [(e, base - tall), (e, base), (e + run, base - rise), (e + run, base - tall - rise)]
    flank = quad(sidec, corners if s < 0 else [corners[3], corners[2], corners[1], corners[0]], 78)
    stage.contact(cx, base, wide * 0.56, 20)
    stage.cast(face, base)
    for thing in (top, flank, face):
        stage.add(thing)
    stage.settle()
    around(stage, spec, cx, base, wide / 2 + 20)


def packet(stage: Stage, spec: Picture) -> None:
    """A clear bag full of goods, closed with a folded header card."""
    rng = stage.rng
    cx, wide = 640 + rng.uniform(-60, 60), rng.uniform(630, 700)
    tall = wide * rng.uniform(1.12, 1.24)
    main = brand_colour(stage, spec)
    mask, at = cut(_bag_outline(cx, GROUND, wide, tall, 0.03))
    w, h = mask.size
    art = Image.new("RGB", (w, h), darker(goods_colour(spec), 0.35))
    if spec.fill in KINDS:
        strew(art, spec.fill, (0, h * 0.3, w, h), int(w * rng.uniform(0.17, 0.24)), rng, stage.light)
    draw = ImageDraw.Draw(art)
    draw.rectangle((0, h * 0.24, w, h * 0.3), fill=mix(goods_colour(spec), (240, 232, 220), 0.6))
    shade = pillow_light((w, h), stage.light, rng, gloss=0.9, folds=13)
    bag = Thing(lit(art, shade), mask, at)
    card_h = int(tall * 0.31)
    card = label(rng, (int(wide * 1.03), card_h), spec.title, spec.brand, spec.note, main)
    x, y = cx - wide * 0.515, GROUND - tall - 14
    head = quad(card, [(x, y), (x, y + card_h), (x + card.width, y + card_h), (x + card.width, y)], slope(stage.light))
    stand(stage, [bag, head], cx, GROUND, wide / 2)
    around(stage, spec, cx, GROUND, wide / 2)
