"""Goods leave with a delivery note; what left is invoiced, each parcel once; what came back of it is credited."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.rules.days import business_day
from kendedes.orders import actions as orders
from kendedes.orders.actions.common import held as held_order
from kendedes.orders.actions.common import paid
from kendedes.orders.actions.refusals import TooMuchMoney
from kendedes.orders.models import Money, Order, Parcel, ParcelLine
from kendedes.orders.queries.parcels import gone_of
from kendedes.sales.models import Shift
from kendedes.wholesale.actions.refusals import NothingToBill
from kendedes.wholesale.models import Covers, PaidFor, Paper
from kendedes.wholesale.queries.billing import bills_of, unbilled_of
from kendedes.wholesale.rules.billing import Bill, spread

Kind = Paper.Kind


@transaction.atomic
def deliver(
    *, order: Order, tracking: str, at: datetime, by: User, key: uuid.UUID, pieces: Mapping[int, int] | None = None,
    shipping: int | None = None, billed: bool = True,
) -> Paper:  # fmt: skip
    """So many pieces leave, ``{line number: pieces}``; None: all that is left. Its delivery note comes back; ``billed``: an
    invoice of this parcel is issued too. One sale in the books with every maker's share. Twice is once.

    Raises OrderState, NothingToSend, TooManyPieces, TooMuchShipping, NoTerms, NotOnShelf.
    """
    order = held_order(order)
    parcel = orders.send_parcel(order=order, pieces=pieces, at=at, by=by, key=key, shipping=shipping, tracking=tracking)
    if known := Covers.objects.filter(parcel=parcel, kind=Kind.NOTE).select_related("paper").first():
        return known.paper
    gone = gone_of(order)
    facts = _lines([parcel]) | {
        "parcel": parcel.number, "tracking": tracking, "agreed": sum(row.agreed for row in gone),
        "sent": sum(row.sent for row in gone), "left": sum(row.left for row in gone),
    }  # fmt: skip
    note = _issue(order, Kind.NOTE, [parcel], facts, at=at, by=by)
    if billed:
        bill(order=order, parcels=[parcel], at=at, by=by)
    return note


@transaction.atomic
def bill(*, order: Order, at: datetime, by: User, parcels: Sequence[Parcel] | None = None) -> Paper:
    """An invoice of these parcels; None: of all that left since the last one. What came back of them is deducted, what was
    paid ahead (the down payment) too, once.

    Raises NothingToBill.
    """
    order = held_order(order)
    open_ = unbilled_of(order)
    if parcels is not None:
        wanted = {parcel.pk for parcel in parcels}
        open_ = [parcel for parcel in open_ if parcel.pk in wanted or parcel.undoes_id in wanted]
    facts = _lines(open_)
    if facts["total"] <= 0:
        raise NothingToBill
    before = bills_of(order)
    got = paid(order)
    rows = [Bill(row.paper.pk, row.total, row.paid) for row in before]
    deducted = spread([*rows, Bill(0, facts["total"])], got)[0]
    notes = Covers.objects.filter(parcel__in=open_, kind=Kind.NOTE).select_related("paper").order_by("paper_id")
    facts |= {
        "notes": [row.paper.code for row in notes], "down": order.down, "paid": deducted, "due": facts["total"] - deducted,
        "agreed": order.total, "billed": facts["total"] + sum(row.total for row in before), "got": got,
        "before": [{"code": row.paper.code, "total": row.total, "paid": row.paid} for row in before],
    }  # fmt: skip
    return _issue(order, Kind.INVOICE, open_, facts, at=at, by=by)


@transaction.atomic
def take_back(
    *, parcel: Parcel, reason: str, at: datetime, by: User, key: uuid.UUID, pieces: Mapping[int, int] | None = None,
    with_shipping: bool = False,
) -> Parcel:  # fmt: skip
    """A parcel, or pieces of it, came back or never left. What was invoiced of it is credited at once. Raises NothingGone."""
    order = held_order(parcel.order)
    back = orders.undo_parcel(
        parcel=parcel, pieces=pieces, reason=reason, at=at, by=by, key=key, with_shipping=with_shipping
    )
    billed = Covers.objects.filter(parcel=parcel, kind=Kind.INVOICE).select_related("paper").first()
    if billed and not Covers.objects.filter(parcel=back, kind=Kind.CREDIT).exists():
        facts = _lines([back], -1) | {"of": billed.paper.code, "reason": back.reason}
        _issue(order, Kind.CREDIT, [back], facts, at=at, by=by)
    return back


@transaction.atomic
def take_money(
    *, order: Order, kind: str, amount: int, at: datetime, by: User, key: uuid.UUID, ref: str = "",
    drawer: Shift | None = None, paper: Paper | None = None,
) -> Money:  # fmt: skip
    """Money came: for one invoice, or for the order as a whole. Sent twice it counts once.

    Raises TooMuchMoney, OrderState, ShiftOver.
    """
    order = held_order(order, drawer)
    known = Money.objects.filter(posting__entry__key=key).first()
    if known is None and paper is not None:
        due = next((row.open for row in bills_of(order) if row.paper.pk == paper.pk), 0)
        if not 0 < amount <= due:
            raise TooMuchMoney(due=due, amount=amount)
    money = orders.confirm_money(order=order, kind=kind, amount=amount, ref=ref, key=key, at=at, by=by, drawer=drawer)
    if known is None and paper is not None:
        PaidFor.objects.create(money=money, paper=paper)
    return money


def _issue(
    order: Order, kind: str, parcels: Sequence[Parcel], facts: dict[str, Any], *, at: datetime, by: User | None
) -> Paper:
    """A paper with the next number of its kind, as things stand now."""
    today = business_day(at, settings.TIME_ZONE)
    numbers = Paper.objects.filter(association=order.association_id, kind=kind, year=today.year)
    paper = Paper.objects.create(
        association=order.association, order=order, kind=kind, year=today.year, issued_on=today, issued_at=at, issued_by=by,
        number=(numbers.aggregate(n=Max("number"))["n"] or 0) + 1, facts=facts,
    )  # fmt: skip
    Covers.objects.bulk_create(Covers(paper=paper, parcel=parcel, kind=kind) for parcel in parcels)
    record(
        deed="bill.issue", at=at, by=by, subjects=[paper, order, order.association],
        facts={"number": paper.code, "paper": kind, "code": order.code, "amount": facts["total"]},
    )  # fmt: skip
    return paper


def _lines(parcels: Sequence[Parcel], sign: int = 1) -> dict[str, Any]:
    """Lines and sums of parcels together."""
    pieces: defaultdict[int, int] = defaultdict(int)
    lines = {}
    for row in ParcelLine.objects.filter(parcel__in=parcels).select_related("line__producer").order_by("line__number"):
        pieces[row.line_id] += sign * row.pieces
        lines[row.line_id] = row.line
    goods = sum(n * lines[pk].price for pk, n in pieces.items())
    shipping = sign * sum(parcel.shipping for parcel in parcels)
    return {
        "lines": [
            {"name": lines[pk].name, "producer": lines[pk].producer.name, "quantity": n, "price": lines[pk].price}
            for pk, n in pieces.items()
            if n
        ],
        "goods": goods, "shipping": shipping, "total": goods + shipping,
    }  # fmt: skip
