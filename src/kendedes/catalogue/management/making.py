"""Verbs that make files and check them."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from kendedes.catalogue import actions, outputs, queries
from kendedes.catalogue.actions.files import Recipe, digest_of
from kendedes.catalogue.actions.printing import preflight, press
from kendedes.catalogue.management.verb import (
    Answer,
    Options,
    Verb,
    association_of,
    edition_of,
    takes_edition,
)
from kendedes.catalogue.models import Edition, MadeFile
from kendedes.catalogue.queries.findings import sentences
from kendedes.products.rules import canonical, digest


def _languages(parser: ArgumentParser) -> None:
    parser.add_argument("--language", choices=["id", "en"], default="id")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: its own name, here")
    parser.add_argument("--again", action="store_true", help="build anew and compare with the first build")


def _print_arguments(parser: ArgumentParser) -> None:
    takes_edition(parser)
    parser.add_argument("--paper", choices=Edition.Paper.values, help="default: as set in the edition")
    parser.add_argument("--layout", type=int, choices=Edition.Layout.values, help="products a page")
    parser.add_argument(
        "--for", dest="target", choices=MadeFile.Target.values, default="screen", help="press or screen"
    )
    parser.add_argument("--preflight", type=Path, metavar="FILE", help="also write the preflight sheet as PDF")
    _languages(parser)


class _Bar:
    """Progress on standard error, where a person watches."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()

    def __call__(self, done: int, total: int, step: str) -> None:
        if self.shown:
            sys.stderr.write(f"\r{done}/{total} {step:<12}" + ("\n" if done >= total else ""))
            sys.stderr.flush()


def _print(options: Options) -> Answer:
    edition = edition_of(options)
    asked = actions.recipe(
        paper=options["paper"] or edition.paper, layout=options["layout"] or edition.layout, target=options["target"],
        language=options["language"],
    )  # fmt: skip
    out = options["out"] or Path(asked.name(edition.slug))
    if not edition.is_fixed:
        return _print_proof(edition, asked, out, options["preflight"])
    made = actions.print_book(
        edition=edition, asked=asked, at=timezone.now(), by=None, again=options["again"], progress=_Bar()
    )
    _copy(made.path, out)
    _sheet(edition, made.file.preflight, asked, options["preflight"])
    facts = {**made.file.preflight, "file": str(out), "sha256": made.sha256, "first_sha256": made.file.sha256}
    return Answer(_printed(facts), facts, _differs(made))


def _sheet(edition: Edition, report: dict[str, Any], asked: Recipe, out: Path | None) -> None:
    """The preflight sheet of a book, where it was asked for."""
    if out:
        preflight(queries.document(edition, timezone.now()), report, asked, out)


def _print_proof(edition: Edition, asked: Recipe, out: Path, sheet: Path | None) -> Answer:
    with tempfile.TemporaryDirectory() as aside:
        report = press(queries.document(edition, timezone.now()), asked, Path(aside) / "coba.pdf", _Bar())
        _copy(report.path, out)
        _sheet(edition, report.as_json(), asked, sheet)
    facts = {**report.as_json(), "file": str(out), "proof": True}
    return Answer(["cetak coba: edisi belum dikunci", *_printed(facts)], facts)


def _printed(facts: dict[str, Any]) -> list[str]:
    found = facts.get("findings", [])
    return [
        f"{facts['file']}: {facts['pages']} halaman, SHA-256 {facts['sha256']}",
        *(f"  {f['level']}: {text}" for f, text in zip(found, sentences(found, "id"), strict=True)),
    ]


def _differs(made: actions.Made) -> list[str]:
    try:
        made.insist()
    except actions.DifferentBytes as refusal:
        return [str(refusal)]
    return []


def _copy(source: Path, out: Path) -> None:
    """The file whole or not at all."""
    part = out.with_name(f".{out.name}.baru")
    try:
        shutil.copyfile(source, part)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _export_arguments(parser: ArgumentParser) -> None:
    takes_edition(parser)
    parser.add_argument("--format", choices=["xlsx", "json"], default="xlsx")
    _languages(parser)


def _export(options: Options) -> Answer:
    return _data(options, options["format"])


def _data(options: Options, kind: str) -> Answer:
    made = actions.data_file(
        edition=edition_of(options), kind=kind, at=timezone.now(), by=None, language=options["language"],
        again=options["again"],
    )  # fmt: skip
    out = options["out"] or Path(made.file.name)
    _copy(made.path, out)
    facts = {"file": str(out), "sha256": made.sha256, "first_sha256": made.file.sha256, "size": made.file.size}
    return Answer([f"{out}: SHA-256 {made.sha256}"], facts, _differs(made))


def _blogger_arguments(parser: ArgumentParser) -> None:
    takes_edition(parser)
    parser.add_argument("--product", default="", metavar="CODE", help="only this product")
    parser.add_argument("--dialect", choices=[d.value for d in outputs.Dialect], default="takeout")
    parser.add_argument("--posts", choices=["products", "chapters"], default="", help="a post for each of these")
    parser.add_argument("--live", action="store_true", help="published at once; default: drafts")
    parser.add_argument("--html", action="store_true", help="HTML to paste instead of an import file")
    _languages(parser)


WARNING = "Foto tidak ikut dalam berkas Blogger; tambahkan lewat penyunting Blogger. Uji dulu di blog percobaan."


def _blogger(options: Options) -> Answer:
    edition = edition_of(options)
    plain = not (options["product"] or options["posts"] or options["live"] or options["html"])
    if plain and edition.is_fixed:
        kind = MadeFile.Kind.BLOGGER if options["dialect"] == "takeout" else MadeFile.Kind.BLOGGER_CLASSIC
        answer = _data(options, kind)
        return Answer([*answer.lines, WARNING], {**answer.facts, "warning": WARNING}, answer.findings)
    data = _post(edition, options)
    suffix = "html" if options["html"] else "atom"
    out: Path = options["out"] or Path(f"{options['product'] or edition.slug}-blogger-{options['language']}.{suffix}")
    out.write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    facts = {"file": str(out), "sha256": sha256, "size": len(data), "warning": WARNING}
    return Answer([f"{out}: SHA-256 {sha256}", WARNING], facts)


def _post(edition: Edition, options: Options) -> bytes:
    document, errata, language = queries.document(edition, timezone.now()), queries.errata(edition), options["language"]
    entries = {e["code"]: e for c in document["chapters"] for e in c["entries"]}
    code = options["product"]
    if code and code not in entries:
        raise actions.UnknownEntry(code=code)
    if options["html"]:
        if code:
            return outputs.product_html(entries[code], language).encode()
        return outputs.edition_html(document, language, errata).encode()
    return outputs.blogger(
        document, dialect=outputs.Dialect(options["dialect"]), language=language, live=options["live"], code=code,
        posts=options["posts"], errata=errata,
    )  # fmt: skip


def _verify_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("edition", nargs="?", default="", metavar="EDITION", help="default: every locked edition")
    parser.add_argument("--rebuild", action="store_true", help="build every file again, books included, and compare")


def _verify(options: Options) -> Answer:
    rows = Edition.objects.fixed().filter(association=association_of(options)).select_related("frozen", "association")
    editions = [edition_of(options)] if options["edition"] else list(rows.order_by("pk"))
    lines, facts, findings = [], [], []
    for edition in editions:
        faults = [*_text_faults(edition), *_file_faults(edition), *(_rebuilt(edition) if options["rebuild"] else [])]
        lines.append(f"{edition.slug}: {'utuh' if not faults else f'{len(faults)} temuan'}")
        findings += [f"{edition.slug}: {fault}" for fault in faults]
        facts.append({"edition": edition.slug, "faults": faults})
    return Answer(lines, facts, findings)


def _text_faults(edition: Edition) -> list[str]:
    """Whether the frozen text is what its hash says, and its entries are those of its pages or chapters."""
    if not edition.is_fixed:
        return ["belum dikunci"]
    document = json.loads(edition.frozen.text)
    faults = []
    if digest(document) != edition.frozen.sha256 or canonical(document) != edition.frozen.text:
        faults.append("teks beku tidak cocok dengan sidiknya")
    pages = list(edition.pages.order_by("position").values_list("sha256", "content"))
    if any(digest(content) != sha256 for sha256, content in pages):
        faults.append("lembar produk tidak cocok dengan sidiknya")
    entries = [entry for chapter in document["chapters"] for entry in chapter["entries"]]
    if edition.is_regency:
        parts = edition.chapters.order_by("position").select_related("edition__frozen")
        joined = [c for part in parts for c in json.loads(part.edition.frozen.text)["chapters"]]
        if joined != document["chapters"]:
            faults.append("bab tidak sama dengan edisi kecamatannya")
    elif [content for _sha, content in pages] != entries:
        faults.append("teks beku tidak sama dengan lembar produknya")
    return faults


def _file_faults(edition: Edition) -> list[str]:
    """Whether every made file that is on the disk has the bytes of its first build."""
    found = []
    for file in MadeFile.objects.filter(edition=edition).select_related("edition__association"):
        path = actions.path_of(file)
        if path.is_file() and digest_of(path) != file.sha256:
            found.append(f"{file.name} di disk berubah")
    return found


def _rebuilt(edition: Edition) -> list[str]:
    """Build each file once more and compare; sheets of an earlier number of errata are left as they are."""
    found: list[str] = []
    errata = len(queries.errata(edition))
    for file in MadeFile.objects.filter(edition=edition).order_by("id"):
        if file.kind == MadeFile.Kind.BOOK:
            asked = Recipe(file.kind, file.language, file.paper, file.layout, file.target)
            made = actions.print_book(
                edition=edition, asked=asked, at=timezone.now(), by=None, again=True, progress=_Bar()
            )
        elif file.errata == errata:
            made = actions.data_file(
                edition=edition, kind=file.kind, at=timezone.now(), by=None, language=file.language, again=True
            )
        else:
            continue
        found += _differs(made)
    return found


MAKING = {
    "print": Verb("make the book as PDF", _print_arguments, _print),
    "export": Verb("write the frozen edition as a sheet or JSON document", _export_arguments, _export),
    "blogger": Verb("write an import file for Blogger, or HTML to paste", _blogger_arguments, _blogger),
    "verify": Verb("check frozen texts and made files against their hashes", _verify_arguments, _verify),
}
