"""Small things in heaps and windows: chips, beans, fruit, leaves; each drawn once per process and kept."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from kendedes.demo.pictures.colour import Colour, darker, lighter, lit, mix, rgb
from kendedes.demo.pictures.stage import Point, oval, smooth, turned

VARIANTS = 6
type Paint = Callable[[ImageDraw.ImageDraw, random.Random, float], None]


class Kind:
    """How one kind of piece is drawn: outline, colours, marks, how much it bulges and shines."""

    def __init__(
        self,
        colours: tuple[str, ...],
        outline: Callable[[random.Random], list[Point]],
        *,
        bulge: float = 0.5,
        gloss: float = 0.3,
        marks: Paint | None = None,
    ) -> None:
        self.colours = tuple(rgb(c) for c in colours)
        self.outline = outline
        self.bulge = bulge
        self.gloss = gloss
        self.marks = marks


def _round(wobble: float, rx: float = 1, ry: float = 1, n: int = 9) -> Callable[[random.Random], list[Point]]:
    def make(rng: random.Random) -> list[Point]:
        points = []
        for i in range(n):
            k = 1 + rng.uniform(-wobble, wobble)
            a = 2 * math.pi * i / n
            points.append((math.cos(a) * rx * k, math.sin(a) * ry * k))
        return smooth(points, 6, closed=True)

    return make


def _bent(length: float, thick: float, bend: float) -> Callable[[random.Random], list[Point]]:
    def make(rng: random.Random) -> list[Point]:
        b = bend * rng.uniform(0.6, 1.3)
        top = [
            (
                -length + 2 * length * i / 8,
                -thick * math.sin(math.pi * (0.08 + 0.84 * i / 8)) - b * math.sin(math.pi * i / 8),
            )
            for i in range(9)
        ]
        low = [
            (
                -length + 2 * length * i / 8,
                thick * math.sin(math.pi * (0.08 + 0.84 * i / 8)) - b * math.sin(math.pi * i / 8),
            )
            for i in range(9)
        ]
        return smooth([*top, *reversed(low)], 4, closed=True)

    return make


def _block(w: float, h: float, wobble: float = 0.06) -> Callable[[random.Random], list[Point]]:
    def make(rng: random.Random) -> list[Point]:
        corners = ((-w, -h), (w, -h), (w, h), (-w, h))
        ring = [(x + rng.uniform(-wobble, wobble), y + rng.uniform(-wobble, wobble)) for x, y in corners]
        out: list[Point] = []
        for i, (x, y) in enumerate(ring):
            px, py = ring[i - 1]
            nx, ny = ring[(i + 1) % 4]
            out += [(x + (px - x) * 0.14, y + (py - y) * 0.14), (x + (nx - x) * 0.14, y + (ny - y) * 0.14)]
        return out

    return make


def _pointed(w: float) -> Callable[[random.Random], list[Point]]:
    def make(rng: random.Random) -> list[Point]:
        k = w * rng.uniform(0.8, 1.15)
        return smooth(
            [(-1, 0), (-1, 0), (-0.4, -k), (0.35, -k * 0.8), (1, 0), (1, 0), (0.35, k * 0.8), (-0.4, k)], 5, closed=True
        )

    return make


def _dots(colour: str, count: int, size: float, within: float = 0.75) -> Paint:
    def paint(draw: ImageDraw.ImageDraw, rng: random.Random, r: float) -> None:
        c = rgb(colour)
        for _ in range(count):
            a, d = rng.uniform(0, 6.28), math.sqrt(rng.random()) * within * r
            x, y, s = r * 1.3 + math.cos(a) * d, r * 1.3 + math.sin(a) * d, size * r * rng.uniform(0.6, 1.3)
            draw.ellipse((x - s, y - s * 0.8, x + s, y + s * 0.8), fill=mix(c, (120, 80, 40), rng.uniform(0, 0.25)))

    return paint


def _line(colour: str, bend: float, width: float = 0.1, length: float = 0.8) -> Paint:
    def paint(draw: ImageDraw.ImageDraw, rng: random.Random, r: float) -> None:
        c = r * 1.3
        path = smooth(
            [
                (c - length * r, c),
                (c - length * r * 0.4, c - bend * r),
                (c + length * r * 0.4, c + bend * r),
                (c + length * r, c),
            ],
            6,
        )
        draw.line(path, fill=rgb(colour), width=max(2, int(width * r)), joint="curve")

    return paint


def _ring(colour: str, inner: float) -> Paint:
    def paint(draw: ImageDraw.ImageDraw, rng: random.Random, r: float) -> None:
        c, k = r * 1.3, inner * r
        draw.ellipse((c - k, c - k, c + k, c + k), fill=rgb(colour))

    return paint


def _apple_ring(draw: ImageDraw.ImageDraw, rng: random.Random, r: float) -> None:
    c = r * 1.3
    draw.ellipse((c - r * 0.9, c - r * 0.9, c + r * 0.9, c + r * 0.9), fill=rgb("f3dfa4"))
    for i in range(5):
        petal = oval(r * 0.26, 0, r * 0.2, r * 0.1, 16)
        draw.polygon(turned(petal, i * 72 + 10, (0, 0), (c, c)), fill=rgb("c99a4e"))


def _stalk(draw: ImageDraw.ImageDraw, rng: random.Random, r: float) -> None:
    c = r * 1.3
    draw.ellipse((c - r * 0.28, c - r * 0.82, c + r * 0.28, c - r * 0.58), fill=rgb("5a3a22"))
    draw.line([(c, c - r * 0.7), (c + r * 0.1, c - r * 1.12)], fill=rgb("4a2d1a"), width=max(2, int(r * 0.09)))


def _scales(draw: ImageDraw.ImageDraw, rng: random.Random, r: float) -> None:
    c = r * 1.3
    for row in range(-5, 6):
        for column in range(-5, 6):
            x, y = c + (column + 0.5 * (row % 2)) * r * 0.24, c + row * r * 0.2
            draw.polygon(
                [(x - r * 0.12, y), (x, y - r * 0.13), (x + r * 0.12, y), (x, y + r * 0.15)],
                outline=rgb("3d2014"),
                width=max(1, int(r * 0.025)),
            )


def _cracks(draw: ImageDraw.ImageDraw, rng: random.Random, r: float) -> None:
    c = r * 1.3
    for _ in range(7):
        a, d = rng.uniform(0, 6.28), rng.uniform(0.1, 0.7) * r
        x, y = c + math.cos(a) * d, c + math.sin(a) * d
        draw.line(
            [(x, y), (x + rng.uniform(-0.3, 0.3) * r, y + rng.uniform(-0.2, 0.2) * r)],
            fill=rgb("8a5a30"),
            width=max(1, int(r * 0.04)),
        )


def _grainy(draw: ImageDraw.ImageDraw, rng: random.Random, r: float) -> None:
    for _ in range(60):
        x, y = rng.uniform(0.2, 2.4) * r, rng.uniform(0.2, 2.4) * r
        draw.point((x, y), fill=rgb("5a3418"))
        draw.ellipse((x, y, x + r * 0.05, y + r * 0.05), fill=rgb("d69a5a"))


KINDS: dict[str, Kind] = {
    "tempe": Kind(("d9a95c", "c98f45", "e0b872"), _round(0.07), bulge=0.25, marks=_dots("f1deae", 16, 0.15)),
    "apple_chip": Kind(("b4462f", "a93c2c", "c2613a"), _round(0.08), bulge=0.2, marks=_apple_ring),
    "jackfruit": Kind(
        ("e6a52e", "d8922a", "eebc4c"), _bent(0.95, 0.42, 0.25), bulge=0.5, marks=_line("c67d1e", 0.08, 0.07)
    ),
    "banana": Kind(
        ("e8bd58", "dca945", "efcc74"), _round(0.05, 1, 0.66), bulge=0.3, marks=_dots("b98a35", 5, 0.05, 0.3)
    ),
    "cassava": Kind(("f0d79a", "e6c27a", "d99a4a"), _round(0.13, 1, 0.8), bulge=0.4, marks=_dots("c98a3c", 6, 0.05)),
    "spicy": Kind(("d9622f", "c94e26", "e07d3d"), _round(0.13, 1, 0.8), bulge=0.4, marks=_dots("8a1f12", 14, 0.05)),
    "taro": Kind(("cdb6c4", "bfa3b5", "d9c6cf"), _round(0.1, 1, 0.85), bulge=0.4, marks=_dots("8b6384", 12, 0.045)),
    "sweetpotato": Kind(
        ("8a4a86", "76396f", "9a5c94"), _round(0.1, 1, 0.85), bulge=0.4, marks=_dots("d3a7cf", 7, 0.04)
    ),
    "cracker": Kind(
        ("f2e2bd", "e9d2a0", "f7ecd2"), _round(0.2, 1, 0.9, 11), bulge=0.7, marks=_dots("d8b878", 10, 0.08)
    ),
    "rengginang": Kind(
        ("dfae62", "cf9a4c", "e6c07e"), _round(0.06), bulge=0.25, marks=_dots("f4dca6", 60, 0.085, 0.92)
    ),
    "peyek": Kind(("dba85a", "cc9444", "e5bb74"), _round(0.16, 1.05, 0.85), bulge=0.2, marks=_dots("8f5a2c", 9, 0.14)),
    "mushroom": Kind(
        ("b98a58", "a87646", "c79c6c"), _bent(0.95, 0.3, 0.35), bulge=0.5, marks=_line("8a5a30", 0.06, 0.06)
    ),
    "spinach": Kind(("6d7d34", "8b8a3c", "a59a4e"), _pointed(0.55), bulge=0.25, marks=_line("d8c27a", 0.0, 0.06, 0.95)),
    "coffee": Kind(
        ("4a2a1a", "3d2014", "5a3520"),
        _round(0.03, 0.92, 0.66),
        bulge=0.9,
        gloss=0.8,
        marks=_line("1f0e08", 0.12, 0.1, 0.86),
    ),
    "peanut": Kind(
        ("c98f58", "b87a45", "d8a46e"), _round(0.05, 0.8, 0.55), bulge=0.8, marks=_line("9a6236", 0.02, 0.05, 0.6)
    ),
    "bean": Kind(("e9d4a0", "dcc084"), _round(0.04, 0.75, 0.6), bulge=0.9, gloss=0.4),
    "chili": Kind(("b5231c", "c8301f", "9a1a18"), _bent(1.15, 0.16, 0.16), bulge=0.8, gloss=0.9),
    "chili_green": Kind(("5d7f2c", "74943a"), _bent(1.1, 0.14, 0.14), bulge=0.8, gloss=0.9),
    "garlic": Kind(
        ("f2e8da", "e8dac8"), _round(0.06, 0.7, 0.9), bulge=0.8, gloss=0.3, marks=_line("cdb9b0", 0.05, 0.04)
    ),
    "shallot": Kind(
        ("a94a5a", "93394b", "bb6270"), _round(0.05, 0.75, 0.6), bulge=0.9, gloss=0.6, marks=_line("d992a0", 0.05, 0.04)
    ),
    "ginger": Kind(("c9a067", "b98e56"), _round(0.24, 1, 0.62, 8), bulge=0.7, gloss=0.1, marks=_cracks),
    "turmeric": Kind(("c97a24", "b8661c"), _bent(0.95, 0.34, 0.14), bulge=0.7, gloss=0.1, marks=_cracks),
    "clove": Kind(
        ("4c2a1c", "5d3524"), _bent(0.8, 0.13, 0.05), bulge=0.6, gloss=0.2, marks=_dots("2a140c", 3, 0.12, 0.5)
    ),
    "cinnamon": Kind(
        ("9a5a32", "874a28"), _block(1.0, 0.18, 0.02), bulge=0.8, gloss=0.15, marks=_line("5d2f18", 0.0, 0.07, 0.9)
    ),
    "leaf": Kind(
        ("4f7a3a", "3f6a33", "6a9148"), _pointed(0.42), bulge=0.35, gloss=0.3, marks=_line("a9c27a", 0.0, 0.05, 0.95)
    ),
    "tea": Kind(("3d3a24", "4d4a2c", "2f2c1c"), _bent(0.9, 0.13, 0.2), bulge=0.4, gloss=0.1),
    "apple": Kind(
        ("b8302a", "c6472f", "9eae3f", "bfc158"), _round(0.03, 0.98, 0.92), bulge=1.0, gloss=0.8, marks=_stalk
    ),
    "orange": Kind(
        ("e2892b", "dd7a22", "eb9d3c"), _round(0.02, 0.96, 0.93), bulge=1.0, gloss=0.5, marks=_dots("c96a18", 26, 0.018)
    ),
    "lime": Kind(("7f9a34", "6d8a2c", "93aa46"), _round(0.03, 0.95, 0.85), bulge=1.0, gloss=0.6),
    "salak": Kind(("6b3a22", "5d301c", "7a452a"), _round(0.03, 0.85, 0.95), bulge=1.0, gloss=0.5, marks=_scales),
    "avocado": Kind(
        ("3f5a2c", "4d6a34", "35492a"),
        lambda rng: smooth(
            [(0, -1), (0.34, -0.7), (0.68, 0.1), (0.5, 0.78), (0, 0.98), (-0.5, 0.78), (-0.68, 0.1), (-0.34, -0.7)],
            6,
            closed=True,
        ),
        bulge=1.0,
        gloss=0.5,
        marks=_dots("5d7a44", 24, 0.025),
    ),
    "guava": Kind(("9fb45a", "aebf6a", "8ba64c"), _round(0.05, 0.86, 0.96), bulge=1.0, gloss=0.4, marks=_stalk),
    "mangosteen": Kind(("4a2038", "5a2842"), _round(0.02, 0.95, 0.9), bulge=1.0, gloss=0.5, marks=_stalk),
    "potato": Kind(
        ("c9a26a", "b98f58", "d6b27e"), _round(0.09, 0.95, 0.72), bulge=0.9, gloss=0.15, marks=_dots("9a7444", 6, 0.035)
    ),
    "carrot": Kind(
        ("dd7a2c", "e0893a"),
        lambda rng: smooth(
            [(-1, 0), (-0.9, -0.24), (-0.2, -0.22), (1.15, 0), (1.15, 0), (-0.2, 0.22), (-0.9, 0.24)], 5, closed=True
        ),
        bulge=0.9,
        gloss=0.3,
        marks=_cracks,
    ),
    "tomato": Kind(("c4352a", "d4492f"), _round(0.03, 0.96, 0.86), bulge=1.0, gloss=0.9),
    "egg": Kind(("e9cdb0", "dfbd9c", "f0dcc6"), _round(0.0, 0.72, 0.92), bulge=1.0, gloss=0.3),
    "strawberry": Kind(
        ("c22c34", "d03c3c"),
        lambda rng: smooth(
            [(0, 1), (0, 1), (-0.62, 0.2), (-0.6, -0.5), (0, -0.72), (0.6, -0.5), (0.62, 0.2)], 5, closed=True
        ),
        bulge=0.9,
        gloss=0.6,
        marks=_dots("f0d27a", 16, 0.035, 0.65),
    ),
    "candy": Kind(("d9a441", "c9553a", "6d8a4a", "a9486a", "e8c07a"), _block(0.62, 0.42, 0.05), bulge=0.7, gloss=0.6),
    "dodol": Kind(("7a4424", "93562e", "6a3a5a", "5f7a3a"), _block(0.8, 0.36, 0.04), bulge=0.6, gloss=0.7),
    "sugar": Kind(("8a4f24", "9c5e2e", "7a431e"), _round(0.02, 0.9, 0.82), bulge=0.6, gloss=0.15, marks=_grainy),
    "cookie": Kind(
        ("c98a48", "b8763a", "d9a060"), _round(0.04), bulge=0.45, gloss=0.05, marks=_dots("5a2f18", 7, 0.09)
    ),
    "cheese": Kind(
        ("f0c55c", "ecd07e", "f5dc9a"),
        _block(0.72, 0.66, 0.04),
        bulge=0.3,
        gloss=0.15,
        marks=_dots("d4a23a", 4, 0.1, 0.6),
    ),
    "fish": Kind(
        ("9aa0a4", "b0a894", "8a8f96"),
        lambda rng: smooth(
            [
                (-1.1, -0.3),
                (-1.1, -0.3),
                (-0.75, 0),
                (-1.1, 0.3),
                (-1.1, 0.3),
                (-0.6, 0.1),
                (0.2, 0.3),
                (1, 0.05),
                (1, -0.05),
                (0.2, -0.3),
                (-0.6, -0.1),
            ],
            4,
            closed=True,
        ),
        bulge=0.7,
        gloss=0.6,
        marks=_dots("3a3a40", 2, 0.05, 0.5),
    ),
    "rice": Kind(("efe6d2", "e2d4b6"), _pointed(0.3), bulge=0.5, gloss=0.2),
    "corn": Kind(("e9b93a", "dda62c", "f0c858"), _round(0.08, 0.75, 0.8, 7), bulge=0.8, gloss=0.5),
    "cacao": Kind(
        ("6a3a22", "7a4a2c"), _round(0.04, 0.9, 0.62), bulge=0.8, gloss=0.3, marks=_line("4a2616", 0.05, 0.05)
    ),
    "flower": Kind(
        ("e7c34a", "c9486a", "f0e6d8", "d9803a"),
        lambda rng: [
            (math.cos(a) * (1 if i % 2 else 0.62), math.sin(a) * (1 if i % 2 else 0.62))
            for i, a in enumerate(2 * math.pi * k / 24 for k in range(24))
        ],
        bulge=0.5,
        gloss=0.1,
        marks=_ring("a9641e", 0.22),
    ),
}


@lru_cache(maxsize=900)
def piece(kind: str, size: int, variant: int, light: int) -> Image.Image:
    """A piece of ``size`` px across with its own contact shadow, RGBA; a few variants of each kind."""
    how = KINDS[kind]
    rng = random.Random(f"{kind}/{variant}")
    fine = 3 if size < 90 else 2
    r = size / 2 * fine
    full = int(r * 2.6)
    outline = [(r * 1.3 + x * r, r * 1.3 + y * r) for x, y in how.outline(rng)]
    angle = rng.uniform(0, 360) if kind not in UPRIGHT else rng.uniform(-14, 14)
    art = Image.new("RGB", (full, full), rng.choice(how.colours))
    if how.marks:
        how.marks(ImageDraw.Draw(art), rng, r)
    mask = Image.new("L", (full, full), 0)
    ImageDraw.Draw(mask).polygon(outline, fill=255)
    art, mask = art.reduce(fine), mask.reduce(fine)  # turned small: a quarter of the work, and the eye cannot tell
    art = art.rotate(angle, Image.Resampling.BICUBIC, fillcolor=how.colours[0])
    mask = mask.rotate(angle, Image.Resampling.BICUBIC)
    art = lit(art, _bulge(mask, size, how, light))
    return _with_shadow(art, mask, size, light)


UPRIGHT = frozenset(("apple", "guava", "mangosteen", "avocado", "salak", "orange", "egg", "strawberry", "tomato"))


def _bulge(mask: Image.Image, size: int, how: Kind, light: int) -> Image.Image:
    """Light from the blurred silhouette: its slope towards the lamp is bright, the other side dark."""
    soft = mask.filter(ImageFilter.GaussianBlur(size * (0.1 + 0.16 * how.bulge)))
    step = max(1, int(size * (0.05 + 0.12 * how.bulge)))
    left = ImageChops.offset(soft, -light * step, step)
    right = ImageChops.offset(soft, light * step, -step)
    shade = ImageChops.subtract(left, right, 2.6 - 0.9 * how.bulge, 132)
    if how.gloss > 0.25:
        w, h = mask.size
        gleam = Image.new("L", (w, h), 0)
        x, y, k = w / 2 + light * size * 0.2, h / 2 - size * 0.22, size * (0.05 + 0.05 * how.gloss)
        ImageDraw.Draw(gleam).ellipse((x - k * 1.3, y - k, x + k * 1.3, y + k), fill=int(150 * how.gloss))
        shade = ImageChops.add(shade, gleam.filter(ImageFilter.GaussianBlur(size * 0.035)))
    return shade


def _with_shadow(art: Image.Image, mask: Image.Image, size: int, light: int) -> Image.Image:
    pad = max(3, int(size * 0.14))
    w, h = mask.width + 2 * pad, mask.height + 2 * pad
    shadow = Image.new("L", (w, h), 0)
    shadow.paste(mask.point(lambda v: v * 0.62), (pad - light * pad // 2, pad + pad // 2))
    shadow = shadow.filter(ImageFilter.GaussianBlur(pad * 0.5))
    whole = Image.new("L", (w, h), 0)
    whole.paste(mask, (pad, pad))
    out = Image.new("RGB", (w, h), (30, 15, 14))
    out.paste(art, (pad, pad), mask)
    result = out.convert("RGBA")
    result.putalpha(ImageChops.lighter(shadow, whole))
    return result.crop(result.getbbox())


def lay(image: Image.Image, kind: str, at: Point, size: int, rng: random.Random, light: int) -> None:
    """One piece centred at ``at``."""
    sprite = piece(kind, max(12, round(size / 20) * 20), rng.randrange(VARIANTS), light)
    image.paste(sprite, (int(at[0] - sprite.width / 2), int(at[1] - sprite.height / 2)), sprite)


TILE = 560


@lru_cache(maxsize=48)
def _heap(kind: str, size: int, light: int) -> Image.Image:
    """A square of pieces laid row over row from the back."""
    rng = random.Random(f"{kind}/{size}")
    image = Image.new("RGB", (TILE, TILE), darker(KINDS[kind].colours[0], 0.4))
    step, y, row = size * 0.64, -size * 0.2, 0
    while y <= TILE + step:
        x = step / 2 if row % 2 else 0.0
        while x <= TILE + step / 2:
            spot = (x + rng.uniform(-0.2, 0.2) * size, y + rng.uniform(-0.15, 0.15) * size)
            lay(image, kind, spot, int(size * rng.uniform(0.88, 1.12)), rng, light)
            x += step
        y += step * 0.8
        row += 1
    return image


def strew(
    image: Image.Image, kind: str, box: tuple[float, float, float, float], size: int, rng: random.Random, light: int
) -> None:
    """Fill a rectangle with a heap of pieces about ``size`` px across."""
    heap = _heap(kind, max(40, round(size / 40) * 40), light)
    x0, y0, x1, y1 = (int(v) for v in box)
    cut = (rng.randrange(80), rng.randrange(80))
    tile = heap.crop((cut[0], cut[1], TILE - 80 + cut[0], TILE - 80 + cut[1]))
    for y in range(y0, y1, tile.height):
        for x in range(x0, x1, tile.width):
            image.paste(tile.crop((0, 0, min(tile.width, x1 - x), min(tile.height, y1 - y))), (x, y))


def scatter(
    image: Image.Image, kind: str, centre: Point, spread: Point, count: int, size: int, rng: random.Random, light: int
) -> None:
    """Loose pieces around a centre, the nearer ones over the farther ones."""
    spots = sorted(
        (centre[1] + rng.gauss(0, 0.45) * spread[1], centre[0] + rng.gauss(0, 0.5) * spread[0]) for _ in range(count)
    )
    for y, x in spots:
        lay(image, kind, (x, y), int(size * rng.uniform(0.85, 1.1)), rng, light)


def tones_of(kind: str) -> tuple[Colour, Colour, Colour]:
    """Dark, middle and light of a kind, for packs that hold it."""
    c = KINDS[kind].colours[0]
    return darker(c, 0.4), c, lighter(c, 0.5)
