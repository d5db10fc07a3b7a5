"""A backup a day into the folder of ``KENDEDES_BACKUP_FOLDER``.

Old ones go only after the new one was read back whole. A folder that is not there (a disk not plugged in) is never made.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from kendedes.base.refusal import Refusal
from kendedes.journal import queries
from kendedes.journal.actions import record
from kendedes.journal.keeping import seal
from kendedes.journal.keeping.backup import backup
from kendedes.journal.keeping.restore import examine
from kendedes.journal.rules import backup_due, backups_kept

NAME = "kendedes-{day}.cadangan"
log = logging.getLogger(__name__)
_rests: list[datetime] = []  # until when, after a failure


def look(*, at: datetime, rest: timedelta = timedelta(minutes=10)) -> Path | None:
    """A turn of the loop: today's backup if it is due. One that failed is told, and tried again after ``rest``."""
    folder = settings.ENV.backup_folder
    if folder is None or any(at < until for until in _rests):
        return None
    _rests.clear()
    try:
        return keep(folder, at)
    except (Refusal, OSError, DatabaseError) as error:
        log.error("cadangan harian gagal / daily backup failed: %s", error)  # noqa: TRY400 - words, not code
        _rests.append(at + rest)
        failed(error)
        return None


def failed(error: Exception) -> None:
    """Tell the office, once until a backup was made again; a database that is away cannot be told."""
    try:
        if not queries.backup_failed().exists():
            record(deed="home.backup_failed", at=timezone.now(), by=None, facts={"why": str(error)[:300]})
    except DatabaseError:
        log.exception("not told")


def keep(folder: Path, at: datetime) -> Path | None:
    """Make today's backup if it is due and drop what is no longer kept; returns the new file."""
    here = timezone.localtime(at)
    days = sorted(made(folder))
    if not backup_due(here, days[-1] if days else None, settings.ENV.backup_hour):
        return None
    key = settings.ENV.backup_key_file
    secret = seal.Secret(key=seal.read_key(key)) if key else None
    target = folder / NAME.format(day=here.date())
    backup(target=target, at=at, secret=secret)
    examine(file=target, secret=secret)
    kept = backups_kept([*days, here.date()], daily=settings.ENV.backup_keep)
    for day in days:
        if day not in kept:
            (folder / NAME.format(day=day)).unlink(missing_ok=True)
    return target


def made(folder: Path) -> set[date]:
    """Days of which a backup of ours lies there. Raises FileNotFoundError when the folder is away."""
    found = set()
    for path in folder.iterdir():
        try:
            day = date.fromisoformat(path.name.removeprefix("kendedes-").removesuffix(".cadangan"))
        except ValueError:
            continue
        if path.name == NAME.format(day=day):
            found.add(day)
    return found
