"""A file on its way: taken in, its columns corrected, offered rows decided, confirmed or cancelled."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Unit
from kendedes.products.intake import export, refusals
from kendedes.products.intake.actions.store import Stored, store
from kendedes.products.intake.assess import Assessment, assess, map_columns, sentences, shown_mapping, shown_rows
from kendedes.products.intake.models import ColumnMapping, ImportBatch
from kendedes.products.intake.pictures import Source, source
from kendedes.products.intake.reading import files
from kendedes.products.intake.reading.cells import Book
from kendedes.products.intake.rules.columns import find_header
from kendedes.products.intake.rules.judge import Choice, Key, Outcome
from kendedes.products.intake.rules.pictures import Pictures
from kendedes.products.photos.store import check_room

KEPT = timedelta(days=30)
PERSONAL = frozenset({"phone", "contact_name", "address"})
QUOTES = frozenset({"text", "village"})  # facts of notes that repeat a cell as it was written


def limits() -> files.Limits:
    """What the operator of this installation allows."""
    return files.Limits(rows=settings.ENV.import_rows, megabytes=settings.ENV.import_mb)


def receive(
    *, unit: Unit, name: str, data: bytes, at: datetime, by: User | None, photos: Source | None = None
) -> ImportBatch:
    """Read and judge a file and keep it until a person confirms. Raises a SheetRefused, DiskFull; then nothing is kept.

    Columns a person once corrected for sheets with the same headers are used again. ``photos``: those at hand, when
    they do not come with the batch's own folder.
    """
    check_room()
    book = files.read(name, data, limits())
    fields = remembered(unit, book)
    found = assess(unit=unit, book=book, fields=fields, rows=limits().rows)
    with transaction.atomic():
        batch = ImportBatch(
            unit=unit, name=book.name, sha256=book.sha256, content=data, sent_at=at, sent_by=by,
            fields={s: {str(i): f for i, f in chosen.items()} for s, chosen in fields.items()},
        )  # fmt: skip
        _show(batch, found, photos)
        batch.save()
        record(
            deed="import.receive",
            at=at,
            by=by,
            subjects=[batch, unit],
            facts={"file": book.name, "sha256": book.sha256},
        )
    return batch


def forget_old(*, at: datetime) -> int:
    """Files nobody finished for ``KEPT`` are cancelled, and rows in error nobody fetched are dropped; how many."""
    old = ImportBatch.objects.filter(sent_at__lt=at - KEPT)
    forgotten = 0
    for batch in old.filter(state=ImportBatch.State.REVIEW).only("pk"):
        try:
            cancel(batch=batch, at=at, by=None)
        except refusals.BatchClosed:
            continue  # somebody was quicker
        forgotten += 1
    return forgotten + old.filter(state=ImportBatch.State.DONE).exclude(content=b"").update(content=b"")


def remembered(unit: Unit, book: Book) -> dict[str, dict[int, str]]:
    """Corrected columns for the sheets of ``book``, by sheet."""
    headers = {sheet.name: columns for sheet in book.sheets if (columns := find_header(sheet))}
    known = {
        mapping.signature: mapping.fields
        for mapping in ColumnMapping.objects.filter(unit=unit, signature__in={c.signature for c in headers.values()})
    }
    return {
        name: {int(i): f for i, f in known[columns.signature].items()}
        for name, columns in headers.items()
        if columns.signature in known
    }


def judged(batch: ImportBatch, book: Book | None = None, choices: Mapping[str, str] | None = None) -> Assessment:
    """The batch's file judged against what is stored now."""
    book = book or files.read(batch.name, bytes(batch.content), limits())
    return assess(
        unit=batch.unit, book=book, fields=batch.chosen_fields(), choices=as_choices(choices or batch.choices),
        rows=limits().rows,
    )  # fmt: skip


def as_choices(stored: Mapping[str, str]) -> dict[Key, Choice]:
    """``{"sheet!row": choice}`` as keys of rows; unknown words are dropped."""
    found: dict[Key, Choice] = {}
    for place, choice in stored.items():
        sheet, _, row = place.rpartition("!")
        if row.isdigit() and choice in Choice:
            found[sheet, int(row)] = Choice(choice)
    return found


def _open(batch: ImportBatch) -> ImportBatch:
    """The batch, locked for this transaction. Raises BatchClosed."""
    locked = (
        ImportBatch.objects.select_for_update().select_related("unit__district", "unit__association").get(pk=batch.pk)
    )
    if not locked.is_open:
        raise refusals.BatchClosed
    return locked


def _show(batch: ImportBatch, found: Assessment, photos: Source | None = None) -> None:
    batch.mapping = shown_mapping(found.book, found.columns, found.unread)
    batch.rows = shown_rows(found.verdict.rows, photo_notes(found, photos or _photos(batch)))
    batch.counts = {**found.verdict.count(), **found.facts, "hidden": len(found.book.hidden)}


def _photos(batch: ImportBatch) -> Source:
    folder = batch.photo_folder if batch.pk else None
    return source(folder) if folder and folder.is_dir() else Source()


def photo_notes(found: Assessment, photos: Source) -> dict[Key, list[dict[str, Any]]]:
    """Notes about photos the sheet names that were not sent and are not stored yet."""
    pictures = Pictures(photos.files)
    notes: dict[Key, list[dict[str, Any]]] = {}
    for row in found.verdict.rows:
        if not row.line.photos:
            continue
        have = row.item.photos if row.item is not None else frozenset()
        match = pictures.match(row.line.photos)
        for code, names in (("photo_missing", match.missing), ("photo_ambiguous", match.ambiguous)):
            for name in names:
                if name.casefold() not in have:
                    note = {
                        "code": code,
                        "cell": row.line.cell("photo"),
                        "facts": {"photo": name},
                        "error": False,
                    }
                    notes.setdefault((row.line.sheet, row.line.row), []).append(note)
    return notes


def remap(*, batch: ImportBatch, fields: Mapping[str, Mapping[int, str]], at: datetime, by: User | None) -> ImportBatch:
    """Columns as a person says; judged afresh and remembered for the unit. Raises MappingIncomplete, BatchClosed."""
    book = files.read(batch.name, bytes(batch.content), limits())
    with transaction.atomic():
        batch = _open(batch)
        batch.fields = {sheet: {str(i): f for i, f in chosen.items()} for sheet, chosen in fields.items()}
        batch.choices = {}
        _show(batch, judged(batch, book))
        batch.save()
        for columns in map_columns(book, batch.chosen_fields())[0]:
            ColumnMapping.objects.update_or_create(
                unit=batch.unit, signature=columns.signature,
                defaults={
                    "headers": [c.header for c in columns.columns],
                    "fields": {str(c.index): c.field for c in columns.columns},
                    "changed_at": at,
                },
            )  # fmt: skip
        record(
            deed="import.columns", at=at, by=by, subjects=[batch], facts={"name": batch.name, "sheets": sorted(fields)}
        )
    return batch


def choose(
    *, batch: ImportBatch, choices: Mapping[str, str], at: datetime, by: User | None, photos: Source | None = None
) -> ImportBatch:
    """Decide about offered rows (``{"sheet!row": choice}``; an empty choice takes it back); judged afresh."""
    book = files.read(batch.name, bytes(batch.content), limits())
    with transaction.atomic():
        batch = _open(batch)
        batch.choices = {k: v for k, v in {**batch.choices, **choices}.items() if v in Choice}
        _show(batch, judged(batch, book), photos)
        batch.save()
    return batch


def confirm(*, batch: ImportBatch, at: datetime, by: User | None, photos: Source | None = None) -> Stored:
    """Store everything that is new or changed, all or nothing. Raises BatchClosed, NothingToStore.

    Sheets hold phone numbers and more that is nobody's business here, so the file is not kept: its hash, its outcome
    and, while a row is in error, the sheet of only those rows.
    """
    book = files.read(batch.name, bytes(batch.content), limits())
    with transaction.atomic():
        batch = _open(batch)
        found = judged(batch, book)
        count = found.verdict.count()
        if not count["new"] + count["changed"] + count["unchanged"]:
            raise refusals.NothingToStore
        stored = store(unit=batch.unit, assessment=found, at=at, by=by, subjects=[batch])
        _show(batch, found, photos)
        for row in batch.rows:
            if pk := stored.products.get((row["sheet"], row["row"])):
                row["pk"] = pk
        batch.content = _mend_sheet(batch, book)
        _forget_people(batch)
        batch.state, batch.closed_at, batch.closed_by, batch.entry = ImportBatch.State.DONE, at, by, stored.entry
        batch.save()
    return stored


@transaction.atomic
def cancel(*, batch: ImportBatch, at: datetime, by: User | None) -> ImportBatch:
    """Nothing of the file is stored; the file itself and photos sent along are dropped, the list of rows stays."""
    batch = _open(batch)
    batch.state, batch.closed_at, batch.closed_by, batch.content = ImportBatch.State.CANCELLED, at, by, b""
    _forget_people(batch)
    batch.save()
    record(deed="import.cancel", at=at, by=by, subjects=[batch], facts={"file": batch.name})
    shutil.rmtree(batch.photo_folder, ignore_errors=True)
    return batch


def _forget_people(batch: ImportBatch) -> None:
    """Cells quoted for the person who checks the file would only lie about afterwards: examples of every column, and
    what notes quote from a cell about a person (a phone number nobody could read).
    """
    personal = set()
    for sheet in batch.mapping:
        for column in sheet["columns"]:
            column["examples"] = []
            if column["field"] in PERSONAL:
                personal.add((sheet["sheet"], column["letter"]))
    for row in batch.rows:
        for message in row["messages"]:
            if (row["sheet"], message["cell"].rstrip("0123456789")) in personal:
                message["facts"] = {k: "…" if k in QUOTES else v for k, v in message["facts"].items()}


def mark_photos_waiting(*, batch: ImportBatch) -> None:
    """Say on the batch how many photos are still to be attached."""
    ImportBatch.objects.filter(pk=batch.pk).update(photos_waiting=len(_photos(batch).files))


def rows_to_mend(*, batch: ImportBatch) -> bytes:
    """The rows in error as xlsx, with sentences behind each. Raises NothingToMend when no row is wrong."""
    if batch.state == ImportBatch.State.DONE:
        found = bytes(batch.content)  # made when it was confirmed
    elif batch.content and _wrong(batch):
        found = _mend_sheet(batch, files.read(batch.name, bytes(batch.content), limits()))
    else:
        found = b""
    if not found:
        raise refusals.NothingToMend
    return found


def _wrong(batch: ImportBatch) -> dict[Key, str]:
    return {
        (row["sheet"], row["row"]): " ".join(s["text"] for s in sentences(row) if s["error"])
        for row in batch.rows
        if row["outcome"] == Outcome.ERROR
    }


def _mend_sheet(batch: ImportBatch, book: Book) -> bytes:
    wrong = _wrong(batch)
    return export.rows_to_mend(book, map_columns(book, batch.chosen_fields())[0], wrong) if wrong else b""
