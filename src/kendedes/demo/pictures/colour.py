"""Colours, ramps and the palettes of the studio."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops

type Colour = tuple[int, int, int]


def rgb(text: str) -> Colour:
    """``"c9694a"`` as three bytes."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """``share`` of ``b`` in ``a``."""
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


def darker(c: Colour, share: float = 0.35) -> Colour:
    """Towards a warm black, so that shadows never turn grey."""
    return mix(c, (34, 20, 24), share)


def lighter(c: Colour, share: float = 0.4) -> Colour:
    """Towards a warm white."""
    return mix(c, (255, 250, 240), share)


def is_dark(c: Colour) -> bool:
    """Whether light lettering reads better on it."""
    return c[0] * 0.299 + c[1] * 0.587 + c[2] * 0.114 < 140


@lru_cache(maxsize=512)
def ramp(*stops: Colour) -> bytes:
    """256 colours evenly through ``stops``, as a Pillow palette."""
    out = bytearray()
    last = len(stops) - 1
    for i in range(256):
        place = i / 255 * last
        k = min(int(place), last - 1)
        out += bytes(mix(stops[k], stops[k + 1], place - k))
    return bytes(out)


def tint(shade: Image.Image, palette: bytes) -> Image.Image:
    """A grey image through a ramp."""
    out = shade.copy()
    out.putpalette(palette)
    return out.convert("RGB")


# Neutral in the middle; shadows go plum-brown, lights go cream: one lamp and one room for all pictures.
LAMP = ramp((28, 14, 26), (78, 70, 80), (128, 128, 128), (196, 191, 180), (255, 252, 244))


def lit(art: Image.Image, shade: Image.Image) -> Image.Image:
    """Flat ``art`` under the light ``shade`` (128 leaves it as it is)."""
    return ImageChops.hard_light(art, tint(shade, LAMP))


@dataclass(frozen=True)
class Palette:
    """A backdrop: wall from shade to light, surface from shade to light, and an accent that goes with both."""

    name: str
    wall: tuple[Colour, Colour, Colour]
    floor: tuple[Colour, Colour, Colour]
    accent: Colour


def _palette(name: str, wall: str, floor: str, accent: str) -> Palette:
    w, f = rgb(wall), rgb(floor)
    return Palette(name, (darker(w, 0.45), w, lighter(w, 0.38)), (darker(f, 0.42), f, lighter(f, 0.42)), rgb(accent))


PALETTES = {
    p.name: p
    for p in (
        _palette("paper", "e9dcc6", "dcc6a6", "b8573a"),
        _palette("linen", "ded3c0", "c9b79c", "3d5a4c"),
        _palette("terracotta", "b9583c", "d98e6a", "f1d9b5"),
        _palette("brick", "9a4630", "b96a4c", "e9c58c"),
        _palette("sogan", "6f4529", "a67648", "e9c787"),
        _palette("honey", "cf9a3f", "e2ba6e", "7a3f22"),
        _palette("indigo", "2d3c60", "4a5b86", "e3b577"),
        _palette("night", "232b3a", "3d4657", "d98a5b"),
        _palette("leaf", "54704a", "8fa173", "f0dcae"),
        _palette("sage", "a9b596", "cdc9a6", "9a4a32"),
        _palette("rose", "cf9a8a", "e3bda9", "6d2f2f"),
        _palette("sky", "a9c0c6", "c8d2cb", "b4573d"),
        _palette("teal", "2f5f60", "5d8a82", "f0c98b"),
        _palette("clay", "a98069", "c9a387", "3a4a5c"),
    )
}
