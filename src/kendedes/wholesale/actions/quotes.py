"""Quotes: drawn up from a split, changed by hand, sent, replaced by a newer version, accepted once by the buyer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from kendedes.base.format import day
from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.rules.days import business_day
from kendedes.orders import actions as orders
from kendedes.orders.actions.refusals import NotForSale
from kendedes.orders.models import Ask, Message, Order
from kendedes.products.models import Variant
from kendedes.wholesale.actions.enquiries import check, held
from kendedes.wholesale.actions.refusals import (
    BelowAgreed,
    CapacityGone,
    NameMissing,
    QuoteEmpty,
    QuoteExpired,
    QuoteFrozen,
    QuoteReplaced,
    SamePerson,
)  # fmt: skip
from kendedes.wholesale.models import Enquiry, Quote, QuoteLine
from kendedes.wholesale.queries.agreed import below_agreed
from kendedes.wholesale.queries.makers import outgrown

VALID_DAYS = 14
State = Quote.State


@dataclass(frozen=True, slots=True)
class Line:
    """What one maker is to make."""

    variant: Variant
    quantity: int
    price: int
    ready_on: date
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """The order an accepted quote became, and whether just now."""

    order: Order
    created: bool


@transaction.atomic
def draft_quote(
    *, enquiry: Enquiry, lines: Sequence[Line], at: datetime, by: User | None, missing: int = 0, **values: Any
) -> Quote:
    """A new version; a draft before it goes. What was sent stays valid until this one is sent. Raises EnquiryState."""
    enquiry = held(enquiry)
    check(enquiry, Enquiry.LIVING)
    Quote.objects.filter(enquiry=enquiry, state=State.DRAFT).delete()
    last = enquiry.quotes.aggregate(n=Max("version"))["n"] or 0
    options = {"valid_until": business_day(at, settings.TIME_ZONE) + timedelta(days=VALID_DAYS), **values}
    quote = Quote.objects.create(
        enquiry=enquiry, version=last + 1, made_at=at, made_by=by, missing=missing, **options
    )  # fmt: skip
    _write(quote, lines)
    if below_agreed(quote):
        quote.second_asked_at = at
        quote.save(update_fields=["second_asked_at"])
    if enquiry.state == Enquiry.State.NEW:
        enquiry.state, enquiry.holder = Enquiry.State.TAKEN, enquiry.holder or by
        enquiry.save(update_fields=["state", "holder"])
    record(
        deed="quote.draft", at=at, by=by, subjects=[quote, enquiry, enquiry.association],
        facts={"code": quote.code, "pieces": sum(line.quantity for line in lines if not line.sample), "missing": missing},
    )  # fmt: skip
    return quote


def _write(quote: Quote, lines: Sequence[Line]) -> None:
    QuoteLine.objects.bulk_create(
        QuoteLine(
            quote=quote, number=number, variant=line.variant, producer=line.variant.product.producer,
            name=_name(line.variant), unit=line.variant.unit, quantity=line.quantity, price=line.price, ready_on=line.ready_on,
            sample=line.sample,
        )
        for number, line in enumerate(lines, 1)
    )  # fmt: skip


def _name(variant: Variant) -> str:
    return f"{variant.product.name_id} {variant.name}".strip()[:200]


@transaction.atomic
def send_quote(*, quote: Quote, at: datetime, by: User) -> Quote:
    """It goes out, frozen; the version sent before is replaced. A price below what its maker agreed to goes out only after
    a second person agreed. Raises QuoteEmpty, QuoteExpired, QuoteFrozen, BelowAgreed.
    """
    enquiry = held(quote.enquiry)
    quote = Quote.objects.get(pk=quote.pk)
    check(enquiry, Enquiry.LIVING)
    if quote.state != State.DRAFT:
        raise QuoteFrozen
    lines = list(quote.lines.all())
    if not lines or any(not line.price and not line.sample for line in lines):
        raise QuoteEmpty
    if quote.expired(business_day(at, settings.TIME_ZONE)):
        raise QuoteExpired(until=day(quote.valid_until))
    if quote.second_at is None and (low := below_agreed(quote)):
        raise BelowAgreed(names=", ".join(dict.fromkeys(row.line.name for row in low)))
    enquiry.quotes.filter(state=State.SENT).update(state=State.REPLACED)
    quote.state, quote.sent_at = State.SENT, at
    quote.save(update_fields=["state", "sent_at"])
    enquiry.state, enquiry.answered_at, enquiry.waits_since = Enquiry.State.QUOTED, enquiry.answered_at or at, at
    enquiry.holder = enquiry.holder or by
    enquiry.save(update_fields=["state", "answered_at", "waits_since", "holder"])
    record(
        deed="quote.send", at=at, by=by, subjects=[quote, enquiry, enquiry.association],
        facts={"code": quote.code, "amount": quote.total, "down": quote.down, "until": str(quote.valid_until)},
    )  # fmt: skip
    return quote


@transaction.atomic
def agree_price(*, quote: Quote, at: datetime, by: User) -> Quote:
    """A second person agrees to prices below what makers agreed to; the draft as it is may go out then. Twice is once.

    Raises QuoteFrozen, SamePerson.
    """
    enquiry = held(quote.enquiry)
    quote = Quote.objects.get(pk=quote.pk)
    if quote.state != State.DRAFT:
        raise QuoteFrozen
    low = below_agreed(quote)
    if not low or quote.second_at is not None:
        return quote
    if quote.made_by_id == by.pk:
        raise SamePerson
    quote.second_by, quote.second_at = by, at
    quote.save(update_fields=["second_by", "second_at"])
    record(
        deed="quote.agree_price", at=at, by=by, subjects=[quote, enquiry, enquiry.association],
        facts={
            "code": quote.code, "names": ", ".join(dict.fromkeys(row.line.name for row in low)),
            "prices": [[row.line.number, row.line.price, row.agreed] for row in low],
        },
    )  # fmt: skip
    return quote


@transaction.atomic
def withdraw_quote(*, quote: Quote, at: datetime, by: User) -> Quote:
    """It no longer stands. Raises QuoteReplaced when it does not stand anyway."""
    enquiry = held(quote.enquiry)
    quote = Quote.objects.get(pk=quote.pk)
    if quote.state != State.SENT:
        raise QuoteReplaced
    quote.state = State.WITHDRAWN
    quote.save(update_fields=["state"])
    enquiry.state, enquiry.waits_since = Enquiry.State.TAKEN, at
    enquiry.save(update_fields=["state", "waits_since"])
    record(
        deed="quote.withdraw", at=at, by=by, subjects=[quote, enquiry, enquiry.association], facts={"code": quote.code}
    )  # fmt: skip
    return quote


def accept_quote(*, quote: Quote, name: str, at: datetime, by: User | None = None) -> Accepted:
    """The buyer agrees: one order with a line for every maker, who is asked at once. A second click gives the same order.

    Whoever is refused because it cannot be made any more is noted, so that the office hears of her.
    Raises NameMissing, QuoteExpired, QuoteReplaced, CapacityGone, NotForSale.
    """
    try:
        return _accept(quote, name, at, by)
    except (CapacityGone, NotForSale) as refusal:
        _turn_away(quote, refusal, at, by)
        raise


@transaction.atomic
def _accept(quote: Quote, name: str, at: datetime, by: User | None) -> Accepted:
    enquiry = held(quote.enquiry)
    quote = Quote.objects.select_related("order").get(pk=quote.pk)
    if quote.order is not None:
        return Accepted(quote.order, created=False)
    if quote.state != State.SENT:
        raise QuoteReplaced
    if quote.expired(business_day(at, settings.TIME_ZONE)):
        raise QuoteExpired(until=day(quote.valid_until))
    if len(name.strip()) < 2:
        raise NameMissing
    gone = outgrown(quote)
    if gone:
        raise CapacityGone(makers=", ".join(dict.fromkeys(line.producer.name for line in gone)))
    order = _place(enquiry, quote, at, by)
    quote.state, quote.accepted_at, quote.accepted_name, quote.order = State.ACCEPTED, at, name.strip()[:80], order
    quote.save(update_fields=["state", "accepted_at", "accepted_name", "order"])
    enquiry.state, enquiry.closed_at = Enquiry.State.WON, at
    enquiry.save(update_fields=["state", "closed_at"])
    record(
        deed="quote.accept", at=at, by=by, subjects=[quote, enquiry, order, enquiry.association],
        facts={"code": quote.code, "order": order.code, "amount": quote.total},
    )  # fmt: skip
    return Accepted(order, created=True)


@transaction.atomic
def _turn_away(quote: Quote, refusal: Refusal, at: datetime, by: User | None) -> None:
    """Once a quote: clicking again says nothing new."""
    enquiry = held(quote.enquiry)
    quote = Quote.objects.get(pk=quote.pk)
    if quote.state != State.SENT or quote.turned_away_at is not None:
        return
    quote.turned_away_at = at
    quote.save(update_fields=["turned_away_at"])
    record(
        deed="quote.turn_away", at=at, by=by, subjects=[quote, enquiry, enquiry.association],
        facts={"code": quote.code, "why": refusal.code},
    )  # fmt: skip


def _place(enquiry: Enquiry, quote: Quote, at: datetime, by: User | None) -> Order:
    buyer = enquiry.buyer
    placed = orders.place(
        association=enquiry.association, key=quote.key, at=at, by=by, kind=Order.Kind.WHOLESALE, agreed=True, down=quote.down,
        pay=Order.Pay.TRANSFER,
        lines=[
            orders.Wanted(line.variant_id, line.quantity, line.price, line.ready_on, line.producer_id)
            for line in quote.lines.all()
        ],
        buyer=orders.Buyer(buyer.name, buyer.phone, buyer.email, quote.code, buyer.language),
        delivery=orders.Delivery(way=quote.way, address=buyer.address or enquiry.place, shipping=quote.shipping),
    )  # fmt: skip
    # Makers of a large order count pieces: they are led to the page that asks for it.
    for ask in Ask.objects.filter(order=placed.order):
        for message in Message.objects.filter(order=placed.order, key=f"ask:{ask.pk}"):
            message.text = message.text.replace(f"/garapan/{ask.token}/", f"/borongan/{ask.token}/")
            message.save(update_fields=["text"])
    return placed.order
