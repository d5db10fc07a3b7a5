"""The studio: backdrops, surfaces, shadows, and the order in which things are laid on the picture."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from kendedes.demo.pictures.colour import Palette, ramp, tint

SIZE = 1280
SMALL = 320
type Point = tuple[float, float]


@dataclass
class Thing:
    """A painted piece: ``image`` (RGB) shown through ``mask`` with its corner at ``at``."""

    image: Image.Image
    mask: Image.Image
    at: tuple[int, int]


@dataclass
class Stage:
    """One picture in the making. ``light``: -1 the lamp stands left, +1 right."""

    rng: random.Random
    palette: Palette
    light: int
    image: Image.Image
    shade: Image.Image = field(default_factory=lambda: Image.new("L", (SMALL, SMALL), 0))
    things: list[Thing] = field(default_factory=list)

    def add(self, thing: Thing) -> Thing:
        """Put on top of what is there."""
        self.things.append(thing)
        return thing

    def contact(self, cx: float, y: float, rx: float, ry: float, strength: int = 190) -> None:
        """The dark seam where a thing of half-width ``rx`` meets the surface."""
        k = SMALL / SIZE
        pad = 10
        box = [int(v) for v in ((cx - rx) * k - pad, (y - ry) * k - pad, (cx + rx) * k + pad, (y + ry) * k + pad)]
        spot = Image.new("L", (max(2, box[2] - box[0]), max(2, box[3] - box[1])), 0)
        ImageDraw.Draw(spot).ellipse((pad, pad, spot.width - pad, spot.height - pad), fill=strength)
        self._darken(spot.filter(ImageFilter.GaussianBlur(3.2)), (box[0], box[1]))

    def cast(self, thing: Thing, base: float, reach: float = 0.5, flat: float = 0.22, strength: int = 135) -> None:
        """Throw the silhouette on the surface, away from the lamp; ``base`` is the y where it stands."""
        k = SMALL / SIZE
        small = thing.mask.resize((max(2, int(thing.mask.width * k)), max(2, int(thing.mask.height * k))))
        canvas = Image.new("L", (SMALL, SMALL), 0)
        canvas.paste(small, (int(thing.at[0] * k), int(thing.at[1] * k)))
        b, lean = base * k, -self.light * reach
        # target (x, y) takes the source at the height it was thrown from
        up = 1 / flat
        thrown = canvas.transform(
            (SMALL, SMALL), Image.Transform.AFFINE, (1, lean * up, -lean * up * b * 1, 0, up, b - up * b)
        )
        soft = thrown.filter(ImageFilter.GaussianBlur(7))
        sharp = thrown.filter(ImageFilter.GaussianBlur(2.5))
        both = ImageChops.add(
            soft.point(lambda v: v * strength * 0.6 / 255), sharp.point(lambda v: v * strength * 0.4 / 255)
        )
        self._darken(both, (0, 0))

    def drop(
        self, mask: Image.Image, at: tuple[int, int], shift: tuple[float, float], blur: float = 6, strength: int = 120
    ) -> None:
        """A shadow straight under something that lies flat or floats a little."""
        k = SMALL / SIZE
        small = mask.resize((max(2, int(mask.width * k)), max(2, int(mask.height * k))))
        canvas = Image.new("L", (SMALL, SMALL), 0)
        canvas.paste(small, (int((at[0] + shift[0]) * k), int((at[1] + shift[1]) * k)))
        self._darken(canvas.filter(ImageFilter.GaussianBlur(blur)).point(lambda v: v * strength / 255), (0, 0))

    def _darken(self, spot: Image.Image, at: tuple[int, int]) -> None:
        box = (at[0], at[1], at[0] + spot.width, at[1] + spot.height)
        old = self.shade.crop(box)
        self.shade.paste(ImageChops.lighter(ImageChops.screen(old, spot.point(lambda v: v * 0.55)), spot), box[:2])

    def settle(self) -> None:
        """Shadows into the surface, then the things in their order; the stage is then empty for the next layer."""
        box = self.shade.getbbox()
        if box:
            k = SIZE // SMALL
            size = ((box[2] - box[0]) * k, (box[3] - box[1]) * k)
            big = self.shade.crop(box).resize(size, Image.Resampling.BILINEAR)
            deep = tuple(round(c * 0.34) for c in self.palette.floor[0])
            self.image.paste(deep, (box[0] * k, box[1] * k, box[2] * k, box[3] * k), big)
            self.shade = Image.new("L", (SMALL, SMALL), 0)
        for thing in self.things:
            self.image.paste(thing.image, thing.at, thing.mask)
        self.things = []


# --- backdrops ------------------------------------------------------------------------------------


def backdrop(rng: random.Random, palette: Palette, light: int, *, top: bool = False, high: bool = False) -> Image.Image:
    """A wall and a surface under the lamp; ``top``: seen from above, a surface only; ``high``: a near table."""
    gobo = rng.randrange(6)
    if top:
        ground = _lightmap(1, gobo, rng.randrange(3))
        return tint(_turn(ground, light), ramp(*palette.floor))
    wall = tint(_turn(_lightmap(0, gobo, rng.randrange(3)), light), ramp(*palette.wall))
    ground = _turn(_floormap(rng.randrange(2)), light)
    horizon, edge = _horizon(rng.randrange(3) + 3 * high)
    floor = tint(ground.crop((0, edge, SIZE, SIZE)), ramp(*palette.floor))
    wall.paste(floor, (0, edge), horizon)
    return wall


def _turn(image: Image.Image, light: int) -> Image.Image:
    return image if light < 0 else image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


@lru_cache(maxsize=1)
def grain() -> Image.Image:
    """Fine paper grain; it also keeps wide gradients from showing steps."""
    rng = random.Random(7)
    noise = Image.frombytes(
        "L", (SMALL, SMALL), bytes(min(255, max(0, int(rng.gauss(128, 26)))) for _ in range(SMALL * SMALL))
    )
    sheet = Image.new("L", (SIZE, SIZE))
    for i in range(16):
        turned = noise.transpose(list(Image.Transpose)[i % 7])
        sheet.paste(turned, ((i % 4) * SMALL, (i // 4) * SMALL))
    return Image.blend(Image.new("L", (SIZE, SIZE), 128), sheet, 0.11)


def _grown(small: Image.Image) -> Image.Image:
    big = small.resize((SIZE, SIZE), Image.Resampling.BICUBIC)
    return ImageChops.add(big, grain(), 1, -128)


def _glow(cx: float, cy: float, reach: float, low: int, high: int) -> Image.Image:
    """A pool of light around (cx, cy) in shares of the picture."""
    pool = ImageChops.invert(Image.radial_gradient("L"))
    size = int(SMALL * reach * 2)
    pool = pool.resize((size, size), Image.Resampling.BICUBIC)
    canvas = Image.new("L", (SMALL, SMALL), 0)
    canvas.paste(pool, (int(SMALL * cx - size / 2), int(SMALL * cy - size / 2)))
    return canvas.point(lambda v: low + (high - low) * v / 255)


@lru_cache(maxsize=40)
def _lightmap(kind: int, gobo: int, variant: int) -> Image.Image:
    cx, cy = ((0.22, 0.2), (0.35, 0.35), (0.1, 0.45))[variant]
    small = _glow(cx, cy, 1.25, 78, 205) if kind == 0 else _glow(cx + 0.1, cy + 0.1, 1.35, 92, 200)
    shapes = _gobo(gobo, variant)
    if shapes is not None:
        small = ImageChops.multiply(small, shapes)
    return _grown(small)


def _gobo(kind: int, variant: int) -> Image.Image | None:
    """What stands between the window and the wall: nothing, a window frame, a palm leaf, a twig."""
    if kind in {0, 1}:
        return None
    rng = random.Random(kind * 10 + variant)
    canvas = Image.new("L", (SMALL, SMALL), 255)
    draw = ImageDraw.Draw(canvas)
    dark = 176
    if kind == 2:
        draw.rectangle((0, 0, SMALL, SMALL), fill=dark)
        for column in range(2):
            for row in range(3):
                x, y = 40 + column * 92 + variant * 14, -20 + row * 92
                draw.polygon([(x, y), (x + 78, y + 26), (x + 78, y + 104), (x, y + 78)], fill=255)
        return canvas.filter(ImageFilter.GaussianBlur(4))
    if kind == 3:
        _frond(draw, (-20, 30 + variant * 40), 20 + variant * 8, 300, dark)
        _frond(draw, (20, -30), 62 + variant * 6, 250, dark)
    elif kind == 4:
        for _ in range(3):
            _twig(draw, rng, (rng.uniform(-20, 120), -10), rng.uniform(40, 80), dark)
    else:
        draw.rectangle((0, 0, SMALL, SMALL), fill=dark + 10)
        for row in range(9):
            y = -60 + row * 34 + variant * 6
            draw.polygon([(0, y), (SMALL, y + 60), (SMALL, y + 82), (0, y + 22)], fill=255)
    return canvas.filter(ImageFilter.GaussianBlur(5))


def _frond(draw: ImageDraw.ImageDraw, at: Point, angle: float, length: float, tone: int) -> None:
    a = math.radians(angle)
    for i in range(16):
        t = i / 15
        x, y = at[0] + math.cos(a) * length * t, at[1] + math.sin(a) * length * t + 40 * t * t
        for side in (-1, 1):
            b = a + side * (1.0 - 0.5 * t)
            reach = 84 * math.sin(math.pi * (0.15 + 0.8 * t))
            ex, ey = x + math.cos(b) * reach, y + math.sin(b) * reach + 16
            wx, wy = -math.sin(b) * 4.5, math.cos(b) * 4.5
            draw.polygon(
                [(x, y), ((x + ex) / 2 + wx, (y + ey) / 2 + wy), (ex, ey), ((x + ex) / 2 - wx, (y + ey) / 2 - wy)],
                fill=tone,
            )


def _twig(draw: ImageDraw.ImageDraw, rng: random.Random, at: Point, angle: float, tone: int) -> None:
    a, (x, y) = math.radians(angle), at
    for i in range(14):
        nx, ny = x + math.cos(a) * 18, y + math.sin(a) * 18
        draw.line([(x, y), (nx, ny)], fill=tone, width=2)
        b = a + (1 if i % 2 else -1) * 0.9
        lx, ly = nx + math.cos(b) * 30, ny + math.sin(b) * 30
        wx, wy = -math.sin(b) * 8, math.cos(b) * 8
        draw.polygon(
            [(nx, ny), ((nx + lx) / 2 + wx, (ny + ly) / 2 + wy), (lx, ly), ((nx + lx) / 2 - wx, (ny + ly) / 2 - wy)],
            fill=tone,
        )
        a += rng.uniform(-0.2, 0.25)
        x, y = nx, ny


@lru_cache(maxsize=2)
def _floormap(variant: int) -> Image.Image:
    small = _glow(0.35 + 0.2 * variant, 0.78, 0.95, 88, 206)
    return _grown(small)


@lru_cache(maxsize=6)
def _horizon(variant: int) -> tuple[Image.Image, int]:
    """Where the wall ends: a sharp table edge, a soft bend, a table near the eye; the mask below its first row."""
    at, soft = ((230, 0.6), (222, 14), (240, 1.2), (126, 0.6), (148, 18), (104, 1.2))[variant]
    small = Image.new("L", (SMALL, SMALL), 0)
    ImageDraw.Draw(small).rectangle((0, at, SMALL, SMALL), fill=255)
    mask = small.filter(ImageFilter.GaussianBlur(soft)).resize((SIZE, SIZE), Image.Resampling.BICUBIC)
    box = mask.getbbox()
    top = box[1] if box else 0
    return mask.crop((0, top, SIZE, SIZE)), top


# --- shapes ---------------------------------------------------------------------------------------


def cut(
    points: Sequence[Point], *, more: Sequence[Sequence[Point]] = (), fine: int = 2
) -> tuple[Image.Image, tuple[int, int]]:
    """A smooth-edged mask of one or several polygons and its corner."""
    every = [*points, *(p for ring in more for p in ring)]
    x0, y0 = math.floor(min(p[0] for p in every)) - 1, math.floor(min(p[1] for p in every)) - 1
    x1, y1 = math.ceil(max(p[0] for p in every)) + 1, math.ceil(max(p[1] for p in every)) + 1
    big = Image.new("L", ((x1 - x0) * fine, (y1 - y0) * fine), 0)
    draw = ImageDraw.Draw(big)
    for ring in (points, *more):
        draw.polygon([((x - x0) * fine, (y - y0) * fine) for x, y in ring], fill=255)
    return big.reduce(fine), (x0, y0)


def smooth(points: Sequence[Point], steps: int = 8, *, closed: bool = False) -> list[Point]:
    """A Catmull-Rom curve through ``points``; a point given twice stays a corner."""
    n = len(points)
    out: list[Point] = []
    last = n if closed else n - 1
    shares = [s / steps for s in range(steps)]
    for i in range(last):
        p1, p2 = points[i], points[(i + 1) % n]
        if p1 == p2:
            continue
        p0 = points[i - 1] if (closed or i > 0) else p1
        p3 = points[(i + 2) % n] if (closed or i + 2 < n) else p2
        ax, bx, cx = _cubic(p0[0], p1[0], p2[0], p3[0])
        ay, by, cy = _cubic(p0[1], p1[1], p2[1], p3[1])
        x, y = p1
        out += [(x + t * (ax + t * (bx + t * cx)), y + t * (ay + t * (by + t * cy))) for t in shares]
    if not closed:
        out.append(points[-1])
    return out


def _cubic(a: float, b: float, c: float, d: float) -> tuple[float, float, float]:
    """Coefficients of t, t² and t³ of the curve from ``b`` to ``c``."""
    return 0.5 * (c - a), 0.5 * (2 * a - 5 * b + 4 * c - d), 0.5 * (3 * b - a - 3 * c + d)


def oval(cx: float, cy: float, rx: float, ry: float, n: int = 48) -> list[Point]:
    """An ellipse as points."""
    return [(cx + rx * math.cos(2 * math.pi * i / n), cy + ry * math.sin(2 * math.pi * i / n)) for i in range(n)]


def turned(points: Sequence[Point], angle: float, about: Point = (0, 0), shift: Point = (0, 0)) -> list[Point]:
    """Points turned by ``angle`` degrees about a point, then shifted."""
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    ax, ay = about
    return [
        (ax + (x - ax) * c - (y - ay) * s + shift[0], ay + (x - ax) * s + (y - ay) * c + shift[1]) for x, y in points
    ]


def shaded(
    size: tuple[int, int], paint: Callable[[ImageDraw.ImageDraw], None], *, base: int = 128, blur: float = 0
) -> Image.Image:
    """A grey light image drawn by ``paint`` and softened."""
    image = Image.new("L", size, base)
    paint(ImageDraw.Draw(image))
    return image.filter(ImageFilter.GaussianBlur(blur)) if blur else image
