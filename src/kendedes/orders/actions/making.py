"""Makers answer: can do, another date, ready, cannot. By her personal link, or signed in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.rules.days import business_day
from kendedes.orders.actions.common import check, held
from kendedes.orders.actions.refusals import OrderState, WrongDate
from kendedes.orders.actions.telling import tell
from kendedes.orders.models import Order, OrderLine, Progress
from kendedes.orders.rules.promising import FARTHEST

Step = Progress.Step


@transaction.atomic
def say_progress(*, line: OrderLine, step: str, at: datetime, by: User | None, on: date | None = None) -> Progress:
    """What a maker says of her line. The same again changes nothing. Raises OrderState, WrongDate."""
    order = held(line.order)
    check(order, [Order.State.NEW, Order.State.READY])
    if not line.made:
        raise OrderState(code=order.code, state=order.get_state_display())
    if step == Step.PROPOSED:
        today = business_day(at, settings.TIME_ZONE)
        if on is None or not today <= on <= today + timedelta(days=2 * FARTHEST):
            raise WrongDate
    else:
        on = None
    last = line.progress.first()
    if last is not None and (last.step, last.on) == (step, on):
        return last
    said = Progress.objects.create(line=line, step=step, on=on, said_at=at, by=by)
    record(
        deed="order.progress", at=at, by=by, subjects=[order, line.producer, order.association],
        facts={"code": order.code, "name": line.name, "step": step, "on": str(on or "")},
    )  # fmt: skip
    return said


@transaction.atomic
def accept_date(*, line: OrderLine, at: datetime, by: User) -> OrderLine:
    """The office takes over the date a maker proposed; the buyer is told."""
    order = held(line.order)
    last = line.progress.first()
    if last is None or last.step != Step.PROPOSED or last.on is None:
        raise WrongDate
    line.ready_on = last.on
    line.save(update_fields=["ready_on"])
    record(
        deed="order.date", at=at, by=by, subjects=[order, order.association],
        facts={"code": order.code, "name": line.name, "on": str(last.on)},
    )  # fmt: skip
    tell(order, "date", at=at)
    return line
