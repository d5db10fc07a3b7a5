"""Verbs that change an edition or tell about it."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.utils import timezone

from kendedes.catalogue import actions, queries
from kendedes.catalogue.management.verb import (
    REFUSED,
    Answer,
    Options,
    Verb,
    association_of,
    edition_of,
    line,
    takes_edition,
    told,
    unit_of,
)
from kendedes.catalogue.models import Edition
from kendedes.catalogue.queries.findings import sentences
from kendedes.products.models import Product


def _none(_parser: ArgumentParser) -> None:
    """No argument of its own."""


def _list(options: Options) -> Answer:
    rows = Edition.objects.filter(association=association_of(options)).select_related("unit__district", "frozen")
    editions = list(rows.order_by("-year", "-period", "level", "slug"))
    return Answer([line(e) for e in editions] or ["belum ada edisi"], [told(e) for e in editions])


def _open_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--unit", default="", metavar="CODE", help="unit of a kecamatan; without it: the regency")
    parser.add_argument("--year", type=int, metavar="YEAR", help="default: this year")
    parser.add_argument("--period", default="", metavar="PERIOD", help="default: the running one, e.g. 2026/I")


def _open(options: Options) -> Answer:
    unit = unit_of(options) if options["unit"] else None
    edition = actions.open_edition(
        association=association_of(options), unit=unit, at=timezone.now(), by=None, year=options["year"],
        period=options["period"],
    )  # fmt: skip
    return Answer([line(edition)], told(edition))


def _choose_arguments(parser: ArgumentParser) -> None:
    takes_edition(parser)
    parser.add_argument("codes", nargs="*", metavar="CODE", help="products in their order; replaces the selection")
    parser.add_argument("--all", action="store_true", help="add every accepted product of the unit")


def _choose(options: Options) -> Answer:
    edition = edition_of(options)
    if bool(options["codes"]) == options["all"]:
        raise CommandError("CODE … or --all", returncode=REFUSED)
    if options["all"]:
        actions.propose(edition=edition, at=timezone.now(), by=None)
        return Answer([line(edition)], told(edition))
    rows = Product.objects.filter(association=edition.association_id, code__in=options["codes"])
    found = {product.code: product for product in rows}
    unknown = [code for code in options["codes"] if code not in found]
    if unknown:
        raise CommandError(f"produk tidak dikenal: {', '.join(unknown)}", returncode=REFUSED)
    actions.choose(edition=edition, products=[found[c] for c in options["codes"]], at=timezone.now(), by=None)
    return Answer([line(edition)], told(edition))


def _proof(options: Options) -> Answer:
    edition = actions.to_proof(edition=edition_of(options), at=timezone.now(), by=None)
    return _check({**options, "edition": edition.slug})


def _draft_arguments(parser: ArgumentParser) -> None:
    takes_edition(parser)
    parser.add_argument("--reason", default="", help="why")


def _draft(options: Options) -> Answer:
    edition = actions.back_to_draft(
        edition=edition_of(options), at=timezone.now(), by=None, reason=options["reason"]
    )  # fmt: skip
    return Answer([line(edition)], told(edition))


def _check(options: Options) -> Answer:
    edition = edition_of(options)
    found = queries.preflight(edition, timezone.now())
    told_of = sentences(found, "id")
    return Answer(
        [line(edition)],
        {**told(edition), "findings": found},
        [f"{f['level']}: {text}" for f, text in zip(found, told_of, strict=True)],
    )


def _lock(options: Options) -> Answer:
    edition = actions.lock(edition=edition_of(options), at=timezone.now(), by=None)
    found = queries.preflight(edition, timezone.now())
    lines = [line(edition), f"SHA-256 {edition.frozen.sha256}", f"catatan saat dikunci: {len(found)}"]
    return Answer(lines, {**told(edition), "findings": found})


def _compose_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--period", default="", metavar="PERIOD", help="default: of the newest locked unit edition")


def _compose(options: Options) -> Answer:
    edition = actions.compose_regency(
        association=association_of(options), at=timezone.now(), by=None, period=options["period"]
    )
    missing = [unit.code for unit in queries.missing_units(edition)]
    chapters = list(edition.chapters.order_by("position").values_list("edition__slug", flat=True))
    lines = [line(edition), f"{len(chapters)} bab", f"belum ikut: {', '.join(missing) or '–'}"]
    return Answer(lines, {**told(edition), "chapters": chapters, "missing": missing})


def _publish_arguments(parser: ArgumentParser) -> None:
    takes_edition(parser)
    parser.add_argument("--with-units", action="store_true", help="publish locked chapters of a regency edition too")


def _publish(options: Options) -> Answer:
    edition = actions.publish(
        edition=edition_of(options), at=timezone.now(), by=None, with_units=options["with_units"]
    )  # fmt: skip
    return Answer([line(edition)], told(edition))


def _diff(options: Options) -> Answer:
    edition, at = edition_of(options), timezone.now()
    found = queries.told(edition, at, "id")
    lines = [f"{edition.slug} dibandingkan dengan {found.previous.slug if found.previous else '– (edisi pertama)'}"]
    lines += [f"+ {e['code']} {e['name']['id']}" for e in found.new]
    for changed in found.changed:
        lines.append(f"~ {changed.code} {changed.name}")
        lines += [f"    {part.field}: {part.old} → {part.new}" for part in changed.lines]
    lines += [f"- {e['code']} {e['name']['id']}" for e in found.dropped]
    lines.append(
        f"{len(found.new)} baru, {len(found.changed)} berubah, {len(found.dropped)} tidak lagi, {found.unchanged} tetap"
    )
    facts = queries.changes(edition, at).as_json()
    return Answer(lines, {"edition": edition.slug, "previous": found.previous and found.previous.slug, **facts})


def _erratum_arguments(parser: ArgumentParser) -> None:
    takes_edition(parser)
    parser.add_argument("--code", default="", metavar="CODE", help="of the product; empty: about the edition itself")
    for name, about in (
        ("field", "what is wrong, e.g. harga"), ("old", "as printed"), ("new", "as it should read"), ("reason", "why"),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", required=name != "old", default="", help=about)


def _erratum(options: Options) -> Answer:
    edition = edition_of(options)
    row = actions.add_erratum(
        edition=edition, code=options["code"], field=options["field"], old_text=options["old"],
        new_text=options["new"], reason=options["reason"], at=timezone.now(), by=None,
    )  # fmt: skip
    return Answer([f"{edition.slug}: ralat nomor {row.number}"], {"edition": edition.slug, "number": row.number})


WRITING = {
    "list": Verb("list editions, newest first", _none, _list),
    "open": Verb("open the next edition; it starts from the last one", _open_arguments, _open),
    "choose": Verb("choose products of a draft", _choose_arguments, _choose),
    "check": Verb("what to look at before locking", takes_edition, _check),
    "proof": Verb("hand a draft over for proof-reading", takes_edition, _proof),
    "draft": Verb("take a proof back to be changed", _draft_arguments, _draft),
    "lock": Verb("freeze an edition for ever; its products are published", takes_edition, _lock),
    "compose": Verb("compose the regency edition from locked unit editions", _compose_arguments, _compose),
    "publish": Verb("make a locked edition public", _publish_arguments, _publish),
    "diff": Verb("what changed since the last edition", takes_edition, _diff),
    "erratum": Verb("add a numbered correction to a locked edition", _erratum_arguments, _erratum),
}
