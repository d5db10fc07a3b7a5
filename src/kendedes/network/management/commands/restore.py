"""``kendedes restore FILE``: a backup into an empty home, all of it or nothing."""

from __future__ import annotations

import io
import json
import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kendedes.base.refusal import Refusal
from kendedes.journal.keeping import restore as keeping
from kendedes.journal.keeping import seal
from kendedes.network.management import sealing
from kendedes.network.management.prepare import alone, migrate


class Command(BaseCommand):
    help = (
        "Bring a backup back into this home, which must be empty (KENDEDES_HOME, DATABASE_URL); --check: only read it. "
        "Afterwards tables are of this version, the books are derived anew and compared, and tills send again what the "
        "backup did not hold. Exit code 1: brought back, but the books do not fit; 2: refused."
    )

    requires_system_checks: list[str] = []  # some of them open the database, which shall not be there yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="made by: kendedes backup")
        sealing.add_arguments(parser)
        parser.add_argument("--check", action="store_true", help="read all of it and compare, keep nothing")
        parser.add_argument("--no-verify", action="store_true", help="do not derive the books anew afterwards")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, **options: Any) -> None:
        begun = time.monotonic()
        try:
            secret = sealing.given(options) or self._ask(options["file"])
            if options["check"]:
                header = keeping.examine(file=options["file"], secret=secret)
                told: dict[str, Any] = {"checked": str(options["file"])}
            else:
                with alone():
                    made = keeping.restore(
                        file=options["file"], at=timezone.now(), secret=secret, migrate=lambda: migrate(self._say)
                    )
                header = made.header
                told = {"home": str(settings.HOME), "files": made.files, "epoch": made.epoch.hex, "key": made.with_key}
        except Refusal as error:
            raise CommandError(str(error), returncode=2) from error
        told |= {name: header[name] for name in ("made_at", "version", "database", "head", "entries")}
        told["seconds"] = round(time.monotonic() - begun, 2)
        if not options["check"] and not options["no_verify"]:
            told["verify"] = self._verify()
        self._tell(told, options)
        if told.get("verify", {}).get("fits") is False:
            sys.exit(1)

    def _tell(self, told: dict[str, Any], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write("\n".join(f"{name}: {value}" for name, value in told.items()))
        if not options["check"] and not told["key"]:
            self.stdout.write(
                "Kunci rumah data tidak ikut: orang masuk lagi, dan aplikasi kode dipasang lagi.\n"
                "The home's key was not in it: people sign in again, code apps are set up again."
            )

    def _verify(self) -> dict[str, Any]:
        """Every balance, share and seal derived anew: what the backup held may have been broken before it was made."""
        out = io.StringIO()
        with suppress(SystemExit):  # its way to say that something does not fit
            call_command("verify", json=True, stdout=out)
        found = json.loads(out.getvalue())
        for finding in found["findings"]:
            self.stderr.write(f"{finding['code']}: {finding['where']}: {finding['says']}")
        return {"fits": found["fits"], "findings": len(found["findings"])}

    def _say(self, line: str) -> None:
        self.stderr.write(line)

    def _ask(self, file: Path) -> seal.Secret | None:
        """A sealed file without a secret in the options: ask, if somebody sits at the terminal."""
        try:
            with file.open("rb") as look:
                sealed = look.read(len(seal.MAGIC)) == seal.MAGIC and b'"argon2id"' in look.readline(1024)
        except OSError:
            return None  # said in better words when it is read
        return sealing.typed(twice=False) if sealed and sys.stdin.isatty() else None
