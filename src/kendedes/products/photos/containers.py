"""What an image file is, told from its bytes before any decoder sees it. Pure.

Sources: JPEG ITU-T T.81 annex B; ISO/IEC 14496-12 boxes (HEIC); TIFF 6.0 and EXIF 2.32 for the orientation tag.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

JPEG, PNG, WEBP, HEIC = "JPEG", "PNG", "WEBP", "HEIF"
_HEIC_STILL = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
_HEIC_MOVING = {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}
# Another document hidden in or behind a picture. Motion photos and gain maps hold none of these.
_HIDDEN = re.compile(rb"<script|<html|<!doctype|<svg|<\?php|%PDF-\d|PK\x05\x06\x00\x00", re.IGNORECASE)
_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")  # not stuffing, not RSTn, not fill


class Broken(ValueError):  # noqa: N818 - what the file is
    """The file ends too early or its parts contradict each other."""


@dataclass(frozen=True)
class Jpeg:
    """A JPEG without what is not the picture. ``clean`` has no EXIF, XMP, comments, thumbnails or trailing bytes."""

    clean: bytes
    exif: bytes
    icc: bytes
    adobe_transform: int | None
    components: int
    width: int
    height: int
    process: int  # SOF number: 0 baseline, 1 extended, 2 progressive
    precision: int
    standard_ids: bool  # components are numbered 1, 2, 3 as JFIF asks (not 'R', 'G', 'B')


def kind(data: bytes) -> str | None:
    """JPEG, PNG, WEBP or HEIF by the first bytes; None for everything else, whatever its name says."""
    if data[:3] == b"\xff\xd8\xff":
        return JPEG
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_STILL | _HEIC_MOVING:
        return HEIC
    return None


def is_moving(data: bytes) -> bool:
    """Whether the file declares an animation or sequence (APNG, animated WebP, HEIC sequence)."""
    found = kind(data)
    if found == PNG:
        return b"acTL" in data[: data.find(b"IDAT")] if b"IDAT" in data else False
    if found == WEBP:
        return data[12:16] == b"VP8X" and len(data) > 20 and bool(data[20] & 0x02)
    if found == HEIC:
        return data[8:12] in _HEIC_MOVING
    return False


def hides_document(data: bytes) -> bool:
    """Whether a web page, script, PDF or ZIP is packed into the file (a polyglot)."""
    found = kind(data)
    if found == JPEG:
        outside = b"".join(_not_picture(data))
    elif found == PNG:
        outside = _png_outside(data)
    elif found == WEBP:
        outside = data[8 + int.from_bytes(data[4:8], "little") :]
    else:
        outside = data[-4096:]
    return _HIDDEN.search(outside) is not None


def _png_outside(data: bytes) -> bytes:
    parts, at = [], 8
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if name in {b"tEXt", b"iTXt"}:
            parts.append(data[at + 8 : at + 8 + length])
        at += 12 + length
        if name == b"IEND":
            parts.append(data[at:])
            break
    return b"\n".join(parts)


def _not_picture(data: bytes) -> list[bytes]:
    """Comments and what follows the end of the picture. Application segments may hold XMP, which is XML but no page."""
    try:
        segments, end = _segments(data)
    except Broken:
        return [data[-65536:]]
    return [body for marker, body, _scan in segments if marker == 0xFE] + [data[end:]]


def _segments(data: bytes) -> tuple[list[tuple[int, bytes, bytes]], int]:
    """[(marker, body, entropy-coded bytes after it)], offset behind EOI. Raises Broken when EOI never comes."""
    segments: list[tuple[int, bytes, bytes]] = []
    at = 2
    while True:
        while at < len(data) - 1 and data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1  # fill bytes
        if at + 2 > len(data) or data[at] != 0xFF:
            raise Broken("marker expected")
        marker = data[at + 1]
        if marker == 0xD9:
            return segments, at + 2
        if at + 4 > len(data):
            raise Broken("ends in a marker")
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2 or at + 2 + length > len(data):
            raise Broken("ends in a segment")
        body, at = data[at + 4 : at + 2 + length], at + 2 + length
        scan = b""
        if marker == 0xDA:
            following = _MARKER.search(data, at)
            if following is None:
                raise Broken("ends in the picture")
            scan, at = data[at : following.start()], following.start()
        segments.append((marker, body, scan))


def read_jpeg(data: bytes) -> Jpeg:
    """Take a JPEG apart and put only the picture together again, its coded data untouched. Raises Broken."""
    segments, _end = _segments(data)
    kept = [b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"]
    exif, icc, transform, frame = b"", {}, None, None
    for marker, body, scan in segments:
        if marker == 0xE1 and body[:6] == b"Exif\x00\x00" and not exif:
            exif = body[6:]
        elif marker == 0xE2 and body[:12] == b"ICC_PROFILE\x00" and len(body) > 14:
            icc[body[12]] = body[14:]
        elif marker == 0xEE and body[:5] == b"Adobe" and len(body) >= 12:
            transform = body[11]
            kept.append(_segment(marker, body))
        elif 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            if frame is not None or len(body) < 6:
                raise Broken("two frames")
            frame = (marker - 0xC0, body)
        if marker in {0xC4, 0xDA, 0xDB, 0xDD} or 0xC0 <= marker <= 0xCF:
            kept.append(_segment(marker, body) + scan)
    if frame is None:
        raise Broken("no frame")
    process, body = frame
    precision, height, width, components = struct.unpack_from(">BHHB", body)
    ids = [body[6 + 3 * n] for n in range(components) if 6 + 3 * n < len(body)]
    return Jpeg(
        clean=b"".join([*kept, b"\xff\xd9"]), exif=exif, icc=b"".join(icc[n] for n in sorted(icc)),
        adobe_transform=transform, components=components, width=width, height=height, process=process,
        precision=precision, standard_ids=ids == [1, 2, 3],
    )  # fmt: skip


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def orientation(exif: bytes) -> int:
    """The EXIF orientation 1…8; 1 when there is none or it makes no sense. ``exif`` begins with its TIFF header."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 8:
        return 1
    (start,) = struct.unpack_from(order + "I", exif, 4)
    if start + 2 > len(exif):
        return 1
    (count,) = struct.unpack_from(order + "H", exif, start)
    for number in range(min(count, 200)):
        at = start + 2 + 12 * number
        if at + 12 > len(exif):
            break
        tag, form, _amount, value = struct.unpack_from(order + "HHIH", exif, at)
        if tag == 0x0112 and form == 3:
            return int(value) if 1 <= value <= 8 else 1
    return 1


def check_boxes(data: bytes) -> None:
    """The top boxes of a HEIC file lie inside it. Raises Broken for a file cut short by even one byte."""
    at, names = 0, set()
    while at < len(data):
        if at + 8 > len(data):
            raise Broken("ends in a box")
        length, name = struct.unpack_from(">I4s", data, at)
        if length == 1:
            if at + 16 > len(data):
                raise Broken("ends in a box")
            (length,) = struct.unpack_from(">Q", data, at + 8)
        elif length == 0:
            length = len(data) - at
        if length < 8 or at + length > len(data):
            raise Broken("ends in a box")
        names.add(name)
        at += length
    if not {b"ftyp", b"meta"} <= names:
        raise Broken("no picture")
