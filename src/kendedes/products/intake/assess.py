"""Reads and judges one file for one unit. Reads only: what is stored is decided later, by a person."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from kendedes.network.models import Unit
from kendedes.products.intake import queries, refusals, texts
from kendedes.products.intake.reading import files
from kendedes.products.intake.reading.cells import Book, letters
from kendedes.products.intake.rules.columns import SKIP, Columns, find_header
from kendedes.products.intake.rules.judge import Choice, Judged, Key, Outcome, Verdict, judge
from kendedes.products.intake.rules.known import Item, Known
from kendedes.products.intake.rules.line import Line
from kendedes.products.intake.rules.lines import lines_of
from kendedes.products.intake.rules.whose import other_unit

Fields = Mapping[str, Mapping[int, str]]  # sheet → column index → field
STORED = frozenset({Outcome.NEW, Outcome.CHANGED})
OFFERED = frozenset({Outcome.DUPLICATE, Outcome.VARIANT})


@dataclass
class Assessment:
    """A file read and judged. ``unread``: sheets without a header we know."""

    book: Book
    columns: tuple[Columns, ...]
    known: Known
    verdict: Verdict
    unread: tuple[str, ...] = ()
    notes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def facts(self) -> dict[str, int]:
        """How many rows hold a product and how many producers they name, by the sheet's own words."""
        named = [r for r in self.verdict.rows if r.outcome != Outcome.SKIPPED]
        return {
            "rows_with_product": sum(1 for r in named if r.line.name),
            "producers": len(
                {(r.maker.key if r.maker else r.line.producer.casefold()) for r in named if r.line.producer}
            ),
        }


def assess(
    *, unit: Unit, book: Book, fields: Fields | None = None, choices: Mapping[Key, Choice] | None = None,
    rows: int = files.USUAL.rows,
) -> Assessment:  # fmt: skip
    """Judge a file that was read. Raises a SheetRefused when it cannot be taken at all.

    ``fields``: columns as a person corrected them. ``choices``: what she decided about offered rows.
    """
    with _no_collection():
        return _assess(unit, book, fields or {}, choices or {}, rows=rows)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Thousands of small objects that all live until the end: looking for garbage among them costs a third more.

    Afterwards they count as old, so that the next young collection does not walk through them either.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def _assess(unit: Unit, book: Book, fields: Fields, choices: Mapping[Key, Choice], *, rows: int) -> Assessment:
    columns, unread = map_columns(book, fields)
    known = queries.known(unit)
    lines = [line for mapped in columns for line in _lines(book, mapped, rows)]
    elsewhere = other_unit(book, columns, lines, known.places)
    if elsewhere:
        raise refusals.OtherUnit(
            file=book.name, found=elsewhere.district, unit=known.places.name, where=elsewhere.where
        )
    return Assessment(book, columns, known, judge(lines, known, choices), unread)


def map_columns(book: Book, fields: Fields) -> tuple[tuple[Columns, ...], tuple[str, ...]]:
    """The columns of every sheet that has a header; raises NoHeader when none has."""
    found, unread = [], []
    for sheet in book.sheets:
        columns = find_header(sheet)
        chosen = fields.get(sheet.name)
        if columns is None:
            if any(cell not in ("", None) for row in sheet.rows for cell in row):
                unread.append(sheet.name)
        elif chosen and set(chosen.values()) == {SKIP}:
            unread.append(sheet.name)
        else:
            mapped = columns.with_fields(chosen) if chosen else columns
            if "name" not in mapped.fields:
                raise refusals.MappingIncomplete(sheet=sheet.name)
            found.append(mapped)
    if not found:
        raise refusals.NoHeader(file=book.name)
    return tuple(found), tuple(unread)


def _lines(book: Book, columns: Columns, most: int) -> list[Line]:
    sheet = next(s for s in book.sheets if s.name == columns.sheet)
    lines = list(lines_of(sheet, columns))
    products = sum(1 for line in lines if not line.skipped)
    if products > most:
        raise refusals.TooManyRows(sheet=sheet.name, rows=products, most=most)
    return lines


def shown_rows(
    rows: Iterable[Judged], extra: Mapping[Key, Sequence[dict[str, Any]]] | None = None
) -> list[dict[str, Any]]:
    """Rows as plain JSON values, for the preview, ``--json`` and the batch. ``messages`` hold codes and facts."""
    return [_shown(row, (extra or {}).get((row.line.sheet, row.line.row), ())) for row in rows]


def _shown(row: Judged, extra: Sequence[dict[str, Any]]) -> dict[str, Any]:
    line = row.line
    result: dict[str, Any] = {
        "sheet": line.sheet, "row": line.row, "outcome": row.outcome.value, "name": line.name, "producer": line.producer,
        "messages": [
            {"code": n.code, "cell": n.cell, "facts": dict(n.facts), "error": n.error} for n in line.notes
        ] + list(extra),
    }  # fmt: skip
    if line.skipped:
        result["skipped"] = line.skipped
    if row.item is not None and row.item.code:
        result["product"] = row.item.code
    if row.of is not None:
        result["of"] = _of(row.of)
    if line.photos:
        result["photos"] = line.photos
    if row.changes:
        result["changes"] = row.changes
    if row.asks_maker:
        result["asks_maker"] = True
    if line.price:
        result["price"] = [line.price.low, line.price.high]
    return result


def _of(item: Item) -> dict[str, Any]:
    if item.place:
        return {"name": item.name, "sheet": item.place[0], "row": item.place[1]}
    return {"name": item.name, "code": item.code}


def shown_mapping(book: Book, columns: Iterable[Columns], unread: Iterable[str]) -> list[dict[str, Any]]:
    """Each sheet's columns with three example values, for the page where a person corrects them."""
    result: list[dict[str, Any]] = []
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for mapped in columns:
        rows = sheets[mapped.sheet].rows[mapped.first : mapped.first + 40]
        result.append({
            "sheet": mapped.sheet, "header_row": mapped.header + 1, "signature": mapped.signature,
            "columns": [
                {"index": c.index, "letter": letters(c.index), "header": c.header, "field": c.field, "examples": _examples(rows, c.index)}
                for c in mapped.columns
                if c.header or c.field
            ],
        })  # fmt: skip
    return [*result, *({"sheet": name, "unread": True, "columns": []} for name in unread)]


def _examples(rows: Sequence[Sequence[Any]], index: int) -> list[str]:
    said = [_example(row[index]) for row in rows if index < len(row) and row[index] not in ("", None)]
    return list(dict.fromkeys(filter(None, said)))[:3]


def _example(value: Any) -> str:
    """A cell as a person would see it: sheets keep every number as a float."""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return " ".join(str(value).split())[:40]


def sentences(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A shown row's messages as words with their place: ``{"where", "text", "error", "code"}``."""
    found = [
        {
            "where": texts.place(row["sheet"], message["cell"], row["row"]),
            "text": texts.said(message["code"], message["facts"]),
            "error": message["error"],
            "code": message["code"],
        }
        for message in row["messages"]
    ]
    if row.get("skipped"):
        found.append(
            {
                "where": texts.place(row["sheet"], "", row["row"]),
                "text": str(texts.SKIPPED[row["skipped"]]),
                "error": False,
                "code": row["skipped"],
            }
        )
    return found
