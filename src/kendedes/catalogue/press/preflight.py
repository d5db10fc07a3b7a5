"""What a person should see before the book goes to the printer: as data, and as a sheet of its own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from kendedes.catalogue.press.book import Book
from kendedes.catalogue.press.codes import NARROWEST, module_width
from kendedes.catalogue.press.entries import Json, lapsed
from kendedes.catalogue.press.photos import Master
from kendedes.catalogue.press.report import Finding
from kendedes.catalogue.press.text import line
from kendedes.catalogue.press.words import PERMITS

GOOD_DPI, FAIR_DPI = 300, 200
INK_MOST = 300  # per cent of ink in one place that coated paper bears
_THEME = Path(__file__).parent / "templates" / "theme.typ"
_ORDER = {"stop": 0, "warn": 1, "note": 2}


def effective_dpi(width: int, height: int, box: list[float]) -> int:
    """Pixels an inch of a photo that fills `box` (mm) entirely."""
    scale = max(box[0] / width, box[1] / height)  # mm a pixel
    return int(25.4 / scale)


def ink_of_pages() -> int:
    """Per cent of ink that the darkest colour of our pages takes; they never lie over one another."""
    named = re.findall(r"cmyk\((\d+)%, (\d+)%, (\d+)%, (\d+)%\)", _THEME.read_text(encoding="utf-8"))
    return max(sum(map(int, inks)) for inks in named)


def ink_of_photo(master: Master) -> int:
    """Per cent of ink in the darkest thousandth of a CMYK photo, looked at in an eighth of its size."""
    from PIL import Image  # noqa: PLC0415 - hardly any photo has inks

    with Image.open(master.path) as opened:
        opened.draft("CMYK", (opened.width // 8, opened.height // 8))
        plates = opened.split()
        levels = sorted(map(sum, zip(*(plate.tobytes() for plate in plates), strict=True)))
    return round(levels[len(levels) - 1 - len(levels) // 1000] * 100 / 255)


def of_entries(book: Book, masters: dict[str, Master]) -> list[Finding]:
    """Findings about products, in page order."""
    made: list[Finding] = []
    for view in book.views:
        entry = view["source"]
        made += [_finding(view, kind, level, **facts) for kind, level, facts in _about(entry, view, book, masters)]
    return made


def _about(entry: Json, view: Json, book: Book, masters: dict[str, Master]) -> list[tuple[str, Any, dict[str, Any]]]:
    locked = book.desk.locked
    made: list[tuple[str, Any, dict[str, Any]]] = []
    if entry["photos"]:
        made += _photo(masters[entry["photos"][0]["sha256"]], view["box"], press=book.options.target == "press")
    else:
        made.append(("no_photo", "warn", {}))
    if not entry["contact"]:
        made.append(("no_contact", "warn", {}))
    made += [
        ("lapsed_permit", "warn", {"permit": PERMITS[p["kind"]], "until": p["valid_until"]})
        for p in entry["permits"]
        if lapsed(p, locked)
    ]
    if entry["stars"] and not view["stars"]:
        made.append(
            ("lapsed_stars", "warn", {"stars": entry["stars"]["stars"], "until": entry["stars"]["valid_until"]})
        )
    if not any(v["retail"] for v in entry["variants"]):
        made.append(("no_price", "note", {}))
    made += _old_prices(entry, locked, book.options.price_age_days)
    if view["qr"] and module_width(view["qr"], book.card.qr) < NARROWEST:
        made.append(("dense_code", "warn", {"letters": len(view["qr"])}))
    lost = book.desk.lost_signs(entry)
    if lost:
        made.append(("unprintable", "note", {"signs": lost}))
    return made


def _photo(master: Master, box: list[float], *, press: bool) -> list[tuple[str, Any, dict[str, Any]]]:
    dpi = effective_dpi(master.width, master.height, box)
    made: list[tuple[str, Any, dict[str, Any]]] = []
    if press and dpi < GOOD_DPI:
        made.append(
            (
                "fair_resolution" if dpi >= FAIR_DPI else "low_resolution",
                "note" if dpi >= FAIR_DPI else "warn",
                {"dpi": dpi},
            )
        )
    if press and master.components == 4:
        made.append(("photo_profile", "note", {"components": 4}))
        ink = ink_of_photo(master)
        if ink > INK_MOST:
            made.append(("heavy_ink", "warn", {"percent": ink}))
    return made


def _old_prices(entry: Json, locked: str, most: int) -> list[tuple[str, Any, dict[str, Any]]]:
    dates = [
        v[kind]["since"]
        for v in entry["variants"]
        for kind in ("retail", "wholesale")
        if v[kind] and v[kind].get("since")
    ]
    age = max(((date.fromisoformat(locked) - date.fromisoformat(day)).days for day in dates), default=0)
    return [("old_price", "warn", {"days": age})] if age > most else []


def _finding(view: Json, kind: str, level: Any, **facts: Any) -> Finding:
    return Finding(kind, level, view["code"], view["name"], str(view["page"]), tuple(sorted(facts.items())))


def of_book(
    book: Book, shortened: list[Json], *, blank: int, pages: int, named_condition: str, ink: int
) -> list[Finding]:
    """Findings about the whole: units missing, texts shortened, pages added, the printing condition, the most ink (0: not printed)."""
    by_code = {view["code"]: view for view in book.views} | {view["name"]: view for view in book.views}
    made = [Finding("missing_unit", "note", line(u["code"]), line(u["name"])) for u in book.document["missing_units"]]
    for note in shortened:
        view = by_code.get(note["code"])
        made.append(
            _finding(view, "shortened", "note", words=note["kept"])
            if view
            else Finding("shortened", "note", str(note["code"]), facts=(("words", note["kept"]),))
        )
    if blank:
        made.append(Finding("blank_pages", "note", facts=(("added", blank), ("pages", pages))))
    if ink:
        made.append(Finding("page_ink", "warn" if ink > INK_MOST else "note", facts=(("percent", ink),)))
    if named_condition:
        made.append(Finding("no_profile", "warn", facts=(("condition", named_condition),)))
    return made


def ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """Gravest first, then by kind, then by page."""
    return tuple(sorted(findings, key=lambda f: (_ORDER[f.level], f.kind, int(f.page or 0), f.code)))
