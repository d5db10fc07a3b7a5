"""What the press says when it is done, or why it will not begin."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kendedes.base.refusal import Refusal


class PressRefused(Refusal):
    """The document or a photo cannot be printed as it is."""

    code = "press_refused"
    message = "Katalog tidak dapat dicetak."
    status = 422


class PressFault(RuntimeError):  # noqa: N818 - a fault, as the docs say
    """The press broke a promise of its own (a page too many, a warning of the typesetter): a bug, never hidden."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person should look at before printing.

    ``kind``: low_resolution, fair_resolution, no_photo, no_contact, lapsed_permit, lapsed_stars, old_price, no_price,
    shortened, unprintable, dense_code, photo_profile, heavy_ink, page_ink, no_profile, missing_unit, blank_pages. ``level``: stop | warn | note.
    ``code``: of the product, empty for the whole book. ``facts``: numbers for the sentence, e.g. ``{"dpi": 143}``.
    """

    kind: str
    level: Literal["stop", "warn", "note"]
    code: str = ""
    name: str = ""
    page: str = ""
    facts: tuple[tuple[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "level": self.level,
            "code": self.code,
            "name": self.name,
            "page": self.page,
            "facts": dict(self.facts),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What was made. ``pages`` counts every page of the file, ``condition`` names the printing condition."""

    path: Path
    sha256: str
    bytes: int
    pages: int
    paper: str
    layout: int
    target: str
    standard: str
    condition: str
    products: int
    photos: int
    chapters_set: int
    chapters_reused: int
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        made = {name: getattr(self, name) for name in self.__slots__ if name not in ("findings", "path")}
        return {**made, "file": self.path.name, "findings": [f.as_json() for f in self.findings]}
