"""Orders that end without goods: out of time, or cancelled."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.actions.locks import hold
from kendedes.network.models import Association
from kendedes.orders.actions.common import check, held, paid
from kendedes.orders.actions.refusals import MakerKnows, PartsGone
from kendedes.orders.actions.shortage import settle_short
from kendedes.orders.actions.telling import tell
from kendedes.orders.models import Order, Progress, Promise
from kendedes.orders.queries.parcels import gone_of


def expire_overdue(association: Association, *, at: datetime) -> int:
    """End what is out of time, under the association's lock; how many orders."""
    overdue = list(
        Order.objects.filter(association=association, expires_at__lte=at, state__in=Order.LIVING).order_by("id")
    )
    for order in overdue:
        end_order(order, Order.State.EXPIRED, Promise.End.EXPIRED, at=at)
        record(deed="order.expire", at=at, by=None, subjects=[order, association], facts={"code": order.code})
    return len(overdue)


def end_order(order: Order, state: Order.State, end: Promise.End, *, at: datetime) -> None:
    """Give the pieces back and close the order."""
    Promise.objects.filter(line__order=order, ended_at=None).update(ended_at=at, end=end)
    order.state, order.ended_at, order.expires_at = state, at, None
    order.save(update_fields=["state", "ended_at", "expires_at"])
    settle_short(order, gettext("Pesanan berakhir."), at=at, by=None)


@transaction.atomic
def cancel_order(*, order: Order, reason: str, at: datetime, by: User | None) -> Order:
    """The promise ends; what was paid waits to be given back. Raises OrderState, PartsGone, and MakerKnows to a buyer (``by`` None)
    once somebody works on it or the goods are packed.
    """
    order = held(order)
    check(order, [Order.State.NEW, Order.State.READY])
    if by is None and (order.state != Order.State.NEW or Progress.objects.filter(line__order=order).exists()):
        raise MakerKnows
    if any(row.sent for row in gone_of(order)):
        raise PartsGone(code=order.code)
    order.cancel_reason = reason
    order.save(update_fields=["cancel_reason"])
    end_order(order, Order.State.CANCELLED, Promise.End.CANCELLED, at=at)
    record(
        deed="order.cancel", at=at, by=by, subjects=[order, order.association],
        facts={"code": order.code, "paid": paid(order)},
    )  # fmt: skip
    tell(order, "cancelled", at=at)
    return order


def expire_orders(*, at: datetime) -> str:
    """Of every association; what the hourly loop says."""
    ended = 0
    waiting = Order.objects.filter(expires_at__lte=at).values_list("association", flat=True).distinct()
    for association in Association.objects.filter(pk__in=list(waiting)):
        with transaction.atomic():
            hold(association.pk)
            ended += expire_overdue(association, at=at)
    return f"{ended} pesanan lewat waktu" if ended else ""
