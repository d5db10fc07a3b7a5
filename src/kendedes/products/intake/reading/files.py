"""The one door from bytes to a Book."""

from __future__ import annotations

import datetime as dt
import hashlib
import marshal
import os
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import python_calamine

from kendedes.products.intake import refusals
from kendedes.products.intake.reading import archive, delimited, worker
from kendedes.products.intake.reading.cells import Book, Row, Sheet
from kendedes.products.intake.reading.formulas import formulas

PACKAGES = str(Path(python_calamine.__file__).parents[1])
ROOM = 300  # titles, blank rows and totals around the products


@dataclass(frozen=True, slots=True)
class Limits:
    """``rows``: products in one sheet. ``megabytes``: the file itself. The rest bounds the decoding child."""

    rows: int = 5000
    columns: int = 200
    megabytes: int = 20
    memory_mb: int = 1024
    seconds: int = 30


USUAL = Limits()


def read(file: str, data: bytes, limits: Limits = USUAL) -> Book:
    """The cells of a workbook or CSV file. Raises a SheetRefused; never anything else for bad input."""
    file = PurePath(file.replace("\\", "/")).name[:200] or "berkas"
    if not data.strip(b"\x00 \t\r\n"):
        raise refusals.EmptyFile(file=file)
    if len(data) > limits.megabytes << 20:
        raise refusals.FileTooLarge(file=file, megabytes=len(data) >> 20, most=limits.megabytes)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusals.OldWorkbook(file=file)
    sha256 = hashlib.sha256(data).hexdigest()
    if data.startswith(b"PK"):
        kind = archive.inspect(data, file).kind
        sheets, hidden = _workbook(file, data, kind, limits)
        return Book(file, sha256, kind, sheets, hidden)
    text, encoding = delimited.decode(data, file)
    rows, delimiter = delimited.rows(text, file, limits.rows + ROOM)
    if max(map(len, rows), default=0) > limits.columns:
        raise refusals.TooManyColumns(sheet=file, columns=max(map(len, rows)), most=limits.columns)
    shown = {"\t": "tab"}.get(delimiter, delimiter)
    return Book(file, sha256, "csv", (Sheet(PurePath(file).stem, rows),), how=f"{encoding} {shown}")


def _workbook(file: str, data: bytes, kind: str, limits: Limits) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    answer = _ask_child(file, data, limits)
    try:
        texts = formulas(data) if kind == "xlsx" else {}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise refusals.BrokenWorkbook(file=file) from error
    sheets = tuple(
        Sheet(
            sheet["name"],
            _rows(sheet["rows"], days=sheet["name"] in answer["days"]),
            tuple((tuple(a), tuple(b)) for a, b in sheet["merges"]),
            {(row, column): text for row, column, text in texts.get(sheet["name"], ())},
        )
        for sheet in answer["sheets"]
    )
    return sheets, tuple(answer["hidden"])


def _ask_child(file: str, data: bytes, limits: Limits) -> dict[str, Any]:
    asked = (limits.rows + ROOM, limits.columns, limits.memory_mb, limits.seconds, PACKAGES)
    # -S: the child needs one package, not the environment's start-up files
    command = [sys.executable, "-I", "-S", worker.__file__, *map(str, asked)]
    clean = {k: v for k, v in os.environ.items() if k in {"PATH", "LANG", "LC_ALL", "SYSTEMROOT"}}
    try:
        done = subprocess.run(  # noqa: S603 - our own file
            command, input=data, capture_output=True, timeout=limits.seconds + 10, check=False, env=clean
        )
    except subprocess.TimeoutExpired as error:
        raise refusals.Bomb(file=file) from error
    if done.returncode:  # killed by its limits, or the decoder gave up
        raise refusals.Bomb(file=file)
    answer: dict[str, Any] = marshal.loads(done.stdout)  # noqa: S302 - our own child; taken over, it could do worse
    code = answer.get("refusal")
    if code == "too_many_rows":
        raise refusals.TooManyRows(sheet=answer["sheet"], rows=answer["rows"], most=limits.rows)
    if code == "too_many_columns":
        raise refusals.TooManyColumns(sheet=answer["sheet"], columns=answer["columns"], most=limits.columns)
    if code == "too_big_inside":
        raise refusals.Bomb(file=file)
    if code == "locked":
        raise refusals.OldWorkbook(file=file)
    if code:
        raise refusals.BrokenWorkbook(file=file, detail=answer.get("detail", ""))
    return answer


def _rows(rows: list[list[Any]], *, days: bool) -> list[Row]:
    """Days leave the child as ``("2027-01-15",)``."""
    if not days:
        return rows
    return [[dt.date.fromisoformat(cell[0]) if type(cell) is tuple else cell for cell in row] for row in rows]
