"""``manage tell``: news of the diary to the programs that asked for it; ``kendedes serve`` runs it."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from kendedes.api.actions import deliver, put_out

PAUSE = 10.0
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Tell programs the news, again and again; --once: now, and end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due and end")

    def handle(self, **options: Any) -> None:
        origin = settings.ENV.origin.rstrip("/")
        allowed = [name.strip() for name in settings.ENV.hook_hosts.split(",") if name.strip()]
        if options["once"]:
            at = timezone.now()
            self.stdout.write(f"{put_out(origin=origin, at=at)} {deliver(at=at, allowed=allowed)}")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        while not stop.wait(PAUSE):
            at = timezone.now()
            try:
                put_out(origin=origin, at=at)
                deliver(at=at, allowed=allowed)
            except DatabaseError:
                log.warning("news is sent later", exc_info=True)
            finally:
                close_old_connections()
