"""Automatic payment: begun at the gateway, confirmed by what the gateway itself says when asked."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.orders.actions.common import paid
from kendedes.orders.actions.paying import confirm_money
from kendedes.orders.actions.refusals import TooMuchMoney
from kendedes.orders.gateway import Gateway, GatewayDown, LyingNotice
from kendedes.orders.gateway.midtrans import Midtrans
from kendedes.orders.models import Order

_SPACE = uuid.UUID("5a6f9a38-7a51-4e0c-9a1c-6f3c1a5d9b10")


class NoGateway(Refusal):
    """No gateway, or it does not answer."""

    code = "no_gateway"
    message = _("Pembayaran otomatis sedang tidak tersedia. Pilih QRIS atau transfer, atau coba lagi nanti.")


class NoticeRefused(Refusal):
    """A notice that lies."""

    code = "notice_refused"
    message = _("Pemberitahuan pembayaran ini tidak sah.")
    status = 403


def gateway() -> Gateway | None:
    """The configured one."""
    env = settings.ENV
    key = env.midtrans_key()
    return Midtrans(key, env.midtrans_url.rstrip("/"), env.midtrans_api_url.rstrip("/")) if key else None


def begin_payment(*, order: Order, at: datetime) -> str:
    """The gateway's page for what is to be paid now. Raises NoGateway, TooMuchMoney.

    The reference names order, what was paid before and the amount: asking twice begins the same payment.
    """
    desk = gateway()
    if desk is None or not order.living or order.pay != Order.Pay.GATEWAY or order.shipping is None:
        raise NoGateway
    before = paid(order)
    amount = order.down if order.down and not before else order.total - before
    if amount <= 0:
        raise TooMuchMoney(due=0, amount=0)
    try:
        return desk.begin(f"{order.token}-{before}", amount, order.name)
    except GatewayDown:
        raise NoGateway from None


def hear_notice(*, notice: dict[str, Any], at: datetime) -> bool:
    """A notice came: the gateway is asked, and what it says is written once. True when money was confirmed.

    Raises NoticeRefused (not signed, of no order of ours, another amount), NoGateway (try again later).
    """
    desk = gateway()
    if desk is None:
        raise NoGateway
    try:
        reference = desk.read(notice)
    except LyingNotice:
        raise NoticeRefused from None
    order = Order.objects.select_related("association").filter(token=reference.rpartition("-")[0]).first()
    if order is None:
        raise NoticeRefused
    try:
        standing = desk.ask(reference)
    except GatewayDown:
        raise NoGateway from None
    if not standing.paid:
        return False
    key = uuid.uuid5(_SPACE, reference)
    if order.moneys.filter(posting__entry__key=key).exists():
        return True
    try:
        confirm_money(
            order=order, kind=Order.Pay.GATEWAY, amount=standing.amount, at=at, by=None, key=key, ref=standing.ref
        )
    except TooMuchMoney:
        raise NoticeRefused from None
    return True
