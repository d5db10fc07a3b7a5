"""The edition as a workbook. Text stays text (never a formula), and the same edition gives the same bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import xlsxwriter

from kendedes.catalogue.outputs.words import said, words
from kendedes.catalogue.rules import Document, Entry

Cell = str | int | float | None
# The longest text a cell holds (Excel's limit).
CELL = 32_767
WIDE = {"name": 34, "story": 60, "producer": 30, "address": 44, "materials": 30, "reason": 40, "old": 34, "new": 34}


def xlsx(document: Document, *, sha256: str, language: str = "id", errata: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """Sheets: products, packs, permits, summary, errata. ``sha256``: of the frozen text, shown in the summary.

    Parts are stored uncompressed with fixed dates: compressors of different machines differ, stored bytes do not.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edisi.xlsx"
        _write(path, document, sha256, language, errata)
        return _settled(path.read_bytes())


def _settled(data: bytes) -> bytes:
    """The same archive without anything that depends on the machine or the hour."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_STORED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            part = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.create_system, part.external_attr = ZIP_STORED, 3, 0o644 << 16
            target.writestr(part, source.read(name))
    return out.getvalue()


def _write(path: Path, document: Document, sha256: str, language: str, errata: Sequence[Mapping[str, Any]]) -> None:
    said_here = words(language)
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    edition = document["edition"]
    locked = datetime.strptime(edition["locked_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    book.set_properties(
        {
            "title": said(edition["title"], language),
            "author": document["association"]["name"],
            "comments": f"{edition['slug']} {sha256}",
            "created": locked.replace(tzinfo=None),
        }
    )
    _products(_Sheet(book, said_here, "products"), document, language)
    _packs(_Sheet(book, said_here, "packs"), document, language)
    _permits(_Sheet(book, said_here, "permits"), document, language)
    _summary(_Sheet(book, said_here, "summary"), document, sha256, language)
    if errata:
        _errata(_Sheet(book, said_here, "errata"), errata)
    book.close()


class _Sheet:
    """One sheet written row by row."""

    def __init__(self, book: Any, said_here: dict[str, str], title: str) -> None:
        self.words, self.row = said_here, 0
        self.sheet = book.add_worksheet(said_here[title])
        self.bold = book.add_format({"bold": True, "bg_color": "#F1E7DB", "border": 1, "text_wrap": True})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.top = book.add_format({"valign": "top"})
        self.number = book.add_format({"valign": "top", "num_format": "#,##0"})

    def head(self, *names: str) -> None:
        for column, name in enumerate(names):
            self.sheet.set_column(column, column, WIDE.get(name, 16))
        self.sheet.freeze_panes(1, min(2, len(names) - 1))
        for column, name in enumerate(names):
            self.sheet.write_string(0, column, self.words[name].strip(), self.bold)
        self.row = 1

    def add(self, *values: Cell) -> None:
        for column, value in enumerate(values):
            if isinstance(value, int | float) and not isinstance(value, bool):
                self.sheet.write_number(self.row, column, value, self.number)
            elif value:
                text = str(value)[:CELL]
                self.sheet.write_string(self.row, column, text, self.wrap if len(text) > 30 else self.top)
        self.row += 1


def _every(document: Document) -> Iterable[tuple[dict[str, Any], Entry]]:
    return ((chapter, entry) for chapter in document["chapters"] for entry in chapter["entries"])


def _products(sheet: _Sheet, document: Document, language: str) -> None:
    sheet.head(
        "code", "name", "category", "producer", "village", "district", "unit", "price_low", "price_high", "capacity",
        "per", "stars", "story", "materials", "local", "shelf", "minimum", "lead", "contact", "whatsapp", "photos",
        "address",
    )  # fmt: skip
    for chapter, entry in _every(document):
        retail = [pack["retail"] for pack in entry["variants"] if pack["retail"]]
        low = min((p["low"] for p in retail), default=None)
        high = max((p["high"] or p["low"] for p in retail), default=None)
        capacity, contact = entry["capacity"] or {}, entry["contact"] or {}
        village = entry["producer"]["village"]
        sheet.add(
            entry["code"], said(entry["name"], language), entry["category"]["id" if language == "id" else "en"],
            entry["producer"]["name"], village["name"], entry["producer"]["district"]["name"], chapter["unit"]["name"],
            low, high if high != low else None, capacity.get("amount"), capacity.get("unit"),
            entry["stars"]["stars"] if entry["stars"] else None, said(entry["story"], language),
            ", ".join(entry["materials"]), entry["local_content"]["percent"] if entry["local_content"] else None,
            entry["shelf_life_days"], entry["minimum_order"], entry["lead_time_days"], contact.get("name"),
            contact.get("whatsapp"), len(entry["photos"]), entry["url"],
        )  # fmt: skip


def _packs(sheet: _Sheet, document: Document, language: str) -> None:
    sheet.head(
        "code", "product", "pack", "per", "net", "net_unit", "price_low", "price_high", "wholesale_low",
        "wholesale_high", "wholesale_minimum",
    )  # fmt: skip
    for _chapter, entry in _every(document):
        for pack in entry["variants"]:
            net, retail, bulk = pack["net"] or {}, pack["retail"] or {}, pack["wholesale"] or {}
            sheet.add(
                pack["code"], said(entry["name"], language), pack["name"], pack["unit"], net.get("value"),
                net.get("unit"), retail.get("low"), retail.get("high"), bulk.get("low"), bulk.get("high"),
                bulk.get("minimum"),
            )  # fmt: skip


def _permits(sheet: _Sheet, document: Document, language: str) -> None:
    sheet.head("code", "product", "kind", "number", "valid_until", "verified")
    for _chapter, entry in _every(document):
        for permit in entry["permits"]:
            sheet.add(
                entry["code"], said(entry["name"], language), permit["kind"].upper(), permit["number"],
                permit["valid_until"], sheet.words["yes" if permit["verified"] else "no"],
            )  # fmt: skip


def _summary(sheet: _Sheet, document: Document, sha256: str, language: str) -> None:
    edition, counted, said_here = document["edition"], document["statistics"], sheet.words
    sheet.sheet.set_column(0, 0, 36)
    sheet.sheet.set_column(1, 1, 70)
    for label, value in (
        ("edition", said(edition["title"], language)), ("association", document["association"]["name"]),
        ("period", edition["period"]), ("year", edition["year"]), ("number", edition["number"]),
        ("locked_at", edition["locked_at"]), ("fingerprint", sha256), ("products", counted["products"]),
        ("producers", counted["producers"]), ("villages", counted["villages"]),
        ("missing", ", ".join(u["name"] for u in document["missing_units"])),
    ):  # fmt: skip
        sheet.add(said_here[label], value)
    sheet.add()
    for category in counted["by_category"]:
        sheet.add(said(category["name"], language), category["products"])
    sheet.add()
    for row in counted["by_stars"]:
        sheet.add(f"{said_here['stars']} {row['stars']}", row["products"])


def _errata(sheet: _Sheet, errata: Sequence[Mapping[str, Any]]) -> None:
    sheet.head("of_edition", "number", "code", "field", "old", "new", "reason", "date")
    for row in errata:
        sheet.add(
            row["edition"], row["number"], row["code"], row["field"], row["old"], row["new"], row["reason"], row["at"]
        )
