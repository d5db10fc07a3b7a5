"""Codes as black runs for labels. One dot of a 203-dpi printer is 0.125 mm: every bar is a whole number of dots wide."""

from __future__ import annotations

from functools import lru_cache

import zxingcpp

SIZES = ("50x30", "60x40", "a4")
SHEET = 24  # labels on an A4 sheet: 3 × 8
Run = tuple[int, int, int]  # row, first module, modules


def runs(rows: list[list[bool]]) -> list[Run]:
    """Black stretches of each row."""
    found: list[Run] = []
    for y, row in enumerate(rows):
        start = None
        for x, black in enumerate([*row, False]):
            if black and start is None:
                start = x
            elif not black and start is not None:
                found.append((y, start, x - start))
                start = None
    return found


def _rows(text: str, kind: zxingcpp.BarcodeFormat, **options: object) -> list[list[bool]]:
    made = zxingcpp.create_barcode(text, kind, **options)
    image = memoryview(made.to_image(scale=1, add_quiet_zones=False, add_hrt=False))
    height, width = image.shape or (0, 0)
    flat = image.tobytes()
    return [[flat[y * width + x] == 0 for x in range(width)] for y in range(height)]


@lru_cache(maxsize=4096)
def qr(text: str) -> tuple[int, tuple[Run, ...]]:
    """Modules a side and black runs of a QR code."""
    rows = _rows(text, zxingcpp.QRCode, ec_level="M")
    return len(rows), tuple(runs(rows))


@lru_cache(maxsize=4096)
def code128(text: str) -> tuple[int, tuple[tuple[int, int], ...]]:
    """Modules wide and black bars of a Code 128."""
    return _bars(text, zxingcpp.Code128)


@lru_cache(maxsize=4096)
def ean13(text: str) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    """The same of an EAN-13; None when ``text`` is not one (length, digits, check digit)."""
    if len(text) != 13 or not (text.isascii() and text.isdecimal()) or not _checks(text):
        return None
    return _bars(text, zxingcpp.EAN13)


def _checks(text: str) -> bool:
    total = sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(text))
    return total % 10 == 0


def _bars(text: str, kind: zxingcpp.BarcodeFormat) -> tuple[int, tuple[tuple[int, int], ...]]:
    rows = _rows(text, kind)
    middle = rows[len(rows) // 2]
    return len(middle), tuple((start, width) for _y, start, width in runs([middle]))
