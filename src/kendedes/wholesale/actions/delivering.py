"""Goods leave with a delivery note and an invoice; their makers' shares are written by the ledger in the same deed."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.rules.days import business_day
from kendedes.orders import actions as orders
from kendedes.orders.actions.common import held as held_order
from kendedes.orders.actions.common import paid
from kendedes.orders.models import Order
from kendedes.wholesale.models import Paper

Kind = Paper.Kind


@transaction.atomic
def issue(*, order: Order, kind: str, at: datetime, by: User | None) -> Paper:
    """A paper with the next number of its kind; the same order has one of each, as it stood when it was issued."""
    order = held_order(order)
    if known := Paper.objects.filter(order=order, kind=kind).first():
        return known
    today = business_day(at, settings.TIME_ZONE)
    numbers = Paper.objects.filter(association=order.association_id, kind=kind, year=today.year)
    paper = Paper.objects.create(
        association=order.association, order=order, kind=kind, year=today.year,
        number=(numbers.aggregate(n=Max("number"))["n"] or 0) + 1, issued_on=today, issued_at=at, issued_by=by, facts=_facts(order),
    )  # fmt: skip
    record(
        deed="bill.issue", at=at, by=by, subjects=[paper, order, order.association],
        facts={"number": paper.code, "paper": kind, "code": order.code, "amount": order.total},
    )  # fmt: skip
    return paper


def _facts(order: Order) -> dict[str, Any]:
    got = paid(order)
    return {
        "lines": [
            {"name": line.name, "producer": line.producer.name, "quantity": line.quantity, "price": line.price}
            for line in order.lines.select_related("producer")
        ],
        "goods": order.goods, "shipping": order.shipping or 0, "total": order.total, "down": order.down, "paid": got,
        "due": max(0, order.total - got),
    }  # fmt: skip


@transaction.atomic
def deliver(*, order: Order, tracking: str, at: datetime, by: User, key: uuid.UUID) -> Paper:
    """Everything leaves: papers, one sale in the books with every maker's share, what is not paid yet is owed. Twice is once.

    Raises OrderState, NoTerms, NotOnShelf.
    """
    order = held_order(order)
    note = issue(order=order, kind=Kind.NOTE, at=at, by=by)
    issue(order=order, kind=Kind.INVOICE, at=at, by=by)
    orders.hand_over(order=order, at=at, by=by, key=key, on_account=True, tracking=tracking)
    return note
