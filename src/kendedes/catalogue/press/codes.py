"""QR codes: drawn once, when their part is set; the stand-in carries the finished modules to where they are bound."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_left

import zxingcpp

from kendedes.catalogue.press.photos import MARK

CODE = MARK + b"qr:"
# Dots a module has at each side. With one, a page drawn at 150 dpi gives modules of two and three pixels by turns, and
# zbar reads none of them; with three it draws greys between them and reads all.
FINE = 3
_SIGNS = bytes([48]) * 128 + bytes([49]) * 128  # grey levels as the signs 0 and 1
_FINER = [
    int("".join(bit * FINE for bit in f"{byte:08b}"), 2).to_bytes(FINE) for byte in range(256)
]  # eight modules as dots
# Bytes that versions 1 to 10 hold at the two levels of repair.
_LOW = (17, 32, 53, 78, 106, 134, 154, 192, 230, 271)
_MEDIUM = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)
# A module narrower than this (mm) is not read by every reader from a page at 150 dpi: two pixels.
NARROWEST = 25.4 / 150 * 2


def level(payload: str) -> str:
    """The better level of repair where it costs no larger code, else the lower: coarse modules matter more on paper."""
    size = len(payload.encode())
    return "M" if bisect_left(_MEDIUM, size) == bisect_left(_LOW, size) else "L"


def module_width(payload: str, side: float) -> float:
    """How wide (mm) a module of the code is when the code measures `side`."""
    return side / (21 + 4 * bisect_left(_LOW, len(payload.encode())))


def modules(payload: str) -> tuple[int, int, bytes]:
    """The QR code of `payload`: modules across and down, and their bits, black 0, each row padded to whole bytes."""
    code = zxingcpp.create_barcode(payload, zxingcpp.QRCode, ec_level=level(payload))
    made = memoryview(code.to_image(scale=1, add_quiet_zones=False))
    rows, columns = made.shape or (0, 0)
    signs, wide = made.tobytes().translate(_SIGNS), -(-columns // 8)
    bits = [int(signs[at : at + columns].ljust(wide * 8, b"0"), 2) for at in range(0, rows * columns, columns)]
    return columns, rows, b"".join(row.to_bytes(wide) for row in bits)


def code_note(payload: str) -> bytes:
    """What the stand-in of a QR code says: its size and its modules, ``41:41:`` and base64."""
    columns, rows, bits = modules(payload)
    return CODE + b"%d:%d:" % (columns, rows) + urlsafe_b64encode(bits)


def drawn(note: bytes) -> tuple[int, int, bytes]:
    """Dots across, down and their bits, from the words after `CODE`."""
    columns, rows, packed = note.split(b":")
    across, down, bits = int(columns), int(rows), urlsafe_b64decode(packed)
    wide, fine = -(-across // 8), -(-across * FINE // 8)
    lines = [b"".join([_FINER[byte] for byte in bits[at : at + wide]])[:fine] for at in range(0, down * wide, wide)]
    return across * FINE, down * FINE, b"".join([line * FINE for line in lines])
