"""The rotation calendar: who would fill which facing in the coming periods."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from kendedes.gallery.models import Facing, Quota, Shelf
from kendedes.gallery.rules.fairness import Entrant, Plan, Seat, calendar
from kendedes.network.models import Association, Unit


@dataclass(frozen=True)
class Period:
    """One period of the calendar; ``rows``: (shelf, [(facing, unit)]) in the order they stand."""

    starts_on: date
    plan: Plan
    rows: list[tuple[Shelf, list[tuple[int, Unit]]]]


@dataclass(frozen=True)
class Tally:
    """What a unit had until now, in facing-days, and what it would get in the periods shown."""

    unit: Unit
    days: int
    coming: int
    weight: int


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def had(association: Association, today: date) -> dict[int, tuple[int, int]]:
    """Facing-days and worth-days of each unit up to yesterday."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    rows = Facing.objects.filter(shelf__stand__venue__association=association, starts_on__lt=today)
    for unit, starts_on, ends_on, worth in rows.values_list("unit", "starts_on", "ends_on", "shelf__worth"):
        last = min(ends_on or today, today - timedelta(days=1))
        days = (last - starts_on).days + 1
        if days > 0:
            found[unit][0] += days
            found[unit][1] += days * worth
    return {unit: (days, worth) for unit, (days, worth) in found.items()}


def weights_of(association: Association) -> dict[int, int]:
    """The share of each unit of the association."""
    units = Unit.objects.filter(association=association).values_list("pk", flat=True)
    known = dict(Quota.objects.filter(unit__association=association).values_list("unit", "weight"))
    return {unit: known.get(unit, 1) for unit in units}


def rotation(association: Association, today: date, periods: int) -> tuple[list[Period], list[Tally]]:
    """The coming months by the fairness rule, from what each unit had so far, and the tally of every unit."""
    units = {u.pk: u for u in Unit.objects.filter(association=association).select_related("district")}
    shelves = {
        s.pk: s
        for s in Shelf.objects.standing().filter(stand__venue__association=association).select_related("stand__venue")
    }
    seats = [Seat((s.pk, n), s.worth) for s in shelves.values() for n in range(1, s.facings + 1)]
    past = had(association, today)
    # A month counts as thirty facing-days, so that what was and what is planned have one measure.
    weights = weights_of(association)
    entrants = [
        Entrant(pk, weights[pk], past.get(pk, (0, 0))[0] // 30, past.get(pk, (0, 0))[1] // 30) for pk in sorted(units)
    ]
    plans = calendar(seats, entrants, periods)
    starts, found = next_month(today), []
    for one in plans:
        by_shelf = defaultdict(list)
        for (shelf, number), unit in sorted(one.items()):
            by_shelf[shelf].append((number, units[unit]))
        found.append(Period(starts, one, [(shelves[pk], rows) for pk, rows in by_shelf.items()]))
        starts = next_month(starts)
    coming: dict[int, int] = defaultdict(int)
    for one in plans:
        for unit in one.values():
            coming[unit] += 1
    tallies = [Tally(u, past.get(pk, (0, 0))[0], coming[pk], weights[pk]) for pk, u in units.items()]
    return found, sorted(tallies, key=lambda t: t.unit.district.name)
