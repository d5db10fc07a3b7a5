"""Texts of messages: ``{names}`` in braces are filled in, everything else stays as it is written. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

_NAME = re.compile(r"\{([a-z_]+)\}")
NAMES = ("nama", "pesanan", "galeri", "jumlah", "sisa", "batas", "tautan", "barang", "resi", "tempat")


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with the known names filled in; unknown ones stay, so that their writer sees them."""
    return _NAME.sub(lambda match: values.get(match[1], match[0]), text)


def unknown(text: str) -> list[str]:
    """Names nobody fills in."""
    return sorted({name for name in _NAME.findall(text) if name not in NAMES})


def whatsapp(number: str, text: str) -> str:
    """A link that opens WhatsApp with a draft; empty for what is no number."""
    digits = "".join(c for c in number if c.isdigit())
    return f"https://wa.me/{digits}?text={quote(text, safe='')}" if 8 <= len(digits) <= 15 else ""


# key: (subject id, text id, subject en, text en). Kept short: they are read on a phone.
TEXTS: dict[str, tuple[str, str, str, str]] = {
    "placed": (
        "Pesanan {pesanan} di {galeri}",
        "Halo {nama}, pesanan {pesanan} kami terima.\n{barang}\nJumlah {jumlah}. Mohon dibayar atau diambil paling lambat {batas}.\n{tautan}",
        "Order {pesanan} at {galeri}",
        "Hello {nama}, we have your order {pesanan}.\n{barang}\nTotal {jumlah}. Please pay or pick up by {batas}.\n{tautan}",
    ),
    "paid": (
        "Pembayaran pesanan {pesanan} diterima",
        "Halo {nama}, pembayaran pesanan {pesanan} sudah kami terima. Sisa: {sisa}.\n{tautan}",
        "Payment of order {pesanan} received",
        "Hello {nama}, we received your payment for order {pesanan}. Still due: {sisa}.\n{tautan}",
    ),
    "not_found": (
        "Pembayaran pesanan {pesanan} belum kami temukan",
        "Halo {nama}, pembayaran pesanan {pesanan} belum kami temukan. Mohon periksa lagi, lalu kirim buktinya.\n{tautan}",
        "Payment of order {pesanan} not found",
        "Hello {nama}, we could not find your payment for order {pesanan}. Please check and send the proof.\n{tautan}",
    ),
    "ready": (
        "Pesanan {pesanan} siap",
        "Halo {nama}, pesanan {pesanan} sudah siap. {tempat}\nSisa: {sisa}.\n{tautan}",
        "Order {pesanan} is ready",
        "Hello {nama}, your order {pesanan} is ready. {tempat}\nStill due: {sisa}.\n{tautan}",
    ),
    "sent": (
        "Pesanan {pesanan} dalam perjalanan",
        "Halo {nama}, pesanan {pesanan} sudah kami kirim. Resi: {resi}\n{tautan}",
        "Order {pesanan} is on its way",
        "Hello {nama}, we sent your order {pesanan}. Tracking number: {resi}\n{tautan}",
    ),
    "date": (
        "Tanggal baru pesanan {pesanan}",
        "Halo {nama}, tanggal jadi pesanan {pesanan} berubah.\n{barang}\n{tautan}",
        "New date of order {pesanan}",
        "Hello {nama}, the date of your order {pesanan} has changed.\n{barang}\n{tautan}",
    ),
    "cancelled": (
        "Pesanan {pesanan} dibatalkan",
        "Halo {nama}, pesanan {pesanan} dibatalkan. Uang yang sudah dibayar kami kembalikan.\n{tautan}",
        "Order {pesanan} cancelled",
        "Hello {nama}, order {pesanan} is cancelled. What was paid will be given back.\n{tautan}",
    ),
    "given_back": (
        "Uang pesanan {pesanan} dikembalikan",
        "Halo {nama}, uang pesanan {pesanan} sudah kami kembalikan.\n{tautan}",
        "Money of order {pesanan} given back",
        "Hello {nama}, we gave the money of order {pesanan} back.\n{tautan}",
    ),
    "ask": (
        "Pesanan {pesanan} untuk dikerjakan",
        "Ada pesanan {pesanan} dari {galeri}:\n{barang}\nMohon jawab lewat tautan ini: sanggup, usul tanggal, atau siap.\n{tautan}",
        "Order {pesanan} to be made",
        "Order {pesanan} from {galeri}:\n{barang}\nPlease answer by this link: can do, another date, or ready.\n{tautan}",
    ),
}  # fmt: skip
