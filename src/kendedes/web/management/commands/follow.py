"""``manage follow``: brings the public site up to the diary. ``kendedes serve`` does it every two seconds."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kendedes.web.actions import catch_up, rebuild


class Command(BaseCommand):
    help = "Bring the public site up to the diary, and end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="make every derived row and index again")

    def handle(self, **options: Any) -> None:
        changed = (rebuild if options["rebuild"] else catch_up)(at=timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"{len(changed)}")
