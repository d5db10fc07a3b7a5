"""Where a photo's master is, and a photo as plain data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kendedes.products.models import Photo
from kendedes.products.photos import store


def photo_path(sha256: str) -> Path:
    """The JPEG master: upright, sRGB, without metadata. Raises FileNotFoundError when it is not there."""
    path = store.master_path(sha256)
    if not path.is_file():
        raise FileNotFoundError(sha256)
    return path


def photo_data(photo: Photo) -> dict[str, Any]:
    """The PHOTO of the edition document, for ``products/picture.html``."""
    product = photo.product
    return {
        "sha256": photo.sha256,
        "width": photo.width,
        "height": photo.height,
        "focus": [photo.focus_x, photo.focus_y],
        "alt": {
            "id": photo.alt_id or product.name_id,
            "en": photo.alt_en or product.name_en or product.name_id,
        },
    }
