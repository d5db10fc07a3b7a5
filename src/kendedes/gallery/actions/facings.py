"""Giving facings to units, one by one or all at once by the fairness rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from kendedes.gallery.actions.refusals import NoSuchFacing
from kendedes.gallery.models import Facing, Quota, Shelf
from kendedes.gallery.queries.rotation import weights_of
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Association, Unit


def _end(shelf: int, number: int, on: date) -> None:
    """Whoever holds the facing holds it until the day before; what would begin that day or later is dropped."""
    Facing.objects.filter(shelf=shelf, number=number, starts_on__gte=on).delete()
    Facing.objects.filter(shelf=shelf, number=number, ends_on=None).update(ends_on=on - timedelta(days=1))


@transaction.atomic
def assign_facing(*, shelf: Shelf, number: int, unit: Unit, starts_on: date, at: datetime, by: User | None) -> Facing:
    """The unit fills the facing from a day on; who did before ends. Raises NoSuchFacing."""
    if not 1 <= number <= shelf.facings:
        raise NoSuchFacing(name=str(shelf), there=shelf.facings)
    _end(shelf.pk, number, starts_on)
    facing = Facing.objects.create(shelf=shelf, number=number, unit=unit, starts_on=starts_on)
    record(
        deed="shelf.facing", at=at, by=by, subjects=[shelf, unit],
        facts={"name": str(shelf), "number": number, "unit": str(unit), "since": starts_on},
    )  # fmt: skip
    return facing


@transaction.atomic
def free_facing(*, shelf: Shelf, number: int, on: date, at: datetime, by: User | None) -> None:
    """Nobody fills the facing from a day on."""
    _end(shelf.pk, number, on)
    record(
        deed="shelf.facing_free", at=at, by=by, subjects=[shelf, shelf.stand.venue.association],
        facts={"name": str(shelf), "number": number},
    )  # fmt: skip


@transaction.atomic
def rotate(
    *, association: Association, plan: Mapping[tuple[int, int], int], starts_on: date, at: datetime, by: User | None
) -> int:
    """Put a whole plan ``{(shelf, facing): unit}`` into force from a day on. Returns how many facings changed hands."""
    shelves = Shelf.objects.filter(pk__in={shelf for shelf, _ in plan}, stand__venue__association=association)
    units = Unit.objects.filter(pk__in=set(plan.values()), association=association).in_bulk()
    there = {shelf.pk: shelf for shelf in shelves.select_related("stand")}
    held = {
        (shelf, number): unit
        for shelf, number, unit in Facing.objects.filter(shelf__in=there)
        .on(starts_on)
        .values_list("shelf", "number", "unit")
    }
    changed = 0
    for (shelf, number), unit in sorted(plan.items()):
        if shelf not in there or unit not in units or held.get((shelf, number)) == unit:
            continue
        if not 1 <= number <= there[shelf].facings:
            raise NoSuchFacing(name=str(there[shelf]), there=there[shelf].facings)
        _end(shelf, number, starts_on)
        Facing.objects.create(shelf_id=shelf, number=number, unit_id=unit, starts_on=starts_on)
        changed += 1
    record(
        deed="facing.rotate", at=at, by=by, subjects=[association],
        facts={"since": starts_on, "changed": changed, "all": len(plan)},
    )  # fmt: skip
    return changed


@transaction.atomic
def set_quotas(*, association: Association, weights: Mapping[int, int], at: datetime, by: User | None) -> int:
    """How large a share each unit gets from the next rotation on, ``{unit: weight}``. Returns how many changed."""
    before = weights_of(association)
    changed = {unit: weight for unit, weight in weights.items() if before.get(unit, weight) != weight}
    for unit, weight in changed.items():
        Quota.objects.update_or_create(unit_id=unit, defaults={"weight": min(weight, Quota.MOST)})
    if changed:
        names = {u.pk: str(u) for u in Unit.objects.filter(pk__in=changed).select_related("district")}
        record(
            deed="facing.quota", at=at, by=by, subjects=[association],
            facts={"units": ", ".join(f"{names[u]} {before[u]}→{w}" for u, w in sorted(changed.items()))},
        )  # fmt: skip
    return len(changed)
