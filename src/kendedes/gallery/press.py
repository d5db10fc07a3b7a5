"""Papers of the gallery, set by Typst: the kuitansi of dues."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from kendedes.base import format as write
from kendedes.base.spoken import amount_in_words
from kendedes.ui import paper

HERE = Path(__file__).parent / "typst"


def receipt(data: dict[str, Any]) -> bytes:
    """A kuitansi as PDF (A6 landscape), with the amount in words."""
    shown = {
        **data, "amount": write.rupiah(data["amount"]), "words": f"{amount_in_words(data['amount'])} rupiah",
        "day": write.day(date.fromisoformat(data["day"])),
    }  # fmt: skip
    return paper.pdf(HERE / "receipt.typ", shown)
