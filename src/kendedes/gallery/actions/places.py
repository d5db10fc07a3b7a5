"""Setting up venues, stands, shelves; mandates; the roster."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from kendedes.gallery.actions.refusals import NameTaken, StillHoldsGoods
from kendedes.gallery.models import Duty, Mandate, Shelf, Stand, Venue
from kendedes.gallery.rules.plan import next_spot
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import Place
from kendedes.ledger.queries import stock_at
from kendedes.network.models import Association
from kendedes.products import documents


@transaction.atomic
def add_venue(*, association: Association, name: str, at: datetime, by: User | None, address: str = "") -> Venue:
    """A building with stands. Raises NameTaken."""
    if Venue.objects.filter(association=association, name=name).exists():
        raise NameTaken(name=name)
    venue = Venue.objects.create(association=association, name=name, address=address)
    record(deed="venue.create", at=at, by=by, subjects=[venue], facts={"name": name})
    return venue


@transaction.atomic
def change_venue(*, venue: Venue, name: str, address: str, at: datetime, by: User | None) -> Venue:
    """Name and address. Raises NameTaken."""
    if Venue.objects.filter(association=venue.association_id, name=name).exclude(pk=venue.pk).exists():
        raise NameTaken(name=name)
    venue.name, venue.address = name, address
    venue.save(update_fields=["name", "address"])
    record(deed="venue.change", at=at, by=by, subjects=[venue], facts={"name": name})
    return venue


@transaction.atomic
def add_stand(
    *, venue: Venue, number: str, at: datetime, by: User | None, name: str = "", **drawn: int
) -> Stand:  # fmt: skip
    """A stand with its place in the ledger. ``drawn``: left, top, width, height; the next free spot when left out.

    Raises NameTaken.
    """
    if Stand.objects.filter(venue=venue, number=number).exists():
        raise NameTaken(name=number)
    if not {"left", "top"} <= drawn.keys():
        drawn["left"], drawn["top"] = next_spot(Stand.objects.filter(venue=venue).count())
    stand = Stand(venue=venue, number=number, name=name, **drawn)
    stand.place = place(
        venue.association, Place.Kind.SHELF, key=f"stand:{venue.pk}:{number}", name=str(stand)
    )  # fmt: skip
    stand.save()
    record(deed="stand.create", at=at, by=by, subjects=[stand, venue.association], facts={"name": str(stand)})
    return stand


@transaction.atomic
def change_stand(*, stand: Stand, at: datetime, by: User | None, **fields: Any) -> Stand:
    """Name and where it is drawn; its number stays, papers name it."""
    for field, value in fields.items():
        setattr(stand, field, value)
    stand.save(update_fields=list(fields))
    _name_places(stand)
    record(deed="stand.change", at=at, by=by, subjects=[stand, stand.venue.association], facts={"name": str(stand)})
    return stand


def _name_places(stand: Stand) -> None:
    Place.objects.filter(pk=stand.place_id).update(name=str(stand))
    for shelf in stand.shelves.select_related("stand"):
        Place.objects.filter(pk=shelf.place_id).update(name=str(shelf))


@transaction.atomic
def add_shelf(
    *, stand: Stand, name: str, at: datetime, by: User | None, facings: int = 4, worth: int = Shelf.Worth.FAIR
) -> Shelf:
    """A shelf with its place in the ledger. Raises NameTaken."""
    if Shelf.objects.filter(stand=stand, name=name).exists():
        raise NameTaken(name=name)
    position = Shelf.objects.filter(stand=stand).count()
    shelf = Shelf(stand=stand, name=name, position=position, facings=facings, worth=worth)
    association = stand.venue.association
    shelf.place = place(association, Place.Kind.SHELF, key=f"shelf:{stand.pk}:{name}", name=str(shelf))
    shelf.save()
    record(deed="shelf.create", at=at, by=by, subjects=[shelf, stand, association], facts={"name": str(shelf)})
    return shelf


@transaction.atomic
def change_shelf(*, shelf: Shelf, facings: int, worth: int, at: datetime, by: User | None) -> Shelf:
    """How many facings it has and how well it is seen. Facings above the new number are freed."""
    shelf.facings, shelf.worth = facings, worth
    shelf.save(update_fields=["facings", "worth"])
    day = at.date()
    shelf.fillings.filter(number__gt=facings, ends_on=None, starts_on__lte=day).update(ends_on=day)
    record(
        deed="shelf.change", at=at, by=by, subjects=[shelf, shelf.stand, shelf.stand.venue.association],
        facts={"name": str(shelf), "facings": facings, "worth": worth},
    )  # fmt: skip
    return shelf


def _must_be_empty(spot: Place, name: str) -> None:
    pieces = sum(stock_at(spot.association, spot.key).values())
    if pieces:
        raise StillHoldsGoods(name=name, pieces=pieces)


@transaction.atomic
def end_shelf(*, shelf: Shelf, on: date, at: datetime, by: User | None) -> Shelf:
    """The shelf is given up. Raises StillHoldsGoods."""
    _must_be_empty(shelf.place, str(shelf))
    shelf.ended_on = on
    shelf.save(update_fields=["ended_on"])
    shelf.fillings.filter(ends_on=None, starts_on__lte=on).update(ends_on=on)
    record(
        deed="shelf.end", at=at, by=by, subjects=[shelf, shelf.stand, shelf.stand.venue.association],
        facts={"name": str(shelf), "on": on},
    )  # fmt: skip
    return shelf


@transaction.atomic
def end_stand(*, stand: Stand, on: date, at: datetime, by: User | None) -> Stand:
    """The stand is given up, its shelves too. Raises StillHoldsGoods."""
    for shelf in stand.shelves.filter(ended_on=None).select_related("stand", "place__association"):
        end_shelf(shelf=shelf, on=on, at=at, by=by)
    _must_be_empty(stand.place, str(stand))
    stand.ended_on = on
    stand.save(update_fields=["ended_on"])
    record(
        deed="stand.end", at=at, by=by, subjects=[stand, stand.venue.association], facts={"name": str(stand), "on": on}
    )
    return stand


@transaction.atomic
def add_mandate(
    *, venue: Venue, number: str, giver: str, starts_on: date, stands: Iterable[Stand], at: datetime, by: User | None,
    ends_on: date | None = None, about: str = "",
) -> Mandate:  # fmt: skip
    """A paper that gives the right to run stands. Raises NameTaken."""
    if Mandate.objects.filter(venue=venue, number=number).exists():
        raise NameTaken(name=number)
    mandate = Mandate.objects.create(
        venue=venue, number=number, giver=giver, about=about, starts_on=starts_on, ends_on=ends_on
    )
    mandate.stands.set(stands)
    record(
        deed="mandate.add", at=at, by=by, subjects=[mandate, venue.association],
        facts={"name": number, "giver": giver, "since": starts_on},
    )  # fmt: skip
    return mandate


def keep_mandate_file(*, mandate: Mandate, data: bytes, name: str, at: datetime, by: User | None) -> Mandate:
    """Keep the paper itself; the one before is replaced. Raises FileRefused, DiskFull. Not inside a transaction."""
    kept = documents.keep(data, name, folder="mandat")
    with transaction.atomic():
        mandate.file = kept
        mandate.save(update_fields=["file"])
        record(
            deed="mandate.file", at=at, by=by, subjects=[mandate, mandate.venue.association],
            facts={"name": mandate.number, "sha256": Path(kept).stem},
        )  # fmt: skip
    return mandate


@transaction.atomic
def put_on_duty(
    *, stand: Stand, user: User, weekdays: str, starts_on: date, at: datetime, by: User | None,
    ends_on: date | None = None,
) -> Duty:  # fmt: skip
    """A keeper looks after a stand."""
    days = "".join(sorted(set(weekdays) & set("1234567")))
    duty = Duty.objects.create(stand=stand, user=user, weekdays=days, starts_on=starts_on, ends_on=ends_on)
    record(
        deed="stand.duty", at=at, by=by, subjects=[stand, user, stand.venue.association],
        facts={"name": str(stand), "days": days},
    )  # fmt: skip
    return duty


@transaction.atomic
def take_off_duty(*, duty: Duty, on: date, at: datetime, by: User | None) -> Duty:
    """The last day of a duty; one that has not begun is over before it began."""
    duty.ends_on = max(on, duty.starts_on)
    duty.save(update_fields=["ends_on"])
    record(
        deed="stand.off_duty", at=at, by=by, subjects=[duty.stand, duty.user, duty.stand.venue.association],
        facts={"name": str(duty.stand)},
    )  # fmt: skip
    return duty
