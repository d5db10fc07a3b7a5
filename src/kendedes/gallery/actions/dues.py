"""Asking for dues and receiving them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum

from kendedes.gallery.actions.refusals import DueOverpaid, NameTaken
from kendedes.gallery.models import Call, Due, Receipt
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.actions import Paid, pay
from kendedes.ledger.actions.locks import hold
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import account, one
from kendedes.ledger.models import Account
from kendedes.ledger.rules.days import business_day
from kendedes.network.models import Association, Unit


@transaction.atomic
def ask_dues(
    *, association: Association, name: str, due_on: date, amounts: Mapping[Unit, int], at: datetime, by: User | None
) -> Call:
    """Ask units for dues; units with 0 are not asked. Raises NameTaken."""
    if Call.objects.filter(association=association, name=name).exists():
        raise NameTaken(name=name)
    asked_on = business_day(at, settings.TIME_ZONE)
    call = Call.objects.create(association=association, name=name, asked_on=asked_on, due_on=due_on)
    dues = [Due(call=call, unit=unit, amount=amount) for unit, amount in amounts.items() if amount]
    Due.objects.bulk_create(dues)
    record(
        deed="call.ask", at=at, by=by, subjects=[call, association],
        facts={"name": name, "units": len(dues), "total": sum(due.amount for due in dues), "due": due_on},
    )  # fmt: skip
    return call


@transaction.atomic
def receive_dues(
    *, due: Due, amount: int, payer: str, at: datetime, by: User | None, into: str = Receipt.Into.CASH,
    key: uuid.UUID | None = None,
) -> Receipt:  # fmt: skip
    """A unit pays (a part of) its dues and gets a kuitansi. The same key again gives the same one. Raises DueOverpaid."""
    association = due.call.association
    hold(association.pk)
    if key is not None and (before := Receipt.objects.filter(posting__entry__key=key).first()) is not None:
        return before
    paid = due.receipts.aggregate(paid=Sum("amount"))["paid"] or 0
    if amount > due.amount - paid:
        raise DueOverpaid(name=str(due.unit), left=due.amount - paid, asked=amount)
    day = business_day(at, settings.TIME_ZONE)
    last = Receipt.objects.filter(association=association, year=day.year).aggregate(last=Max("number"))["last"] or 0
    kind = Account.Kind.CASH if into == Receipt.Into.CASH else Account.Kind.BANK
    case = Case(
        association=association, at=at, by=by, key=key, subjects=[due.call, due.unit, association],
        facts={"name": due.call.name, "unit": str(due.unit), "amount": amount},
    )  # fmt: skip
    source, target = account(association, one(Account.Kind.DUES)), account(association, one(kind))
    posted = pay(case, paid=[Paid(source.pk, target.pk, amount)], deed="call.receive")
    return Receipt.objects.create(
        association=association, year=day.year, number=last + 1, due=due, amount=amount, paid_on=day, payer=payer,
        into=into, posting=posted.posting,
    )  # fmt: skip
