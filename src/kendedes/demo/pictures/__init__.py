"""Pictures drawn by the project itself: product pictures of the demonstration and its cover landscapes.

Words: Picture (what to draw), Stage (one picture in the making), form, piece, palette.
Doors: draw(picture) -> Pillow image, master(picture) -> JPEG bytes.
Does not: read files, use the network or the clock; the same picture gives the same bytes.
"""

from __future__ import annotations

import io
import random

from PIL import Image

from kendedes.demo.pictures.colour import PALETTES
from kendedes.demo.pictures.forms import FORMS, FROM_ABOVE, NEAR
from kendedes.demo.pictures.landscape import landscape
from kendedes.demo.pictures.spec import Picture
from kendedes.demo.pictures.stage import Stage, backdrop

__all__ = ["Picture", "draw", "master"]
QUALITY = 93
LANDSCAPE = "landscape"  # a form of its own: no studio, no goods


def draw(picture: Picture) -> Image.Image:
    """The picture, 1280 × 1280 px, RGB; a landscape 2600 × 2180 px."""
    if picture.form == LANDSCAPE:
        return landscape(picture.seed)
    rng = random.Random(picture.seed)
    palette = PALETTES[picture.palette] if picture.palette else rng.choice(list(PALETTES.values()))
    light = rng.choice((-1, 1))
    stage = Stage(
        rng, palette, light, backdrop(rng, palette, light, top=picture.form in FROM_ABOVE, high=picture.form in NEAR)
    )
    FORMS[picture.form](stage, picture)
    stage.settle()
    return stage.image


def master(picture: Picture) -> bytes:
    """The picture as a JPEG of about 250 kB (a landscape: 2 MB)."""
    file = io.BytesIO()
    draw(picture).save(file, "JPEG", quality=QUALITY, subsampling="4:2:0", dpi=(300, 300))
    return file.getvalue()
