"""Numbers, addresses, figures and differences of editions. Pure: documents in, plain values out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Document = dict[str, Any]
Entry = dict[str, Any]
Finding = dict[str, Any]

SCHEMA = "kendedes/edition/1"
NEXT: dict[str, frozenset[str]] = {
    "draft": frozenset({"proof"}),
    "proof": frozenset({"draft", "locked"}),
    "locked": frozenset({"published"}),
    "published": frozenset(),
}
STARS = (5, 4, 3, 2, 1)
PRICE_AGE_DAYS = 180
# The width in millimetres of a product's photo, by products on a page, on A4; other papers scale with their width.
PHOTO_MM = {1: 178, 2: 85, 4: 85, 6: 56}
PAPER_MM = {"A4": 210, "A5": 148, "F4": 215}
GOOD_DPI, POOR_DPI = 300, 200


def may_pass(state: str, to: str) -> bool:
    """Whether an edition in ``state`` may pass to ``to``."""
    return to in NEXT.get(state, frozenset())


def roman(number: int) -> str:
    """1 → ``I`` … 39 → ``XXXIX``; a year has no more editions than that."""
    if not 0 < number < 40:
        raise ValueError(f"no roman numeral kept for {number}")
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def period_name(year: int, number: int) -> str:
    """``2026/I``: the first period of a year."""
    return f"{year}/{roman(number)}"


def edition_slug(place: str, year: int, number: int) -> str:
    """The lasting address: ``wajak-2026-1``."""
    return f"{place}-{year}-{number}"


def figures(entries: Iterable[Entry]) -> dict[str, int]:
    """What a chapter opener says: products, producers, villages, starred products."""
    listed = list(entries)
    return {
        "products": len(listed),
        "producers": len({e["producer"]["id"] for e in listed}),
        "villages": len({e["producer"]["village"]["code"] for e in listed}),
        "starred": sum(1 for e in listed if e["stars"]),
    }


def statistics(entries: Iterable[Entry]) -> dict[str, Any]:
    """Counts of a whole edition; categories by size, then name; every number of stars is listed."""
    listed = list(entries)
    categories = {e["category"]["slug"]: e["category"] for e in listed}
    by_category = Counter(e["category"]["slug"] for e in listed)
    by_stars = Counter(e["stars"]["stars"] for e in listed if e["stars"])
    ranked = sorted(by_category, key=lambda slug: (-by_category[slug], categories[slug]["id"], slug))
    counted = figures(listed)
    return {
        "products": counted["products"],
        "producers": counted["producers"],
        "villages": counted["villages"],
        "by_category": [
            {
                "slug": slug,
                "name": {"id": categories[slug]["id"], "en": categories[slug]["en"]},
                "products": by_category[slug],
            }
            for slug in ranked
        ],
        "by_stars": [{"stars": n, "products": by_stars[n]} for n in STARS],
    }


def entries_of(document: Mapping[str, Any]) -> list[Entry]:
    """Every entry in the order of the book."""
    return [entry for chapter in document["chapters"] for entry in chapter["entries"]]


# --- what changed -------------------------------------------------------------------------------


@dataclass(frozen=True)
class FieldChange:
    """``field``: a lasting name such as ``name.id`` or ``pack.WJK-0001A.retail``; None: was or is not there."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Changes:
    """Two editions compared by product code. ``changed``: (entry now, its differences)."""

    new: tuple[Entry, ...]
    changed: tuple[tuple[Entry, tuple[FieldChange, ...]], ...]
    dropped: tuple[Entry, ...]
    unchanged: int

    def as_json(self) -> dict[str, Any]:
        """Plain values for a program."""

        def name(entry: Entry) -> dict[str, Any]:
            return {"code": entry["code"], "name": entry["name"]["id"], "producer": entry["producer"]["name"]}

        return {
            "new": [name(e) for e in self.new],
            "changed": [
                {**name(e), "fields": [{"field": c.field, "old": c.old, "new": c.new} for c in fields]}
                for e, fields in self.changed
            ],
            "dropped": [name(e) for e in self.dropped],
            "unchanged": self.unchanged,
        }


def flat(entry: Entry) -> dict[str, Any]:
    """What a reader of the book would notice, one value a line. Addresses and numbers of rows are left out."""
    producer = entry["producer"]
    result: dict[str, Any] = {
        "name.id": entry["name"]["id"],
        "name.en": entry["name"]["en"],
        "story.id": entry["story"]["id"],
        "story.en": entry["story"]["en"],
        "category": entry["category"]["id"],
        "producer": producer["name"],
        "village": producer["village"]["name"],
        "materials": ", ".join(entry["materials"]),
        "photos": [p["sha256"] for p in entry["photos"]],
        "contact": entry["contact"] and (entry["contact"]["kind"], entry["contact"]["whatsapp"]),
        "stars": entry["stars"] and entry["stars"]["stars"],
    }
    for name in ("capacity", "local_content", "shelf_life_days", "minimum_order", "lead_time_days"):
        result[name] = entry[name]
    for pack in entry["variants"]:
        for name in ("name", "unit", "net", "retail", "wholesale"):
            result[f"pack.{pack['code']}.{name}"] = pack[name]
    for permit in entry["permits"]:
        result[f"permit.{permit['kind']}.{permit['number']}"] = {
            "valid_until": permit["valid_until"], "verified": permit["verified"],
        }  # fmt: skip
    return result


def entry_changes(before: Entry, after: Entry) -> tuple[FieldChange, ...]:
    """The differences of one product, in the order of the page; empty values count as absent."""
    old, new = flat(before), flat(after)
    names = [*new, *(name for name in old if name not in new)]
    pairs = ((name, old.get(name) or None, new.get(name) or None) for name in names)
    return tuple(FieldChange(name, was, now) for name, was, now in pairs if was != now)


def compare(before: Sequence[Entry], after: Sequence[Entry]) -> Changes:
    """What ``after`` has that ``before`` had not, has otherwise, has no more."""
    old = {e["code"]: e for e in before}
    codes = {e["code"] for e in after}
    changed = [(e, entry_changes(old[e["code"]], e)) for e in after if e["code"] in old]
    return Changes(
        new=tuple(e for e in after if e["code"] not in old),
        changed=tuple((e, c) for e, c in changed if c),
        dropped=tuple(e for e in before if e["code"] not in codes),
        unchanged=sum(1 for _e, c in changed if not c),
    )


# --- preflight ----------------------------------------------------------------------------------


def dpi(width: int, paper: str, layout: int) -> int:
    """Dots per inch at which a photo ``width`` pixels wide is printed, by the room a page gives it."""
    millimetres = PHOTO_MM[layout] * PAPER_MM[paper] / PAPER_MM["A4"]
    return round(width / (millimetres / 25.4))


def preflight(
    entries: Iterable[Entry], on: date, paper: str, layout: int, price_days: Mapping[str, date] | None = None
) -> list[Finding]:
    """What a person should look at before the lock, by product; the press adds what only the set page shows.

    Each: ``{"kind", "level": "warn" | "note", "code", "name", "facts"}``. ``price_days``: code → day of the oldest price.
    """
    days = price_days or {}
    return [
        {"kind": kind, "level": level, "code": entry["code"], "name": entry["name"]["id"], "facts": facts}
        for entry in entries
        for kind, level, facts in (
            *_photo_troubles(entry, paper, layout),
            *_text_troubles(entry),
            *_dated_troubles(entry, on, days.get(entry["code"])),
        )
    ]


Trouble = tuple[str, str, dict[str, Any]]


def _photo_troubles(entry: Entry, paper: str, layout: int) -> Iterator[Trouble]:
    if not entry["photos"]:
        yield "no_photo", "warn", {}
        return
    sharp = dpi(entry["photos"][0]["width"], paper, layout)
    if sharp < POOR_DPI:
        yield "low_resolution", "warn", {"dpi": sharp}
    elif sharp < GOOD_DPI:
        yield "fair_resolution", "note", {"dpi": sharp}


def _text_troubles(entry: Entry) -> Iterator[Trouble]:
    if entry["contact"] is None:
        yield "no_contact", "warn", {}
    if not any(pack["retail"] for pack in entry["variants"]):
        yield "no_price", "warn", {}
    if not entry["story"]["id"].strip():
        yield "no_story", "warn", {}


def _dated_troubles(entry: Entry, on: date, priced: date | None) -> Iterator[Trouble]:
    for permit in entry["permits"]:
        if permit["valid_until"] and date.fromisoformat(permit["valid_until"]) < on:
            yield "lapsed_permit", "warn", {"permit": permit["kind"], "until": permit["valid_until"]}
    if priced and (on - priced).days > PRICE_AGE_DAYS:
        yield "old_price", "warn", {"since": priced.isoformat(), "days": (on - priced).days}


def with_errata(document: Document, errata: Sequence[Mapping[str, Any]]) -> Document:
    """The document as published: the frozen text with its corrections listed beside it, never worked in."""
    return {**document, "errata": [dict(erratum) for erratum in errata]}
