"""QR codes: drawn once, when their part is set; the stand-in carries the finished modules to where they are bound."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

import zxingcpp
from PIL import Image

from kendedes.catalogue.press.photos import MARK

CODE = MARK + b"qr:"


def modules(payload: str) -> tuple[int, int, bytes]:
    """The QR code of `payload`: modules across and down, and their bits, black 0, each row padded to whole bytes."""
    code = zxingcpp.create_barcode(payload, zxingcpp.QRCode, ec_level="M")
    made = memoryview(code.to_image(scale=1, add_quiet_zones=False))
    rows, columns = made.shape or (0, 0)
    return (
        columns,
        rows,
        Image.frombytes("L", (columns, rows), made.tobytes()).convert("1", dither=Image.Dither.NONE).tobytes(),
    )


def code_note(payload: str) -> bytes:
    """What the stand-in of a QR code says: its size and its modules, ``41:41:`` and base64."""
    columns, rows, bits = modules(payload)
    return CODE + b"%d:%d:" % (columns, rows) + urlsafe_b64encode(bits)


def drawn(note: bytes) -> tuple[int, int, bytes]:
    """Modules across, down and their bits, from the words after `CODE`."""
    columns, rows, bits = note.split(b":")
    return int(columns), int(rows), urlsafe_b64decode(bits)
