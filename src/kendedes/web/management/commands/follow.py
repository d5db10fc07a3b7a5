"""``manage follow``: keeps the public site in step with the diary, and takes up prints that a stopped worker left.

``kendedes serve`` runs it in the background.
"""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from kendedes.catalogue.actions import revive
from kendedes.web.actions import catch_up, rebuild

PAUSE = 2.0  # seconds; a look that finds nothing costs two small reads
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Bring the public site up to the diary, again and again; --once: now, and end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="catch up and end")
        parser.add_argument("--rebuild", action="store_true", help="make every derived row and index again, and end")

    def handle(self, **options: Any) -> None:
        if options["rebuild"] or options["once"]:
            changed = (rebuild if options["rebuild"] else catch_up)(at=timezone.now())
            if options["verbosity"]:
                self.stdout.write(f"{len(changed)}")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        while not stop.wait(PAUSE):
            at = timezone.now()
            try:
                catch_up(at=at)
                revive(at=at)
            except DatabaseError:
                # A long deed holds the lock, or the database is being moved: the next look does it.
                log.warning("the public site could not be brought up to date yet", exc_info=True)
            finally:
                close_old_connections()
