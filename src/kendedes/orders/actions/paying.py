"""Money of orders: said, confirmed, given back."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger import actions as ledger
from kendedes.ledger.actions.standing import accounts, one
from kendedes.ledger.models import Account
from kendedes.orders.actions.common import account_of, case, check, held, in_drawer, paid
from kendedes.orders.actions.parcels import restate
from kendedes.orders.actions.refusals import PayBack, TooMuchMoney
from kendedes.orders.actions.telling import tell
from kendedes.orders.models import Money, Order
from kendedes.orders.queries.detail import due_of, spare
from kendedes.orders.queries.parcels import worth
from kendedes.orders.rules.parts import covers
from kendedes.sales.models import Shift

PAYABLE = (*Order.LIVING, Order.State.DONE)


@transaction.atomic
def say_paid(*, order: Order, at: datetime) -> Money:
    """The buyer says the money is on its way: the order waits for a person now and no longer for the clock."""
    order = held(order)
    check(order, Order.LIVING)
    open_ = Money.objects.filter(order=order, posting=None, refused_at=None).first()
    if open_ is not None:
        return open_
    wanted = order.down if order.down and not paid(order) else order.total - paid(order)
    if wanted <= 0:
        raise TooMuchMoney(due=0, amount=0)
    order.expires_at = None
    order.save(update_fields=["expires_at"])
    said = Money.objects.create(order=order, kind=order.pay, amount=wanted, said_at=at)
    record(
        deed="order.say_paid", at=at, by=None, subjects=[order, order.association],
        facts={"code": order.code, "amount": wanted},
    )  # fmt: skip
    return said


@transaction.atomic
def confirm_money(
    *, order: Order, kind: str, amount: int, at: datetime, by: User | None, key: uuid.UUID | None = None, ref: str = "",
    drawer: Shift | None = None,
) -> Money:  # fmt: skip
    """The money is there: it is the buyer's until the goods are hers. ``key``: of the form; sent twice it counts once.
    ``drawer``: the shift in whose drawer cash lies.

    Raises TooMuchMoney, OrderState, ShiftOver.
    """
    order = held(order, drawer)
    if key and (known := Money.objects.filter(posting__entry__key=key).first()):
        return known
    check(order, PAYABLE)
    due = due_of(order, paid(order))
    if not 0 < amount <= due:
        raise TooMuchMoney(due=due, amount=amount)
    owed, deposit, into = one(Account.Kind.RECEIVABLE), one(Account.Kind.DEPOSIT), account_of(kind)
    against, ahead = covers(amount, owed=worth(order) - paid(order))
    numbers = accounts(order.association, [owed, deposit, into])
    posted = ledger.pay(
        case(order, at, by, key, amount=amount, kind=kind),
        paid=[
            ledger.Paid(numbers[name.key], numbers[into.key], part) for name, part in ((owed, against), (deposit, ahead)) if part
        ],
        deed="order.pay",
    )  # fmt: skip
    said = Money.objects.filter(order=order, posting=None, refused_at=None).first() or Money(order=order, said_at=at)
    said.kind, said.amount, said.ref = kind, amount, ref
    said.posting, said.confirmed_at, said.confirmed_by = posted.posting, at, by
    said.save()
    in_drawer(order, drawer, kind, amount, key=key, at=at, by=by)
    order.expires_at = None
    order.save(update_fields=["expires_at"])
    restate(order, at=at)
    tell(order, "paid", at=at)
    return said


@transaction.atomic
def refuse_money(*, money: Money, at: datetime, by: User, hours: int = 24) -> None:
    """The money was looked for and is not there; the clock runs again."""
    order = held(money.order)
    done = Money.objects.filter(pk=money.pk, posting=None, refused_at=None).update(refused_at=at)
    if not done:
        return
    if (
        order.living and not paid(order) and order.kind == Order.Kind.RETAIL
    ):  # what was agreed by a quote does not expire
        order.expires_at = at + timedelta(hours=hours)
        order.save(update_fields=["expires_at"])
    record(
        deed="order.not_paid", at=at, by=by, subjects=[order, order.association],
        facts={"code": order.code, "amount": money.amount},
    )  # fmt: skip
    tell(order, "not_found", at=at)


@transaction.atomic
def give_back(*, order: Order, kind: str, at: datetime, by: User, key: uuid.UUID, drawer: Shift | None = None) -> Money:
    """What was paid for goods that were not handed over, or were called off, goes back to the buyer.

    Raises PayBack, ShiftOver.
    """
    order = held(order, drawer)
    if known := Money.objects.filter(posting__entry__key=key).first():
        return known
    amount = spare(order, paid(order))
    if amount <= 0:
        raise PayBack
    owed, out = one(Account.Kind.DEPOSIT), account_of(kind)
    numbers = accounts(order.association, [owed, out])
    posted = ledger.pay(
        case(order, at, by, key, amount=amount, kind=kind),
        paid=[ledger.Paid(numbers[out.key], numbers[owed.key], amount)], deed="order.give_back",
    )  # fmt: skip
    in_drawer(order, drawer, kind, -amount, key=key, at=at, by=by)
    given = Money.objects.create(
        order=order, kind=kind, amount=-amount, said_at=at, posting=posted.posting, confirmed_at=at, confirmed_by=by
    )
    restate(order, at=at)
    tell(order, "given_back", at=at)
    return given
