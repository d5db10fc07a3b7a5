"""``kendedes verify``: whether the books fit."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kendedes.ledger.verify import verify


class Command(BaseCommand):
    """Exit code 0 when everything fits, 1 when something does not."""

    help = (
        "Re-derive every balance, share, seal and closed period from the rows and name what does not fit. Reads only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the report."""
        report = verify()
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            counted = ", ".join(f"{number} {name}" for name, number in report.counts.items())
            self.stdout.write(f"{'fits' if report.fits else 'DOES NOT FIT'}: {counted}")
            for head in report.heads:
                self.stdout.write(
                    f"association {head['association']}: posting {head['number']}, seal {head['digest'][:16]}, "
                    f"{head['goods_in_difference']} pieces in difference"
                )
            for finding in report.findings:
                self.stdout.write(f"{finding.code}: {finding.where}: {finding.says}")
        if not report.fits:
            sys.exit(1)
