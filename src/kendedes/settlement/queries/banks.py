"""Bank accounts: whose is used for whom, and what is sealed in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from kendedes.base.vault import index, unseal
from kendedes.journal.models import User
from kendedes.network.models import Producer, Unit
from kendedes.network.rules import Right
from kendedes.settlement.models import BankAccount

Owner = Producer | Unit


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands sealed in an account."""

    number: str
    holder: str


def opened(account: BankAccount) -> Opened | None:
    """Number and holder; None when sealed under another home's key. For actions that write down that it was read."""
    text = unseal(bytes(account.sealed), secret=settings.SECRET_KEY, about=account.about)
    return Opened(**json.loads(text)) if text is not None else None


def account_of(owner: Owner) -> BankAccount | None:
    """The account in use of a body itself."""
    own = Q(producer=owner) if isinstance(owner, Producer) else Q(unit=owner, producer=None)
    return BankAccount.objects.current().filter(own).select_related("set_by", "producer", "unit__district").first()


def kept_of(owner: Owner) -> QuerySet[BankAccount]:
    """Accounts of a body, also ended ones, of which something is still kept."""
    own = Q(producer=owner) if isinstance(owner, Producer) else Q(unit=owner, producer=None)
    return BankAccount.objects.filter(own).exclude(sealed=b"")


def accounts_for(producers: Iterable[Producer]) -> dict[int, BankAccount]:
    """By which account each is paid: her own, else her unit's."""
    rows = list(producers)
    units = {p.unit_id for p in rows if p.unit_id}
    wanted = Q(producer__in=[p.pk for p in rows]) | Q(unit__in=units, producer=None)
    found = BankAccount.objects.current().filter(wanted).select_related("unit__district", "producer", "set_by")
    own = {a.producer_id: a for a in found if a.producer_id}
    units_own = {a.unit_id: a for a in found if not a.producer_id}
    pairs = ((p.pk, own.get(p.pk) or units_own.get(p.unit_id)) for p in rows)
    return {pk: account for pk, account in pairs if account is not None}


def others_with(account: BankAccount) -> list[str]:
    """Names of other bodies of the association whose account in use has the same number."""
    same = BankAccount.objects.current().filter(association=account.association_id, index=account.index)
    rows = same.exclude(pk=account.pk).select_related("producer", "unit__district")[:5]
    return [str(row.producer or row.unit) for row in rows]


@dataclass(frozen=True, slots=True)
class Body:
    """A producer or unit with the account it is paid by."""

    name: str
    sub: str
    kind: str
    pk: int
    account: BankAccount | None
    by_unit: bool


def bodies(user: User, text: str = "") -> list[Body]:
    """Units and producers whose accounts this person keeps, those without one first."""
    units = Unit.objects.allowed(user, Right.KEEP_BANK).select_related("district")
    makers: QuerySet[Producer] = Producer.objects.allowed(user, Right.KEEP_BANK).filter(ended_on=None)
    makers = makers.select_related("unit__district", "village")
    if text:
        makers = makers.filter(name__icontains=text)
        units = units.filter(district__name__icontains=text)
    rows = list(makers)
    paid_by = accounts_for(rows)
    own_units = {a.unit_id: a for a in BankAccount.objects.current().filter(unit__in=units, producer=None)}
    found = [Body(str(u), "", "unit", u.pk, own_units.get(u.pk), by_unit=False) for u in units]
    found += [
        Body(
            p.name, f"{p.village}, {p.unit.district if p.unit else ''}".strip(", "), "producer", p.pk, paid_by.get(p.pk),
            by_unit=p.pk in paid_by and paid_by[p.pk].producer_id is None,
        )
        for p in rows
    ]  # fmt: skip
    return sorted(found, key=lambda b: (b.account is not None, b.kind != "unit", b.name))


def may_pay_by_transfer(account: BankAccount, by: User | None, at: datetime) -> bool:
    """Whether ``by`` may lead money to it now."""
    return not account.cooling(by, at)


def hours_left(account: BankAccount, at: datetime, cooling: timedelta) -> int:
    """Hours until whoever set it may pay to it."""
    return max(0, -(-int((account.set_at + cooling - at).total_seconds()) // 3600))


def number_index(number: str) -> str:
    """What finds a number again."""
    return index(number, secret=settings.SECRET_KEY)
