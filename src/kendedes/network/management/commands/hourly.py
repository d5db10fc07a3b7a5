"""``manage hourly``: what apps do once an hour (``AppConfig.hourly``). ``kendedes serve`` runs it in the background."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

PAUSE = 3600.0  # seconds
FIRST = 60.0  # not while everything else is starting
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Forget what may not be kept, delete files nobody points to, check the books: every hour; --once: now, and end."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="once, and end")

    def handle(self, **options: Any) -> None:
        if options["once"]:
            for name in jobs():
                done = import_string(name)(at=timezone.now())
                if options["verbosity"]:
                    self.stdout.write(f"{name}: {done}")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        pause = FIRST
        while not stop.wait(pause):
            pause = PAUSE
            for name in jobs():
                try:
                    import_string(name)(at=timezone.now())
                except (DatabaseError, OSError):
                    # A long deed holds the lock, or the disk does not answer: an hour later is early enough.
                    log.warning("%s was not finished", name, exc_info=True)
                finally:
                    close_old_connections()


def jobs() -> list[str]:
    """Functions of the apps that take ``at=``, in order of the floors."""
    return [name for config in apps.get_app_configs() for name in getattr(config, "hourly", [])]
