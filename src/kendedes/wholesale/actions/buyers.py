"""The address book: kept with consent, blanked on request. Facts of the diary hold nothing personal."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.actions.locks import hold
from kendedes.network.models import Association
from kendedes.orders.models import Message, Order, Proof
from kendedes.wholesale.actions.refusals import BuyerBusy, PhoneKnown
from kendedes.wholesale.models import Buyer, BuyerNote, Enquiry, Quote

KEPT_DAYS = 180  # a contact without consent, after the last thing that happened with her


@transaction.atomic
def add_buyer(
    *, association: Association, at: datetime, by: User | None, consent: bool = False, **values: Any
) -> Buyer:  # fmt: skip
    """Write a buyer into the book. Raises PhoneKnown."""
    hold(association.pk)
    _free(association.pk, values.get("phone", ""))
    buyer = Buyer.objects.create(
        association=association, made_at=at, seen_at=at, consented_at=at if consent else None, **values
    )
    record(
        deed="buyer.add", at=at, by=by, subjects=[buyer, association], facts={"kind": buyer.kind, "consent": consent}
    )
    return buyer


@transaction.atomic
def change_buyer(*, buyer: Buyer, at: datetime, by: User, consent: bool, **values: Any) -> Buyer:
    """Her data as they are now; consent is dated when it is given, and can be taken back. Raises PhoneKnown."""
    hold(buyer.association_id)
    buyer = Buyer.objects.get(pk=buyer.pk)
    _free(buyer.association_id, values.get("phone", ""), buyer.pk)
    changed = sorted(name for name, value in values.items() if getattr(buyer, name) != value)
    for name, value in values.items():
        setattr(buyer, name, value)
    if consent != (buyer.consented_at is not None):
        buyer.consented_at = at if consent else None
        changed.append("consent")
    buyer.save()
    if changed:
        record(deed="buyer.change", at=at, by=by, subjects=[buyer, buyer.association], facts={"fields": changed})
    return buyer


@transaction.atomic
def note_buyer(*, buyer: Buyer, kind: str, text: str, at: datetime, by: User) -> BuyerNote:
    """What was spoken about with her."""
    Buyer.objects.filter(pk=buyer.pk).update(seen_at=at)
    note = BuyerNote.objects.create(buyer=buyer, kind=kind, text=text, at=at, by=by)
    record(deed="buyer.note", at=at, by=by, subjects=[buyer, buyer.association], facts={"kind": kind})
    return note


@transaction.atomic
def plan_step(*, buyer: Buyer, step: str, on: date | None, at: datetime, by: User) -> Buyer:
    """What to do next and on which day; both empty: it is done."""
    buyer.next_step, buyer.next_on = (step, on) if step and on else ("", None)
    buyer.save(update_fields=["next_step", "next_on"])
    record(deed="buyer.plan", at=at, by=by, subjects=[buyer, buyer.association], facts={"on": str(buyer.next_on or "")})
    return buyer


@transaction.atomic
def blank_buyer(*, buyer: Buyer, at: datetime, by: User | None) -> Buyer:
    """Everything personal goes, here and in her orders and messages; goods, amounts and papers stay. Raises BuyerBusy."""
    hold(buyer.association_id)
    buyer = Buyer.objects.select_related("association").get(pk=buyer.pk)
    if buyer.blanked_at:
        return buyer
    orders = Order.objects.filter(quote__enquiry__buyer=buyer)
    unpaid = any(order.state != Order.State.CANCELLED and order.total > paid for order, paid in _paid(orders))
    if Enquiry.objects.filter(buyer=buyer, state__in=Enquiry.LIVING).exists() or unpaid or _open(orders):
        raise BuyerBusy(name=buyer.name)
    numbers = list(orders.values_list("pk", flat=True))
    Message.objects.filter(order__in=numbers).update(to="", subject="", text="", failed_at=at)
    Proof.objects.filter(order__in=numbers).update(image=b"")
    Order.objects.filter(pk__in=numbers).update(name="–", phone="", email="", note="", address="")
    Quote.objects.filter(enquiry__buyer=buyer).update(accepted_name="")
    Enquiry.objects.filter(buyer=buyer).update(note="", place="")
    buyer.notes.all().delete()
    buyer.name, buyer.contact, buyer.phone, buyer.email, buyer.address = "–", "", "", "", ""
    buyer.next_step, buyer.next_on, buyer.consented_at, buyer.blanked_at = "", None, None, at
    buyer.save()
    record(deed="buyer.blank", at=at, by=by, subjects=[buyer, buyer.association], facts={"orders": len(numbers)})
    return buyer


def forget_buyers(*, at: datetime) -> str:
    """Blank contacts nobody agreed to keep and nothing happened with for half a year; what the hourly loop says."""
    open_ = Enquiry.objects.filter(buyer=OuterRef("pk")).filter(
        Q(state__in=Enquiry.LIVING) | Q(quotes__order__state__in=Order.LIVING)
    )
    old = Buyer.objects.filter(
        ~Exists(open_), consented_at=None, blanked_at=None, seen_at__lt=at - timedelta(days=KEPT_DAYS)
    )
    done = 0
    for buyer in old.order_by("pk"):
        try:
            blank_buyer(buyer=buyer, at=at, by=None)
        except BuyerBusy:  # an invoice is still open
            continue
        done += 1
    return f"{done} kontak pembeli dihapus" if done else ""


def _paid(orders: Any) -> list[tuple[Order, int]]:
    return [(order, order.paid) for order in orders.with_paid()]


def _open(orders: Any) -> bool:
    return bool(orders.filter(state__in=Order.LIVING).exists())


def _free(association: int, phone: str, but: int = 0) -> None:
    known = Buyer.objects.filter(association=association, phone=phone, blanked_at=None).exclude(pk=but).first()
    if phone and known:
        raise PhoneKnown(name=known.name)
