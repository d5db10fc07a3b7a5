"""A photo as a phone sends it, with the place where it was taken."""

from __future__ import annotations

import io

from PIL import Image


def photo(side: int = 400, *, colour: str = "teal", kind: str = "JPEG") -> bytes:
    """Its EXIF says where (south 7.8°) and with what."""
    image = Image.new("RGB", (side, side), colour)
    exif = Image.Exif()
    exif[0x0110] = "KameraRahasia"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "S", (7.0, 48.0, 0.0)
    buffer = io.BytesIO()
    image.save(buffer, kind, exif=exif)
    return buffer.getvalue()
