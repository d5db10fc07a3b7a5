"""What a quote says in a WhatsApp message and in a mail. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kendedes.base.format import day, number, rupiah


@dataclass(frozen=True, slots=True)
class Said:
    """What is told: goods as (pieces, name, price, ready on)."""

    name: str
    code: str
    gallery: str
    goods: Sequence[tuple[int, str, int, date]]
    shipping: int
    total: int
    down: int
    down_percent: int
    until: date
    link: str
    missing: int = 0


def mail_subject(said: Said, language: str = "id") -> str:
    """One line: what it is, from whom."""
    return (
        f"Quote {said.code} from {said.gallery}" if language == "en" else f"Penawaran {said.code} dari {said.gallery}"
    )


def quote_text(said: Said, language: str = "id") -> str:
    """Short enough for a phone; the link has the rest."""
    english = language == "en"
    goods = "\n".join(
        f"- {number(n, language)} × {name} @ {rupiah(price, language)}, {'ready' if english else 'siap'} {day(on, language, short=True)}"
        for n, name, price, on in said.goods
    )  # fmt: skip
    total, down, until = rupiah(said.total, language), rupiah(said.down, language), day(said.until, language)
    shipping = rupiah(said.shipping, language)
    if english:
        return (
            f"Hello {said.name}, here is quote {said.code} of {said.gallery}:\n{goods}\n"
            + (f"Shipping {shipping}\n" if said.shipping else "")
            + (f"Not possible by your date: {said.missing} pieces.\n" if said.missing else "")
            + f"Total {total}. Down payment {said.down_percent}% = {down}. Valid until {until}.\n"
            f"Read, download or accept here: {said.link}"
        )
    return (
        f"Halo {said.name}, ini penawaran {said.code} dari {said.gallery}:\n{goods}\n"
        + (f"Ongkos kirim {shipping}\n" if said.shipping else "")
        + (f"Yang belum sanggup sampai tanggal itu: {said.missing} buah.\n" if said.missing else "")
        + f"Jumlah {total}. Uang muka {said.down_percent}% = {down}. Berlaku sampai {until}.\n"
        f"Baca, unduh, atau setujui di sini: {said.link}"
    )
