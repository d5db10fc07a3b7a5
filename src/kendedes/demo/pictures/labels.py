"""Lettering, emblems and labels."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

from kendedes.demo.pictures.colour import Colour, darker, is_dark, lighter, mix
from kendedes.demo.pictures.stage import Point, oval, smooth, turned

CREAM: Colour = (250, 243, 228)
INK: Colour = (52, 34, 30)


@lru_cache(maxsize=64)
def font(size: int, weight: int = 700, *, italic: bool = False) -> ImageFont.FreeTypeFont:
    """Plus Jakarta Sans in one size (px) and weight (200-800)."""
    name = "PlusJakartaSans-Italic[wght].ttf" if italic else "PlusJakartaSans[wght].ttf"
    data = files("fontpkg_plus_jakarta_sans") / "files" / name
    face = ImageFont.truetype(str(data), size, layout_engine=ImageFont.Layout.BASIC)
    face.set_variation_by_axes([weight])
    return face


def fitted(text: str, width: float, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """The largest step down from ``size`` at which ``text`` is at most ``width`` wide."""
    length = font(64, weight).getlength(text) / 64
    want = min(size, int(width / max(length, 0.1)))
    return font(max(8, want - want % 2), weight)


def lines_of(text: str, most: int = 3) -> list[str]:
    """A name broken into at most ``most`` lines of similar length."""
    words = text.split()
    best, score = [text], 1e9
    for count in range(1, min(most, len(words)) + 1):
        rows = _broken(words, count)
        longest = max(len(r) for r in rows)
        cost = longest * (1 + 0.16 * (count - 1)) + (max(0, longest - 11) * 2)
        if cost < score:
            best, score = rows, cost
    return best


def _broken(words: list[str], count: int) -> list[str]:
    rows: list[str] = []
    target = len(" ".join(words)) / count
    row: list[str] = []
    for i, word in enumerate(words):
        left = len(words) - i
        if (
            row
            and len(rows) < count - 1
            and (len(" ".join([*row, word])) > target + 2 or left <= count - 1 - len(rows))
        ):
            rows.append(" ".join(row))
            row = []
        row.append(word)
    rows.append(" ".join(row))
    return rows


def spaced(
    draw: ImageDraw.ImageDraw, at: Point, text: str, face: ImageFont.FreeTypeFont, fill: Colour, gap: float
) -> None:
    """Text centred at ``at`` with ``gap`` pixels between letters."""
    widths = [face.getlength(ch) for ch in text]
    gap = min(gap, face.size * 0.16)
    x = at[0] - (sum(widths) + gap * (len(text) - 1)) / 2
    for ch, w in zip(text, widths, strict=True):
        draw.text((x, at[1]), ch, font=face, fill=fill, anchor="lm")
        x += w + gap


def block(
    draw: ImageDraw.ImageDraw,
    cx: float,
    cy: float,
    width: float,
    text: str,
    size: int,
    fill: Colour,
    height: float,
    weight: int = 800,
) -> None:
    """A name in centred lines around ``cy``, at most ``height`` tall."""
    rows = lines_of(text, 3 if height > width * 0.36 else 2)
    longest = max(rows, key=lambda r: font(64, weight).getlength(r))
    face = fitted(longest, width, min(size, int(height / len(rows) / 1.08)), weight)
    step = face.size * 1.08
    y = cy - step * (len(rows) - 1) / 2
    for row in rows:
        draw.text((cx, y), row, font=face, fill=fill, anchor="mm")
        y += step


# --- emblems --------------------------------------------------------------------------------------


def emblem(draw: ImageDraw.ImageDraw, kind: int, cx: float, cy: float, r: float, fill: Colour, ground: Colour) -> None:
    """One of eight small marks in a circle of radius ``r``."""
    _EMBLEMS[kind % len(_EMBLEMS)](draw, cx, cy, r, fill, ground)


def _leaves(draw: ImageDraw.ImageDraw, cx: float, cy: float, r: float, fill: Colour, ground: Colour) -> None:
    for angle in (-50, 0, 50):
        leaf = smooth(
            [(0, 0), (0, 0), (r * 0.26, -r * 0.45), (0, -r * 1.0), (0, -r * 1.0), (-r * 0.26, -r * 0.45)],
            5,
            closed=True,
        )
        draw.polygon(turned(leaf, angle, (0, 0), (cx, cy + r * 0.45)), fill=fill)
    draw.line([(cx, cy + r * 0.3), (cx, cy + r * 0.95)], fill=fill, width=max(2, int(r * 0.08)))


def _mountain(draw: ImageDraw.ImageDraw, cx: float, cy: float, r: float, fill: Colour, ground: Colour) -> None:
    draw.ellipse((cx + r * 0.05, cy - r * 0.85, cx + r * 0.65, cy - r * 0.25), fill=mix(fill, ground, 0.35))
    draw.polygon(
        [
            (cx - r, cy + r * 0.5),
            (cx - r * 0.25, cy - r * 0.6),
            (cx + r * 0.1, cy - r * 0.1),
            (cx + r * 0.35, cy - r * 0.35),
            (cx + r, cy + r * 0.5),
        ],
        fill=fill,
    )
    for i in range(2):
        y = cy + r * (0.66 + 0.2 * i)
        draw.line(
            [(cx - r * (0.8 - 0.2 * i), y), (cx + r * (0.8 - 0.2 * i), y)], fill=fill, width=max(2, int(r * 0.08))
        )


def _kawung(draw: ImageDraw.ImageDraw, cx: float, cy: float, r: float, fill: Colour, ground: Colour) -> None:
    petal = smooth(
        [(r * 0.12, 0), (r * 0.12, 0), (r * 0.5, -r * 0.3), (r * 0.95, 0), (r * 0.95, 0), (r * 0.5, r * 0.3)],
        5,
        closed=True,
    )
    for angle in (45, 135, 225, 315):
        draw.polygon(turned(petal, angle, (0, 0), (cx, cy)), fill=fill)
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        draw.line(
            [(cx + c * r * 0.3, cy + s * r * 0.3), (cx + c * r * 0.72, cy + s * r * 0.72)],
            fill=ground,
            width=max(2, int(r * 0.07)),
        )


def _sun(draw: ImageDraw.ImageDraw, cx: float, cy: float, r: float, fill: Colour, ground: Colour) -> None:
    for i in range(16):
        ray = [(r * 0.52, -r * 0.06), (r * 0.98, 0), (r * 0.52, r * 0.06)]
        draw.polygon(turned(ray, i * 22.5, (0, 0), (cx, cy)), fill=fill)
    draw.ellipse((cx - r * 0.4, cy - r * 0.4, cx + r * 0.4, cy + r * 0.4), fill=fill)


def _drop(draw: ImageDraw.ImageDraw, cx: float, cy: float, r: float, fill: Colour, ground: Colour) -> None:
    draw.polygon(
        [
            (x + cx, y + cy)
            for x, y in smooth(
                [
                    (0, -r),
                    (0, -r),
                    (r * 0.55, r * 0.1),
                    (r * 0.45, r * 0.65),
                    (0, r * 0.9),
                    (-r * 0.45, r * 0.65),
                    (-r * 0.55, r * 0.1),
                ],
                6,
                closed=True,
            )
        ],
        fill=fill,
    )
    draw.arc(
        (cx - r * 0.25, cy - r * 0.05, cx + r * 0.35, cy + r * 0.6), 30, 110, fill=ground, width=max(2, int(r * 0.09))
    )


def _bean(draw: ImageDraw.ImageDraw, cx: float, cy: float, r: float, fill: Colour, ground: Colour) -> None:
    for angle, shift in ((-35, -r * 0.32), (35, r * 0.32)):
        draw.polygon(turned(oval(0, 0, r * 0.4, r * 0.72), angle, (0, 0), (cx + shift, cy)), fill=fill)
        draw.line(
            turned(
                smooth([(0, -r * 0.68), (r * 0.1, -r * 0.2), (-r * 0.1, r * 0.2), (0, r * 0.68)], 5),
                angle,
                (0, 0),
                (cx + shift, cy),
            ),
            fill=ground,
            width=max(2, int(r * 0.08)),
        )


def _wave(draw: ImageDraw.ImageDraw, cx: float, cy: float, r: float, fill: Colour, ground: Colour) -> None:
    for row in range(3):
        y = cy - r * 0.4 + row * r * 0.42
        draw.line(
            smooth([(cx + r * (-1 + 0.25 * i), y + r * 0.13 * (1 if i % 2 else -1)) for i in range(9)], 5),
            fill=fill,
            width=max(2, int(r * 0.13)),
        )


def _star(draw: ImageDraw.ImageDraw, cx: float, cy: float, r: float, fill: Colour, ground: Colour) -> None:
    for i in range(8):
        petal = smooth(
            [(r * 0.2, 0), (r * 0.2, 0), (r * 0.55, -r * 0.17), (r, 0), (r, 0), (r * 0.55, r * 0.17)], 4, closed=True
        )
        draw.polygon(turned(petal, i * 45, (0, 0), (cx, cy)), fill=fill)
    draw.ellipse((cx - r * 0.17, cy - r * 0.17, cx + r * 0.17, cy + r * 0.17), fill=mix(fill, ground, 0.5))


type _Emblem = Callable[[ImageDraw.ImageDraw, float, float, float, Colour, Colour], None]
_EMBLEMS: tuple[_Emblem, ...] = (_leaves, _mountain, _kawung, _sun, _drop, _bean, _wave, _star)


# --- labels ---------------------------------------------------------------------------------------


def label(rng: random.Random, size: tuple[int, int], title: str, brand: str, note: str, main: Colour) -> Image.Image:
    """A label of ``size`` px in one of six layouts around ``main``, with the product's name as its hero."""
    w, h = size
    design = rng.randrange(6) if w < h * 1.9 else 6
    paper = rng.choice((CREAM, lighter(main, 0.86), (244, 232, 208)))
    dark = darker(main, 0.35) if not is_dark(main) else main
    ground, ink, accent = (
        (paper, dark, main) if design in {0, 1, 3, 6} else (main, CREAM if is_dark(main) else INK, paper)
    )
    image = Image.new("RGB", (w, h), ground)
    draw = ImageDraw.Draw(image)
    mark = rng.randrange(8)
    _DESIGNS[design](_Sheet(draw, w, h, title, brand, note, ink, accent, ground, mark))
    return image


@dataclass(frozen=True)
class _Sheet:
    """A label under way: what is written on it, in which colours, with which mark. ``w``, ``h`` in px."""

    draw: ImageDraw.ImageDraw
    w: int
    h: int
    title: str
    brand: str
    note: str
    ink: Colour
    accent: Colour
    ground: Colour
    mark: int


type _Design = Callable[[_Sheet], None]


def _centred(on: _Sheet) -> None:
    draw, w, h = on.draw, on.w, on.h
    m = int(min(w, h) * 0.045)
    draw.rectangle((m, m, w - m, h - m), outline=on.accent, width=max(2, m // 4))
    emblem(draw, on.mark, w / 2, h * 0.25, min(w, h) * 0.13, on.accent, on.ground)
    block(draw, w / 2, h * 0.55, w * 0.82, on.title, int(h * 0.17), on.ink, h * 0.34)
    spaced(
        draw,
        (w / 2, h * 0.79),
        on.brand.upper(),
        fitted(on.brand.upper(), w * 0.56, int(h * 0.055), 600),
        on.ink,
        h * 0.008,
    )
    draw.text(
        (w / 2, h * 0.88),
        on.note,
        font=fitted(on.note, w * 0.7, max(12, int(h * 0.05)), 500),
        fill=on.accent,
        anchor="mm",
    )


def _banded(on: _Sheet) -> None:
    draw, w, h = on.draw, on.w, on.h
    draw.rectangle((0, 0, w, h * 0.3), fill=on.accent)
    step = w / 12
    for i in range(13):
        draw.polygon(
            [(i * step - step / 2, h * 0.3), (i * step, h * 0.34), (i * step + step / 2, h * 0.3)], fill=on.accent
        )
    top = CREAM if is_dark(on.accent) else INK
    emblem(draw, on.mark, w / 2, h * 0.11, min(w, h) * 0.08, top, on.accent)
    spaced(
        draw,
        (w / 2, h * 0.235),
        on.brand.upper(),
        fitted(on.brand.upper(), w * 0.7, int(h * 0.06), 700),
        top,
        h * 0.008,
    )
    block(draw, w / 2, h * 0.6, w * 0.86, on.title, int(h * 0.19), on.ink, h * 0.42)
    draw.line([(w * 0.3, h * 0.84), (w * 0.7, h * 0.84)], fill=on.accent, width=3)
    draw.text(
        (w / 2, h * 0.91),
        on.note,
        font=fitted(on.note, w * 0.7, max(12, int(h * 0.055)), 600),
        fill=on.ink,
        anchor="mm",
    )


def _roundel(on: _Sheet) -> None:
    draw, w, h = on.draw, on.w, on.h
    r = min(w, h) * 0.44
    for i in range(-8, 20):
        draw.line([(i * w / 10, 0), (i * w / 10 + h * 0.5, h)], fill=mix(on.ground, on.accent, 0.09), width=int(w / 26))
    draw.ellipse((w / 2 - r, h / 2 - r, w / 2 + r, h / 2 + r), fill=on.accent)
    draw.ellipse(
        (w / 2 - r * 0.93, h / 2 - r * 0.93, w / 2 + r * 0.93, h / 2 + r * 0.93),
        outline=on.ground,
        width=max(2, int(r * 0.025)),
    )
    inside = on.ground if is_dark(on.ground) != is_dark(on.accent) else darker(on.ground)
    emblem(draw, on.mark, w / 2, h / 2 - r * 0.56, r * 0.22, inside, on.accent)
    block(draw, w / 2, h / 2 + r * 0.08, r * 1.5, on.title, int(r * 0.4), inside, r * 0.8)
    draw.text(
        (w / 2, h / 2 + r * 0.62),
        on.brand,
        font=fitted(on.brand, r * 1.05, int(r * 0.15), 600),
        fill=inside,
        anchor="mm",
    )
    if h > w * 1.15:
        draw.text(
            (w / 2, h * 0.95),
            on.note,
            font=fitted(on.note, w * 0.8, max(12, int(w * 0.06)), 600),
            fill=on.ink,
            anchor="mm",
        )


def _arched(on: _Sheet) -> None:
    draw, w, h = on.draw, on.w, on.h
    draw.pieslice((w * 0.08, h * 0.07, w * 0.92, h * 0.87), 180, 360, fill=on.accent)
    draw.rectangle((w * 0.08, h * 0.46, w * 0.92, h * 0.5), fill=on.accent)
    top = CREAM if is_dark(on.accent) else INK
    emblem(draw, on.mark, w / 2, h * 0.29, min(w, h) * 0.16, top, on.accent)
    block(draw, w / 2, h * 0.67, w * 0.86, on.title, int(h * 0.16), on.ink, h * 0.3)
    draw.text(
        (w / 2, h * 0.88),
        f"{on.brand}  ·  {on.note}",
        font=fitted(f"{on.brand}  ·  {on.note}", w * 0.84, int(h * 0.055), 600),
        fill=on.ink,
        anchor="mm",
    )


def _plain(on: _Sheet) -> None:
    draw, w, h = on.draw, on.w, on.h
    rows = lines_of(on.title)
    face = fitted(max(rows, key=len), w * 0.8, int(h * min(0.2, 0.54 / len(rows))), 800)
    y = h * 0.2
    for row in rows:
        draw.text((w * 0.1, y), row, font=face, fill=on.ink, anchor="lm")
        y += face.size * 1.02
    draw.rectangle((w * 0.1, h * 0.76, w * 0.28, h * 0.775), fill=on.accent)
    draw.text(
        (w * 0.1, h * 0.84), on.brand, font=fitted(on.brand, w * 0.56, int(h * 0.06), 600), fill=on.ink, anchor="lm"
    )
    draw.text(
        (w * 0.1, h * 0.92),
        on.note,
        font=fitted(on.note, w * 0.5, max(12, int(h * 0.05)), 400),
        fill=on.ink,
        anchor="lm",
    )
    emblem(draw, on.mark, w * 0.8, h * 0.86, min(w, h) * 0.12, on.accent, on.ground)


def _botanic(on: _Sheet) -> None:
    draw, w, h = on.draw, on.w, on.h
    soft = mix(on.ground, on.accent, 0.3)
    r = min(w, h) * 0.12
    for row in range(-1, int(h / (r * 1.9)) + 2):
        for column in range(-1, int(w / (r * 2.2)) + 2):
            emblem(draw, on.mark, (column + 0.5 * (row % 2)) * r * 2.2, row * r * 1.9, r * 0.72, soft, on.ground)
    draw.rounded_rectangle((w * 0.1, h * 0.3, w * 0.9, h * 0.76), radius=int(w * 0.05), fill=on.accent)
    inside = INK if not is_dark(on.accent) else CREAM
    block(draw, w / 2, h * 0.49, w * 0.7, on.title, int(h * 0.14), inside, h * 0.29)
    draw.text(
        (w / 2, h * 0.68),
        f"{on.brand} · {on.note}",
        font=fitted(f"{on.brand} · {on.note}", w * 0.68, int(h * 0.05), 600),
        fill=inside,
        anchor="mm",
    )


def _wide(on: _Sheet) -> None:
    draw, w, h = on.draw, on.w, on.h
    draw.rectangle((0, 0, h * 0.9, h), fill=on.accent)
    draw.rectangle((0, h * 0.92, w, h), fill=on.accent)
    emblem(draw, on.mark, h * 0.45, h * 0.48, h * 0.27, on.ground, on.accent)
    mid = (h * 0.9 + w) / 2
    block(draw, mid, h * 0.38, (w - h * 0.9) * 0.86, on.title, int(h * 0.34), on.ink, h * 0.5)
    line = f"{on.brand}  ·  {on.note}"
    draw.text(
        (mid, h * 0.78), line, font=fitted(line, (w - h * 0.9) * 0.86, int(h * 0.1), 600), fill=on.accent, anchor="mm"
    )


_DESIGNS: tuple[_Design, ...] = (_centred, _banded, _roundel, _arched, _plain, _botanic, _wide)
