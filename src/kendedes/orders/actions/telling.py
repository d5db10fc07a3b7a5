"""Buyers and makers are told: a row now, sent after the deed stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from kendedes.base.format import day, moment, rupiah
from kendedes.network.models import Association
from kendedes.orders.models import Ask, Message, Order, OrderLine, Wording
from kendedes.orders.rules.wording import TEXTS, fill


def tell(order: Order, key: str, *, at: datetime, new: Sequence[OrderLine] | None = None) -> None:
    """A message to the buyer by every way she gave; one told before with this key is told anew.

    ``new``: the lines of an order written a moment ago: nobody paid for it or was told of it, so nobody asks.
    """
    rest, lines = (order.total, new) if new is not None else _standing(order)
    values = _values(order, lines, rest, order.language)
    subject, text = _text(order, key, values, order.language)
    ways = [(Message.Channel.WHATSAPP, order.phone)]
    if order.email and settings.ENV.mail_host:
        ways.append((Message.Channel.MAIL, order.email))
    for channel, to in ways:
        _write(order, key, channel, to, subject, text, at, new=new is not None)


def _standing(order: Order) -> tuple[int, Sequence[OrderLine]]:
    """What is still to be paid; its lines."""
    paid = order.moneys.filter(posting__isnull=False).aggregate(n=Sum("amount"))["n"] or 0
    return max(0, order.total - paid), list(order.lines.all())


def tell_maker(ask: Ask, *, at: datetime) -> None:
    """The personal link of who is asked to make something, to her own number or her unit's."""
    order, producer = ask.order, ask.producer
    to = producer.phone or (producer.unit.whatsapp if producer.unit else "")
    lines = [line for line in order.lines.all() if line.made and line.producer_id == producer.pk]
    values = _values(order, lines, 0, "id") | {"tautan": f"{home_address(order)}/garapan/{ask.token}/"}
    subject, text = _text(order, "ask", values, "id")
    _write(order, f"ask:{ask.pk}", Message.Channel.WHATSAPP, to, subject, text, at)


def _write(  # noqa: PLR0917 - columns of one row
    order: Order, key: str, channel: str, to: str, subject: str, text: str, at: datetime, *, new: bool = False
) -> None:
    row: dict[str, Any] = {"to": to, "subject": subject, "text": text, "made_at": at, "next_at": at}
    if new:
        Message(order=order, key=key, channel=channel, **row).save(force_insert=True)
    else:
        anew = {"tries": 0, "sent_at": None, "failed_at": None}
        Message.objects.update_or_create(order=order, key=key, channel=channel, defaults=row | anew)
    if channel == Message.Channel.MAIL:
        from kendedes.orders.tasks import send_mail  # noqa: PLC0415 - the task calls this floor's actions

        transaction.on_commit(partial(send_mail.enqueue))


def _text(order: Order, key: str, values: dict[str, str], language: str) -> tuple[str, str]:
    own = Wording.objects.filter(association=order.association_id, key=key, language=language).first()
    start = 2 if language == "en" else 0
    subject, text = (own.subject, own.text) if own else TEXTS[key][start : start + 2]
    return fill(subject, values).replace("\n", " ")[:200], fill(text, values)


def _values(order: Order, lines: Sequence[OrderLine], rest: int, language: str) -> dict[str, str]:
    association = order.association
    goods = [
        f"{line.quantity} × {line.name}" + (f" ({day(line.ready_on, language)})" if line.ready_on else "")
        for line in lines
    ]
    path = f"{'/en' if language == 'en' else ''}/pesanan/{order.token}/"
    return {
        "nama": order.name, "pesanan": order.code, "galeri": association.gallery_name or association.name,
        "jumlah": rupiah(order.total, language), "sisa": rupiah(rest, language), "tautan": home_address(order) + path,
        "batas": moment(timezone.localtime(order.expires_at), language) if order.expires_at else "-", "barang": "\n".join(goods),
        "resi": order.tracking or "-", "tempat": f"{order.stand}, {association.address}" if order.stand else "",
    }  # fmt: skip


def home_address(order: Order) -> str:
    """Where the site of the order's association is."""
    return home_of(order.association)


def home_of(association: Association) -> str:
    """Where the association's site is for people far away."""
    host = association.host
    return f"https://{host}" if host else settings.ENV.origin or "http://127.0.0.1:8000"
