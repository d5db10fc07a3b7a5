"""CSV as people save it: any delimiter, UTF-8, UTF-16 or Windows-1252."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from kendedes.products.intake.reading.cells import Row
from kendedes.products.intake.refusals import BrokenWorkbook, NotASheet, TooManyRows, UnknownEncoding

DELIMITERS = ";,\t|"
_BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_OTHER_KINDS = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"RIFF",
    b"%PDF",
    b"\x7fELF",
    b"MZ\x90",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}|\xc2[\xa0-\xbf]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|svg|\?xml|head|body|table|script)", re.IGNORECASE)


def decode(data: bytes, file: str) -> tuple[str, str]:
    """The text and its encoding. Raises UnknownEncoding (with the line) or NotASheet."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            if not name:
                raise UnknownEncoding(file=file, line=1)
            return _strictly(data[len(bom) :], name, file)
    if data.startswith(_OTHER_KINDS) or data[4:8] == b"ftyp":
        raise NotASheet(file=file)
    if b"\x00" in data[:4096]:
        zeros = Counter(i % 2 for i, byte in enumerate(data[:4096]) if byte == 0)
        if len(zeros) == 1 and zeros.total() * 4 > len(
            data[:4096]
        ):  # every zero on one side: two-byte letters without a mark
            return _strictly(data, "utf-16-be" if 0 in zeros else "utf-16-le", file)
        raise NotASheet(file=file)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _MULTIBYTE.search(data):  # partly UTF-8: reading it as anything else would spoil letters
            raise UnknownEncoding(file=file, line=data.count(b"\n", 0, error.start) + 1) from error
    return _strictly(data, "cp1252", file)


def _strictly(data: bytes, encoding: str, file: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise UnknownEncoding(file=file, line=data[: error.start].count(b"\n") + 1) from error


def rows(text: str, file: str, most: int) -> tuple[list[Row], str]:
    """The rows and the delimiter they were told apart by."""
    if _MARKUP.match(text) or _CONTROL.search(text[:100_000]):
        raise NotASheet(file=file)
    first, _, rest = text.partition("\n")
    named = re.fullmatch(r'"?sep=(.)"?\r?', first.strip("\r"))
    delimiter = named[1] if named else best_delimiter(text)
    body = "\n" + rest if named else text  # the empty first line keeps row numbers true
    found: list[Row] = []
    try:
        for row in csv.reader(io.StringIO(body, newline=""), delimiter=delimiter):
            found.append(list(row))
            if len(found) > most:
                raise TooManyRows(sheet=file, rows=max(text.count("\n"), len(found)), most=most)
    except csv.Error as error:
        raise BrokenWorkbook(file=file) from error
    return found, delimiter


def best_delimiter(text: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of two or more cells."""
    head = text[:20_000].splitlines()[:60]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(head, delimiter=delimiter) if any(row))
        except csv.Error:
            continue
        width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1] * min(item[0], 8)), default=(1, 0))
        score = times * min(width, 8) if width > 1 else 0
        if score > best_score:
            best, best_score = delimiter, score
    return best
