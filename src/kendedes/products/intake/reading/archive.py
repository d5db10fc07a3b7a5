"""Looks at a zip's index before anything in it is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from kendedes.products.intake.refusals import Bomb, BrokenWorkbook, NotASheet, OldWorkbook

MOST_UNPACKED = 50 << 20
MOST_RATIO = 100
MOST_PARTS = 200
SMALL = 1 << 20  # parts below unpack to little whatever their ratio


@dataclass(frozen=True, slots=True)
class Index:
    """What kind of workbook a zip is: ``xlsx`` or ``ods``."""

    kind: str


def inspect(data: bytes, file: str) -> Index:
    """Raises Bomb, BrokenWorkbook, NotASheet or OldWorkbook; reads no part except the first letters of XML ones."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _weigh(parts, len(data), file)
            names = {part.filename for part in parts}
            kind = _kind(archive, names, file)
            if any(part.flag_bits & 1 for part in parts):
                raise OldWorkbook(file=file)
            _no_entities(archive, parts, file)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise BrokenWorkbook(file=file) from error
    return Index(kind)


def _weigh(parts: list[zipfile.ZipInfo], size: int, file: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked > size * MOST_RATIO):
        raise Bomb(file=file, parts=len(parts), unpacked=unpacked)
    for part in parts:
        if part.file_size > SMALL and part.file_size > max(part.compress_size, 1) * MOST_RATIO:
            raise Bomb(file=file, part=part.filename, unpacked=part.file_size)


def _kind(archive: zipfile.ZipFile, names: set[str], file: str) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if {"mimetype", "content.xml"} <= names and b"spreadsheet" in archive.read("mimetype")[:200]:
        return "ods"
    raise NotASheet(file=file)  # also a zip inside a zip


def _no_entities(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], file: str) -> None:
    """A document type in a workbook's XML serves only attacks (entities that multiply, files of others)."""
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(2048).upper():
                    raise Bomb(file=file, part=part.filename)
