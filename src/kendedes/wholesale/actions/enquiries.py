"""An enquiry arrives, somebody takes it, it may come to nothing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.actions.locks import hold
from kendedes.ledger.rules.days import business_day
from kendedes.network.models import Association
from kendedes.products.models import Category, Product
from kendedes.wholesale.actions.refusals import DayPast, EnquiryState
from kendedes.wholesale.models import Buyer, Enquiry, Quote

FARTHEST = 730  # days ahead


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted."""

    what: str
    quantity: int
    wanted_on: date
    product: Product | None = None
    category: Category | None = None
    ceiling: int | None = None
    sample: bool = False
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Who asks; ``phone`` in E.164. ``keep``: she agrees that her contact is kept for later."""

    name: str
    phone: str
    email: str = ""
    organisation: str = ""
    keep: bool = False
    language: str = "id"


@transaction.atomic
def ask(
    *, association: Association, asked: Asked, key: uuid.UUID, at: datetime, by: User | None,
    contact: Contact | None = None, buyer: Buyer | None = None, source: str = Enquiry.Source.SITE,
) -> Enquiry:  # fmt: skip
    """Write an enquiry; the same ``key`` gives the first one. A known number is that buyer: what strangers type never
    changes her entry. Raises DayPast.
    """
    hold(association.pk)
    if known := Enquiry.objects.filter(key=key).first():
        return known
    today = business_day(at, settings.TIME_ZONE)
    if not today <= asked.wanted_on <= today + timedelta(days=FARTHEST):
        raise DayPast
    if buyer is None:
        assert contact is not None  # noqa: S101 - one of both is given
        buyer = _buyer(association, contact, at)
    last = Enquiry.objects.filter(association=association, year=today.year).aggregate(n=Max("number"))["n"] or 0
    enquiry = Enquiry.objects.create(
        association=association, year=today.year, number=last + 1, key=key, buyer=buyer, source=source, what=asked.what,
        product=asked.product, category=asked.category or (asked.product.category if asked.product else None),
        quantity=asked.quantity, wanted_on=asked.wanted_on, ceiling=asked.ceiling, sample=asked.sample, place=asked.place,
        note=asked.note, received_at=at, waits_since=at,
    )  # fmt: skip
    Buyer.objects.filter(pk=buyer.pk).update(seen_at=at)
    record(
        deed="enquiry.ask", at=at, by=by, subjects=[enquiry, association], key=key,
        facts={"code": enquiry.code, "pieces": asked.quantity, "channel": source},
    )  # fmt: skip
    return enquiry


def _buyer(association: Association, contact: Contact, at: datetime) -> Buyer:
    known = Buyer.objects.filter(association=association, phone=contact.phone, blanked_at=None).first()
    if known:
        return known
    kind = Buyer.Kind.ORGANISATION if contact.organisation else Buyer.Kind.PERSON
    return Buyer.objects.create(
        association=association, kind=kind, name=contact.organisation or contact.name,
        contact=contact.name if contact.organisation else "", phone=contact.phone, email=contact.email, made_at=at, seen_at=at,
        consented_at=at if contact.keep else None, language=contact.language,
    )  # fmt: skip


@transaction.atomic
def take(*, enquiry: Enquiry, holder: User, at: datetime, by: User) -> Enquiry:
    """Somebody has it now. Raises EnquiryState."""
    enquiry = held(enquiry)
    check(enquiry, Enquiry.LIVING)
    enquiry.holder = holder
    if enquiry.state == Enquiry.State.NEW:
        enquiry.state = Enquiry.State.TAKEN
    enquiry.save(update_fields=["holder", "state"])
    record(
        deed="enquiry.take", at=at, by=by, subjects=[enquiry, enquiry.association],
        facts={"code": enquiry.code, "holder": holder.pk},
    )  # fmt: skip
    return enquiry


@transaction.atomic
def set_kind(*, enquiry: Enquiry, category: Category, at: datetime, by: User) -> Enquiry:
    """In which category makers are looked for. Raises EnquiryState."""
    enquiry = held(enquiry)
    check(enquiry, Enquiry.LIVING)
    enquiry.category = category
    enquiry.save(update_fields=["category"])
    record(
        deed="enquiry.kind", at=at, by=by, subjects=[enquiry, enquiry.association],
        facts={"code": enquiry.code, "name": category.name_id},
    )  # fmt: skip
    return enquiry


@transaction.atomic
def close(*, enquiry: Enquiry, reason: str, at: datetime, by: User) -> Enquiry:
    """It came to nothing: open quotes are withdrawn. Raises EnquiryState."""
    enquiry = held(enquiry)
    check(enquiry, Enquiry.LIVING)
    Quote.objects.filter(enquiry=enquiry, state=Quote.State.DRAFT).delete()
    Quote.objects.filter(enquiry=enquiry, state=Quote.State.SENT).update(state=Quote.State.WITHDRAWN)
    enquiry.state, enquiry.closed_at, enquiry.close_reason = Enquiry.State.LOST, at, reason[:200]
    enquiry.save(update_fields=["state", "closed_at", "close_reason"])
    record(
        deed="enquiry.close", at=at, by=by, subjects=[enquiry, enquiry.association], facts={"code": enquiry.code}
    )  # fmt: skip
    return enquiry


def held(enquiry: Enquiry) -> Enquiry:
    """The enquiry as it stands now, under its association's lock."""
    hold(enquiry.association_id)
    return Enquiry.objects.select_related("association", "buyer").get(pk=enquiry.pk)


def check(enquiry: Enquiry, states: tuple[str, ...]) -> None:
    """Raises EnquiryState unless the enquiry is in one of ``states``."""
    if enquiry.state not in states:
        raise EnquiryState(code=enquiry.code, state=enquiry.get_state_display())
