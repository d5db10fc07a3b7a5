"""Permits as people write them into a cell; several may stand in one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from kendedes.base.told import Told, says_nothing, text
from kendedes.products.permits.rules import check

_PARTS = re.compile(r"\s*(?:[;\n]|,(?=\s*[A-Za-z])|\bdan\b|&)\s*")
_NUMBERS: list[tuple[str, re.Pattern[str]]] = [
    ("pirt", re.compile(r"(?:S?PP?-?IRT|P\.?\s?-?\s?I\.?R\.?T\.?)\s*(?:No(?:mor)?\.?|:)?\s*:?\s*(\d[\d .]{11,20}\d(?:\s?-\s?\d{2})?)\Z", re.IGNORECASE)),
    ("halal", re.compile(r"(?:(?:sertifikat\s+)?halal\s*(?:No(?:mor)?\.?|:)?\s*:?\s*)?(ID\s?\d{17})\Z", re.IGNORECASE)),
    ("halal", re.compile(r"(?:sertifikat\s+)?halal\s*(?:MUI)?\s*(?:No(?:mor)?\.?|:)?\s*:?\s*(\d[\d .]{9,20}\d)\Z", re.IGNORECASE)),
    ("bpom", re.compile(r"(?:BPOM(?:\s*RI)?\s*(?:No\.?|:)?\s*:?\s*)?((?:MD|ML|NA|NB|NC|ND|NE|TR|TI|HT|SD|SI|SL)\s?\d{9,15})\Z", re.IGNORECASE)),
    ("nib", re.compile(r"NIB\s*(?:No(?:mor)?\.?|:)?\s*:?\s*(\d{13})\Z", re.IGNORECASE)),
    ("sni", re.compile(r"(SNI\s?\d{2}-?\d{4}(?:-\d{4})?|SNI\s?\d{4,5}(?:\.\d+)?:\d{4})\Z", re.IGNORECASE)),
    ("merek", re.compile(r"(?:merek|HKI|HAKI)\s*(?:No(?:mor)?\.?|:)?\s*:?\s*((?:IDM|DID|J|R)\d{9,15})\Z", re.IGNORECASE)),
]  # fmt: skip
_BARE: dict[str, re.Pattern[str]] = {
    "pirt": re.compile(r"(\d{13,15}-?\d{0,2})\Z"),
    "halal": re.compile(r"(ID\s?\d{17}|\d{11,17})\Z", re.IGNORECASE),
    "bpom": re.compile(r"((?:[A-Z]{2})\s?\d{9,15})\Z", re.IGNORECASE),
    "nib": re.compile(r"(\d{13})\Z"),
    "merek": re.compile(r"([A-Z]{1,3}\d{9,15})\Z", re.IGNORECASE),
    "sni": re.compile(r"(SNI\s?[\d.:\-]{4,20})\Z", re.IGNORECASE),
}
NONE = frozenset({"belum ada", "belum", "tidak", "tidak ada", "blm", "blm ada", "tdk ada", "tdk", "belum punya", "-"})
IN_TEXT = re.compile(
    r"\bP-?IRT\s*(?:No\.?\s*)?:?\s*\d{15}|\bP-?IRT\s*(?:No\.?\s*)?:?\s*\d{13}-\d{2}(?!\d)|\bID\d{17}(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PermitSaid:
    """``kind`` as in products.Permit.Kind; ``number`` as it is usually written. ``of_producer``: of all she makes."""

    kind: str
    number: str
    of_producer: bool = field(default=False, compare=False)


@lru_cache(maxsize=4096)
def permits(cell: str, column: str = "") -> Told[tuple[PermitSaid, ...]]:
    """Every permit with a number that a cell certainly names. ``column``: the kind its column's name states.

    ``kept``: the parts without a number ("PIRT exp 2024", "proses"). ``why``: no_number, or none_yet ("belum ada").
    """
    words = text(cell)
    if says_nothing(words):
        return Told()
    if words.casefold() in NONE:
        return Told(kept=words, why="none_yet")
    found: dict[PermitSaid, None] = {}
    left: list[str] = []
    for part in _PARTS.split(words):
        one = _one(part.strip(" ."), column)
        if one:
            found[one] = None
        elif part.strip():
            left.append(part.strip())
    kept = "; ".join(left)
    return Told(tuple(found) or None, kept, "no_number" if kept else "")


def _one(part: str, column: str) -> PermitSaid | None:
    for kind, pattern in _NUMBERS:
        if match := pattern.match(part):
            return said(kind, match[1])
    if column in _BARE and (match := _BARE[column].match(part.replace(" ", "") if column != "sni" else part)):
        return said(column, match[1])
    return None


def said(kind: str, number: str, *, of_producer: bool = False) -> PermitSaid:
    """A permit with its number as the permits' own rules write it (that does not depend on the day)."""
    return PermitSaid(kind, check(kind, number, date.max).number[:60], of_producer or kind == "nib")


def in_remark(words: str) -> list[PermitSaid]:
    """Permit numbers that stand inside free text."""
    return [one for match in IN_TEXT.findall(words) if (one := _one(match, ""))]


LABELS = {"pirt": "P-IRT", "halal": "Halal", "bpom": "BPOM", "nib": "NIB", "merek": "Merek", "sni": "SNI"}
_OURS = re.compile(r"(P-IRT|Halal|BPOM|NIB|Merek|SNI): (.*?)( \(produsen\))?(?: \(s/d (\d{2}/\d{2}/\d{4})\))?\Z")
_KIND = {label: kind for kind, label in LABELS.items()}


def exported(permit: PermitSaid, until: date | None) -> str:
    """A permit as our own sheets write it, one a line; ``from_export`` reads it back whatever the number's form."""
    end = f" (s/d {until.day:02}/{until.month:02}/{until.year})" if until else ""
    return f"{LABELS[permit.kind]}: {permit.number}{' (produsen)' if permit.of_producer else ''}{end}"


def from_export(line: str) -> tuple[PermitSaid, str] | None:
    """The permit of a line written by ``exported`` and its last day as ISO text."""
    found = _OURS.match(line.strip())
    if not found:
        return None
    kind, day = _KIND[found[1]], found[4]
    return PermitSaid(kind, found[2], bool(found[3])), f"{day[6:]}-{day[3:5]}-{day[:2]}" if day else ""
