"""Papers of choosing, set by Typst: the berita acara of a round."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from kendedes.base import format as write
from kendedes.ui import fonts

TEMPLATE = Path(__file__).parent / "typst" / "minutes.typ"


def spoken_day(iso: str) -> str:
    """``2026-11-24`` → ``24 November 2026``."""
    return write.day(date.fromisoformat(iso))


def points(centi: int | None) -> str:
    """Hundredths as people write them: ``1234`` → ``12,34``, ``1300`` → ``13``."""
    if centi is None:
        return "–"
    whole, rest = divmod(centi, 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",")


def minutes(data: dict[str, Any]) -> bytes:
    """The berita acara as PDF (A4); the same data give the same bytes. ``data``: ``queries.minutes``."""
    folder = Path(settings.HOME) / "buatan" / "fonts"
    fonts.make(folder)
    shown = {
        **data,
        "day": spoken_day(data["day"]),
        "rows": [
            {
                **row,
                "points": points(row["centi"]),
                "sheets": [{"by": s["by"], "points": points(s["centi"])} for s in row["sheets"]],
                "until": spoken_day(row["until"]) if row["until"] else "",
            }
            for row in data["rows"]
        ],
    }
    book = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.static_folder(folder))]
    )
    made = typst.compile(
        str(TEMPLATE), root=str(TEMPLATE.parent), format="pdf", font_paths=book,
        sys_inputs={"data": json.dumps(shown)}, timestamp=0,
    )  # fmt: skip
    return bytes(made)
