"""A sheet's rows as lines: groups carried down, totals and headings told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kendedes.base.told import text
from kendedes.products.intake.reading.cells import Cell, Row, Sheet
from kendedes.products.intake.rules import words
from kendedes.products.intake.rules.columns import Columns, is_header_again
from kendedes.products.intake.rules.fill import Filler
from kendedes.products.intake.rules.line import Line

# A row with one of these but no name is a product whose name was forgotten, not a heading.
_OF_A_PRODUCT = frozenset(
    {"code", "price", "wholesale", "contents", "unit", "capacity", "materials", "photo", "category", "barcode"}
)
# A declared merge says the same for all its rows.
_MERGED = words.CARRIED | {"unit", "category", "contact_name", "phone", "price", "wholesale"}
_TOTAL_STARTS = frozenset("jJtTgGsS")
_FOOTER = re.compile(
    r"(?:mengetahui|menyetujui|ttd|catatan\b|keterangan\b|sumber\b|nb\b|\*|malang,|ketua upk|dibuat oleh)",
    re.IGNORECASE,
)


def lines_of(sheet: Sheet, columns: Columns) -> Iterator[Line]:
    """Every row below the header that says something, totals and headings marked as skipped."""
    filler = Filler(sheet, columns)
    spread = _spread(sheet, columns)
    carried: dict[str, Cell] = {}
    carry = [(c.index, c.field) for c in columns.columns if c.field in words.CARRIED]
    for number in range(columns.first, len(sheet.rows)):
        row = sheet.rows[number]
        if _is_blank(row):
            continue
        if extra := spread.get(number):
            row = [extra.get(i, cell) if cell in ("", None) else cell for i, cell in enumerate(row)]
        line = Line(sheet.name, number + 1, filler.frame)
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


def _is_blank(row: Row) -> bool:
    return all(cell == "" or cell is None for cell in row)


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
    said = {name: row[index] for index, name in carry if index < len(row) and row[index] not in ("", None)}
    if "producer" in said:
        carried.clear()
        carried.update(said)
        return row
    for name, value in said.items():
        if carried.get(name) != value:
            carried.update(said)
            break
    return _filled(row, carry, carried) if carried.get("producer") else row


def _filled(row: Row, carry: list[tuple[int, str]], carried: dict[str, Cell]) -> Row:
    full = list(row)
    for index, name in carry:
        if index < len(full) and full[index] in ("", None) and name in carried:
            full[index] = carried[name]
    return full


def _skipped(row: Row, columns: Columns, filler: Filler) -> str:
    """Why a row holds no product: a total, the header again, a heading of a group, words at the foot."""
    at = filler.name_at
    name = row[at] if at < len(row) else ""
    for index, cell in enumerate(row):  # the first words of the row
        if isinstance(cell, str) and cell:
            if cell.lstrip()[:1] in _TOTAL_STARTS and words.TOTALS.match(cell):
                bare = words.TOTALS.sub("", cell).strip(" :.0123456789")
                if index != at or not bare:
                    return "total"
            break
    if isinstance(name, str) and name.casefold().strip() == filler.name_header and is_header_again(row, columns):
        return "header"
    if name in ("", None) or not text(name):
        said = [filler.by_index.get(i, "") for i, cell in enumerate(row) if cell not in ("", None)]
        if not _OF_A_PRODUCT.isdisjoint(said):
            return ""  # an error for people to mend
        return "heading" if "producer" in said else "footer"
    if isinstance(name, str) and _FOOTER.match(name.strip()) and sum(cell not in ("", None) for cell in row) == 1:
        return "footer"
    return ""
