"""What may be asked of the press."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from kendedes.catalogue.press.report import PressRefused


class Paper(StrEnum):
    """Trimmed sizes; F4 is Indonesia's folio."""

    A4 = "A4"
    A5 = "A5"
    F4 = "F4"

    @property
    def millimetres(self) -> tuple[int, int]:
        """Width and height after trimming."""
        return {"A4": (210, 297), "A5": (148, 210), "F4": (215, 330)}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How an edition is printed.

    ``layout``: products a page (1, 2, 4, 6). ``feature_from``: products with so many stars, and those the edition's
    people marked, get a page of their own; None for no such pages. ``boundaries``: GeoJSON with real borders (properties ``kode`` or ``code``); without it the
    map is drawn of hexagons. ``profile``: CMYK ICC profile to embed; without it the file names the registered condition
    FOGRA39, the same on every machine. ``fonts``: folder with the static faces (`kendedes.ui.fonts`).
    ``price_age_days``: prices older than this at the lock are reported, where the document dates them.
    """

    fonts: Path
    paper: Paper = Paper.A4
    layout: Literal[1, 2, 4, 6] = 4
    target: Literal["press", "screen"] = "press"
    language: Literal["id", "en"] = "id"
    feature_from: int | None = 4
    boundaries: Path | None = None
    profile: Path | None = None
    qr: Literal["page", "whatsapp"] = "page"
    price_age_days: int = 180
    processes: int = 2

    @property
    def hyphens(self) -> str:
        """Language of the soft hyphens; none on the screen, where they would stand in the way of search and speech."""
        return self.language if self.target == "press" else ""

    def __post_init__(self) -> None:
        if self.layout not in (1, 2, 4, 6):
            raise PressRefused("Tata letak %(layout)s tidak dikenal: pilih 1, 2, 4, atau 6.", layout=self.layout)
        if self.target not in ("press", "screen") or self.language not in ("id", "en"):
            raise PressRefused("Tujuan cetak atau bahasa tidak dikenal.")
