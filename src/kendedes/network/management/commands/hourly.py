"""``manage hourly``: what apps do once an hour, now. ``kendedes serve`` does it in the background."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kendedes.network.management.hourly import hourly


class Command(BaseCommand):
    help = "Forget what may not be kept, delete files nobody points to, check the books: now, and end."

    def handle(self, **options: Any) -> None:
        for name, done in hourly(at=timezone.now()).items():
            if options["verbosity"]:
                self.stdout.write(f"{name}: {done}")
