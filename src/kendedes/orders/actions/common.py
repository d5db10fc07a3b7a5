"""What every deed about an order needs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Sum

from kendedes.journal.models import User
from kendedes.ledger.actions.locks import hold
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import Named, one
from kendedes.ledger.models import Account
from kendedes.orders.actions.refusals import OrderState
from kendedes.orders.models import Order
from kendedes.sales import actions as sales
from kendedes.sales.models import Shift


def held(order: Order, drawer: Shift | None = None) -> Order:
    """The order as it stands now, under its association's lock; before that the till's, if its drawer is used."""
    if drawer is not None:
        sales.hold_drawer(drawer)
    hold(order.association_id)
    return Order.objects.select_related("association").get(pk=order.pk)


def check(order: Order, states: Iterable[str]) -> None:
    """Raises OrderState unless the order is in one of ``states``."""
    if order.state not in states:
        raise OrderState(code=order.code, state=order.get_state_display())


def paid(order: Order) -> int:
    """Rupiah confirmed, minus given back."""
    return order.moneys.filter(posting__isnull=False).aggregate(n=Sum("amount"))["n"] or 0


def account_of(kind: str) -> Named:
    """Where money of a kind comes in; a gateway pays later, by transfer."""
    accounts = {Order.Pay.CASH: Account.Kind.CASH, Order.Pay.QRIS: Account.Kind.QRIS}
    return one(accounts.get(Order.Pay(kind), Account.Kind.TRANSFER))


def case(order: Order, at: datetime, by: User | None, key: uuid.UUID | None = None, **facts: Any) -> Case:
    """The ledger's case of a deed about ``order``."""
    return Case(
        association=order.association, at=at, by=by, key=key, subjects=[order, order.association],
        facts={"code": order.code, **facts},
    )  # fmt: skip


def in_drawer(
    order: Order, drawer: Shift | None, kind: str, amount: int, *, key: uuid.UUID | None, at: datetime, by: User | None
) -> None:
    """Cash that the deed ``key`` booked in the gallery's cash box lies in a till's drawer, and its slip says so."""
    if drawer is None or kind != Order.Pay.CASH or not amount:
        return
    own = uuid.uuid5(key, "drawer") if key else uuid.uuid4()
    sales.put_in_drawer(shift=drawer, amount=amount, reason=order.code, key=own, at=at, by=by)
