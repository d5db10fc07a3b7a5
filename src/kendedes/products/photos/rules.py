"""Limits, names and measures of photos. Pure."""

from __future__ import annotations

import re

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 16_000
MIN_SIDE = 64
MAX_PER_PRODUCT = 12
SIZES = (320, 640, 1280)
# The order is the browser's order of choice in a <picture>.
FORMATS = ("avif", "webp", "jpg")
MIME = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
QUALITY_MASTER = 92

_SHA = re.compile(r"[0-9a-f]{64}")
_RENDITION = re.compile(r"([0-9a-f]{64})-(320|640|1280)\.(avif|webp|jpg)")


def is_sha(text: str) -> bool:
    """Whether ``text`` is a SHA-256 in lower-case hex."""
    return _SHA.fullmatch(text) is not None


def master_name(sha256: str) -> str:
    """``foto/ab/abcd….jpg`` below the media folder. Raises ValueError for anything that is not a hash."""
    if not is_sha(sha256):
        raise ValueError("not a sha256")
    return f"foto/{sha256[:2]}/{sha256}.jpg"


def rendition_name(sha256: str, size: int, suffix: str) -> str:
    """``foto/ab/abcd…-640.webp`` below the media folder."""
    if not is_sha(sha256) or size not in SIZES or suffix not in FORMATS:
        raise ValueError("not a rendition")
    return f"foto/{sha256[:2]}/{sha256}-{size}.{suffix}"


def parse_rendition(name: str) -> tuple[str, int, str] | None:
    """(sha256, size, suffix) of a rendition's file name, None for any other name."""
    match = _RENDITION.fullmatch(name)
    return (match.group(1), int(match.group(2)), match.group(3)) if match else None


def measure(width: int, height: int, size: int) -> tuple[int, int]:
    """Pixels of the rendition whose longer side is at most ``size``; never larger than the master."""
    longer = max(width, height)
    if longer <= size:
        return width, height
    return max(1, round(width * size / longer)), max(1, round(height * size / longer))


def focus_cell(permille: int) -> int:
    """Which tenth (0, 10 … 100 per cent) a focus coordinate falls to; named by a CSS class."""
    return min(100, max(0, (permille + 50) // 100 * 10))
