"""Cloth and weave: batik motifs by their geometry, plaits, wood and stone, as tiles kept per process."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import lru_cache, partial

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from kendedes.demo.pictures.colour import Colour, darker, lighter, mix, rgb
from kendedes.demo.pictures.stage import Point, oval, smooth, turned

SIDE = 720
type Dye = tuple[Colour, Colour, Colour]

# ground, first colour, second colour: the dye baths of East Java
DYES: dict[str, Dye] = {
    "sogan": (rgb("3b2218"), rgb("a5672f"), rgb("f0dfbe")),
    "indigo": (rgb("1f2f55"), rgb("5f7db4"), rgb("eee6d4")),
    "merah": (rgb("7d1f22"), rgb("d08a4a"), rgb("f4e6cc")),
    "hijau": (rgb("2c4a37"), rgb("8aa45e"), rgb("f0e8cc")),
    "gading": (rgb("eadfc6"), rgb("a5672f"), rgb("3b2a3a")),
    "ungu": (rgb("46284f"), rgb("a878a8"), rgb("f0e2d8")),
    "kunyit": (rgb("c98a26"), rgb("6d3a1c"), rgb("f8ecc8")),
    "toska": (rgb("1f5658"), rgb("6fae9e"), rgb("f2ead2")),
}


@lru_cache(maxsize=60)
def batik(motif: str, dye: str) -> Image.Image:
    """A square of cloth in one of the motifs, 720 px a side."""
    big = Image.new("RGB", (SIDE * 2, SIDE * 2), DYES[dye][0])
    _MOTIFS[motif](ImageDraw.Draw(big), SIDE * 2, DYES[dye])
    cloth = big.reduce(2)
    return ImageChops.add(cloth, _threads(), 1, -128)


@lru_cache(maxsize=1)
def _threads() -> Image.Image:
    """Warp and weft, barely seen."""
    image = Image.new("L", (SIDE, SIDE), 128)
    draw = ImageDraw.Draw(image)
    rng = random.Random(3)
    for i in range(0, SIDE, 2):
        draw.line([(i, 0), (i, SIDE)], fill=128 + rng.randint(-7, 7))
    cross = image.rotate(90)
    return Image.merge("RGB", [ImageChops.add(image, cross, 1, -128)] * 3)


def _petal(r: float, w: float) -> list[Point]:
    return smooth(
        [(r * 0.1, 0), (r * 0.1, 0), (r * 0.5, -w), (r * 0.92, 0), (r * 0.92, 0), (r * 0.5, w)], 6, closed=True
    )


def _kawung(draw: ImageDraw.ImageDraw, side: int, dye: Dye) -> None:
    """Ovals meeting in fours, as the fruit of the sugar palm cut across."""
    _, first, second = dye
    step = side / 6
    for row in range(7):
        for column in range(7):
            x, y = column * step, row * step
            for angle in (45, 135, 225, 315):
                draw.polygon(turned(_petal(step * 0.7, step * 0.24), angle, (0, 0), (x, y)), fill=second)
                draw.polygon(turned(_petal(step * 0.58, step * 0.15), angle, (0, 0), (x + 0, y)), fill=first)
                c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
                for k in (0.27, 0.4):
                    px, py = x + c * step * k, y + s * step * k
                    draw.ellipse((px - 5, py - 5, px + 5, py + 5), fill=second)
            draw.ellipse((x - 12, y - 12, x + 12, y + 12), fill=first)
            mx, my = x + step / 2, y
            draw.line([(mx - 14, my), (mx + 14, my)], fill=first, width=6)
            draw.line([(mx, my - 14), (mx, my + 14)], fill=first, width=6)


def _along(side: float, base: float, t: float, off: float) -> Point:
    """A point ``t`` along and ``off`` across a diagonal."""
    return base + t + off, side - t + off


def _parang(draw: ImageDraw.ImageDraw, side: int, dye: Dye) -> None:
    """Diagonal rows of the breaking wave, with the lozenges (mlinjon) between them."""
    _, first, second = dye
    pitch = side / 5
    for k in range(-6, 12):
        base = k * pitch
        at = partial(_along, side, base)
        for j in range(-1, 16):
            t0 = j * side / 12
            blade = smooth(
                [
                    at(t0, -pitch * 0.3),
                    at(t0 + side / 22, -pitch * 0.22),
                    at(t0 + side / 15, 0),
                    at(t0 + side / 22, pitch * 0.22),
                    at(t0 + side / 9, pitch * 0.3),
                    at(t0 + side / 8, pitch * 0.05),
                    at(t0 + side / 13, -pitch * 0.28),
                ],
                6,
                closed=True,
            )
            draw.polygon(blade, fill=second)
            inner = smooth(
                [
                    at(t0 + side / 60, -pitch * 0.24),
                    at(t0 + side / 17, -pitch * 0.12),
                    at(t0 + side / 13, pitch * 0.05),
                    at(t0 + side / 16, pitch * 0.2),
                ],
                6,
            )
            draw.line(inner, fill=first, width=14, joint="curve")
            cx, cy = at(t0 + side / 24, pitch / 2 + 4)
            draw.polygon([(cx - 17, cy), (cx, cy - 17), (cx + 17, cy), (cx, cy + 17)], fill=second)
        draw.line([at(-side, pitch * 0.38), at(side * 2, pitch * 0.38)], fill=first, width=8)
        draw.line([at(-side, -pitch * 0.38), at(side * 2, -pitch * 0.38)], fill=first, width=8)


def _truntum(draw: ImageDraw.ImageDraw, side: int, dye: Dye) -> None:
    """Small stars strewn over the night."""
    _, first, second = dye
    step = side / 9
    for row in range(11):
        for column in range(11):
            x, y = (column + 0.5 * (row % 2)) * step, row * step * 0.9
            for i in range(8):
                draw.polygon(turned(_petal(step * 0.36, step * 0.07), i * 45, (0, 0), (x, y)), fill=second)
            draw.ellipse((x - 10, y - 10, x + 10, y + 10), fill=first)
            for i in range(6):
                a = i * math.pi / 3 + 0.3
                px, py = x + math.cos(a) * step * 0.5, y + math.sin(a) * step * 0.46
                draw.ellipse((px - 5, py - 5, px + 5, py + 5), fill=first)


def _ceplok(draw: ImageDraw.ImageDraw, side: int, dye: Dye) -> None:
    """Rosettes in a grid of squares."""
    ground, first, second = dye
    step = side / 4
    for row in range(5):
        for column in range(5):
            x, y = column * step, row * step
            r = step * 0.44
            draw.polygon(turned([(-r, -r), (r, -r), (r, r), (-r, r)], 45, (0, 0), (x, y)), outline=first, width=10)
            draw.ellipse((x - r * 0.72, y - r * 0.72, x + r * 0.72, y + r * 0.72), fill=first)
            for i in range(8):
                draw.polygon(turned(_petal(r * 0.72, r * 0.17), i * 45, (0, 0), (x, y)), fill=second)
            draw.ellipse((x - r * 0.16, y - r * 0.16, x + r * 0.16, y + r * 0.16), fill=ground)
            mx, my = x + step / 2, y + step / 2
            for i in range(4):
                draw.polygon(turned(_petal(r * 0.6, r * 0.22), i * 90, (0, 0), (mx, my)), fill=second)
            draw.ellipse((mx - r * 0.14, my - r * 0.14, mx + r * 0.14, my + r * 0.14), fill=first)
            for i in range(12):
                a = i * math.pi / 6
                px, py = x + math.cos(a) * r * 0.86, y + math.sin(a) * r * 0.86
                draw.ellipse((px - 6, py - 6, px + 6, py + 6), fill=second)


def _teratai(draw: ImageDraw.ImageDraw, side: int, dye: Dye) -> None:
    """The lotus of Singhasari, in rows with tendrils."""
    _, first, second = dye
    step = side / 4
    for row in range(6):
        for column in range(-1, 6):
            x, y = (column + 0.5 * (row % 2)) * step, row * step * 0.8 + step * 0.3
            for angle, long in ((-78, 0.34), (-45, 0.42), (-15, 0.46), (15, 0.46), (45, 0.42), (78, 0.34)):
                draw.polygon(turned(_petal(step * long, step * 0.1), angle - 90, (0, 0), (x, y)), fill=second)
                draw.polygon(turned(_petal(step * long * 0.72, step * 0.045), angle - 90, (0, 0), (x, y)), fill=first)
            draw.polygon(turned(_petal(step * 0.5, step * 0.12), -90, (0, 0), (x, y)), fill=second)
            draw.chord((x - step * 0.14, y - step * 0.06, x + step * 0.14, y + step * 0.1), 0, 180, fill=first)
            for s in (-1, 1):
                curl = smooth(
                    [
                        (x, y + step * 0.06),
                        (x + s * step * 0.2, y + step * 0.2),
                        (x + s * step * 0.42, y + step * 0.1),
                        (x + s * step * 0.36, y - step * 0.06),
                        (x + s * step * 0.27, y + step * 0.02),
                    ],
                    8,
                )
                draw.line(curl, fill=first, width=11, joint="curve")


def _sawat(draw: ImageDraw.ImageDraw, side: int, dye: Dye) -> None:
    """Pairs of wings: the bird of the Kidal temple."""
    _, first, second = dye
    step = side / 3
    for row in range(5):
        for column in range(-1, 5):
            x, y = (column + 0.5 * (row % 2)) * step, row * step * 0.66 + step * 0.2
            for s in (-1, 1):
                for i in range(5):
                    feather = turned(_petal(step * (0.46 - 0.045 * i), step * 0.045), -(24 + i * 17), (0, 0), (0, 0))
                    draw.polygon(
                        [(x + s * px + s * step * 0.04, y + py) for px, py in feather],
                        fill=second if i % 2 == 0 else first,
                    )
            draw.polygon(turned(_petal(step * 0.34, step * 0.07), 90, (0, 0), (x, y - step * 0.04)), fill=second)
            draw.ellipse((x - step * 0.06, y - step * 0.12, x + step * 0.06, y), fill=first)
    for row in range(12):
        for column in range(12):
            x, y = (column + 0.5) * side / 12, (row + 0.5) * side / 12
            draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill=first)


def _apel(draw: ImageDraw.ImageDraw, side: int, dye: Dye) -> None:
    """Apples and leaves on a running branch: the motif of the orchard villages."""
    _, first, second = dye
    step = side / 4
    for row in range(6):
        y0 = row * step * 0.8
        branch = smooth([(x * step / 2 - step, y0 + step * 0.16 * (1 if (x + row) % 2 else -1)) for x in range(14)], 8)
        draw.line(branch, fill=first, width=12, joint="curve")
        for column in range(-1, 10):
            x, up = column * step / 2 - step / 2, (column + row) % 2
            y = y0 + step * (0.13 if up else -0.13)
            if column % 2 == 0:
                r = step * 0.17
                draw.ellipse((x - r, y - r, x + r * 0.2, y + r), fill=second)
                draw.ellipse((x - r * 0.2, y - r, x + r, y + r), fill=second)
                draw.line([(x, y - r * 0.7), (x + 8, y - r * 1.35)], fill=first, width=9)
                draw.arc((x - r * 0.6, y - r * 0.5, x + r * 0.4, y + r * 0.6), 120, 220, fill=first, width=8)
            else:
                for angle in (-60, 10, 70):
                    draw.polygon(
                        turned(_petal(step * 0.3, step * 0.07), angle + (180 if up else 0), (0, 0), (x, y)),
                        fill=first if angle == 10 else second,
                    )


type _Motif = Callable[[ImageDraw.ImageDraw, int, Dye], None]
_MOTIFS: dict[str, _Motif] = {
    "kawung": _kawung,
    "parang": _parang,
    "truntum": _truntum,
    "ceplok": _ceplok,
    "teratai": _teratai,
    "sawat": _sawat,
    "apel": _apel,
}
MOTIFS = tuple(_MOTIFS)


# --- weaves, wood, stone --------------------------------------------------------------------------


@lru_cache(maxsize=24)
def weave(kind: str, first: Colour, second: Colour) -> Image.Image:
    """A plait: ``plain`` over-one-under-one, ``twill`` over two, ``coil`` rows of a basket; 720 px a side."""
    big = Image.new("RGB", (SIDE, SIDE), darker(first, 0.6))
    draw = ImageDraw.Draw(big)
    cell = {"plain": 24, "twill": 18, "coil": 20}[kind]
    rng = random.Random(kind)
    n = SIDE // cell + 1
    for row in range(n):
        for column in range(n):
            x, y = column * cell, row * cell
            over = (row + column) % 2 == 0 if kind != "twill" else (column + row) % 4 < 2
            base = first if over else second
            tone = mix(base, (255, 248, 230) if rng.random() < 0.5 else (40, 24, 16), rng.uniform(0, 0.16))
            if kind == "coil":
                draw.rounded_rectangle(
                    (x + (row % 2) * cell / 2 - 1, y + 1, x + (row % 2) * cell / 2 + cell - 2, y + cell - 2),
                    8,
                    fill=tone,
                )
                draw.line(
                    [(x + (row % 2) * cell / 2 + 3, y + 5), (x + (row % 2) * cell / 2 + cell - 6, y + 5)],
                    fill=lighter(tone, 0.3),
                    width=2,
                )
            elif over:
                draw.rectangle((x + 1, y - 2, x + cell - 2, y + cell + 1), fill=tone)
                draw.line([(x + 5, y), (x + 5, y + cell)], fill=lighter(tone, 0.28), width=2)
            else:
                draw.rectangle((x - 2, y + 1, x + cell + 1, y + cell - 2), fill=tone)
                draw.line([(x, y + 5), (x + cell, y + 5)], fill=lighter(tone, 0.22), width=2)
    return big.filter(ImageFilter.GaussianBlur(0.7))


@lru_cache(maxsize=12)
def wood(colour: Colour) -> Image.Image:
    """Boards: long grain with a few knots; 720 px a side, grain upright."""
    big = Image.new("RGB", (SIDE, SIDE), colour)
    draw = ImageDraw.Draw(big)
    rng = random.Random(str(colour))
    for i in range(150):
        x = i * SIDE / 150 + rng.uniform(-4, 4)
        bend, phase = rng.uniform(4, 16), rng.uniform(0, 6)
        tone = (
            darker(colour, rng.uniform(0.05, 0.3)) if rng.random() < 0.6 else lighter(colour, rng.uniform(0.05, 0.22))
        )
        draw.line(
            [(x + math.sin(t / 130 + phase) * bend, t) for t in range(0, SIDE + 40, 40)],
            fill=tone,
            width=rng.randint(1, 4),
            joint="curve",
        )
    for _ in range(3):
        x, y = rng.uniform(80, SIDE - 80), rng.uniform(80, SIDE - 80)
        for k in (26, 18, 10):
            draw.polygon(oval(x, y, k * 0.7, k * 1.7), outline=darker(colour, 0.35), width=3)
    return big.filter(ImageFilter.GaussianBlur(1))


@lru_cache(maxsize=8)
def stone(colour: Colour) -> Image.Image:
    """Speckled stone or rough clay, 720 px a side."""
    noise = _speckles(random.Random(str(colour)))
    base = Image.new("RGB", (SIDE, SIDE), colour)
    return ImageChops.add(base, Image.merge("RGB", [noise] * 3), 1, -128)


def _speckles(rng: random.Random) -> Image.Image:
    small = Image.frombytes("L", (180, 180), bytes(min(255, max(0, int(rng.gauss(128, 34)))) for _ in range(180 * 180)))
    coarse = small.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    fine = small.transpose(Image.Transpose.ROTATE_90)
    sheet = Image.new("L", (SIDE, SIDE))
    for i in range(16):
        sheet.paste(fine, ((i % 4) * 180, (i // 4) * 180))
    return Image.blend(coarse, sheet, 0.35)


def filled(tile: Image.Image, size: tuple[int, int], rng: random.Random) -> Image.Image:
    """A tile repeated to cover ``size``, from a chosen corner."""
    if size[0] <= tile.width and size[1] <= tile.height:
        x, y = rng.randint(0, tile.width - size[0]), rng.randint(0, tile.height - size[1])
        return tile.crop((x, y, x + size[0], y + size[1]))
    out = Image.new("RGB", size)
    for y in range(0, size[1], tile.height):
        for x in range(0, size[0], tile.width):
            out.paste(tile, (x, y))
    return out
