"""The verbs of photos. Files are made before the transaction opens, rows and diary inside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal import rules as diary
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.products.actions.standing import changed
from kendedes.products.models import Photo, Product
from kendedes.products.photos import rules, store
from kendedes.products.photos.tasks import make_sizes
from kendedes.products.photos.workshop import Workshop


class TooManyPhotos(Refusal):
    code = "photo_too_many"
    message = _("Satu produk paling banyak %(most)s foto. Hapus satu foto dahulu.")


@dataclass(frozen=True)
class NewPhoto:
    """A file that is to become a photo of ``product``. ``data``: bytes or a path; ``focus`` in permille."""

    product: Product
    data: bytes | Path
    name: str
    alt_id: str = ""
    alt_en: str = ""
    focus: tuple[int, int] = (500, 500)


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its photo, or why not."""

    asked: NewPhoto
    photo: Photo | None
    refusal: Refusal | None = None


def add_photo(
    *, product: Product, data: bytes | Path, name: str, at: datetime, by: User | None, alt_id: str = "",
    alt_en: str = "", focus: tuple[int, int] = (500, 500),
) -> Photo:  # fmt: skip
    """A photo of ``product`` from a file as it was sent (JPEG, PNG, WebP, HEIC); the same picture again gives the first.

    Raises the kinds of ``store.PhotoRefused``, ``store.DiskFull``, ``TooManyPhotos``; then nothing is left behind.
    Do not call it inside a transaction: decoding takes time while the database would be locked.
    """
    asked = NewPhoto(product, data, name, alt_id, alt_en, focus)
    stored = store.take(data, name)
    photo = attach(product=product, found=[(asked, stored)], at=at, by=by)[0]
    make_sizes.enqueue([stored.sha256])  # a visitor who comes first makes what she needs herself
    return photo


def add_photos(
    *, photos: Sequence[NewPhoto], at: datetime, by: User | None, workers: int = 1
) -> list[Outcome]:  # fmt: skip
    """Many files at once, each with its outcome, in the order given; ``workers`` processes decode side by side."""
    taken: list[store.Stored | Refusal | None] = [None] * len(photos)
    waiting: SimpleQueue[int | None] = SimpleQueue()
    for number in [*range(len(photos)), *[None] * workers]:
        waiting.put(number)

    def work() -> None:
        with Workshop() as workshop:
            while (number := waiting.get()) is not None:
                try:
                    taken[number] = store.take(photos[number].data, photos[number].name, workshop=workshop)
                except Refusal as refusal:
                    taken[number] = refusal

    threads = [Thread(target=work) for _number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _attach_all(photos, taken, at, by)


@transaction.atomic
def _attach_all(
    photos: Sequence[NewPhoto], taken: Sequence[store.Stored | Refusal | None], at: datetime, by: User | None
) -> list[Outcome]:
    groups: dict[int, list[int]] = defaultdict(list)
    outcomes: dict[int, Outcome] = {}
    for number, (asked, got) in enumerate(zip(photos, taken, strict=True)):
        if isinstance(got, store.Stored):
            groups[asked.product.pk].append(number)
        else:
            refusal = got or store.PhotoRefused(name=asked.name)
            outcomes[number] = Outcome(asked, None, refusal)
    for numbers in groups.values():
        found = [(photos[n], got) for n in numbers if isinstance(got := taken[n], store.Stored)]
        try:
            made = attach(product=photos[numbers[0]].product, found=found, at=at, by=by)
        except TooManyPhotos as refusal:
            outcomes |= {n: Outcome(photos[n], None, refusal) for n in numbers}
        else:
            outcomes |= {n: Outcome(photos[n], photo) for n, photo in zip(numbers, made, strict=True)}
    return [outcomes[number] for number in range(len(photos))]


@transaction.atomic
def attach(
    *, product: Product, found: Iterable[tuple[NewPhoto, store.Stored]], at: datetime, by: User | None
) -> list[Photo]:
    """Rows for masters that are on the disk already; one entry for all. Raises TooManyPhotos."""
    present = {photo.sha256: photo for photo in product.photos.filter(removed_at=None)}
    result: list[Photo] = []
    fresh: list[Photo] = []
    position = (product.photos.aggregate(last=Max("position"))["last"] or 0) + 1 if present else 0
    for asked, stored in found:
        photo = present.get(stored.sha256)
        if photo is None:
            photo = Photo(
                product=product, sha256=stored.sha256, source_sha256=stored.source_sha256,
                source_name=asked.name[:200], width=stored.width, height=stored.height, alt_id=asked.alt_id,
                alt_en=asked.alt_en, focus_x=asked.focus[0], focus_y=asked.focus[1], added_at=at,
                position=position + len(fresh),
            )  # fmt: skip
            present[stored.sha256] = photo
            fresh.append(photo)
        result.append(photo)
    if len(present) > rules.MAX_PER_PRODUCT:
        raise TooManyPhotos(most=rules.MAX_PER_PRODUCT)
    if fresh:
        Photo.objects.bulk_create(fresh)
        facts = {"photos": [{"sha256": p.sha256, "width": p.width, "height": p.height} for p in fresh]}
        record(deed="product.photo_add", at=at, by=by, subjects=[product], facts=facts)
        changed(product, at, by)
    return result


@transaction.atomic
def change_photo(*, photo: Photo, at: datetime, by: User | None, **fields: Any) -> Photo:
    """Alternative texts and focus (``alt_id, alt_en, focus_x, focus_y``); unchanged ones leave no trace."""
    differs = diary.changes({name: getattr(photo, name) for name in fields}, fields)
    if not differs:
        return photo
    for name, value in fields.items():
        setattr(photo, name, value)
    photo.save(update_fields=list(fields))
    facts = {"photo": photo.sha256, "changes": differs}
    record(deed="product.photo_change", at=at, by=by, subjects=[photo.product], facts=facts)
    changed(photo.product, at, by)
    return photo


@transaction.atomic
def order_photos(*, product: Product, ids: Sequence[int], at: datetime, by: User | None) -> list[Photo]:
    """Put photos in the order of ``ids``; those not named follow as they were. The first is the product's face."""
    photos = list(product.photos.filter(removed_at=None).order_by("position", "id"))
    rank = {pk: number for number, pk in enumerate(ids)}
    wanted = sorted(photos, key=lambda photo: rank.get(photo.pk, len(rank)))
    if [p.pk for p in wanted] == [p.pk for p in photos]:
        return photos
    for number, photo in enumerate(wanted):
        photo.position = number
    Photo.objects.bulk_update(wanted, ["position"])
    facts = {"photos": [p.sha256 for p in wanted]}
    record(deed="product.photo_order", at=at, by=by, subjects=[product], facts=facts)
    changed(product, at, by)
    return wanted


@transaction.atomic
def remove_photo(*, photo: Photo, at: datetime, by: User | None) -> Photo:
    """Take a photo off its product. The file stays: releases and editions may show it."""
    if photo.removed_at is None:
        photo.removed_at = at
        photo.save(update_fields=["removed_at"])
        record(deed="product.photo_remove", at=at, by=by, subjects=[photo.product], facts={"photo": photo.sha256})
        changed(photo.product, at, by)
    return photo
