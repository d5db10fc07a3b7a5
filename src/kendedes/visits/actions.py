"""Take up what was counted; words that mean the same; words that were dealt with."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Association
from kendedes.network.queries import association_of
from kendedes.products.models import Product
from kendedes.visits import tally
from kendedes.visits.models import Looked, Missed, Synonyms
from kendedes.visits.rules import finished

MOST_MISSED = 1_000  # an association's; the rarest go
MOST_GROUPS = 300
KEPT = timedelta(days=400)  # a year can be compared with the one before
FORGOTTEN = timedelta(days=180)


class TooFewWords(Refusal):
    """A group of synonyms needs two different entries."""

    code = "synonyms_too_few"
    message = _("Tulis sedikitnya dua kata yang berbeda, dipisah koma.")


class TooManyGroups(Refusal):
    """Every search reads all groups."""

    code = "synonyms_too_many"
    message = _("Paling banyak %(most)s kelompok kata.")


def gather(*, at: datetime) -> int:
    """Add the files that servers put down to the sums, and forget what is old; returns how many files."""
    files = sorted(tally.folder().glob("*.json")) if tally.folder().is_dir() else []
    looked: Counter[tuple[str, str, str]] = Counter()
    missed: Counter[tuple[str, str, str]] = Counter()
    for path in files:
        for kind, day, where, what, times in _rows(path):
            (looked if kind == tally.LOOKED else missed)[where, what, day] += times
    if files:
        with transaction.atomic():
            _add_looked(looked)
            _add_missed(missed)
            _forget(timezone.localdate(at))
        for path in files:
            path.unlink(missing_ok=True)
    return len(files)


def _rows(path: Path) -> list[tuple[str, str, str, str, int]]:
    try:
        return [
            (str(k), str(day), str(where), str(what), int(n)) for k, day, where, what, n in json.loads(path.read_text())
        ]
    except (OSError, ValueError):
        return []  # half a file after a power cut


def _add_looked(counted: Counter[tuple[str, str, str]]) -> None:
    by_host: dict[str, set[str]] = defaultdict(set)
    for host, slug, _day in counted:
        by_host[host].add(slug)
    sums: Counter[tuple[int, date]] = Counter()
    for host, slugs in by_host.items():
        association = association_of(host)
        if association is None:
            continue
        found = dict(Product.objects.filter(association=association, slug__in=slugs).values_list("slug", "pk"))
        for (where, slug, text), times in counted.items():
            if where == host and slug in found:
                sums[found[slug], date.fromisoformat(text)] += times
    rows = Looked.objects.filter(product__in={pk for pk, _ in sums}, day__in={day for _, day in sums})
    present = {(row.product_id, row.day) for row in rows}
    for pk, day in sorted(sums.keys() & present):
        Looked.objects.filter(product=pk, day=day).update(times=F("times") + sums[pk, day])
    Looked.objects.bulk_create(
        Looked(product_id=pk, day=day, times=sums[pk, day]) for pk, day in sorted(sums.keys() - present)
    )


def _add_missed(counted: Counter[tuple[str, str, str]]) -> None:
    typed: dict[str, set[str]] = defaultdict(set)
    for where, words, _day in counted:
        typed[where].add(words)
    whole = {(where, words) for where, texts in typed.items() for words in finished(texts)}
    known = set(Association.objects.values_list("pk", flat=True))
    for (where, words, day), times in sorted(counted.items()):
        if (where, words) in whole and int(where) in known:
            row, made = Missed.objects.get_or_create(
                association_id=int(where), words=words, defaults={"times": times, "last_on": day}
            )
            if not made:
                Missed.objects.filter(pk=row.pk).update(times=F("times") + times, last_on=day)


def _forget(today: date) -> None:
    Looked.objects.filter(day__lt=today - KEPT).delete()
    Missed.objects.filter(last_on__lt=today - FORGOTTEN).delete()
    for association in Association.objects.values_list("pk", flat=True):
        kept = Missed.objects.filter(association=association).order_by("-times", "-last_on", "pk")
        rare = list(kept.values_list("pk", flat=True)[MOST_MISSED:])
        Missed.objects.filter(pk__in=rare).delete()


@transaction.atomic
def add_synonyms(*, association: Association, words: str, at: datetime, by: User | None) -> Synonyms:
    """Words that mean the same in this association's search; the same group twice is one."""
    entries = _entries(words.split(","))
    if len(entries) < 2:
        raise TooFewWords
    said = ", ".join(entries)
    known = Synonyms.objects.filter(association=association, words=said).first()
    if known is not None:
        return known
    if Synonyms.objects.filter(association=association).count() >= MOST_GROUPS:
        raise TooManyGroups(most=MOST_GROUPS)
    row = Synonyms.objects.create(association=association, words=said)
    record(deed="synonyms.add", at=at, by=by, subjects=[association, row], facts={"words": said})
    return row


def _entries(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(entry for part in parts if (entry := " ".join(part.casefold().split()))))


@transaction.atomic
def remove_synonyms(*, synonyms: Synonyms, at: datetime, by: User | None) -> None:
    """These words no longer mean the same."""
    record(
        deed="synonyms.remove", at=at, by=by, subjects=[synonyms.association, synonyms], facts={"words": synonyms.words}
    )
    synonyms.delete()


@transaction.atomic
def settle_missed(*, missed: Missed, at: datetime, by: User | None) -> None:
    """Somebody saw to these words; they come back when they are looked for in vain again."""
    record(deed="missed.settle", at=at, by=by, subjects=[missed.association, missed], facts={"times": missed.times})
    missed.delete()
