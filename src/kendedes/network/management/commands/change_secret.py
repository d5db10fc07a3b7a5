"""``manage change_secret``: a new key for this home."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kendedes.base.presence import alone
from kendedes.journal.actions import record
from kendedes.network.management.secret import change_secret


class Command(BaseCommand):
    help = (
        "Give this home a new key and seal bank accounts, second factors and secrets of receivers anew under it. Stop the "
        "server first (it refuses while one of this home runs on this machine). Everybody signs in again; baskets of buyers without account are forgotten; backups made before open "
        "what is sealed in them only with the old key (copy it away first if you want that). Exit code 2: refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="I have stopped the server")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, **options: Any) -> None:
        if not options["yes"]:
            raise CommandError(
                "Hentikan server dahulu, lalu tambahkan --yes. / Stop the server, then add --yes.", returncode=2
            )
        path = settings.ENV.secret_file or settings.HOME / "rahasia.kunci"
        with alone(settings.HOME) as nobody:
            if not nobody:
                raise CommandError(
                    "Server atau pekerja rumah ini masih berjalan; hentikan dahulu.\n"
                    "A server or worker of this home is still running: stop it first.",
                    returncode=2,
                )
            counts = change_secret(path)
        done, unreadable = (sum(pair[n] for pair in counts.values()) for n in (0, 1))
        record(deed="home.secret", at=timezone.now(), by=None, facts={"sealed": done, "unreadable": unreadable})
        if options["json"]:
            self.stdout.write(json.dumps({app: {"sealed": a, "unreadable": b} for app, (a, b) in counts.items()}))
            return
        self.stdout.write(
            f"Kunci baru. / New key. {done} disegel lagi / sealed anew, {unreadable} tidak terbaca / unreadable."
        )
