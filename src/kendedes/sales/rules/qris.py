"""QRIS codes as merchants present them (EMVCo): checked, and an amount put into a static one. Pure.

A code is tag (2 digits), length (2 digits), value, again and again; the last is 63, a checksum over everything before
it and the ``6304`` itself.
"""

from __future__ import annotations

WANTED = ("00", "01", "52", "53", "58", "59", "60")
MOST = 10_000_000  # rupiah of one payment


class QrisFault(ValueError):  # noqa: N818 - a fault of the code, not of the program
    """Why a text is no usable code, as one word a person can tell to the bank."""


def crc(text: str) -> str:
    """CRC-16/CCITT-FALSE as four capital hex digits; of ``123456789`` it is 29B1."""
    value = 0xFFFF
    for byte in text.encode():
        value ^= byte << 8
        for _ in range(8):
            value = ((value << 1) ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return f"{value:04X}"


def parts(code: str) -> list[tuple[str, str]]:
    """Tags with values, in order. Raises QrisFault where the text is no such list."""
    found, at = [], 0
    while at < len(code):
        tag, size = code[at : at + 2], code[at + 2 : at + 4]
        if not (tag.isdigit() and size.isdigit() and tag.isascii() and size.isascii()):
            raise QrisFault("susunan")
        value = code[at + 4 : at + 4 + int(size)]
        if len(value) != int(size):
            raise QrisFault("susunan")
        found.append((tag, value))
        at += 4 + int(size)
    return found


def check_static(code: str) -> list[tuple[str, str]]:
    """The parts of a right static code in rupiah. Raises QrisFault."""
    if not code.isascii() or not 20 <= len(code) <= 512:
        raise QrisFault("panjang")
    if code[-8:-4] != "6304" or crc(code[:-4]) != code[-4:].upper():
        raise QrisFault("CRC")
    found = parts(code)
    values = dict(found)
    if len(values) != len(found):
        raise QrisFault("susunan")
    if any(tag not in values for tag in WANTED) or not any("26" <= tag <= "51" for tag in values):
        raise QrisFault("isi")
    if values["00"] != "01" or values["01"] != "11" or values["53"] != "360" or values["58"] != "ID":
        raise QrisFault("bukan QRIS statis")
    return found


def with_amount(code: str, amount: int) -> str:
    """A static code with an amount in it: what the buyer's app then shows. Raises QrisFault."""
    if not 1 <= amount <= MOST:
        raise QrisFault("jumlah")
    kept = [(tag, value) for tag, value in check_static(code) if tag not in {"54", "55", "56", "57", "63"}]
    text = ""
    for tag, value in kept:
        if tag == "58":
            text += f"54{len(str(amount)):02}{amount}"
        told = "12" if tag == "01" else value
        text += f"{tag}{len(told):02}{told}"
    return f"{text}6304{crc(text + '6304')}"
