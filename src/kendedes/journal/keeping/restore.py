"""Brings a backup back, into an empty home only, all of it or nothing.

Everything is unpacked beside the home and compared with the manifest first. Then the tables are brought to this
version, a new epoch begins, and only then the pieces are moved into place, the database last: a home without a
database is an empty one to everybody else.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal import actions
from kendedes.journal.keeping import archive, database, seal
from kendedes.journal.keeping.backup import NoRoom, sync_folder
from kendedes.journal.models import Epoch

_STAGE = ".pulih-"


class HomeNotEmpty(Refusal):
    code = "restore_home_not_empty"
    message = _("%(what)s sudah berisi. Pemulihan hanya ke rumah data yang kosong (KENDEDES_HOME lain).")


class MadeByNewer(Refusal):
    code = "restore_made_by_newer"
    message = _(
        "Cadangan ini dibuat Kendedes %(version)s (%(what)s), lebih baru dari program ini. Pasang versi itu dahulu."
    )


class OtherDatabase(Refusal):
    code = "restore_other_database"
    message = _("Cadangan ini dari %(theirs)s, rumah data ini memakai %(ours)s (DATABASE_URL).")


@dataclass(frozen=True)
class Restored:
    """What came back."""

    header: dict[str, Any]
    files: int
    epoch: uuid.UUID
    with_key: bool


def examine(*, file: Path, secret: seal.Secret | None = None) -> dict[str, Any]:
    """Read a whole backup and compare every part with the manifest, keeping nothing. Returns its header."""
    header: dict[str, Any] = {}
    with archive.reading(file, secret) as parts:
        for found, _part in parts:
            header = found
    return header


def restore(*, file: Path, at: datetime, secret: seal.Secret | None, migrate: Callable[[], object]) -> Restored:
    """Fill this empty home from ``file``. ``migrate``: brings the tables of the connected database to this version."""
    home: Path = settings.HOME
    _refuse_full(home)
    for old in home.glob(f"{_STAGE}*"):  # of a restore that was killed
        shutil.rmtree(old)
    stage = home / f"{_STAGE}{uuid.uuid4().hex[:8]}"
    stage.mkdir(mode=0o700)
    try:
        header, files = _unpack(file, secret, stage)
        with_key = (stage / archive.KEY).is_file() and not settings.ENV.secret_file
        place = _sqlite if connection.vendor == "sqlite" else _postgresql
        with place(stage, home, at):
            migrate()
            actions.record(
                deed="home.restore", at=at, by=None,
                facts={"made_at": header["made_at"], "head": header["head"], "version": header["version"]},
            )  # fmt: skip
            epoch = Epoch.objects.order_by("-id")[:1].get().uuid
        return Restored(header, files, epoch, with_key)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _refuse_full(home: Path) -> None:
    for folder in archive.FOLDERS:
        if (home / folder).exists() and any((home / folder).iterdir()):
            raise HomeNotEmpty(what=home / folder)
    if not database.is_empty():
        raise HomeNotEmpty(what=_("Basis data") if connection.vendor != "sqlite" else home / "kendedes.sqlite3")


def _unpack(file: Path, secret: seal.Secret | None, stage: Path) -> tuple[dict[str, Any], int]:
    """Everything into ``stage``; refuses as soon as the header tells why it cannot be used."""
    header: dict[str, Any] = {}
    files = 0
    try:
        with archive.reading(file, secret) as parts:
            for found, part in parts:
                if not header:
                    header = found
                    refuse_strange(header)
                target = stage / part.name
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as out:
                    shutil.copyfileobj(part.file, out, 1 << 18)
                    out.flush()
                    os.fsync(out.fileno())
                target.chmod(0o600 if part.name == archive.KEY else 0o640)
                files += part.name.startswith(tuple(f"{folder}/" for folder in archive.FOLDERS))
    except OSError as error:
        free = shutil.disk_usage(stage).free >> 20
        raise NoRoom(folder=settings.HOME, need=file.stat().st_size >> 20, free=free) from error
    if not header:
        raise seal.Damaged(where=archive.MANIFEST)
    return header, files


def refuse_strange(header: dict[str, Any]) -> None:
    """Only what this program knows in full is brought back; an older state is brought up to date afterwards."""
    version = header.get("version", "?")
    if header.get("kendedes_backup") != archive.FORMAT:
        raise MadeByNewer(version=version, what=f"format {header.get('kendedes_backup')}")
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    for app, names in sorted(header["migrations"].items()):
        for name in names:
            if (app, name) not in known:
                raise MadeByNewer(version=version, what=f"{app}.{name}")
    if header["database"] != connection.vendor:
        raise OtherDatabase(theirs=header["database"], ours=connection.vendor)


@contextmanager
def _sqlite(stage: Path, home: Path, at: datetime) -> Iterator[None]:
    """Work on the staged file as if it were the home's, then move all into place."""
    staged = stage / "kendedes.sqlite3"
    with gzip.open(stage / archive.SQLITE) as packed, staged.open("wb") as out:
        shutil.copyfileobj(packed, out, 1 << 20)
    with closing(sqlite3.connect(staged)) as look:
        database.check_sqlite(look)
    final = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    connection.settings_dict["NAME"] = staged
    try:
        actions.begin_epoch(at=at, why="restored")
        yield
        connection.close()
        with closing(sqlite3.connect(staged)) as last:  # nothing may stay behind in a journal beside it
            last.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with staged.open("rb") as file:
            os.fsync(file.fileno())
    finally:
        connection.close()
        connection.settings_dict["NAME"] = final
    _move(stage, home)
    for rest in (f"{final}-wal", f"{final}-shm"):  # of an empty file somebody opened before
        Path(rest).unlink(missing_ok=True)
    staged.replace(final)
    sync_folder(home)


@contextmanager
def _postgresql(stage: Path, home: Path, at: datetime) -> Iterator[None]:
    """Files first, then the database in one transaction with its new epoch; what fails later empties it again."""
    _move(stage, home)
    try:
        # Both values are made here: hexadecimal and a timestamp.
        row = f"'{uuid.uuid4()}', '{at.isoformat()}', 'restored'"
        begin = f"RESET search_path; INSERT INTO journal_epoch (uuid, began_at, why) VALUES ({row});"  # noqa: S608
        database.load_postgresql(stage / archive.POSTGRESQL, begin)
        try:
            yield
        except BaseException:
            database.clear_postgresql()
            raise
    except BaseException:
        for folder in archive.FOLDERS:
            if (home / folder).exists():
                (home / folder).rename(stage / folder)
        raise


def _move(stage: Path, home: Path) -> None:
    for folder in archive.FOLDERS:
        if (stage / folder).exists():
            if (home / folder).exists():
                (home / folder).rmdir()
            (stage / folder).rename(home / folder)
    if (stage / archive.KEY).is_file() and not settings.ENV.secret_file:
        (stage / archive.KEY).replace(home / archive.KEY)
    sync_folder(home)
