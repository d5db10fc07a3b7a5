"""The regency from the southern sea to the mountains, as a poster: the cover of the demonstration's catalogue.

Looking north at dawn: jukung on the bay, palms and a village with its temple, terraces, forested ridges, and behind
them the sleeping princess (Kawi, Butak), Arjuno with Welirang, the Tengger and Semeru with its plume.
"""

from __future__ import annotations

import random

from PIL import Image, ImageChops

from kendedes.demo.pictures.landscape import branches, land, sea, sky, village
from kendedes.demo.pictures.landscape.canvas import HEIGHT, WIDTH, Canvas
from kendedes.demo.pictures.stage import SIZE, grain


def landscape(seed: str) -> Image.Image:
    """The picture, ``WIDTH`` × ``HEIGHT`` px, RGB; far things first."""
    canvas = Canvas(random.Random(seed), Image.new("RGB", (WIDTH, HEIGHT)))
    for paint in (
        sky.heaven, land.mountains, land.ridges, land.terraces, village.settle, sea.bay, branches.frame
    ):  # fmt: skip
        paint(canvas)
    return ImageChops.add(canvas.image, _paper(), 1, -128)


def _paper() -> Image.Image:
    """The grain all pictures of the studio share, over the whole sheet."""
    sheet = Image.new("L", (WIDTH, HEIGHT))
    for x in range(0, WIDTH, SIZE):
        for y in range(0, HEIGHT, SIZE):
            sheet.paste(grain(), (x, y))
    return sheet.convert("RGB")
