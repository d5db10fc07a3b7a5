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


def held(order: Order) -> Order:
    """The order as it stands now, under its association's lock."""
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
