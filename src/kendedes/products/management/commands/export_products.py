"""``kendedes export``: a unit's products as a spreadsheet that ``kendedes import`` reads without loss."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kendedes.products.intake.export import unit_sheet
from kendedes.products.management.commands.import_products import REFUSED, unit_of


class Command(BaseCommand):
    help = "Write a unit's products as xlsx. Texts that look like formulas stay texts. Exit code 2: no such unit, or no place to write."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", required=True, metavar="CODE", help="code of the unit, e.g. SGS")
        parser.add_argument(
            "--association", default="", metavar="SLUG", help="needed when several associations have that code"
        )
        parser.add_argument("--out", type=Path, metavar="FILE", help="default: produk-CODE.xlsx here")
        parser.add_argument("--no-personal", action="store_true", help="leave out phones, contact names and addresses")
        parser.add_argument("--json", action="store_true", help="what was written as JSON on standard output")

    def handle(self, **options: Any) -> None:
        unit = unit_of(options["unit"], options["association"])
        out: Path = options["out"] or Path(f"produk-{unit.code}.xlsx")
        exported = unit_sheet(unit, personal=not options["no_personal"])
        try:
            out.write_bytes(exported.data)
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}", returncode=REFUSED) from error
        if options["json"]:
            facts = {"unit": unit.code, "file": str(out), "products": exported.products, "rows": exported.rows}
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            self.stdout.write(f"{out}: {exported.products} produk, {exported.rows} baris")
