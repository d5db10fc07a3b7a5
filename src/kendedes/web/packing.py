"""Bodies made smaller for the line: Brotli or gzip, whichever the browser takes."""

from __future__ import annotations

import zlib

import brotli


def coding(accepted: str) -> str:
    """The best of what a browser takes (``Accept-Encoding``), empty for none; a coding refused by ``q=0`` is not taken."""
    offered = {}
    for part in accepted.split(","):
        name, _semicolon, rest = part.strip().partition(";")
        offered[name.strip().lower()] = rest.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((name for name in ("br", "gzip") if offered.get(name)), "")


def packed(body: bytes, coding: str) -> bytes:
    """The body in ``br``, ``gzip`` or plainly."""
    if coding == "br":
        made: bytes = brotli.compress(body, quality=5)
        return made
    if coding == "gzip":
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        return packer.compress(body) + packer.flush()
    return body
