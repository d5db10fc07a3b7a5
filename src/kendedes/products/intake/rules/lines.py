"""A sheet's rows as lines: each value sure or kept as a remark, each remark with the cell it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kendedes.base.money import Price
from kendedes.base.phone import Phone
from kendedes.base.told import text
from kendedes.base.weights import Contents
from kendedes.products.intake.reading.cells import Cell, Row, Sheet, letters
from kendedes.products.intake.rules import words
from kendedes.products.intake.rules.columns import REMARK, Columns, is_header_again
from kendedes.products.intake.rules.permits import PermitSaid

# A row with one of these but no name is a product whose name was forgotten, not a heading.
_OF_A_PRODUCT = frozenset(
    {"code", "price", "wholesale", "contents", "unit", "capacity", "materials", "photo", "category", "barcode"}
)
# A declared merge says the same for all its rows.
_MERGED = words.CARRIED | {"unit", "category", "contact_name", "phone", "price", "wholesale"}
_FOOTER = re.compile(
    r"(?:mengetahui|menyetujui|ttd|catatan\b|keterangan\b|sumber\b|nb\b|\*|malang,|ketua upk|dibuat oleh)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about a cell: a lasting ``code``, the ``cell`` (``C7`` or empty), its facts."""

    code: str
    cell: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    error: bool = False


@dataclass(slots=True)
class Line:
    """One row that holds a product, or should. Empty means the sheet says nothing; ``row`` counts from 1."""

    sheet: str
    row: int
    name: str = ""
    name_en: str = ""
    code: str = ""
    category: str = ""
    producer: str = ""
    producer_kind: str = ""
    village: str = ""
    address: str = ""
    district: str = ""
    unit: str = ""
    contents: Contents | None = None
    pack_code: str = ""
    pack_name: str = ""
    barcode: str = ""
    price: Price | None = None
    price_high: int | None = None
    wholesale: Price | None = None
    wholesale_high: int | None = None
    wholesale_minimum: int | None = None
    materials: str = ""
    local_percent: int | None = None
    local_scope: str = ""
    capacity: int | None = None
    capacity_unit: str = ""
    shelf_life: int | None = None
    minimum_order: int | None = None
    lead_time: int | None = None
    story: str = ""
    story_en: str = ""
    permits: list[tuple[PermitSaid, str]] = field(default_factory=list)  # with valid-until as ISO day or empty
    permit_until: str = ""
    phones: tuple[Phone, ...] = ()
    contact_name: str = ""
    members_m: int | None = None
    members_f: int | None = None
    workers_m: int | None = None
    workers_f: int | None = None
    photos: list[str] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)  # field → address
    ours: bool = False  # the sheet is an export of this program
    skipped: str = ""  # total, header, heading, footer: no product at all

    def note(self, code: str, of: str = "", /, **facts: str | int) -> None:
        """Add a note about the cell of field ``of``."""
        self.notes.append(Note(code, self.cells.get(of, ""), facts))

    def error(self, code: str, of: str = "", /, **facts: str | int) -> None:
        """The same, and the row stays out until it is mended."""
        self.notes.append(Note(code, self.cells.get(of, ""), facts, error=True))

    @property
    def wrong(self) -> bool:
        """Whether some note is an error."""
        return any(note.error for note in self.notes)

    def keep(self, of: str, kept: str, code: str = "") -> None:
        """Keep words nobody can be sure about as a remark of the product."""
        self.remarks.append((of, kept))
        if code:
            self.note(code, of, text=kept)


def lines_of(sheet: Sheet, columns: Columns) -> Iterator[Line]:
    """Every row below the header that says something, totals and headings marked as skipped."""
    from kendedes.products.intake.rules.fill import Filler  # noqa: PLC0415 - fill builds on Line

    filler = Filler(sheet, columns)
    spread = _spread(sheet, columns)
    carried: dict[str, Cell] = {}
    carry = [(c.index, c.field) for c in columns.columns if c.field in words.CARRIED]
    for number in range(columns.first, len(sheet.rows)):
        row = sheet.rows[number]
        if not any(cell not in ("", None) for cell in row):
            continue
        if extra := spread.get(number):
            row = [extra.get(i, cell) if cell in ("", None) else cell for i, cell in enumerate(row)]
        line = Line(sheet.name, number + 1, ours=filler.ours)
        line.skipped = _skipped(row, columns, filler)
        if line.skipped in {"total", "header"}:
            if line.skipped == "total":
                carried.clear()
            yield line
            continue
        row = _carry(row, carry, carried)
        if line.skipped:
            yield line
            continue
        filler.fill(line, row, number)
        yield line


def _spread(sheet: Sheet, columns: Columns) -> dict[int, dict[int, Cell]]:
    """Values of merged cells for the rows below their first: ``{row: {column: value}}``."""
    wanted = {c.index for c in columns.columns if c.field in _MERGED}
    found: dict[int, dict[int, Cell]] = {}
    for (top, left), (bottom, _right) in sheet.merges:
        if top >= columns.first and bottom > top and left in wanted and left < len(sheet.rows[top]):
            for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
                found.setdefault(row, {})[left] = sheet.rows[top][left]
    return found


def _carry(row: Row, carry: list[tuple[int, str]], carried: dict[str, Cell]) -> Row:
    """Fill an empty producer and its place from the row above; a new producer starts afresh."""
    if not carry:
        return row
    said = {name: row[index] for index, name in carry if index < len(row) and row[index] not in ("", None)}
    if "producer" in said:
        carried.clear()
        carried.update(said)
        return row
    if not carried or (said and any(carried.get(name) not in {None, value} for name, value in said.items())):
        carried.update(said)
        return row if not carried.get("producer") else _filled(row, carry, carried)
    return _filled(row, carry, carried)


def _filled(row: Row, carry: list[tuple[int, str]], carried: dict[str, Cell]) -> Row:
    full = list(row)
    for index, name in carry:
        if index < len(full) and full[index] in ("", None) and name in carried:
            full[index] = carried[name]
    return full


def _skipped(row: Row, columns: Columns, filler: object) -> str:
    """Why a row holds no product: a total, the header again, a heading of a group, words at the foot."""
    fields = columns.fields
    said = [(i, cell) for i, cell in enumerate(row) if cell not in ("", None)]
    at = fields["name"].index
    first, cell = next(((i, c) for i, c in said if isinstance(c, str)), (-1, ""))
    if isinstance(cell, str) and words.TOTALS.match(cell):
        bare = words.TOTALS.sub("", cell).strip(" :.0123456789")
        if first != at or not bare:
            return "total"
    if is_header_again(row, columns):
        return "header"
    by_index = {c.index: c.field for c in columns.columns}
    name = row[at] if at < len(row) else ""
    if name in ("", None) or not text(name):
        if any(by_index.get(i) in _OF_A_PRODUCT for i, _c in said):
            return ""  # an error for people to mend
        return "heading" if any(by_index.get(i) == "producer" for i, _c in said) else "footer"
    if len(said) == 1 and isinstance(name, str) and _FOOTER.match(name.strip()):
        return "footer"
    return ""


def column_letter(columns: Columns, of: str) -> str:
    """The letter of a field's column, empty when the sheet has none."""
    column = columns.fields.get(of)
    return letters(column.index) if column else ""


__all__ = ["REMARK", "Line", "Note", "column_letter", "lines_of"]
