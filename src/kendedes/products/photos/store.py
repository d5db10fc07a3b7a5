"""Files of photos below the media folder: written whole or not at all, named by their content."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.products.photos import containers, rules
from kendedes.products.photos.workshop import Stopped, Workshop, shared


class PhotoRefused(Refusal):
    """A file that cannot become a photo; ``facts["name"]`` is the file's name."""

    code = "photo_refused"
    message = _("Berkas “%(name)s” tidak dapat dipakai sebagai foto.")
    status = 422


class PhotoKind(PhotoRefused):
    code = "photo_kind"
    message = _("“%(name)s” bukan foto JPEG, PNG, WebP, atau HEIC.")


class PhotoTooBig(PhotoRefused):
    code = "photo_too_big"
    message = _("“%(name)s” terlalu besar: paling besar %(most)s MB.")


class PhotoTooManyPixels(PhotoRefused):
    code = "photo_too_many_pixels"
    message = _("“%(name)s” terlalu besar: paling besar 40 megapiksel.")


class PhotoTooSmall(PhotoRefused):
    code = "photo_too_small"
    message = _("“%(name)s” terlalu kecil: sisi terpendek paling sedikit 64 piksel.")


class PhotoMoving(PhotoRefused):
    code = "photo_moving"
    message = _("“%(name)s” adalah gambar bergerak. Kirim foto biasa.")


class PhotoBroken(PhotoRefused):
    code = "photo_broken"
    message = _("“%(name)s” rusak atau tidak lengkap. Kirim ulang foto aslinya.")


class PhotoTooHeavy(PhotoRefused):
    code = "photo_too_heavy"
    message = _("“%(name)s” terlalu berat untuk dibuka. Kirim foto yang lebih kecil.")


class PhotoHides(PhotoRefused):
    code = "photo_hides_document"
    message = _("“%(name)s” menyembunyikan berkas lain di dalamnya dan ditolak.")


class DiskFull(Refusal):
    code = "disk_full"
    message = _("Ruang penyimpanan hampir penuh; berkas baru belum dapat diterima. Hubungi pengelola.")
    status = 507


REFUSALS: dict[str, type[PhotoRefused]] = {
    kind.code: kind
    for kind in (
        PhotoKind, PhotoTooBig, PhotoTooManyPixels, PhotoTooSmall, PhotoMoving, PhotoBroken, PhotoTooHeavy, PhotoHides,
    )
}  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """A master on the disk. ``same``: its coded picture data are those that were sent."""

    sha256: str
    width: int
    height: int
    source_sha256: str
    same: bool


def folder() -> Path:
    """Where masters and renditions live."""
    return Path(settings.MEDIA_ROOT) / "foto"


def master_path(sha256: str) -> Path:
    """The master's place, whether it is there or not. Raises ValueError for no hash."""
    return Path(settings.MEDIA_ROOT) / rules.master_name(sha256)


def rendition_path(sha256: str, size: int, suffix: str) -> Path:
    """A rendition's place, whether it is there or not."""
    return Path(settings.MEDIA_ROOT) / rules.rendition_name(sha256, size, suffix)


def check_room() -> None:
    """Raises DiskFull when the disk has less room than the reserve: papers and sales must always fit."""
    folder().mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder()).free < settings.ENV.upload_reserve_mb * 1024 * 1024:
        raise DiskFull


@contextmanager
def bench() -> Iterator[Path]:
    """A folder for half-made files on the same disk; gone afterwards, whatever happens. Raises DiskFull."""
    with full_is_a_refusal():
        folder().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".kerja-", dir=folder()) as name:
            yield Path(name)


@contextmanager
def full_is_a_refusal() -> Iterator[None]:
    """A disk that fills up while a file is being written is no bug: DiskFull."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull from error
        raise


def keep(made: Path, final: Path) -> None:
    """Move a finished file to its lasting place so that it is there whole after a power cut, or not at all."""
    final.parent.mkdir(parents=True, exist_ok=True)
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o640)
    made.replace(final)
    if os.name == "posix":
        handle = os.open(final.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@dataclass(frozen=True)
class Decoded:
    """A clean JPEG in memory and what it was made from."""

    data: bytes
    width: int
    height: int
    source_sha256: str
    same: bool


def decode(data: bytes | Path, name: str, *, workshop: Workshop | None = None) -> Decoded:
    """The master of a file as sent, not kept yet. Raises PhotoRefused kinds and DiskFull; leaves nothing behind."""
    check_room()
    size = len(data) if isinstance(data, bytes) else data.stat().st_size
    if size > rules.MAX_BYTES:
        raise PhotoTooBig(name=name, most=rules.MAX_BYTES // 1024 // 1024)
    content = data if isinstance(data, bytes) else data.read_bytes()
    if containers.kind(content) is None:
        raise PhotoKind(name=name)
    if containers.is_moving(content):
        raise PhotoMoving(name=name)
    if containers.hides_document(content):
        raise PhotoHides(name=name)
    with bench() as place:
        source, out = place / "asal", place / "induk.jpg"
        source.write_bytes(content)
        try:
            answer = (workshop or shared()).ask({"do": "take", "source": str(source), "out": str(out)})
        except Stopped as stopped:
            raise PhotoTooHeavy(name=name) from stopped
        if not answer["ok"]:
            raise REFUSALS.get(answer["code"], PhotoRefused)(name=name)
        return Decoded(
            data=out.read_bytes(), width=int(answer["width"]), height=int(answer["height"]),
            source_sha256=hashlib.sha256(content).hexdigest(), same=bool(answer["same"]),
        )  # fmt: skip


def take(data: bytes | Path, name: str, *, workshop: Workshop | None = None) -> Stored:
    """Make and keep the master of a file as sent; knows no product. Raises PhotoRefused kinds and DiskFull.

    Twice the same file gives the same master. Decoding happens in the bounded worker only. Never call it inside a
    transaction: it may take seconds, and the database would wait.
    """
    made = decode(data, name, workshop=workshop)
    sha256 = hashlib.sha256(made.data).hexdigest()
    final = master_path(sha256)
    if final.is_file():
        final.touch()  # the sweep leaves what somebody is about to use
    else:
        with bench() as place:
            (place / "induk.jpg").write_bytes(made.data)
            keep(place / "induk.jpg", final)
    return Stored(sha256=sha256, width=made.width, height=made.height, source_sha256=made.source_sha256, same=made.same)


def make_renditions(
    sha256: str,
    *,
    sizes: Iterable[int] = rules.SIZES,
    formats: Iterable[str] = rules.FORMATS,
    workshop: Workshop | None = None,
) -> int:
    """Make the missing sizes of a master; returns how many were made. Raises FileNotFoundError, DiskFull, PhotoRefused."""
    master = master_path(sha256)
    chosen = tuple(formats)
    missing = [(n, s) for n in sizes for s in chosen if not rendition_path(sha256, n, s).is_file()]
    if not missing:
        return 0
    if not master.is_file():
        raise FileNotFoundError(sha256)
    check_room()
    with bench() as place:
        wanted = [(n, s, str(place / f"{n}.{s}")) for n, s in missing]
        try:
            answer = (workshop or shared()).ask({"do": "sizes", "source": str(master), "wanted": wanted})
        except Stopped as stopped:
            raise PhotoTooHeavy(name=sha256[:12]) from stopped
        if not answer["ok"]:
            raise REFUSALS.get(answer["code"], PhotoRefused)(name=sha256[:12])
        for size, suffix, made in wanted:
            keep(Path(made), rendition_path(sha256, size, suffix))
    return len(missing)
