"""The picture that stands beside a shared link: photo, name, maker, price. Drawn once for as long as it says the same."""

from __future__ import annotations

import hashlib
import io
import json
import math
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, ImageOps

from kendedes.products.photos.queries import photo_path
from kendedes.ui import fonts

WIDTH, HEIGHT, PHOTO, EDGE = 1200, 630, 600, 56
SCHEME = 2
PAPER, INK, QUIET, TERRACOTTA, SOGAN = "#faf5ec", "#2b211b", "#6b5d52", "#a4482a", "#5b3a26"


@dataclass(frozen=True)
class Shown:
    """All the picture says. ``photo``: sha256, x and y of its focus in permille; empty without one."""

    name: str
    maker: str
    place: str
    price: str
    gallery: str
    stars: int = 0
    photo: tuple[str, int, int] | None = None

    @property
    def key(self) -> str:
        """The same words and the same photo are the same picture."""
        return hashlib.sha256(json.dumps([SCHEME, asdict(self)]).encode()).hexdigest()[:32]


def photo_of(photo: Mapping[str, Any] | None) -> tuple[str, int, int] | None:
    """The photo of a listing as the picture wants it."""
    if not photo:
        return None
    x, y = photo.get("focus") or (500, 500)
    return str(photo["sha256"]), int(x), int(y)


def photo_numbers(photo: Mapping[str, Any] | None, size: tuple[int, int] = (1100, 700)) -> list[int]:
    """A photo cut to its focus, as numbers: so Typst takes bytes from JSON. Nothing when there is no file."""
    found = photo_of(photo)
    if found is None:
        return []
    sha256, x, y = found
    try:
        with Image.open(photo_path(sha256)) as image:
            image.draft("RGB", (size[0] * 2, size[1] * 2))
            cut = ImageOps.fit(image.convert("RGB"), size, centering=(x / 1000, y / 1000))
    except OSError:
        return []
    made = io.BytesIO()
    cut.save(made, "JPEG", quality=84)
    return list(made.getvalue())


def picture(shown: Shown) -> Path:
    """The JPEG; drawn when it is not there yet. It appears whole or not at all."""
    folder: Path = settings.HOME / "buatan" / "kartu"
    path = folder / f"{shown.key}.jpg"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{shown.key}.{os.getpid()}"
        _draw(shown).save(draft, "JPEG", quality=86, optimize=True, progressive=True)
        draft.replace(path)
    return path


def _draw(shown: Shown) -> Image.Image:
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(sheet)
    _photo(sheet, draw, shown)
    left, room = PHOTO + EDGE, WIDTH - PHOTO - 2 * EDGE
    draw.rectangle((PHOTO, 0, PHOTO + 8, HEIGHT), fill=TERRACOTTA)
    size = 64
    while (
        len(lines := _wrapped(draw, shown.name, _font("ExtraBold", size), room)) > (2 if size > 54 else 3) and size > 40
    ):
        size -= 5
    y = 56
    if shown.stars:
        _stars(draw, left, y, shown.stars)
        y += 50
    for line in lines[:3]:
        draw.text((left, y), line, font=_font("ExtraBold", size), fill=INK)
        y += int(size * 1.16)
    y += 14
    for text, face, letters, colour in (
        (shown.maker, "SemiBold", 30, SOGAN), (shown.place, "Medium", 26, QUIET),
    ):  # fmt: skip
        for line in _wrapped(draw, text, _font(face, letters), room)[:2]:
            draw.text((left, y), line, font=_font(face, letters), fill=colour)
            y += int(letters * 1.35)
    if shown.price:
        draw.text((left, HEIGHT - 136), shown.price, font=_font("Bold", 46), fill=TERRACOTTA, anchor="ls")
    draw.line((left, HEIGHT - 106, WIDTH - EDGE, HEIGHT - 106), fill="#d9cdc0", width=2)
    draw.text((left, HEIGHT - 52), shown.gallery, font=_font("SemiBold", 28), fill=SOGAN, anchor="ls")
    return sheet


def _photo(sheet: Image.Image, draw: ImageDraw.ImageDraw, shown: Shown) -> None:
    """The photo cut to its focus; a kawung field where there is none."""
    if shown.photo:
        sha256, x, y = shown.photo
        try:
            with Image.open(photo_path(sha256)) as image:
                image.draft("RGB", (PHOTO * 2, HEIGHT * 2))
                cut = ImageOps.fit(image.convert("RGB"), (PHOTO, HEIGHT), centering=(x / 1000, y / 1000))
        except OSError:
            pass  # the file is not there (yet): the pattern stands in for it
        else:
            sheet.paste(cut, (0, 0))
            return
    draw.rectangle((0, 0, PHOTO, HEIGHT), fill="#efe3d0")
    step = 100
    for row in range(-1, HEIGHT // step + 2):
        for column in range(-1, PHOTO // step + 1):
            cx, cy = column * step + step // 2, row * step + step // 2
            for dx, dy in ((0.25, 0.25), (-0.25, 0.25), (0.25, -0.25), (-0.25, -0.25)):
                px, py, r = cx + dx * step, cy + dy * step, step * 0.21
                draw.ellipse((px - r, py - r, px + r, py + r), outline="#dcc8a9", width=4)
            draw.ellipse((cx - 5, cy - 5, cx + 5, cy + 5), fill="#dcc8a9")
    draw.rectangle((PHOTO, 0, WIDTH, HEIGHT), fill=PAPER)


def _stars(draw: ImageDraw.ImageDraw, left: int, top: int, count: int) -> None:
    for place in range(count):
        x, y = left + 17 + place * 40, top + 17
        corners = [(17.0 if turn % 2 == 0 else 7.0, math.radians(36 * turn - 90)) for turn in range(10)]
        draw.polygon([(x + far * math.cos(angle), y + far * math.sin(angle)) for far, angle in corners], fill="#b0721a")


def _wrapped(draw: ImageDraw.ImageDraw, text: str, font: Any, room: int) -> list[str]:
    """Whole words a line; a word longer than a line stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font=font) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _font(face: str, size: int) -> Any:
    folder = Path(settings.HOME) / "buatan" / "fonts"
    path = fonts.static_folder(folder) / f"PlusJakartaSans-{face}.ttf"
    if not path.is_file():
        fonts.make(folder)
    return ImageFont.truetype(str(path), size)
