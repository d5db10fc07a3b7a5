"""Rights lent sideways: who may lend and receive, and what is lent now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kendedes.journal.models import User
from kendedes.network.models import Association, Grant, Unit
from kendedes.network.queries import associations_of, scope
from kendedes.network.rules import LENDABLE, Right

Body = Association | Unit


@dataclass(frozen=True)
class GrantRow:
    """A grant as a list shows it. ``mine``: the person may take it back. ``begun``: it holds already."""

    grant: Grant
    mine: bool
    begun: bool


@dataclass(frozen=True)
class Grants:
    """Those that hold or will, and those that held, newest first."""

    holding: list[GrantRow]
    past: list[GrantRow]


def grants_of(user: User, at: datetime) -> Grants:
    """Grants given or received by bodies whose people ``user`` manages."""
    rows = Grant.objects.visible_to(user).select_related(
        "giver_association", "giver_unit__district", "giver_producer", "receiver_association", "receiver_unit__district"
    )
    mine = scope(user, Right.MANAGE_PEOPLE)
    found = Grants([], [])
    for grant in rows.order_by("-valid_from", "-pk"):
        over = grant.revoked_at is not None or (grant.valid_to is not None and grant.valid_to <= at)
        row = GrantRow(grant, not over and mine.covers(grant.giver), grant.valid_from <= at)
        (found.past if over else found.holding).append(row)
    return found


def givers(user: User) -> list[Body]:
    """Associations and units whose people ``user`` manages: she may lend their rights."""
    mine = scope(user, Right.MANAGE_PEOPLE)
    units = Unit.objects.allowed(user, Right.MANAGE_PEOPLE).select_related("district").order_by("district__name")
    return [*Association.objects.filter(pk__in=mine.associations).order_by("name"), *units]


def receivers(user: User) -> list[Body]:
    """Units of the own associations, and the other associations of this installation (their names are public)."""
    own = associations_of(user, Right.MANAGE_PEOPLE)
    units = Unit.objects.filter(association__in=own).select_related("district").order_by("district__name")
    return [*Association.objects.exclude(pk__in=own).order_by("name"), *units]


def lendable(user: User) -> list[Right]:
    """Rights ``user`` has and may lend, in the order of the roles."""
    return [right for right in Right if right in LENDABLE and scope(user, right)]
