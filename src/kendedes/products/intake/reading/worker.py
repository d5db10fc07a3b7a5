"""The child that opens workbooks: a hostile file may only kill this process.

Bytes come on stdin, limits as JSON in the first argument, cells leave as JSON on stdout. A sheet that names one
cell at A1 and one at XFD1048576 makes a decoder ask for gigabytes: RLIMIT_AS ends it here, not in the server.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import json
import os
import sys
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


def main() -> int:
    """Exit code 0 with JSON on stdout; any other end means the file could not be read."""
    limits = json.loads(sys.argv[1])
    sys.path.append(limits["packages"])
    data = sys.stdin.buffer.read()
    limit(limits["memory_mb"], limits["seconds"])
    try:
        result = read(data, limits)
    except MemoryError:
        result = {"refusal": "too_big_inside"}
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes a decoder say
        kind = type(error).__name__
        result = {"refusal": "locked" if kind == "PasswordError" else "broken", "detail": f"{kind}: {error}"[:200]}
    sys.stdout.write(json.dumps(result, ensure_ascii=False, separators=(",", ":"), default=encode))
    return 0


if __name__ == "__main__":
    gc.disable()  # everything lives until the end
    code = main()
    sys.stdout.flush()
    os._exit(code)  # nothing to tidy: taking a large sheet apart again would cost as much as reading it
