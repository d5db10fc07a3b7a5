"""Places papers may name, and who may move goods there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from kendedes.journal.models import User
from kendedes.ledger.models import Place
from kendedes.network.models import Association, Unit
from kendedes.network.queries import associations_of, scope
from kendedes.network.rules import Right

GALLERY = (Place.Kind.SHELF, Place.Kind.STORE, Place.Kind.EVENT)


@dataclass(frozen=True)
class Spot:
    """A place by its key in the ledger (it may not be made yet). ``mine``: this person may move goods there."""

    key: str
    name: str
    kind: str
    mine: bool


def house_of(user: User) -> Association | None:
    """The association whose goods this person moves (the first, if several)."""
    return Association.objects.filter(pk__in=associations_of(user, Right.MOVE_STOCK)).order_by("pk").first()


def spots(user: User, association: Association) -> list[Spot]:
    """The gallery's store and shelves, events, the stores of units."""
    found = scope(user, Right.MOVE_STOCK)
    whole = association.pk in found.associations
    rows = Place.objects.filter(association=association, kind__in=(Place.Kind.SHELF, Place.Kind.EVENT))
    # A stand with shelves holds goods on them, not by itself; what was given up holds none.
    rows = rows.exclude(stand__shelves__ended_on=None, stand__shelves__isnull=False)
    rows = rows.exclude(Q(stand__ended_on__isnull=False) | Q(shelf__ended_on__isnull=False)).distinct()
    made = sorted(rows, key=lambda p: (p.kind != Place.Kind.SHELF, natural(p.name)))
    store = Spot("store", str(Place.Kind.STORE.label), Place.Kind.STORE, whole)
    units = Unit.objects.filter(association=association).select_related("district").order_by("district__name")
    return [
        store,
        *(Spot(p.key, p.name, p.kind, whole) for p in made),
        *(
            Spot(f"unit:{u.pk}", _("Gudang %(unit)s") % {"unit": u}, Place.Kind.UNIT, whole or u.pk in found.units)
            for u in units
        ),
    ]


def natural(name: str) -> list[tuple[int, str]]:
    """Stan 2 before Stan 10."""
    parts: list[tuple[int, str]] = []
    word = ""
    for letter in name + " ":
        if letter.isdigit() == (word[-1:].isdigit()) or not word:
            word += letter
            continue
        parts.append((int(word), "") if word.isdigit() else (0, word))
        word = letter
    return [*parts, (0, word)]


def moves(user: User, place: Place | None) -> bool:
    """Whether this person may move goods from or to the place."""
    return place is not None and Place.objects.allowed(user, Right.MOVE_STOCK).filter(pk=place.pk).exists()
