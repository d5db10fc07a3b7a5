"""``kendedes edition``: the life of catalogue editions from the console."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kendedes.base.refusal import Refusal
from kendedes.catalogue.management.making import MAKING
from kendedes.catalogue.management.verb import REFUSED, Answer, Verb
from kendedes.catalogue.management.writing import WRITING

VERBS: dict[str, Verb] = {**WRITING, **MAKING}


class Command(BaseCommand):
    help = (
        "Compose, lock, publish and print catalogue editions. Exit codes: 0 done, 1 done with findings (warnings, "
        "another hash than before), 2 refused or wrong usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
        for name, verb in VERBS.items():
            sub = verbs.add_parser(name, help=verb.help, description=verb.help)
            verb.arguments(sub)
            sub.add_argument("--association", default="", metavar="SLUG", help="needed when there are several")
            sub.add_argument("--json", action="store_true", help="one JSON document on standard output")

    def handle(self, **options: Any) -> None:
        try:
            answer = VERBS[options["verb"]].run(options)
        except Refusal as refusal:
            if options["json"]:
                self.stdout.write(json.dumps(refusal.as_json(), ensure_ascii=False))
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        except OSError as error:
            raise CommandError(f"{error.filename or ''}: {error.strerror}", returncode=REFUSED) from error
        self._say(answer, as_json=options["json"])
        if answer.findings:
            raise SystemExit(1)

    def _say(self, answer: Answer, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer.facts, ensure_ascii=False, indent=2))
            return
        for line in answer.lines:
            self.stdout.write(line)
        for line in answer.findings:
            self.stderr.write(line)
