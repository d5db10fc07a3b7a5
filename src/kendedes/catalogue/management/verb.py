"""What a verb of ``kendedes edition`` is, and how it finds what it is about."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.management.base import CommandError

from kendedes.catalogue.models import Edition
from kendedes.network.models import Association, Unit

REFUSED = 2
Options = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """``lines`` for people, ``facts`` for programs; ``findings`` make the exit code 1."""

    lines: Sequence[str]
    facts: Any
    findings: Sequence[str] = ()


@dataclass(frozen=True)
class Verb:
    help: str
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Options], Answer]


def association_of(options: Options) -> Association:
    """The association named, or the only one."""
    rows = Association.objects.select_related("region")
    slug = options["association"]
    found = list(rows.filter(slug=slug) if slug else rows[:2])
    if len(found) != 1:
        known = ", ".join(Association.objects.order_by("slug").values_list("slug", flat=True)) or "–"
        raise CommandError(f"--association SLUG: {known}", returncode=REFUSED)
    return found[0]


def unit_of(options: Options) -> Unit:
    """The unit of ``--unit CODE``."""
    code = options["unit"]
    found = Unit.objects.select_related("district").filter(association=association_of(options), code__iexact=code)
    unit = found.first()
    if unit is None:
        raise CommandError(f"unit {code} tidak dikenal", returncode=REFUSED)
    return unit


def edition_of(options: Options) -> Edition:
    """The edition of the address given, e.g. ``wajak-2026-1``."""
    slug = options["edition"]
    rows = Edition.objects.select_related("association__region", "unit__district", "cover_photo__product")
    edition = rows.filter(association=association_of(options), slug=slug).first()
    if edition is None:
        raise CommandError(f"edisi {slug} tidak dikenal; lihat: kendedes edition list", returncode=REFUSED)
    return edition


def told(edition: Edition) -> dict[str, Any]:
    """An edition for programs."""
    frozen = edition.frozen if edition.is_fixed else None
    return {
        "edition": edition.slug,
        "level": edition.level,
        "unit": edition.unit.code if edition.unit else None,
        "title": edition.title_id,
        "period": edition.period,
        "year": edition.year,
        "number": edition.number,
        "state": edition.state,
        "products": frozen.products if frozen else edition.items.count(),
        "sha256": frozen.sha256 if frozen else None,
        "locked_at": frozen.locked_at.isoformat() if frozen else None,
    }


def line(edition: Edition) -> str:
    """An edition in one line for people."""
    facts = told(edition)
    mark = f"  {facts['sha256'][:16]}…" if facts["sha256"] else ""
    state = edition.get_state_display()
    return f"{edition.slug:<28} {edition.period:<9} {state:<12} {facts['products']:>5} produk{mark}"


def takes_edition(parser: ArgumentParser) -> None:
    """The argument EDITION."""
    parser.add_argument("edition", metavar="EDITION", help="address of the edition, e.g. wajak-2026-1")
