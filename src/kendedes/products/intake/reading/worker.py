"""The child that opens workbooks: a hostile file may only kill this process.

Bytes come on stdin, limits as arguments, cells leave marshalled on stdout (importing json alone costs a quarter of
reading 5,000 rows). A sheet that names one cell at A1 and one at XFD1048576 makes a decoder ask for gigabytes:
RLIMIT_AS ends it here, not in the server.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import marshal
import os
import sys

TYPE_CHECKING = False  # importing typing costs as much as json does
if TYPE_CHECKING:
    from typing import Any


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


def plain(cell: Any) -> Any:
    """Days as ``("2027-01-15",)``; times and spans as their text; what marshal knows as it is."""
    if isinstance(cell, dt.datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return (cell.date().isoformat(),) if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date):
        return (cell.isoformat(),)
    return cell if cell is None or isinstance(cell, str | int | float) else str(cell)


def marshalled(result: dict[str, Any]) -> bytes:
    """``result`` as bytes. ``days``: names of sheets that hold more than texts and numbers, so were walked through."""
    result["days"] = []
    for sheet in result.get("sheets", ()):
        try:
            marshal.dumps(sheet["rows"])
        except ValueError:
            sheet["rows"] = [[plain(cell) for cell in row] for row in sheet["rows"]]
            result["days"].append(sheet["name"])
    return marshal.dumps(result)


def read(data: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
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
        if height > most_rows:
            return {"refusal": "too_many_rows", "sheet": meta.name, "rows": height}
        if width > most_columns:
            return {"refusal": "too_many_columns", "sheet": meta.name, "columns": width}
        rows = sheet.to_python(skip_empty_area=False)
        sheets.append({"name": meta.name, "rows": rows, "merges": sheet.merged_cell_ranges or []})
    return {"sheets": sheets, "hidden": hidden}


def main() -> int:
    """Exit code 0 with the cells on stdout; any other end means the file could not be read."""
    rows, columns, memory_mb, seconds = map(int, sys.argv[1:5])
    sys.path.append(sys.argv[5])
    data = sys.stdin.buffer.read()
    limit(memory_mb, seconds)
    try:
        result = read(data, rows, columns)
    except MemoryError:
        result = {"refusal": "too_big_inside"}
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes a decoder say
        kind = type(error).__name__
        result = {"refusal": "locked" if kind == "PasswordError" else "broken", "detail": f"{kind}: {error}"[:200]}
    sys.stdout.buffer.write(marshalled(result))
    return 0


if __name__ == "__main__":
    gc.disable()  # everything lives until the end
    code = main()
    sys.stdout.buffer.flush()
    os._exit(code)  # nothing to tidy: taking a large sheet apart again would cost as much as reading it
