"""The index on disk: which folder holds it, up to which version of the site, and how it is written.

``HOME/buatan/cari/<association>.json`` points to a folder and says the version; it is replaced as a whole, so a
reader sees the old index or the new one. One process writes at a time (file lock); readers never wait.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy
from django.conf import settings

from kendedes.web.models import Listing, Site
from kendedes.web.rules import words
from kendedes.web.rules.listing import band_of

SCHEME = 3
WRITER_BYTES = 20_000_000
# Facets in the index: name → whether a product may carry several.
FACETS = ("district", "category", "topic", "stars", "price", "permit")


def schema() -> Any:
    """Fields: ``key`` (product number), ``name``, ``text``, ``stems``, ``sounds`` and ``joined`` of the name, ``echoes`` of the text, the facets, ``rank``."""
    builder = tantivy.SchemaBuilder()
    # Numbers as text: a term made from an integer is signed and never meets an unsigned column.
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("id", fast=True)
    builder.add_unsigned_field("rank", fast=True)
    builder.add_text_field("name", index_option="freq")
    builder.add_text_field("text", index_option="freq")
    for column in ("stems", "sounds", "joined", "echoes"):
        builder.add_text_field(column, index_option="basic")
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name="raw", fast=True, index_option="basic")
    return builder.build()


def home() -> Path:
    """Where the indexes of this home lie."""
    folder: Path = settings.HOME / "buatan" / "cari"
    return folder


@dataclass(frozen=True)
class Pointer:
    """Which folder holds an association's index, and the site version it shows."""

    folder: str
    version: int
    made: str

    @classmethod
    def read(cls, name: int | str) -> Pointer | None:
        """None when there is no usable index."""
        try:
            found = json.loads((home() / f"{name}.json").read_text())
        except (OSError, ValueError):
            return None
        if found.get("scheme") != SCHEME:
            return None
        return cls(found["folder"], found["version"], found["made"])

    def write(self, name: int | str) -> None:
        """Replace the pointer as a whole."""
        text = json.dumps({"scheme": SCHEME, "folder": self.folder, "version": self.version, "made": self.made})
        draft = home() / f".{name}.{os.getpid()}"
        draft.write_text(text)
        draft.replace(home() / f"{name}.json")


@contextmanager
def writing(name: int | str) -> Iterator[None]:
    """Until the block ends this process alone writes the index called ``name``."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / f"{name}.kunci").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def bring_up_to_date(association_id: int) -> None:
    """Put listings changed since the index's version into it; make it anew when it belongs to another past."""
    with writing(association_id):
        site = Site.objects.filter(pk=association_id).first()
        if site is None:
            return
        pointer = Pointer.read(association_id)
        if pointer is None or pointer.version > site.version or not (home() / pointer.folder).is_dir():
            _make(site)
        elif pointer.version < site.version:
            rows = Listing.objects.filter(site=site, changed_in__gt=pointer.version).order_by("pk")
            index = tantivy.Index.open(str(home() / pointer.folder))
            put(index, rows.select_related("release").iterator(chunk_size=500), replace=True)
            Pointer(pointer.folder, site.version, site.changed_at.isoformat()).write(association_id)


def rebuild(association_id: int) -> None:
    """Make the index anew from the listings."""
    with writing(association_id):
        site = Site.objects.filter(pk=association_id).first()
        if site is not None:
            _make(site)


def _make(site: Site) -> None:
    old = Pointer.read(site.pk)
    name = f"{site.pk}-{uuid.uuid4().hex[:12]}"
    folder = home() / name
    folder.mkdir(parents=True)
    index = tantivy.Index(schema(), path=str(folder))
    rows = Listing.objects.filter(site=site, active=True).order_by("pk").select_related("release")
    put(index, rows.iterator(chunk_size=500), replace=False)
    Pointer(name, site.version, site.changed_at.isoformat()).write(site.pk)
    for stale in home().glob(f"{site.pk}-*"):
        if stale.is_dir() and stale.name != name:
            shutil.rmtree(stale, ignore_errors=True)
    if old is not None:
        _open.pop(site.pk, None)


def put(index: Any, rows: Iterable[Listing], *, replace: bool) -> None:
    """Write listings into an index; ``replace``: some of them may stand there already.

    Of equals the one written first is found first, so whoever calls chooses an order that every database gives alike.
    """
    writer = index.writer(WRITER_BYTES, 1)
    for row in rows:
        if replace:
            writer.delete_documents_by_term("key", str(row.pk))
        if row.active:
            writer.add_document(_document(row))
    writer.commit()
    writer.wait_merging_threads()


def _document(row: Listing) -> Any:
    content = row.release.content
    name = words.words(f"{row.name_id} {row.name_en}")
    category, producer = content["category"], content["producer"]
    around = words.words(
        " ".join(
            [
                row.code, category["id"], category["en"], producer["name"], row.village_name, row.district_name,
                *content["materials"], *(v["name"] for v in content["variants"]), content["story"]["id"],
            ]
        )
    )  # fmt: skip
    document = tantivy.Document()
    document.add_text("key", str(row.pk))
    document.add_unsigned("id", row.pk)
    document.add_unsigned("rank", row.rank)
    document.add_text("name", " ".join(dict.fromkeys(name)))
    document.add_text("text", " ".join(dict.fromkeys(around)))
    stems = {words.stem(word) for word in (*name, *around)}
    document.add_text("stems", " ".join(sorted(stems)))
    document.add_text("sounds", sounds(row.name_id, row.name_en))
    document.add_text("joined", joined(row.name_id, row.name_en))
    document.add_text("echoes", " ".join(sorted({words.sound(word) for word in around})))
    document.add_text("district", row.district)
    document.add_text("category", row.category)
    document.add_text("topic", row.topic)
    document.add_text("stars", str(row.stars))
    document.add_text("price", band_of(row.price_low) or "-")
    for kind in row.permits:
        document.add_text("permit", kind)
    return document


def sounds(*names: str) -> str:
    """How names sound: their words and forms of them."""
    spoken = [word for name in names for word in words.words(name)]
    return " ".join(sorted({words.sound(word) for word in (*spoken, *map(words.stem, spoken))}))


def joined(*names: str) -> str:
    """Neighbours in names as one word. A field of its own: beginnings are never looked for among so many words."""
    pairs = {pair for name in names for pair in words.joined(words.words(name)) if pair.isalpha()}
    return " ".join(sorted(map(words.sound, pairs)))


@dataclass
class _Open:
    folder: str
    stamp: int
    index: Any


_open: dict[int | str, _Open] = {}
_opening = threading.Lock()


def stamp(name: int | str) -> int:
    """Another number whenever the index of that name has changed; 0 where none was made yet."""
    try:
        return (home() / f"{name}.json").stat().st_mtime_ns
    except OSError:
        return 0


def reader(name: int | str) -> Any | None:
    """An index as of the newest pointer, or None where none was made yet. One stat a call when nothing changed."""
    now = stamp(name)
    if not now:
        return None
    known = _open.get(name)
    if known is not None and known.stamp == now:
        return known.index
    with _opening:
        pointer = Pointer.read(name)
        if pointer is None:
            return None
        if known is not None and known.folder == pointer.folder:
            known.index.reload()
            index = known.index
        else:
            try:
                index = tantivy.Index.open(str(home() / pointer.folder))
            except ValueError:
                return None
            index.config_reader("manual")
            index.reload()
        _open[name] = _Open(pointer.folder, now, index)
        return index
