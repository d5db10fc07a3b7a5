"""Who may do what where, and how places and bodies are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from kendedes.network.models import Association, Grant, LegalForm, Membership, Producer, Region, Someone, Spelling, Unit
from kendedes.network.rules import LENDABLE, RIGHTS, STRONG, Right, Role, person_key, place_key


@dataclass(frozen=True)
class Scope:
    """The bodies in which a person has one right. A right in an association covers all its parts."""

    associations: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    producers: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.associations or self.units or self.producers)

    def covers(self, body: Association | Unit | Producer) -> bool:
        """Whether the right holds in this body; asks no database."""
        if isinstance(body, Association):
            return body.pk in self.associations
        if body.association_id in self.associations:
            return True
        if isinstance(body, Unit):
            return body.pk in self.units
        return body.unit_id in self.units or body.pk in self.producers


NOWHERE = Scope()
Parts = tuple[set[int], set[int], set[int]]


def scopes(user: Someone) -> dict[Right, Scope]:
    """Every right of ``user`` with where it holds; read once a request and kept on the user."""
    if not user.is_authenticated or not user.is_active:
        return {}
    known: dict[Right, Scope] | None = getattr(user, "_scopes", None)
    if known is not None:
        return known
    at = timezone.now()
    current = Q(valid_from__lte=at) & (Q(valid_to=None) | Q(valid_to__gt=at))
    where: dict[Right, Parts] = defaultdict(lambda: (set(), set(), set()))
    own_units: dict[Right, set[int]] = defaultdict(set)
    strong = False
    for role, association, unit, producer, demo in Membership.objects.filter(current, user=user).values_list(
        "role", "association_id", "unit_id", "producer_id", "association__is_demo"
    ):
        strong = strong or (Role(role) in STRONG and not demo)
        for right in RIGHTS[Role(role)]:
            associations, units, producers = where[right]
            if producer:
                producers.add(producer)
            elif unit:
                units.add(unit)
                own_units[right].add(unit)
            else:
                associations.add(association)
    _add_lent(current, own_units, where)
    result = {right: Scope(*(frozenset(part) for part in parts)) for right, parts in where.items()}
    setattr(user, "_scopes", result)  # noqa: B010 - kept for this request only
    setattr(user, "_strong", strong)  # noqa: B010 - read along with the memberships
    return result


def _add_lent(current: Q, own_units: Mapping[Right, set[int]], where: Mapping[Right, Parts]) -> None:
    """What grants lend to the units in which the person herself has the same right."""
    lent = [right for right in LENDABLE if own_units[right]]
    if lent:
        grants = Grant.objects.filter(current, revoked_at=None, right__in=lent)
        for right_name, receiver, giver_unit, giver_producer in grants.values_list(
            "right", "receiver_unit_id", "giver_unit_id", "giver_producer_id"
        ):
            right = Right(right_name)
            if receiver in own_units[right]:
                if giver_unit:
                    where[right][1].add(giver_unit)
                else:
                    where[right][2].add(giver_producer)


def scope(user: Someone, right: Right) -> Scope:
    """Where ``user`` has ``right``; ``NOWHERE`` for strangers."""
    return scopes(user).get(right, NOWHERE)


def needs_second_factor(user: Someone) -> bool:
    """Whether a role of ``user`` asks for a second factor; roles in a demonstration association do not."""
    scopes(user)
    return bool(settings.REQUIRE_MFA and getattr(user, "_strong", False))


def may(user: Someone, right: Right) -> bool:
    """Whether ``user`` has ``right`` anywhere: decides what the navigation offers, never what a page shows."""
    return bool(scope(user, right))


@dataclass(frozen=True)
class VillageFound:
    """A village of one district, or why none was found. ``candidates``: equally good or close ones."""

    village: Region | None
    candidates: tuple[Region, ...] = field(default=())


def find_village(name: str, district: Region) -> VillageFound:
    """The village ``name`` means inside ``district``, other spellings included; never by name alone."""
    key = place_key(name)
    if not key:
        return VillageFound(None)
    villages = list(Region.objects.filter(parent=district))
    same = [v for v in villages if place_key(v.name) == key]
    if not same:
        spelt = set(Spelling.objects.filter(key=key, region__parent=district).values_list("region_id", flat=True))
        same = [v for v in villages if v.code in spelt]
    if len(same) == 1:
        return VillageFound(same[0])
    return VillageFound(None, tuple(same))


def find_producers(name: str, unit: Unit) -> list[Producer]:
    """Producers of ``unit`` whose name compares equal; several when two villages have one of that name."""
    return list(Producer.objects.filter(unit=unit, name_key=person_key(name)).select_related("village"))


def legal_form(unit: Unit, on: date) -> LegalForm | None:
    """The unit's form in law on a day."""
    held = LegalForm.objects.filter(unit=unit, valid_from__lte=on)
    return held.filter(Q(valid_to=None) | Q(valid_to__gte=on)).order_by("-valid_from").first()


def associations_of(user: Someone, right: Right) -> frozenset[int]:
    """The associations in or under which ``user`` has ``right``."""
    found = scope(user, right)
    under = Unit.objects.filter(pk__in=found.units).values_list("association_id", flat=True)
    makers = Producer.objects.filter(pk__in=found.producers).values_list("association_id", flat=True)
    return found.associations | frozenset(under) | frozenset(makers)


def association_of(host: str) -> Association | None:
    """The association a host name belongs to; else the first one. None in an empty installation."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    rows = Association.objects.select_related("region")
    found = rows.filter(host=name.lower()).first() if name else None
    return found or rows.order_by("pk").first()
