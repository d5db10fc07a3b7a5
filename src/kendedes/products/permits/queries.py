"""Which permits lapse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kendedes.network.models import Someone
from kendedes.products.models import Permit
from kendedes.products.permits import rules
from kendedes.products.permits.rules import Verdict

MONTHS = 6  # a P-IRT is renewed within its last six months


@dataclass(frozen=True)
class Watch:
    """Permits in use that lapsed, that will within six months, and those whose end or form needs a look."""

    lapsed: list[Permit]
    soon: list[Permit]
    doubtful: list[tuple[Permit, Verdict]]


def lapsing(user: Someone, on: date) -> tuple[QuerySet[Permit], QuerySet[Permit]]:
    """(lapsed, lapsing within six months) for ``user``."""
    rows = Permit.objects.visible_to(user).filter(ended_on=None, producer__ended_on=None)
    soon = rows.filter(valid_until__gte=on, valid_until__lt=rules.months_later(on, MONTHS))
    return rows.filter(valid_until__lt=on), soon


def watch(user: Someone, on: date) -> Watch:
    """What ``user`` should see to, soonest first."""
    rows = Permit.objects.visible_to(user).filter(ended_on=None, producer__ended_on=None)
    rows = rows.select_related("producer__village__parent", "producer__unit__district", "product")
    dated = rows.filter(valid_until__lt=rules.months_later(on, MONTHS)).order_by("valid_until", "id")
    lapsed: list[Permit] = []
    soon: list[Permit] = []
    for permit in dated:
        (lapsed if permit.valid_until is not None and permit.valid_until < on else soon).append(permit)
    doubtful = []
    for permit in rows.filter(Q(verified_by=None)).order_by("producer__name", "id"):
        verdict = rules.check(permit.kind, permit.number, on)
        if verdict.shape == rules.Shape.WRONG:
            doubtful.append((permit, verdict))
    return Watch(lapsed, soon, doubtful)
