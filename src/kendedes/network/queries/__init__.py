"""Who may do what where, and how places and bodies are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import FilteredRelation, Q
from django.utils import timezone

from kendedes.network.models import Association, LegalForm, Membership, Producer, Region, Someone, Spelling, Unit
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
    where: dict[Right, Parts] = defaultdict(lambda: (set(), set(), set()))
    strong = False
    for role, association, unit, producer, demo, *lent in _memberships(user):
        strong = strong or (Role(role) in STRONG and not demo)
        rights = RIGHTS[Role(role)]
        for right in rights:
            part, body = (2, producer) if producer else (1, unit) if unit else (0, association)
            where[right][part].add(body)
        if not producer:  # rights are lent to the bodies in which a person has them herself
            for name, *givers in (lent[:4],) if unit else (lent[4:],):
                if name in rights & LENDABLE:
                    for part, giver in enumerate(givers):
                        where[Right(name)][part].update({giver} - {None})
    result = {right: Scope(*(frozenset(part) for part in parts)) for right, parts in where.items()}
    setattr(user, "_scopes", result)  # noqa: B010 - kept for this request only
    setattr(user, "_strong", strong)  # noqa: B010 - read along with the memberships
    return result


def _memberships(user: Someone) -> Iterable[tuple[Any, ...]]:
    """Current memberships, each beside every grant that holds for its unit or association; one query.

    (role, association, unit, producer, demo; right and giver of a grant to the unit; the same to the association)
    """
    at = timezone.now()

    def holds(path: str) -> Q:
        since, until = Q(**{f"{path}valid_from__lte": at}), Q(**{f"{path}valid_to__gt": at})
        return since & (Q(**{f"{path}valid_to": None}) | until)

    def lent(path: str) -> FilteredRelation:
        return FilteredRelation(path, condition=holds(f"{path}__") & Q(**{f"{path}__revoked_at": None}))

    givers = ("right", "giver_association", "giver_unit", "giver_producer")
    rows = Membership.objects.filter(holds(""), user=user.pk).annotate(
        to_unit=lent("unit__grants_received"), to_association=lent("association__grants_received")
    )
    return rows.values_list(
        "role", "association_id", "unit_id", "producer_id", "association__is_demo",
        *(f"to_unit__{name}" for name in givers), *(f"to_association__{name}" for name in givers),
    )  # fmt: skip


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
