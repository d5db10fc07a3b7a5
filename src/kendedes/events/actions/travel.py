"""Goods travel to the fair and come back counted."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kendedes.consignment.actions import turned_up
from kendedes.events.actions.refusals import EventState, NotCounted, NothingPacked
from kendedes.events.models import Event, PackLine, Trip
from kendedes.journal.models import User
from kendedes.ledger.actions import Carried, Posted, carry, write_off
from kendedes.ledger.actions.locks import hold
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import meaning
from kendedes.ledger.models import Lot, Place
from kendedes.ledger.queries import stock_at


@transaction.atomic
def send_out(
    *, event: Event, at: datetime, by: User | None, carrier: str = "", key: uuid.UUID | None = None
) -> Trip:  # fmt: skip
    """Everything on the pack list leaves its shelf for the fair; the list is empty then, more may follow later.

    ``key``: the form's; sent twice it counts once. Raises NothingPacked, EventState, NotEnoughStock.
    """
    held = _held(event)
    if key and (known := Trip.objects.filter(posting__entry__key=key).first()):
        return known
    if held.state == Event.State.BACK:
        raise EventState(name=held.name, state=held.get_state_display())
    lines = list(PackLine.objects.filter(event=held))
    if not lines:
        raise NothingPacked
    carried = [Carried(line.lot_id, line.source_id, held.place_id, line.quantity) for line in lines]
    posted = carry(_case(held, at, by, key, carrier), carried=carried, deed="event.send_out")
    PackLine.objects.filter(event=held).delete()
    held.state = Event.State.OUT
    held.save(update_fields=["state"])
    return _trip(held, Trip.Kind.OUT, posted, carrier=carrier, at=at, by=by)


@dataclass(frozen=True, slots=True)
class Counted:
    """Pieces of a lot that were counted when the truck came back."""

    lot: int
    quantity: int


@transaction.atomic
def count_back(
    *, event: Event, counted: Sequence[Counted], into: Place, at: datetime, by: User | None, carrier: str = "",
    key: uuid.UUID | None = None,
) -> Trip:  # fmt: skip
    """What was counted goes to ``into``; what is missing is lost as the terms say, what is more was found.

    Every lot the books have at the fair must be counted. Raises EventState, NotCounted.
    """
    held = _held(event)
    if key and (known := Trip.objects.filter(posting__entry__key=key).first()):
        return known
    if held.state != Event.State.OUT:
        raise EventState(name=held.name, state=held.get_state_display())
    there = stock_at(held.association, held.place.key)
    found = {line.lot: line.quantity for line in counted}
    for number in there.keys() - found.keys():
        left_out = Lot.objects.get(pk=number)
        raise NotCounted(name=left_out.name, code=left_out.code)
    lost, more = meaning(held.association, Place.Kind.LOST), meaning(held.association, Place.Kind.FOUND)
    gone = [
        Carried(lot, held.place_id, lost, books - found[lot])
        for lot, books in sorted(there.items())
        if found[lot] < books
    ]
    if gone:
        write_off(_case(held, at, by, None, carrier), gone=gone, deed="event.missing")
    home: list[Carried] = []
    for lot, quantity in sorted(found.items()):
        books = there.get(lot, 0)
        if min(quantity, books):
            home.append(Carried(lot, held.place_id, into.pk, min(quantity, books)))
        if quantity > books:
            home.append(Carried(lot, more, into.pk, quantity - books))
    posted = turned_up(_case(held, at, by, key, carrier), carried=home, deed="event.count_back", spot=into)
    held.state = Event.State.BACK
    held.save(update_fields=["state"])
    return _trip(held, Trip.Kind.BACK, posted, carrier=carrier, at=at, by=by)


def _held(event: Event) -> Event:
    """The row as it stands now; the ledger's lock keeps two counts apart."""
    hold(event.association_id)
    return Event.objects.select_related("association", "place").get(pk=event.pk)


def _case(event: Event, at: datetime, by: User | None, key: uuid.UUID | None, carrier: str) -> Case:
    return Case(
        association=event.association, at=at, by=by, key=key, subjects=[event, event.association],
        facts={"name": event.name, "carrier": carrier},
    )  # fmt: skip


def _trip(event: Event, kind: Trip.Kind, posted: Posted, *, carrier: str, at: datetime, by: User | None) -> Trip:
    start = f"SJP/{event.association_id}/{at.year}/"
    number = f"{start}{Trip.objects.filter(number__startswith=start).count() + 1:04}"
    return Trip.objects.create(
        event=event, kind=kind, number=number, carrier=carrier, posting=posted.posting, made_at=at, made_by=by
    )
