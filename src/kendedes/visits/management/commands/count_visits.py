"""``manage count_visits``: adds what the web servers counted to the sums by day; ``kendedes serve`` runs it."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from kendedes.visits.actions import gather

PAUSE = 30.0
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Add what the web servers counted to the sums by day, again and again; --once: now, and end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="gather and end")

    def handle(self, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"{gather(at=timezone.now())}")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        while not stop.wait(PAUSE):
            try:
                gather(at=timezone.now())
            except DatabaseError:
                log.warning("visits are added later", exc_info=True)
            finally:
                close_old_connections()
