"""The child that opens workbooks: a hostile file may only kill this process.

Bytes come on stdin, limits as JSON in the first argument, cells leave as JSON on stdout. A sheet that names one
cell at A1 and one at XFD1048576 makes a decoder ask for gigabytes: RLIMIT_AS ends it here, not in the server.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import re
import sys
import zipfile
from typing import Any

_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*?><f(?:\s[^>]*)?>([^<]{1,8000})</f>')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def limit(memory_mb: int, seconds: int) -> None:
    """No more memory, time, or written bytes than a sheet needs."""
    try:
        import resource  # noqa: PLC0415 - absent on Windows, where the parent's timeout still holds
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def encode(cell: Any) -> Any:
    """Days as ``{"d": "2027-01-15"}``; times and spans as their text."""
    if isinstance(cell, dt.datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return {"d": cell.date().isoformat()} if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date):
        return {"d": cell.isoformat()}
    return str(cell)


def read(data: bytes, limits: dict[str, Any]) -> dict[str, Any]:
    """Every visible worksheet, or ``{"refusal": code, …}``."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - after the limits

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets: list[dict[str, Any]] = []
    hidden: list[str] = []
    for meta in book.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            hidden.append(meta.name)
            continue
        sheet = book.get_sheet_by_name(meta.name)
        height, width = sheet.total_height, sheet.total_width
        if height > limits["rows"]:
            return {"refusal": "too_many_rows", "sheet": meta.name, "rows": height}
        if width > limits["columns"]:
            return {"refusal": "too_many_columns", "sheet": meta.name, "columns": width}
        rows = sheet.to_python(skip_empty_area=False)
        sheets.append({"name": meta.name, "rows": rows, "merges": sheet.merged_cell_ranges or []})
    return {"sheets": sheets, "hidden": hidden}


def formulas(data: bytes) -> dict[str, list[tuple[int, int, str]]]:
    """Formula texts of an xlsx by sheet name: (row, column, text) from 0. Nothing is ever evaluated."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        for sheet, part in _parts(archive, names):
            xml = archive.read(part)
            if b"</f>" in xml:
                found[sheet] = [
                    (int(row) - 1, _column(column), "=" + html.unescape(text.decode("utf-8", "replace")))
                    for column, row, text in _CELL.findall(xml)
                ]
    return found


def _parts(archive: zipfile.ZipFile, names: set[str]) -> list[tuple[str, str]]:
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return []
    relations = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")):
        given = dict(_ATTRIBUTE.findall(tag))
        relations[given.get("Id", "")] = given.get("Target", "")
    result = []
    for tag in _SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8", "replace")):
        given = dict(_ATTRIBUTE.findall(tag))
        target = relations.get(given.get("r:id", ""), "")
        part = target.lstrip("/") if target.startswith("/") else "xl/" + target
        if part in names:
            result.append((html.unescape(given.get("name", "")), part))
    return result


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def main() -> int:
    """Exit code 0 with JSON on stdout; any other end means the file could not be read."""
    limits = json.loads(sys.argv[1])
    data = sys.stdin.buffer.read()
    limit(limits["memory_mb"], limits["seconds"])
    try:
        result = read(data, limits)
        if limits["formulas"] and "refusal" not in result:
            result["formulas"] = formulas(data)
    except MemoryError:
        result = {"refusal": "too_big_inside"}
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes a decoder say
        kind = type(error).__name__
        result = {"refusal": "locked" if kind == "PasswordError" else "broken", "detail": f"{kind}: {error}"[:200]}
    sys.stdout.write(json.dumps(result, ensure_ascii=False, separators=(",", ":"), default=encode))
    return 0


if __name__ == "__main__":
    sys.exit(main())
