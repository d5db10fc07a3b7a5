"""Places and accounts are made when they are first needed and never change kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kendedes.ledger.models import Account, Place
from kendedes.ledger.queries.posting import account_numbers, place_numbers
from kendedes.network.models import Association, Producer, Unit


@dataclass(frozen=True, slots=True)
class Named:
    """An account that may have to be made: ``key`` and what it would be. Its name is found when it is made."""

    key: str
    kind: str
    name: str = ""
    producer: int | None = None
    unit: int | None = None


def one(kind: Account.Kind) -> Named:
    """The only account of its kind: cash, gallery fee, clearing, …"""
    return Named(kind.value, kind.value)


def owed_to(producer: int) -> Named:
    """What is owed to a producer."""
    return Named(f"producer:{producer}", Account.Kind.PRODUCER, producer=producer)


def unit_fee(unit: int) -> Named:
    """A unit's part of sales."""
    return Named(f"unit_fee:{unit}", Account.Kind.UNIT_FEE, unit=unit)


def deduction(name: str) -> Named:
    """A named deduction from producers' shares."""
    return Named(f"deduction:{name}"[:80], Account.Kind.DEDUCTION, name)


def maker_dues() -> Named:
    """Flat dues that producers pay by their terms: the gallery's, kept apart from the units' dues."""
    return Named("dues:producer", Account.Kind.DUES, str(_("iuran produsen")))


def accounts(
    association: Association, wanted: Iterable[Named], seen: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Row numbers by key; accounts that do not exist yet are made. ``seen``: numbers read before."""
    asked = {named.key: named for named in wanted}
    found = {key: number for key, number in (seen or {}).items() if key in asked}
    if unseen := [key for key in asked if key not in found]:
        found |= account_numbers(association.pk, unseen)
    for key in asked.keys() - found.keys():
        named = asked[key]
        made, _ = Account.objects.get_or_create(
            association=association, key=key,
            defaults={"kind": named.kind, "name": _name(named), "producer_id": named.producer, "unit_id": named.unit},
        )  # fmt: skip
        found[key] = made.pk
    return found


def _name(named: Named) -> str:
    if named.producer:
        return Producer.objects.get(pk=named.producer).name[:120]
    if named.unit:
        return str(Unit.objects.select_related("district").get(pk=named.unit))[:120]
    return (named.name or str(Account.Kind(named.kind).label))[:120]


def account(association: Association, named: Named) -> Account:
    """One account, made if it does not exist yet."""
    return Account.objects.get(pk=accounts(association, [named])[named.key])


def till_account(association: Association, key: str, name: str) -> Account:
    """The drawer of one till: ``key`` is the till's own (``K3``)."""
    return account(association, Named(f"till:{key}", Account.Kind.TILL, name))


def place(association: Association, kind: str, *, key: str = "", name: str = "", unit: Unit | None = None) -> Place:
    """A place, made if it does not exist yet. ``key`` defaults to the kind: the only one of it."""
    kind = Place.Kind(kind)
    made, _ = Place.objects.get_or_create(
        association=association, key=key or kind.value,
        defaults={"kind": kind, "name": (name or str(kind.label))[:120], "unit": unit, "physical": kind in Place.PHYSICAL},
    )  # fmt: skip
    return made


def unit_store(unit: Unit) -> Place:
    """Where a unit keeps goods before they travel to the gallery."""
    return place(unit.association, Place.Kind.UNIT, key=f"unit:{unit.pk}", name=str(unit), unit=unit)


def meaning(association: Association, kind: Place.Kind) -> int:
    """The row number of the place that means something (sold, expired, …)."""
    return place_numbers(association.pk, [kind.value]).get(kind.value) or place(association, kind).pk
