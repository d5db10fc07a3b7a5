"""Masters and their stand-ins.

Typst decodes every picture it is given (8 ms and 4 MB each). It is given a tiny JPEG instead whose comment names the
master; `bind` puts the master's bytes in its place. The screen's book gets thumbnails in the same way (`finish.screen`).
"""

from __future__ import annotations

import base64
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from kendedes.catalogue.press.report import PressRefused

MARK = b"kendedes:"
PHOTO = MARK + b"foto:"
SMALL = MARK + b"small:"
# An 8 x 8 grey-brown JPEG without any marker segment of its own; a comment goes behind its first two bytes.
_TINY = base64.b64decode(
    b"/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgV"
    b"GC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIAAgDASIAAhEBAxEB/8QA"
    b"FQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwT/xAAUEQEAAAAAAAAAAAAA"
    b"AAAAAAAA/9oADAMBAAIRAxEAPwCwAnO//9k="
)
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_LONE = {0x01, *range(0xD0, 0xD8)}
SCREEN_DPI = 130
SMALLEST, LARGEST = 320, 960
QUALITY = 72
HEAD = 4096  # bytes of a master read at once


@dataclass(frozen=True, slots=True)
class Master:
    """What the header of a JPEG says: pixels, components (1 grey, 3 colour, 4 CMYK), whether CMYK is inverted."""

    path: Path
    width: int
    height: int
    components: int
    inverted: bool
    profile: bool


def read_master(path: Path) -> Master:
    """The header of the JPEG at `path`, read without decoding.

    Raises:
        PressRefused: absent, no JPEG, or more than eight bits a channel.
    """
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return _header(_Head(file), path)
        finally:
            os.close(file)
    except OSError as fault:
        raise PressRefused("Foto %(photo)s tidak ada di gudang foto.", photo=path.stem[:12]) from fault


class _Head:
    """The beginning of a file, read as far as it is asked for: mostly one reading is all."""

    def __init__(self, file: int) -> None:
        self.file, self.start, self.data = file, 0, b""

    def at(self, place: int, size: int) -> bytes:
        """The `size` bytes at `place`, fewer at the end of the file."""
        if not self.start <= place <= place + size <= self.start + len(self.data):
            self.start, self.data = place, os.pread(self.file, max(size, HEAD), place)
        return self.data[place - self.start : place - self.start + size]


def _header(file: _Head, path: Path) -> Master:
    if file.at(0, 2) != b"\xff\xd8":
        raise PressRefused("Foto %(photo)s bukan JPEG.", photo=path.stem[:12])
    adobe = profile = False
    place = 2
    while True:
        start = file.at(place, 4)
        if len(start) < 4 or start[0] != 0xFF:
            raise PressRefused("Foto %(photo)s rusak.", photo=path.stem[:12])
        kind, length = start[1], int.from_bytes(start[2:], "big") - 2
        if kind in _LONE or kind == 0xFF:  # a mark without contents, or a byte that only fills
            place += 1 if kind == 0xFF else 2
            continue
        place += 4
        if kind in _FRAMES:
            frame = file.at(place, 6)
            if len(frame) < 6 or frame[0] != 8 or frame[5] not in (1, 3, 4):
                raise PressRefused("Foto %(photo)s memakai jenis JPEG yang tidak dapat dicetak.", photo=path.stem[:12])
            height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
            return Master(path, width, height, frame[5], adobe and frame[5] == 4, profile)
        head = file.at(place, 12)[: max(0, length)]
        adobe = adobe or (kind == 0xEE and head.startswith(b"Adobe"))
        profile = profile or (kind == 0xE2 and head.startswith(b"ICC_PROFILE"))
        place += max(0, length)


def proxy(note: bytes) -> bytes:
    """A tiny JPEG that carries `note` (at most 65,000 bytes)."""
    return _TINY[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + _TINY[2:]


def photo_note(sha256: str) -> bytes:
    """What the stand-in of a master says."""
    return PHOTO + sha256.encode()


def small_note(name: str) -> bytes:
    """What the stand-in of a thumbnail says; `name`: its file's, without the ending."""
    return SMALL + name.encode()


def thumbnail_pixels(printed_mm: float) -> int:
    """Long side of the screen picture for a photo printed `printed_mm` wide."""
    return min(LARGEST, max(SMALLEST, round(printed_mm / 25.4 * SCREEN_DPI / 16) * 16))


def write_once(path: Path, data: bytes) -> None:
    """`data` appears under `path` whole or not at all; an existing file is left alone."""
    if not path.exists():
        write_whole(path, data)


def write_whole(path: Path, data: bytes) -> None:
    """`data` appears under `path` whole or not at all, in place of what was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def thumbnails(jobs: Iterable[tuple[Path, Path, int]]) -> None:
    """For each (master, target, long side in pixels) a small JPEG; existing targets are kept."""
    from PIL import Image  # noqa: PLC0415 - only the screen's book needs it

    for source, target, side in jobs:
        if target.exists():
            continue
        with Image.open(source) as opened:
            opened.draft("RGB", (side, side))
            image = opened.convert("RGB")
            image.thumbnail((side, side), Image.Resampling.BICUBIC, reducing_gap=1.5)
            out = BytesIO()
            image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=False)
        write_once(target, out.getvalue())
