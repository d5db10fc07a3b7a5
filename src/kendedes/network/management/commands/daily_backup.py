"""``manage daily_backup``: a backup a day into the folder of ``KENDEDES_BACKUP_FOLDER``; ``kendedes serve`` runs it.

Old ones go only after the new one was read back whole. A folder that is not there (a disk not plugged in) is never made.
"""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from kendedes.base.refusal import Refusal
from kendedes.journal import queries
from kendedes.journal.actions import record
from kendedes.journal.keeping import seal
from kendedes.journal.keeping.backup import backup
from kendedes.journal.keeping.restore import examine
from kendedes.journal.rules import backup_due, backups_kept

PAUSE = 60.0  # seconds between looks
AFTER_FAILURE = 600.0
NAME = "kendedes-{day}.cadangan"
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Keep one backup a day in KENDEDES_BACKUP_FOLDER; --once: now if one is due, and end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="make today's if it is due, and end")

    def handle(self, **options: Any) -> None:
        folder = settings.ENV.backup_folder
        if folder is None:
            raise CommandError("KENDEDES_BACKUP_FOLDER?", returncode=2)
        if options["once"]:
            try:
                self.stdout.write(str(turn(folder, timezone.now()) or ""))
            except (Refusal, OSError) as error:
                failed(error)
                raise CommandError(str(error), returncode=2) from error
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        pause = 0.0
        while not stop.wait(pause):
            pause = PAUSE
            try:
                turn(folder, timezone.now())
            except (Refusal, OSError, DatabaseError) as error:
                log.error("cadangan harian gagal / daily backup failed: %s", error)  # noqa: TRY400 - words, not code
                pause = AFTER_FAILURE
                failed(error)
            finally:
                close_old_connections()


def failed(error: Exception) -> None:
    """Tell the office, once until a backup was made again; a database that is away cannot be told."""
    try:
        if not queries.backup_failed().exists():
            record(deed="home.backup_failed", at=timezone.now(), by=None, facts={"why": str(error)[:300]})
    except DatabaseError:
        log.exception("not told")


def turn(folder: Path, at: datetime) -> Path | None:
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
