"""Papers of settlement, set by Typst: statements (A5 to hand over, A4 for the notice board), receipts of payouts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from kendedes.base import format as written
from kendedes.base.spoken import amount_in_words
from kendedes.settlement import words
from kendedes.settlement.models import Payout, Statement
from kendedes.ui import paper

FOLDER = Path(__file__).parent / "typst"
SHAPES = ("a5", "a4")
# Columns of the table that are left out when a whole paper has nothing in them.
_COLUMNS = [
    ("opening", "Awal"), ("received", "Masuk"), ("sold", "Laku"), ("returned", "Dikembalikan pembeli"),
    ("expired", "Kedaluwarsa"), ("damaged", "Rusak"), ("lost", "Hilang"), ("found", "Ditemukan"), ("sample", "Contoh"),
    ("taken_back", "Diambil"), ("left", "Sisa"),
]  # fmt: skip
_ALWAYS = {"received", "sold", "left"}


def statements(rows: Iterable[Statement], *, origin: str, shape: str = "a5") -> bytes:
    """One PDF of all these statements, each on a page of its own; the same statements give the same bytes."""
    papers = [_shown(row, origin) for row in rows]
    return paper.pdf(FOLDER / "statement.typ", {"shape": shape, "papers": papers})


def receipt(payout: Payout) -> bytes:
    """The kuitansi of one payout, A5 lying, with places for two signatures."""
    content = payout.statement.content
    data = {
        "number": payout.number, "association": content["association"], "gallery": content["gallery"],
        "producer": content["producer"], "village": content["village"], "statement": content["number"],
        "until": written.day(date.fromisoformat(content["ends_on"])), "amount": written.rupiah(abs(payout.amount)),
        "words": amount_in_words(abs(payout.amount)), "method": str(payout.get_method_display()),
        "reference": payout.reference, "day": written.day(payout.paid_on), "received_by": payout.received_by,
        "undone": payout.amount < 0, "recorded_by": str(payout.recorded_by or ""),
    }  # fmt: skip
    return paper.pdf(FOLDER / "receipt.typ", data)


def check_address(statement: Statement, origin: str) -> str:
    """Where whoever holds the paper can check it."""
    return origin + reverse("settlement:check-paper", kwargs={"token": statement.token})


def _shown(statement: Statement, origin: str) -> dict[str, Any]:
    """A statement's content as the template prints it: words, no arithmetic."""
    content = statement.content
    lots = content["lots"]
    columns = [(key, label) for key, label in _COLUMNS if key in _ALWAYS or any(lot[key] for lot in lots)]
    address = check_address(statement, origin)
    return {
        "number": content["number"], "association": content["association"], "gallery": content["gallery"],
        "producer": content["producer"], "village": content["village"], "unit": content["unit"],
        "period": f"{_day(content['starts_on'])} – {_day(content['ends_on'])}",
        "columns": [label for _, label in columns],
        "lots": [
            {
                "name": lot["name"], "code": lot["code"], "price": written.rupiah(lot["price"]),
                "counts": [written.number(lot[key]) if lot[key] else "" for key, _ in columns],
                "net": written.rupiah(lot["net"]), "late": lot["late"],
            }
            for lot in lots
        ],
        "sums": _sums(content), "due": written.rupiah(content["due"]), "negative": content["due"] < 0,
        "told": _told(content),
        "held": written.rupiah(content["held"]) if content["held"] else "",
        "chain": content["chain"][:28], "seal": statement.sha256[:16], "qr": paper.qr(address), "address": address,
    }  # fmt: skip


def _sums(content: dict[str, Any]) -> list[list[str]]:
    """The arithmetic in words: each line with its amount."""
    with override("id"):
        return [[label, written.rupiah(amount)] for label, amount in words.sums(content)]


def _told(content: dict[str, Any]) -> list[str]:
    """In the language of the paper, whoever asks for it."""
    with override("id"):
        return words.told(content)


def _day(iso: str) -> str:
    return written.day(date.fromisoformat(iso), short=True)


def message(statement: Statement, origin: str) -> str:
    """The short text for WhatsApp."""
    content = statement.content
    sold, back = (sum(lot[name] for lot in content["lots"]) for name in ("sold", "returned"))
    left = sum(lot["left"] for lot in content["lots"])
    lines = [
        f"*Laporan titipan {content['number']}*",
        f"{content['producer']}, {content['village']}",
        f"{_day(content['starts_on'])} – {_day(content['ends_on'])}",
        f"Laku: {sold} buah{f', dikembalikan: {back}' if back else ''}, sisa di galeri: {left} buah",
        f"Bagian bersih: {written.rupiah(content['earned'])}",
    ]
    lines += _told(content)
    if content["due"] < 0:
        lines.append(f"*Saldo kurang, dibawa ke laporan berikut: {written.rupiah(-content['due'])}*")
    else:
        lines.append(f"*Yang harus dibayar: {written.rupiah(content['due'])}*")
    lines.append(check_address(statement, origin))
    return "\n".join(lines)
