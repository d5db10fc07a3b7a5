"""Makes the file. Selling goes on: readers and writers wait for nothing but the disk."""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

import kendedes
from kendedes.base.refusal import Refusal
from kendedes.journal import actions
from kendedes.journal.keeping import archive, database, seal

_UNDER_WAY = timedelta(minutes=1)
_STALE = 24 * 3600  # seconds after which a workshop left behind by a killed backup is swept away


class FileExists(Refusal):
    code = "backup_file_exists"
    message = _("%(file)s sudah ada; cadangan tidak pernah menimpa berkas.")


class NoRoom(Refusal):
    code = "backup_no_room"
    message = _("Ruang di %(folder)s tidak cukup untuk cadangan: perlu sekitar %(need)s MB, tersisa %(free)s MB.")


class NotWritable(Refusal):
    code = "backup_not_writable"
    message = _("Cadangan tidak dapat ditulis: %(why)s")


@dataclass(frozen=True)
class Made:
    """A finished backup. ``missing``: files that went away while they were being copied."""

    file: Path
    bytes: int
    sha256: str
    sealed: bool
    header: dict[str, Any]
    parts: int
    missing: list[str]


def backup(*, target: Path, at: datetime, secret: seal.Secret | None = None) -> Made:
    """Write database, media and what else cannot be made again to ``target``, and note it in the diary.

    The home's own key goes along only under seal: who finds a plain backup shall not be able to forge sessions.
    """
    if target.exists():
        raise FileExists(file=target)
    workshop = _workshop()
    half = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        _room(target.parent, workshop)
        header, part = _database(workshop, at)
        missing: list[str] = []
        with _private(half) as sink:
            with archive.writing(sink, header, secret) as writer:
                writer.add_file(part.name, part)
                part.unlink()
                if secret and not settings.ENV.secret_file:
                    writer.add_file(archive.KEY, settings.HOME / archive.KEY)
                for name, path in stored():
                    _keep(writer, name, path, missing)
            sink.flush()
            os.fsync(sink.fileno())
        made = Made(
            target, half.stat().st_size, seal.fingerprint(half), secret is not None, header, len(writer.parts), missing
        )
        half.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise NotWritable(why=f"{error.filename or target}: {error.strerror or error}") from error
    finally:
        half.unlink(missing_ok=True)
        shutil.rmtree(workshop, ignore_errors=True)
    actions.record(
        deed="home.backup", at=at, by=None,
        facts={"head": header["head"], "sealed": made.sealed, "bytes": made.bytes, "sha256": made.sha256},
    )  # fmt: skip
    # What was taken a minute before is certainly in it; a request may have been under way when the copy began.
    for config in apps.get_app_configs():
        for name in getattr(config, "backed_up", []):
            import_string(name)(at=at - _UNDER_WAY)
    return made


def stored() -> Iterator[tuple[str, Path]]:
    """Files of the home that belong into a backup, with their names in it."""
    for folder in archive.FOLDERS:
        for here, folders, files in os.walk(settings.HOME / folder):
            folders.sort()
            for name in sorted(files):
                path = Path(here) / name
                yield path.relative_to(settings.HOME).as_posix(), path


def _keep(writer: archive.Writer, name: str, path: Path, missing: list[str]) -> None:
    """Add one file; one that a person removed meanwhile is named, not fatal: the database of before may still know it."""
    if path.is_symlink() or not archive.allowed(name):
        missing.append(name)
        return
    try:
        writer.add_file(name, path)
    except FileNotFoundError:
        missing.append(name)


def _database(workshop: Path, at: datetime) -> tuple[dict[str, Any], Path]:
    """The header and the packed copy of the database."""
    header = {"version": kendedes.__version__, "made_at": at.isoformat(), "database": connection.vendor}
    if connection.vendor != "sqlite":
        part = workshop / archive.POSTGRESQL
        return {**header, **database.copy(part)}, part
    plain, part = workshop / "kendedes.sqlite3", workshop / archive.SQLITE
    header |= database.copy(plain)
    with plain.open("rb") as source, gzip.open(part, "wb", compresslevel=1) as packed:
        shutil.copyfileobj(source, packed, 1 << 20)
    plain.unlink()
    return header, part


def _workshop() -> Path:
    """A private folder in the home: the plain copy lies where the plain original lies, not on a borrowed disk."""
    made: Path = settings.HOME / "buatan"
    made.mkdir(parents=True, exist_ok=True)
    for old in made.glob("cadangan-*"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > _STALE:  # a clock of files, not of deeds
                shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix="cadangan-", dir=made))


def _room(folder: Path, workshop: Path) -> None:
    """Refuse before the disk is full; on the home's own disk the reserve of uploads is left alone."""
    database_bytes = database.size()
    files = sum(path.stat().st_size for _name, path in stored() if path.exists())
    reserve = settings.ENV.upload_reserve_mb << 20
    same = folder.stat().st_dev == workshop.stat().st_dev
    needs = [(workshop, 2 * database_bytes + reserve + (files + database_bytes if same else 0))]
    if not same:
        needs.append((folder, database_bytes + files))
    for place, need in needs:
        free = shutil.disk_usage(place).free
        if free < need:
            raise NoRoom(folder=place if place != workshop else settings.HOME, need=need >> 20, free=free >> 20)


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def sync_folder(folder: Path) -> None:
    """A new name lasts only once its folder is on the disk."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
