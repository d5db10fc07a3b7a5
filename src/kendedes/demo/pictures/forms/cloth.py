"""Batik: hung, folded, spread out; and bags of cloth or plait."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageDraw, ImageFilter

from kendedes.demo.pictures.colour import darker, lighter, lit, rgb
from kendedes.demo.pictures.forms.common import GROUND, STRAW, STRAW_DARK, brand_colour, slope
from kendedes.demo.pictures.labels import label
from kendedes.demo.pictures.patterns import DYES, batik, filled, weave, wood
from kendedes.demo.pictures.solids import quad, relief
from kendedes.demo.pictures.spec import Picture
from kendedes.demo.pictures.stage import SIZE, Stage, Thing, cut, smooth, turned


def _cloth(stage: Stage, spec: Picture) -> tuple[Image.Image, str]:
    dye = spec.colour if spec.colour in DYES else stage.rng.choice(list(DYES))
    return batik(spec.motif or "kawung", dye), dye


def _columns(w: int, h: int, rng: random.Random, folds: float, depth: float, light: int) -> Image.Image:
    """Light on hanging cloth: soft upright folds, fading towards the bar."""
    row = Image.new("L", (160, 1), 128)
    phases = [(rng.uniform(0.7, 1.3) * folds * k, rng.uniform(0, 6.28), 1 / k) for k in (1, 2.3)]
    row.putdata(
        [
            int(
                min(
                    235, max(20, 130 + light * -depth * sum(a * math.sin(6.28 * i / 160 * f + p) for f, p, a in phases))
                )
            )
            for i in range(160)
        ]
    )
    return row.resize((w, h), Image.Resampling.BICUBIC)


def hanging(stage: Stage, spec: Picture) -> None:
    """A long cloth over a wooden bar."""
    rng = stage.rng
    tile, dye = _cloth(stage, spec)
    cx, wide, tall = 640 + rng.uniform(-40, 40), rng.uniform(660, 780), rng.uniform(840, 930)
    x0, y0 = cx - wide / 2, 150.0
    hem = smooth([(x0 + wide * i / 12, y0 + tall + 16 * math.sin(i * 1.7) + rng.uniform(-6, 6)) for i in range(13)], 5)
    mask, at = cut([(x0, y0), *hem, (x0 + wide, y0)])
    art = filled(tile, mask.size, rng)
    draw = ImageDraw.Draw(art)
    ground, first, second = DYES[dye]
    for y, thick in ((mask.height - 150, 6), (mask.height - 44, 8)):
        draw.line([(0, y), (mask.width, y)], fill=second, width=thick)
    draw.rectangle((0, mask.height - 140, mask.width, mask.height - 50), fill=ground)
    for i in range(int(mask.width / 60) + 1):
        draw.polygon(
            [(i * 60, mask.height - 52), (i * 60 + 30, mask.height - 138), (i * 60 + 60, mask.height - 52)], fill=first
        )
        draw.polygon(
            [(i * 60 + 16, mask.height - 56), (i * 60 + 30, mask.height - 104), (i * 60 + 44, mask.height - 56)],
            fill=second,
        )
    shade = _columns(mask.width, mask.height, rng, rng.uniform(2.2, 3.6), 40, stage.light)
    ImageDraw.Draw(shade).line([(0, 0), (mask.width, 0)], fill=190, width=26)
    cloth = Thing(lit(art, shade.filter(ImageFilter.BoxBlur(3))), mask, at)
    stage.drop(mask, at, (-stage.light * 40, 26), 9, 130)
    bar = quad(
        filled(wood(rgb("8a5a30")).rotate(90), (720, 40), rng),
        [(x0 - 60, y0 - 14), (x0 - 60, y0 + 14), (x0 + wide + 60, y0 + 14), (x0 + wide + 60, y0 - 14)],
        140,
    )
    stage.drop(bar.mask, bar.at, (-stage.light * 30, 22), 5, 130)
    stage.add(bar)
    stage.add(cloth)
    stage.settle()


def folded(stage: Stage, spec: Picture) -> None:
    """A pile of folded cloths, the pattern on top and on the folds, a paper band around the upper one."""
    rng = stage.rng
    tile, dye = _cloth(stage, spec)
    others = [tile, *(batik(motif, dye) for motif in rng.sample(("truntum", "kawung", "ceplok", "parang"), 2))]
    cx, wide = 640.0, rng.uniform(760, 860)
    y = GROUND + 40
    count = rng.choice((3, 4, 5))
    stage.contact(cx, y, wide * 0.52, 26)
    for i in range(count):
        h = rng.uniform(96, 124)
        w = wide * rng.uniform(0.96, 1.02)
        shift = rng.uniform(-12, 12)
        ring = smooth(
            [
                (cx - w / 2 + shift, y - h * 0.5),
                (cx - w / 2 + shift + 26, y - h),
                (cx - w / 2 + shift + 26, y - h),
                (cx + w / 2 + shift - 16, y - h),
                (cx + w / 2 + shift - 16, y - h),
                (cx + w / 2 + shift, y - h * 0.5),
                (cx + w / 2 + shift - 16, y),
                (cx + w / 2 + shift - 16, y),
                (cx - w / 2 + shift + 26, y),
                (cx - w / 2 + shift + 26, y),
            ],
            5,
            closed=True,
        )
        source = tile if i == count - 1 else others[(i + 1) % 3]
        fold = relief(stage, ring, source, soft=24, depth=1.1)
        if i == 0:
            stage.cast(fold, y, strength=120)
        stage.add(fold)
        mid = relief(
            stage,
            smooth(
                [
                    (cx - w / 2 + shift + 40, y - h * 0.5),
                    (cx, y - h * 0.47),
                    (cx + w / 2 + shift, y - h * 0.5),
                    (cx + w / 2 + shift, y - h * 0.45),
                    (cx, y - h * 0.42),
                    (cx - w / 2 + shift + 40, y - h * 0.45),
                ],
                4,
                closed=True,
            ),
            darker(DYES[dye][0], 0.4),
            soft=3,
            depth=0.6,
        )
        stage.add(mid)
        y -= h - 3
    rise = 210.0
    top = [
        (cx - wide * 0.42, y - rise),
        (cx - wide * 0.48, y + 4),
        (cx + wide * 0.48, y + 4),
        (cx + wide * 0.42, y - rise),
    ]
    face = filled(tile, (640, 300), rng)
    stage.add(quad(face, top, 150))
    band = label(rng, (300, 330), spec.title, spec.brand, spec.note, brand_colour(stage, spec))
    stage.add(quad(band, [(cx - 128, y - rise), (cx - 150, y + 4), (cx + 150, y + 4), (cx + 128, y - rise)], 146))
    stage.settle()


def flatlay(stage: Stage, spec: Picture) -> None:
    """The cloth fills the picture in soft folds; a label lies on it."""
    rng = stage.rng
    tile, dye = _cloth(stage, spec)
    art = filled(tile.resize((1080, 1080), Image.Resampling.BILINEAR), (SIZE, SIZE), rng)
    shade = Image.new("L", (320, 320), 134)
    draw = ImageDraw.Draw(shade)
    lean = rng.uniform(-120, 120)
    for _ in range(rng.randint(3, 5)):
        x = rng.uniform(-60, 380)
        bend = rng.uniform(-50, 50)
        path = smooth([(x - lean, -30), (x + bend, 110), (x + lean * 0.4, 220), (x + lean, 350)], 8)
        draw.line(path, fill=196, width=rng.randint(12, 22), joint="curve")
        draw.line(
            [(px + stage.light * -20, py + 4) for px, py in path], fill=72, width=rng.randint(12, 20), joint="curve"
        )
    shade = shade.filter(ImageFilter.GaussianBlur(11)).resize((SIZE, SIZE), Image.Resampling.BICUBIC)
    stage.image.paste(lit(art, shade))
    wide = rng.uniform(420, 500)
    tall = wide * rng.choice((1.25, 0.62))
    card = label(rng, (int(wide), int(tall)), spec.title, spec.brand, spec.note, darker(DYES[dye][1], 0.2))
    angle = rng.uniform(-9, 9)
    cx, cy = rng.uniform(520, 760), rng.uniform(560, 760)
    ring = turned(
        [(-wide / 2, -tall / 2), (-wide / 2, tall / 2), (wide / 2, tall / 2), (wide / 2, -tall / 2)],
        angle,
        (0, 0),
        (cx, cy),
    )
    thing = quad(card, ring, slope(stage.light))
    stage.drop(thing.mask, thing.at, (-stage.light * 12, 18), 5, 170)
    stage.add(thing)


def bag(stage: Stage, spec: Picture) -> None:
    """A carrying bag, plaited or of batik, with two handles."""
    rng = stage.rng
    cx, base = 640 + rng.uniform(-50, 50), GROUND + 10
    wide, tall = rng.uniform(640, 740), rng.uniform(500, 600)
    taper = rng.uniform(0.8, 1.06)
    if spec.motif:
        tile = batik(spec.motif, rng.choice(list(DYES)))
    else:
        c = (
            rgb(spec.colour)
            if spec.colour
            else rng.choice((STRAW, rgb("8a5a30"), rgb("c0a070"), rgb("55703f"), rgb("7a3040")))
        )
        tile = weave(rng.choice(("plain", "twill")), c, rng.choice((lighter(c, 0.3), darker(c, 0.3), STRAW_DARK)))
    leather = rng.choice((rgb("6d3f22"), rgb("3b2a22"), rgb("a5672f")))
    ring = smooth(
        [
            (cx - wide * taper / 2, base - tall),
            (cx - wide * taper / 2, base - tall),
            (cx - wide / 2 - 10, base - 120),
            (cx - wide / 2 + 40, base),
            (cx, base + 16),
            (cx + wide / 2 - 40, base),
            (cx + wide / 2 + 10, base - 120),
            (cx + wide * taper / 2, base - tall),
            (cx + wide * taper / 2, base - tall),
            (cx, base - tall + 14),
        ],
        7,
        closed=True,
    )
    for shade, lift, scale in ((0.35, 22, 0.86), (0.0, 0, 1.0)):
        outer = [
            (
                cx + math.cos(math.pi * i / 30) * wide * 0.26 * scale,
                base - tall - math.sin(math.pi * i / 30) * 270 - lift,
            )
            for i in range(31)
        ]
        inner = [
            (
                cx + math.cos(math.pi * i / 30) * (wide * 0.26 - 28) * scale,
                base - tall - math.sin(math.pi * i / 30) * 240 - lift,
            )
            for i in range(31)
        ]
        stage.add(relief(stage, [*outer, *reversed(inner)], darker(leather, shade), soft=8, depth=1.3))
    body = relief(stage, ring, tile, soft=58, depth=0.9)
    stage.contact(cx, base + 4, wide * 0.48, 24)
    stage.cast(body, base)
    stage.add(body)
    top = smooth(
        [
            (cx - wide * taper / 2, base - tall),
            (cx, base - tall + 14),
            (cx + wide * taper / 2, base - tall),
            (cx + wide * taper / 2 + 2, base - tall + 44),
            (cx, base - tall + 60),
            (cx - wide * taper / 2 - 2, base - tall + 44),
        ],
        6,
        closed=True,
    )
    stage.add(relief(stage, top, leather, soft=8))
    patch = label(rng, (220, 150), spec.title, spec.brand, spec.note, leather)
    stage.add(
        quad(
            patch,
            [
                (cx - 95, base - tall * 0.52),
                (cx - 95, base - tall * 0.52 + 130),
                (cx + 95, base - tall * 0.52 + 130),
                (cx + 95, base - tall * 0.52),
            ],
            138,
        )
    )
