"""The outbox is emptied: each mail once, again after a while when the post office does not answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction
from django.utils import timezone

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.orders.models import Message, ShopRules

TRIES = 6
MOST = 50


def send_waiting(*, at: datetime) -> str:
    """Mails whose turn has come; what the hourly loop says."""
    if not settings.ENV.mail_host:
        return ""
    sent = 0
    due = Message.objects.waiting().filter(channel=Message.Channel.MAIL, next_at__lte=at).values_list("pk", flat=True)
    for number in list(due[:MOST]):
        sent += _send(number, at)
    return f"{sent} surel terkirim" if sent else ""


def _send(number: int, at: datetime) -> int:
    """1 when it left. The row is claimed first, so that two loops do not both send it."""
    with transaction.atomic():
        message = Message.objects.select_for_update().select_related("order").get(pk=number)
        if message.sent_at or message.failed_at or message.next_at is None or message.next_at > at:
            return 0
        message.tries += 1
        message.next_at = at + timedelta(minutes=5 * 2**message.tries)
        if message.tries >= TRIES:
            message.failed_at = at
        message.save(update_fields=["tries", "next_at", "failed_at"])
    rules = ShopRules.objects.filter(pk=message.order.association_id).first()
    env = settings.ENV
    backend = EmailBackend(
        host=env.mail_host, port=env.mail_port, username=env.mail_user, password=env.mail_password(),
        use_ssl=env.mail_port == 465, use_tls=env.mail_port == 587, timeout=20,
    )  # fmt: skip
    sender = (rules.mail_from if rules else "") or env.mail_from
    mail = EmailMessage(message.subject, message.text, sender or None, [message.to])
    try:
        backend.send_messages([mail])
    except (SMTPException, OSError):
        return 0
    return Message.objects.filter(pk=number).update(sent_at=timezone.now(), failed_at=None)


@transaction.atomic
def note_sent(*, message: Message, at: datetime, by: User) -> None:
    """A person sent the text from her own phone."""
    done = Message.objects.filter(pk=message.pk, channel=Message.Channel.WHATSAPP, sent_at=None).update(sent_at=at)
    if done:
        order = message.order
        record(
            deed="order.told", at=at, by=by, subjects=[order, order.association],
            facts={"code": order.code, "key": message.key},
        )  # fmt: skip
