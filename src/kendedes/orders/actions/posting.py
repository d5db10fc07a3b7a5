"""The outbox is emptied: each mail once, again after a while when the post office does not answer."""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.orders.models import Message, ShopRules

TRIES = 6
MOST = 50
SECONDS = 20.0


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
    try:
        post(message.to, message.subject, message.text, sender=sender_of(rules))
    except (SMTPException, OSError, ValueError):  # ValueError: an address no mail can carry
        return 0
    return Message.objects.filter(pk=number).update(sent_at=timezone.now(), failed_at=None)


def sender_of(rules: ShopRules | None) -> str:
    """Whose address an association's mail bears."""
    return (rules.mail_from if rules else "") or settings.ENV.mail_from


def post(to: str, subject: str, text: str, *, sender: str, paper: tuple[str, bytes] | None = None) -> None:
    """One mail by SMTP: sealed from the start on port 465, after STARTTLS on 587. ``paper``: name and bytes of a PDF.

    Raises SMTPException, OSError, ValueError (an address no mail can carry).
    """
    env, safe = settings.ENV, ssl.create_default_context()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"], mail["Message-ID"] = formatdate(localtime=True), make_msgid(domain=sender.rpartition("@")[2] or None)
    mail.set_content(text)
    if paper is not None:
        mail.add_attachment(paper[1], maintype="application", subtype="pdf", filename=paper[0])
    if env.mail_port == 465:
        server: smtplib.SMTP = smtplib.SMTP_SSL(env.mail_host, env.mail_port, timeout=SECONDS, context=safe)
    else:
        server = smtplib.SMTP(env.mail_host, env.mail_port, timeout=SECONDS)
    with server:
        if env.mail_port == 587:
            server.starttls(context=safe)
        if env.mail_user:
            server.login(env.mail_user, env.mail_password())
        server.send_message(mail)


@transaction.atomic
def send_again(*, message: Message, at: datetime, by: User) -> None:
    """A mail that was given up gets its turns anew."""
    rows = Message.objects.filter(pk=message.pk, channel=Message.Channel.MAIL, sent_at=None, failed_at__isnull=False)
    if rows.update(failed_at=None, tries=0, next_at=at):
        order = message.order
        record(
            deed="order.mail_again", at=at, by=by, subjects=[order, order.association],
            facts={"code": order.code, "key": message.key},
        )  # fmt: skip
        from kendedes.orders.tasks import send_mail  # noqa: PLC0415 - the task calls this floor's actions

        transaction.on_commit(partial(send_mail.enqueue))


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
