"""People as the office sees them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from kendedes.journal.models import User
from kendedes.network.models import Invitation, Membership
from kendedes.network.queries import scope
from kendedes.network.rules import GIVABLE, LEVELS, Level, Right, Role


@dataclass(frozen=True)
class Known:
    """A person with the memberships the asker may see; ``whole``: she may manage all that this person is."""

    user: User
    memberships: tuple[Membership, ...]
    whole: bool


def known_people(user: User, text: str = "") -> list[Known]:
    """Everybody with a current role in a body whose people ``user`` manages, by name."""
    at = timezone.now()
    rows = Membership.objects.visible_to(user).current(at)
    if text:
        rows = rows.filter(Q(user__name__icontains=text) | Q(user__username__icontains=text))
    groups: dict[int, list[Membership]] = defaultdict(list)
    for row in rows.select_related("user", "association", "unit__district", "producer").order_by("user__name", "pk"):
        groups[row.user_id].append(row)
    held: dict[int, int] = defaultdict(int)
    for user_id in Membership.objects.current(at).filter(user__in=groups).values_list("user_id", flat=True):
        held[user_id] += 1
    return [Known(group[0].user, tuple(group), held[key] == len(group)) for key, group in groups.items()]


def is_managed(manager: User, person: User) -> bool:
    """Whether every current role of ``person`` lies where ``manager`` manages people, and she is somebody else.

    Only then may an account be closed or its password reset: who is more elsewhere must not be taken over from here.
    Somebody who manages a unit does not manage those who manage the same unit beside her.
    """
    if manager.pk == person.pk:
        return False
    found = scope(manager, Right.MANAGE_PEOPLE)
    held = list(Membership.objects.current(timezone.now()).filter(user=person).select_related("producer"))
    if not held:
        return False
    return all(_covers(found.associations, found.units, m) for m in held)


def _covers(associations: frozenset[int], units: frozenset[int], membership: Membership) -> bool:
    if membership.association_id in associations:
        return True
    return membership.producer is not None and membership.producer.unit_id in units


def givable(level: Level, *, whole_association: bool) -> list[Role]:
    """Roles that may be given at ``level`` by who manages people in the whole association, or in one unit."""
    mine = GIVABLE[Level.ASSOCIATION if whole_association else Level.UNIT]
    return [role for role in Role if role in mine and level in LEVELS[role] and role is not Role.BUYER]


def open_invitations(user: User, at: datetime) -> list[Invitation]:
    """Links still open in bodies whose people ``user`` manages, the next to expire first."""
    rows = Invitation.objects.visible_to(user).open(at)
    return list(rows.select_related("association", "unit__district", "producer", "invited_by").order_by("expires_at"))
