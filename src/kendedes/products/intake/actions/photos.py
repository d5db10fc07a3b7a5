"""Photos sent along with a sheet: kept until it is confirmed, then attached by name or by code."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction

from kendedes.base.refusal import Refusal
from kendedes.journal.models import User
from kendedes.products.intake import refusals
from kendedes.products.intake.models import ImportBatch
from kendedes.products.intake.pictures import Source, source
from kendedes.products.intake.rules.pictures import Pictures, is_picture
from kendedes.products.models import Product
from kendedes.products.photos.actions import NewPhoto, add_photos
from kendedes.products.photos.store import check_room, full_is_a_refusal

MOST_ZIP = 500 << 20


@dataclass
class Attached:
    """How many photos now hang on products; ``notes``: (sheet, row) → messages; ``unused``: files nobody asked for."""

    count: int = 0
    notes: dict[tuple[str, int], list[dict[str, Any]]] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)


def keep_photo(*, batch: ImportBatch, name: str, chunks: Iterable[bytes]) -> None:
    """Keep one photo or zip sent with a batch. Raises PhotosRefused, DiskFull, BatchClosed."""
    if not batch.is_open:
        raise refusals.BatchClosed
    check_room()
    base = PurePath(name.replace("\\", "/")).name[:200]
    if base.startswith(".") or not (is_picture(base) or base.casefold().endswith(".zip")):
        raise refusals.PhotosRefused(file=base)
    folder = batch.photo_folder
    target, size = folder / base, 0
    try:
        with full_is_a_refusal():
            folder.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    if size > MOST_ZIP:
                        raise refusals.PhotosTooLarge(file=base, most=MOST_ZIP >> 20)
                    file.write(chunk)
        source(folder)
    except Refusal:
        target.unlink(missing_ok=True)
        raise


def attach_photos(
    *, rows: Iterable[dict[str, Any]], photos: Source, at: datetime, by: User | None
) -> Attached:  # fmt: skip
    """Attach the photos of ``rows`` (shown rows with ``pk``) that ``photos`` holds. Not inside a transaction."""
    pictures = Pictures(photos.files)
    result = Attached()
    placed = [(row, (row["sheet"], row["row"])) for row in rows if row.get("pk")]
    products = Product.objects.in_bulk([row["pk"] for row, _key in placed])
    asked: list[tuple[NewPhoto, tuple[str, int], str]] = []
    used: set[str] = set()
    for row, key in placed:
        product = products[row["pk"]]
        match = pictures.match(row.get("photos", ()), product.code)
        used.update(match.files)
        for name in match.files:
            base = PurePath(name.replace("\\", "/")).name
            try:
                asked.append((NewPhoto(product, photos.read(name), base, alt_id=product.name_id[:200]), key, base))
            except refusals.PhotosRefused as refusal:
                result.notes.setdefault(key, []).append(_note(base, refusal))
    for outcome, (_new, key, base) in zip(
        add_photos(photos=[new for new, _key, _base in asked], at=at, by=by), asked, strict=True
    ):
        if outcome.photo is not None:
            result.count += 1
        elif outcome.refusal is not None:
            result.notes.setdefault(key, []).append(_note(base, outcome.refusal))
    result.unused = sorted(set(pictures.names) - used)
    return result


def _note(name: str, refusal: Refusal) -> dict[str, Any]:
    return {"code": "photo_refused", "cell": "", "facts": {"photo": name, "reason": str(refusal)}, "error": False}


def attach_waiting(
    *, batch: ImportBatch, at: datetime, by: User | None, photos: Source | None = None
) -> Attached:  # fmt: skip
    """Attach what waits with a confirmed batch (or ``photos``); done twice it changes nothing.

    What became of each is noted on its row; the waiting files are dropped when all is done.
    """
    folder = batch.photo_folder
    if batch.state != ImportBatch.State.DONE or (photos is None and not folder.is_dir()):
        return Attached()
    found = attach_photos(rows=batch.rows, photos=photos or source(folder), at=at, by=by)
    with transaction.atomic():
        for row in batch.rows:
            row["messages"] += found.notes.get((row["sheet"], row["row"]), [])
        batch.counts = {**batch.counts, "photos": found.count, "photos_unused": found.unused[:50]}
        batch.photos_waiting = 0
        batch.save(update_fields=["rows", "counts", "photos_waiting"])
    shutil.rmtree(folder, ignore_errors=True)
    return found
