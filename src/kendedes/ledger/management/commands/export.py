"""``kendedes export``: a unit's products, or rows of the books for other programs."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from kendedes.base.refusal import Refusal
from kendedes.ledger import press
from kendedes.network.models import Association

REFUSED = 2
Export = tuple[list[str], Callable[[Association, date, date], Iterable[list[Any]]]]


def exports() -> dict[str, Export]:
    """What every floor offers (``AppConfig.exports``), by name."""
    found: dict[str, Export] = {}
    for config in apps.get_app_configs():
        for name in getattr(config, "exports", []):
            found |= import_string(name)
    return found


class Command(BaseCommand):
    help = (
        "Write a unit's products (--unit CODE) as xlsx, or rows of the books as xlsx or csv; columns: docs/algorithms/ledger.md. "
        "Exit code 2: no such unit, association or kind of rows, no place to write, more rows than a sheet holds."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what", nargs="?", default="", help=f"one of: {', '.join(exports())}; none: products of --unit"
        )
        parser.add_argument("--unit", default="", metavar="CODE", help="code of the unit whose products, e.g. SGS")
        parser.add_argument("--association", default="", metavar="SLUG", help="needed when there are several")
        parser.add_argument("--since", type=date.fromisoformat, default=date(2000, 1, 1), metavar="YYYY-MM-DD")
        parser.add_argument("--until", type=date.fromisoformat, default=date(9999, 12, 31), metavar="YYYY-MM-DD")
        parser.add_argument(
            "--out", type=Path, metavar="FILE", help=".xlsx or .csv; default: WHAT.csv, produk-CODE.xlsx"
        )
        parser.add_argument(
            "--no-personal", action="store_true", help="products: leave out phones, names and addresses"
        )
        parser.add_argument("--json", action="store_true", help="what was written as JSON on standard output")

    def handle(self, **options: Any) -> None:
        if options["unit"] and not options["what"]:
            kept = {name: options[name] for name in ("unit", "association", "out", "no_personal", "json")}
            call_command("export_products", **kept, stdout=self.stdout)
            return
        known = exports()
        if options["what"] not in known or options["unit"]:
            raise CommandError(f"--unit KODE, atau salah satu: {', '.join(known)}", returncode=REFUSED)
        out: Path = options["out"] or Path(f"{options['what']}.csv")
        if out.suffix not in {".csv", ".xlsx"}:
            raise CommandError(f"{out}: .csv / .xlsx", returncode=REFUSED)
        header, rows = known[options["what"]]
        found = rows(_association(options["association"]), options["since"], options["until"])
        try:
            written = _write(out, header, found)
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}", returncode=REFUSED) from error
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        if options["json"]:
            facts = {"what": options["what"], "file": str(out), "rows": written}
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            self.stdout.write(f"{out}: {written} baris")


def _association(slug: str) -> Association:
    found = list(Association.objects.filter(slug=slug) if slug else Association.objects.all()[:2])
    if len(found) != 1:
        known = ", ".join(Association.objects.order_by("slug").values_list("slug", flat=True)[:40])
        raise CommandError(f"--association: {known or '-'}", returncode=REFUSED)
    return found[0]


def _write(out: Path, header: list[str], rows: Iterable[list[Any]]) -> int:
    """Whole or not at all: a file that broke off is not left under its name."""
    part = out.with_name(out.name + ".part")
    try:
        if out.suffix == ".csv":
            with part.open("w", encoding="utf-8", newline="") as file:
                written = press.write_csv(file, header, rows)
        else:
            counted = _Counted(rows)
            part.write_bytes(press.xlsx(header, counted))
            written = counted.number
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return written


class _Counted:
    """Rows that know how many they were."""

    def __init__(self, rows: Iterable[list[Any]]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> Iterator[list[Any]]:
        for row in self.rows:
            self.number += 1
            yield row
