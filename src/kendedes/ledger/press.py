"""Rows of the books as xlsx or csv. Texts are texts, whatever they start with; amounts are numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from django.utils import timezone

from kendedes.ledger.actions.refusals import TooManyRows

MOST_ROWS = 1_048_575  # a sheet holds no more below its header; what is beyond would be missing without a word


def xlsx(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet; written row by row, so that memory stays small. Raises TooManyRows."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet("Buku")
    head = book.add_format({"bold": True})
    day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    try:
        page.write_row(0, 0, header, head)
        page.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            if number > MOST_ROWS:
                raise TooManyRows(most=MOST_ROWS)
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    page.write_datetime(number, column, timezone.localtime(value).replace(tzinfo=None), moment)
                elif isinstance(value, date):
                    page.write_datetime(number, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a day
                elif isinstance(value, bool):
                    page.write_boolean(number, column, value)
                elif isinstance(value, int):
                    page.write_number(number, column, value)
                else:
                    page.write_string(number, column, str(value))
    finally:
        book.close()
    return buffer.getvalue()


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """What ``write_csv`` writes."""
    out = io.StringIO()
    write_csv(out, header, rows)
    return out.getvalue().encode()


def write_csv(out: IO[str], header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """A mark for UTF-8, commas; numbers plain; a text that starts like a formula is led by an apostrophe. How many rows."""
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(header)
    number = 0
    for number, row in enumerate(rows, 1):  # noqa: B007 - the last is how many
        writer.writerow([_plain(value) for value in row])
    return number


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return value
