"""A fair is planned, its pack list written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from kendedes.events.actions.refusals import EventState
from kendedes.events.models import Event, PackLine
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.journal.rules import changes
from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import Place
from kendedes.network.models import Association


@transaction.atomic
def plan_event(
    *, association: Association, name: str, starts_on: date, ends_on: date, at: datetime, by: User | None, host: str = "",
    where: str = "",
) -> Event:  # fmt: skip
    """A fair with a place of its own in the ledger."""
    number = Event.objects.filter(association=association).count() + 1
    spot = place(association, Place.Kind.EVENT, key=f"event:{number}", name=name)
    event = Event.objects.create(
        association=association, name=name, host=host, where=where, starts_on=starts_on, ends_on=ends_on, place=spot
    )
    record(
        deed="event.plan", at=at, by=by, subjects=[event, association], facts={"name": name, "from": str(starts_on)}
    )  # fmt: skip
    return event


@transaction.atomic
def change_event(*, event: Event, at: datetime, by: User | None, **values: str | date) -> Event:
    """Mend what was planned."""
    before = {name: getattr(event, name) for name in values}
    for name, value in values.items():
        setattr(event, name, value)
    event.save(update_fields=list(values))
    record(
        deed="event.change", at=at, by=by, subjects=[event, event.association],
        facts={"name": event.name, "changes": changes(before, values)},
    )  # fmt: skip
    return event


@transaction.atomic
def set_pack(*, event: Event, lines: Mapping[tuple[int, int], int], at: datetime, by: User | None) -> None:
    """What is meant to travel: ``{(lot, source): pieces}``; replaces the list. Raises EventState once goods are out."""
    _write_pack(_packable(event), lines, at=at, by=by)


@transaction.atomic
def amend_pack(*, event: Event, lines: Mapping[tuple[int, int], int], at: datetime, by: User | None) -> None:
    """Change only these lines of the list, those with 0 are taken off it; nothing is noted where nothing differs.

    Raises EventState once goods are out.
    """
    held = _packable(event)
    before = {(line.lot_id, line.source_id): line.quantity for line in PackLine.objects.filter(event=held)}
    after = {spot: pieces for spot, pieces in (before | dict(lines)).items() if pieces > 0}
    if after != before:
        _write_pack(held, after, at=at, by=by)


def _packable(event: Event) -> Event:
    held = Event.objects.select_for_update().get(pk=event.pk)
    if held.state == Event.State.BACK:
        raise EventState(name=held.name, state=held.get_state_display())
    return held


def _write_pack(held: Event, lines: Mapping[tuple[int, int], int], *, at: datetime, by: User | None) -> None:
    PackLine.objects.filter(event=held).delete()
    PackLine.objects.bulk_create(
        PackLine(event=held, lot_id=lot, source_id=source, quantity=quantity)
        for (lot, source), quantity in lines.items()
        if quantity > 0
    )
    record(
        deed="event.pack", at=at, by=by, subjects=[held, held.association],
        facts={"name": held.name, "lots": len(lines), "pieces": sum(lines.values())},
    )  # fmt: skip
