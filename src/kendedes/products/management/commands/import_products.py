"""``kendedes import``: a unit's spreadsheets into its products."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kendedes.base.refusal import Refusal
from kendedes.network.models import Unit
from kendedes.products.intake import actions, texts
from kendedes.products.intake.actions.batches import as_choices, limits, photo_notes, remembered
from kendedes.products.intake.assess import Assessment, assess, sentences, shown_rows
from kendedes.products.intake.pictures import Source, source
from kendedes.products.intake.reading import files
from kendedes.products.intake.refusals import FileTooLarge
from kendedes.products.intake.rules.judge import Choice, Outcome

OK, ROWS_IN_ERROR, REFUSED = 0, 1, 2


def unit_of(code: str, association: str) -> Unit:
    """The unit of a code (of one association, when several have it). Raises CommandError with exit code 2."""
    found = list(Unit.objects.filter(code__iexact=code).select_related("district", "association"))
    if association:
        found = [unit for unit in found if unit.association.slug == association]
    if len(found) == 1:
        return found[0]
    if found:
        slugs = ", ".join(unit.association.slug for unit in found)
        raise CommandError(
            f"Unit {code} ada di beberapa asosiasi ({slugs}); tambahkan --association.", returncode=REFUSED
        )
    known = ", ".join(Unit.objects.order_by("code").values_list("code", flat=True)[:40])
    raise CommandError(f"Tidak ada unit berkode {code}. Yang ada: {known or '-'}.", returncode=REFUSED)


class Command(BaseCommand):
    help = (
        "Read spreadsheets (xlsx, ods, csv) of one unit and store its products. Every row's outcome is listed. "
        "Exit code: 0 all read, 1 some rows are in error (the others are stored), 2 a file was refused (nothing of it is stored)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="xlsx, ods or csv")
        parser.add_argument("--unit", required=True, metavar="CODE", help="code of the unit, e.g. SGS")
        parser.add_argument(
            "--association", default="", metavar="SLUG", help="needed when several associations have that code"
        )
        parser.add_argument(
            "--photos", type=Path, metavar="DIR|ZIP", help="photos named in the sheet or by product code"
        )
        parser.add_argument(
            "--variants",
            choices=["offer", "pack", "new"],
            default="offer",
            help="rows that look like another pack (default: list them, store nothing)",
        )
        parser.add_argument(
            "--duplicates",
            choices=["offer", "new"],
            default="offer",
            help="rows that look like a repetition (default: list them, store nothing)",
        )
        parser.add_argument("--dry-run", action="store_true", help="judge only, store nothing")
        parser.add_argument("--json", action="store_true", help="the result as JSON on standard output")

    def handle(self, **options: Any) -> None:
        unit = unit_of(options["unit"], options["association"])
        try:
            photos = source(options["photos"]) if options["photos"] else Source()
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        results = [self._one(unit, Path(name), photos, options) for name in options["files"]]
        code = max((r["exit"] for r in results), default=OK)
        if options["json"]:
            self.stdout.write(
                json.dumps({"unit": unit.code, "exit": code, "files": results}, ensure_ascii=False, indent=1)
            )
        else:
            for result in results:
                self._say(result)
        if code:
            sys.exit(code)

    def _one(self, unit: Unit, path: Path, photos: Source, options: dict[str, Any]) -> dict[str, Any]:
        """One file's result; a refusal is a result too."""
        result: dict[str, Any] = {"file": path.name, "stored": False}
        try:
            size = path.stat().st_size
            if size > limits().megabytes << 20:
                raise FileTooLarge(file=path.name, megabytes=size >> 20, most=limits().megabytes)
            data = path.read_bytes()
        except OSError as error:
            return {
                **result,
                "exit": REFUSED,
                "refused": {"code": "file_not_readable", "message": f"{path}: {error.strerror}", "facts": {}},
            }
        except Refusal as refusal:
            return {**result, "exit": REFUSED, "refused": refusal.as_json()}
        try:
            found, choices = self._judge(unit, path.name, data, options)
            rows = shown_rows(found.verdict.rows, photo_notes(found, photos))
            if not options["dry_run"]:
                rows = self._store(unit, (path.name, data), choices, photos, result)
        except Refusal as refusal:
            return {**result, "exit": REFUSED, "refused": refusal.as_json()}
        wrong = any(row["outcome"] == Outcome.ERROR for row in rows)
        return {
            **result, "sha256": found.book.sha256, **found.facts, "outcomes": dict(found.verdict.count()),
            "columns": {c.sheet: {x.header: x.field for x in c.columns if x.header} for c in found.columns},
            "unread_sheets": list(found.unread), "hidden_sheets": list(found.book.hidden),
            "rows": [_worded(row) for row in rows], "exit": ROWS_IN_ERROR if wrong else OK,
        }  # fmt: skip

    @staticmethod
    def _judge(unit: Unit, name: str, data: bytes, options: dict[str, Any]) -> tuple[Assessment, dict[str, str]]:
        """Judge, and once more with the choices that ``--variants`` and ``--duplicates`` make."""
        book = files.read(name, data, limits())
        fields = remembered(unit, book)
        found = assess(unit=unit, book=book, fields=fields, rows=limits().rows)
        wanted = {Outcome.VARIANT: options["variants"], Outcome.DUPLICATE: options["duplicates"]}
        choices: dict[str, str] = {}
        for _round in range(3):  # deciding one row may offer another
            fresh = {
                f"{r.line.sheet}!{r.line.row}": wanted[r.outcome]
                for r in found.verdict.rows
                if r.outcome in wanted and wanted[r.outcome] in Choice
            }
            if not fresh.keys() - choices.keys():
                break
            choices |= fresh
            found = assess(unit=unit, book=book, fields=fields, choices=as_choices(choices), rows=limits().rows)
        return found, choices

    @staticmethod
    def _store(
        unit: Unit, file: tuple[str, bytes], choices: dict[str, str], photos: Source, result: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Take the file in, confirm it, attach its photos; returns the rows as they ended."""
        now = timezone.now()
        batch = actions.receive(unit=unit, name=file[0], data=file[1], at=now, by=None, photos=photos)
        if choices:
            batch = actions.choose(batch=batch, choices=choices, at=now, by=None, photos=photos)
        if not any(row["outcome"] in {"new", "changed", "unchanged"} for row in batch.rows):
            return list(actions.cancel(batch=batch, at=now, by=None).rows)
        stored = actions.confirm(batch=batch, at=now, by=None, photos=photos)
        batch.refresh_from_db()
        attached = actions.attach_waiting(batch=batch, at=now, by=None, photos=photos)
        result |= {
            "stored": True, "batch": batch.pk, "created": [p.code for p in stored.created], "changed": len(stored.changed),
            "photos": attached.count, "photos_unused": attached.unused,
        }  # fmt: skip
        return list(batch.rows)

    def _say(self, result: dict[str, Any]) -> None:
        write = self.stdout.write
        write(self.style.MIGRATE_HEADING(result["file"]))
        if "refused" in result:
            write(self.style.ERROR("  " + result["refused"]["message"]))
            return
        for row in result["rows"]:
            label = str(texts.OUTCOMES[row["outcome"]])
            write(f"  {row['sheet']}!{row['row']:<4} {label:<16} {row['name'] or '-'}  ({row['producer'] or '-'})")
            for message in row["messages"]:
                write(f"      {'!' if message['error'] else '·'} {message['where']}: {message['text']}")
        counts = ", ".join(f"{texts.OUTCOMES[k]} {n}" for k, n in result["outcomes"].items())
        write(f"  {result['rows_with_product']} produk, {result['producers']} produsen: {counts}")
        if result.get("photos") or result.get("photos_unused"):
            write(f"  Foto terpasang {result['photos']}; tidak terpakai: {', '.join(result['photos_unused']) or '-'}")
        write("  Tersimpan." if result["stored"] else "  Tidak disimpan.")


def _worded(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "messages": sentences(row)}
