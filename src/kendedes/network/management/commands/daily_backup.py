"""``manage daily_backup``: today's backup into ``KENDEDES_BACKUP_FOLDER`` if it is due; ``kendedes serve`` does it every day."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kendedes.base.refusal import Refusal
from kendedes.network.management.daily_backup import failed, keep


class Command(BaseCommand):
    help = "Make today's backup in KENDEDES_BACKUP_FOLDER if it is due, drop what is no longer kept, and end."

    def handle(self, **_options: Any) -> None:
        folder = settings.ENV.backup_folder
        if folder is None:
            raise CommandError("KENDEDES_BACKUP_FOLDER?", returncode=2)
        try:
            self.stdout.write(str(keep(folder, timezone.now()) or ""))
        except (Refusal, OSError) as error:
            failed(error)
            raise CommandError(str(error), returncode=2) from error
