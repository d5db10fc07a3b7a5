"""What apps do once an hour: ``AppConfig.hourly``, functions that take ``at=``."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import DatabaseError, close_old_connections
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


def hourly(*, at: datetime) -> dict[str, Any]:
    """Every job in order of the floors; what each did, by name. One that could not is said in the log."""
    done = {}
    for name in jobs():
        try:
            done[name] = import_string(name)(at=at)
        except (DatabaseError, OSError):
            # A long deed holds the lock, or the disk does not answer: an hour later is early enough.
            log.warning("%s was not finished", name, exc_info=True)
            close_old_connections()
    return done


def jobs() -> list[str]:
    """Functions of the apps that take ``at=``, in order of the floors."""
    return [name for config in apps.get_app_configs() for name in getattr(config, "hourly", [])]
