"""``manage tidy``: forgets what may not or need not be kept. ``kendedes serve`` runs it in the background."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from kendedes.products.intake.actions import forget_old
from kendedes.products.photos.sweep import sweep

PAUSE = 3600.0  # seconds
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Close imports left for 30 days and delete files of removed photos, every hour; --once: now, and end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="tidy once and end")

    def handle(self, **options: Any) -> None:
        if options["once"]:
            at = timezone.now()
            forgotten, deleted = forget_old(at=at), sweep(at=at)
            if options["verbosity"]:
                self.stdout.write(f"{forgotten} kiriman, {deleted} berkas foto")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        pause = 60.0  # not while everything else is starting
        while not stop.wait(pause):
            pause = PAUSE
            try:
                forget_old(at=timezone.now())
                sweep(at=timezone.now())
            except (DatabaseError, OSError):
                # A long deed holds the lock, or the disk does not answer: an hour later is early enough.
                log.warning("the tidying was not finished", exc_info=True)
            finally:
                close_old_connections()
