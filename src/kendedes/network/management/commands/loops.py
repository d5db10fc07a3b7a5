"""``manage loops``: what apps do again and again, each in a thread of its own; ``kendedes serve`` runs it.

One process, because each costs an office PC 130 MB. ``AppConfig.loops = [("function", seconds), …]``: a function that
takes ``at=``, and the pause before each turn; a third figure is the pause before the first.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

GRACE = 6.0  # seconds a turn gets to end; a killed one is rolled back
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do what apps do again and again, until SIGTERM."

    def handle(self, **_options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        threads = [threading.Thread(target=go, args=(stop, *loop), name=loop[0], daemon=True) for loop in declared()]
        for thread in threads:
            thread.start()
        stop.wait()
        until = time.monotonic() + GRACE
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))


def declared() -> list[tuple[Any, ...]]:
    """Loops of all apps, in order of the floors."""
    return [tuple(loop) for config in apps.get_app_configs() for loop in getattr(config, "loops", [])]


def go(stop: threading.Event, name: str, every: float, first: float | None = None) -> None:
    """One loop, until ``stop``. A turn that failed is told in the log; the next one does its work."""
    turn = import_string(name)
    pause = every if first is None else first
    while not stop.wait(pause):
        pause = every
        try:
            turn(at=timezone.now())
        except Exception:  # a database that is being moved, a full disk, a mistake: the other loops go on
            log.warning("%s was not finished", name, exc_info=True)
        finally:
            close_old_connections()
