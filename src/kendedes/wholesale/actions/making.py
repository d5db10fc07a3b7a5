"""Makers count what is made by now."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.orders import actions as orders
from kendedes.orders.actions.common import check
from kendedes.orders.actions.common import held as held_order
from kendedes.orders.models import Order, OrderLine, Progress
from kendedes.wholesale.actions.refusals import TooManyMade
from kendedes.wholesale.models import Made


@transaction.atomic
def say_made(*, line: OrderLine, pieces: int, at: datetime, by: User | None) -> Made:
    """So many are made by now; all of them: they are ready. The same again changes nothing. Raises TooManyMade, OrderState."""
    order = held_order(line.order)
    check(order, (Order.State.NEW, Order.State.READY))
    if not 0 <= pieces <= line.quantity:
        raise TooManyMade(asked=line.quantity, pieces=pieces)
    last = line.made_so_far.first()
    if last is not None and last.pieces == pieces:
        return last
    said = Made.objects.create(line=line, pieces=pieces, said_at=at, by=by)
    record(
        deed="order.made", at=at, by=by, subjects=[order, line.producer, order.association],
        facts={"code": order.code, "name": line.name, "pieces": pieces, "of": line.quantity},
    )  # fmt: skip
    if pieces == line.quantity:
        orders.say_progress(line=line, step=Progress.Step.READY, at=at, by=by)
    return said
