"""Quotes go by mail, with their paper: asked for in the office, sent after the deed stands, tried again for a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from kendedes.base.format import day
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.rules.days import business_day
from kendedes.orders.actions.posting import TRIES, post, sender_of
from kendedes.orders.actions.telling import home_of
from kendedes.orders.models import ShopRules
from kendedes.wholesale import press
from kendedes.wholesale.actions.enquiries import held
from kendedes.wholesale.actions.refusals import NoMail, QuoteExpired, QuoteReplaced
from kendedes.wholesale.models import Letter, Quote
from kendedes.wholesale.queries.telling import said_of
from kendedes.wholesale.rules.texts import mail_subject, quote_text

MOST = 20


@transaction.atomic
def mail_quote(*, quote: Quote, at: datetime, by: User) -> Letter:
    """To the buyer's address. While it is on its way asking again changes nothing; what left or was given up goes anew.

    Raises NoMail, QuoteReplaced, QuoteExpired.
    """
    enquiry = held(quote.enquiry)
    quote = Quote.objects.get(pk=quote.pk)
    if not (enquiry.buyer.email and settings.ENV.mail_host):
        raise NoMail
    if quote.state != Quote.State.SENT:
        raise QuoteReplaced
    if quote.expired(business_day(at, settings.TIME_ZONE)):
        raise QuoteExpired(until=day(quote.valid_until))
    letter = Letter.objects.filter(quote=quote).first() or Letter(quote=quote)
    if letter.pk and letter.sent_at is None and letter.failed_at is None:
        return letter
    letter.asked_at, letter.next_at, letter.tries, letter.sent_at, letter.failed_at = at, at, 0, None, None
    letter.save()
    record(
        deed="quote.mail", at=at, by=by, subjects=[quote, enquiry, enquiry.association], facts={"code": quote.code}
    )  # fmt: skip
    from kendedes.wholesale.tasks import send_letters as task  # noqa: PLC0415 - the task calls this room

    transaction.on_commit(partial(task.enqueue))
    return letter


def send_letters(*, at: datetime) -> str:
    """Letters whose turn has come; what the hourly loop says."""
    if not settings.ENV.mail_host:
        return ""
    due = Letter.objects.filter(sent_at=None, failed_at=None, next_at__lte=at).order_by("next_at", "pk")
    sent = sum(_send(number, at) for number in list(due.values_list("pk", flat=True)[:MOST]))
    return f"{sent} surel penawaran terkirim" if sent else ""


def _send(number: int, at: datetime) -> int:
    """1 when it left. The row is claimed first, so that two loops do not both send it."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=number)
        if letter.sent_at or letter.failed_at or letter.next_at > at:
            return 0
        rows = Quote.objects.select_related("enquiry__buyer", "enquiry__association")
        quote = rows.prefetch_related("lines__producer__village").get(pk=letter.quote_id)
        letter.tries += 1
        letter.next_at = at + timedelta(minutes=5 * 2**letter.tries)
        to = quote.enquiry.buyer.email
        stands = quote.state == Quote.State.SENT and bool(to)
        if letter.tries >= TRIES or not stands:
            letter.failed_at = at
        letter.save(update_fields=["tries", "next_at", "failed_at"])
    if not stands:  # replaced, accepted or blanked meanwhile: nobody wants it any more
        return 0
    try:
        _post(quote, to)
    except (SMTPException, OSError, ValueError):  # ValueError: an address no mail can carry
        return 0
    return Letter.objects.filter(pk=number).update(sent_at=at, failed_at=None)


def _post(quote: Quote, to: str) -> None:
    association, language = quote.enquiry.association, quote.enquiry.buyer.language
    with translation.override(language):
        link = home_of(association) + reverse("wholesale:quote", kwargs={"token": quote.token})
    said = said_of(quote, link)
    sender = sender_of(ShopRules.objects.filter(pk=association.pk).first())
    paper = (f"{quote.code}.pdf", press.quote(quote, link=link))
    post(to, mail_subject(said, language), quote_text(said, language), sender=sender, paper=paper)
