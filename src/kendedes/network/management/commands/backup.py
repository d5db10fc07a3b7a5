"""``kendedes backup FILE``: the whole home in one file, made while people go on selling."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kendedes.base.refusal import Refusal
from kendedes.journal.keeping import backup as keeping
from kendedes.journal.keeping import seal
from kendedes.network.management import sealing


class Command(BaseCommand):
    help = (
        "Write database, photos and files of this home into FILE (a tar; encrypted when asked). Selling goes on meanwhile. "
        "Exit code 1: made, but files went away during copying; 2: refused, nothing was left."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the file to make; never overwritten")
        parser.add_argument("--encrypt", action="store_true", help="ask for a passphrase at the terminal")
        sealing.add_arguments(parser)
        parser.add_argument("--new-key", type=Path, metavar="FILE", help="only make a key file; keep a copy elsewhere")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, **options: Any) -> None:
        try:
            if options["new_key"]:
                seal.new_key(options["new_key"])
                self.stdout.write(f"{options['new_key']}: simpan salinannya di tempat lain / keep a copy elsewhere")
                return
            if options["file"] is None:
                raise CommandError("FILE?", returncode=2)
            secret = sealing.given(options) or (sealing.typed(twice=True) if options["encrypt"] else None)
            begun = time.monotonic()
            made = keeping.backup(target=options["file"], at=timezone.now(), secret=secret)
        except Refusal as error:
            raise CommandError(str(error), returncode=2) from error
        seconds = round(time.monotonic() - begun, 2)
        if options["json"]:
            told = {
                "file": str(made.file), "bytes": made.bytes, "sha256": made.sha256, "sealed": made.sealed,
                "parts": made.parts, "missing": made.missing, "seconds": seconds,
                **{name: made.header[name] for name in ("made_at", "version", "database", "head", "entries", "epoch")},
            }  # fmt: skip
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write(
                f"{made.file}: {made.bytes / 1e6:.1f} MB, {made.parts} bagian / parts, {seconds} s, "
                f"{'terkunci / encrypted' if made.sealed else 'TIDAK terkunci / NOT encrypted'}\n"
                f"sampai catatan / up to entry {made.header['head']}\nsha256 {made.sha256}"
            )
            for name in made.missing:
                self.stderr.write(f"terlewat / left out: {name}")
        if made.missing:
            sys.exit(1)
