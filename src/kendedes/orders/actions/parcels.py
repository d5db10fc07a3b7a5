"""Wholesale leaves in parts: each part is a sale in the books of its own. A wrong one is taken back by a deed."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Sum

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger import actions as ledger
from kendedes.ledger.actions import Sold
from kendedes.ledger.actions.standing import Named, one
from kendedes.ledger.actions.standing import place as spot
from kendedes.ledger.models import Account, GoodsMove, Place, ShareLine
from kendedes.orders.actions.common import case, check, held, paid
from kendedes.orders.actions.picking import pick
from kendedes.orders.actions.refusals import NothingGone, NothingToSend, TooManyPieces, TooMuchShipping
from kendedes.orders.actions.telling import tell
from kendedes.orders.models import CalledOff, Handed, Order, OrderLine, Parcel, ParcelLine, Promise
from kendedes.orders.queries.parcels import Gone, charged, gone_of, there_of, worth
from kendedes.orders.rules.parts import covers, shipping_part

State = Order.State
OPEN = (State.NEW, State.READY)


@transaction.atomic
def send_parcel(
    *, order: Order, pieces: Mapping[int, int] | None = None, at: datetime, by: User | None, key: uuid.UUID,
    shipping: int | None = None, tracking: str = "",
) -> Parcel:  # fmt: skip
    """So many pieces leave, ``{line number: pieces}``; None: everything that is left. Each owner's share is written.

    What is paid already covers it first, the rest is owed. ``shipping``: what of the order's shipping this part bears;
    None: in proportion. The same ``key`` again is the same parcel.
    Raises OrderState, NothingToSend, TooManyPieces, TooMuchShipping, NoTerms, NotOnShelf.
    """
    order = held(order)
    if known := Parcel.objects.filter(posting__entry__key=key).first():
        return known
    check(order, OPEN)
    gone = gone_of(order)
    wanted = _wanted(gone, pieces)
    goods = sum(n * line.price for line, n in wanted)
    bears = _bears(order, shipping, goods=goods, goods_left=sum(row.left * row.line.price for row in gone))
    against, deposit = covers(goods + bears, owed=paid(order) - worth(order))  # here: what we owe her
    taken = pick(order, wanted, at=at, by=by)
    payments = [(one(Account.Kind.DEPOSIT), against), (one(Account.Kind.RECEIVABLE), deposit)]
    number = _next(order)
    posted = ledger.sell(
        case(order, at, by, key, parcel=number, total=goods + bears), place=0,
        lines=[Sold(t.lot, t.quantity, gross, t.sources) for _, t, gross in taken],
        payments=[(account, amount) for account, amount in payments if amount],
        beside=[(one(Account.Kind.SHIPPING), bears)] if bears else [],
    )  # fmt: skip
    shares = ShareLine.objects.filter(posting=posted.posting).order_by("line")
    Handed.objects.bulk_create(
        Handed(line=line, share=share) for (line, _, _), share in zip(taken, shares, strict=True)
    )
    parcel = Parcel.objects.create(
        order=order, number=number, posting=posted.posting, shipping=bears, tracking=tracking, left_at=at, by=by
    )
    ParcelLine.objects.bulk_create(ParcelLine(parcel=parcel, line=line, pieces=n) for line, n in wanted)
    order.tracking = tracking
    restate(order, at=at)
    tell(order, "sent", at=at)
    return parcel


def _wanted(gone: Sequence[Gone], pieces: Mapping[int, int] | None) -> list[tuple[OrderLine, int]]:
    if pieces is None:
        pieces = {row.line.number: row.left for row in gone}
    rows = {row.line.number: row for row in gone}
    found = []
    for number, n in sorted(pieces.items()):
        row = rows.get(number)
        if n and (row is None or not 0 < n <= row.left):
            raise TooManyPieces(name=row.line.name if row else number, pieces=n, left=row.left if row else 0)
        if n and row:
            found.append((row.line, n))
    if not found:
        raise NothingToSend
    return found


def _bears(order: Order, shipping: int | None, *, goods: int, goods_left: int) -> int:
    left = _shipping_left(order)
    if shipping is None:
        return shipping_part(left, goods=goods, goods_left=goods_left)
    if not 0 <= shipping <= left:
        raise TooMuchShipping(left=left, amount=shipping)
    return shipping


def _shipping_left(order: Order) -> int:
    off = CalledOff.objects.filter(line__order=order).aggregate(n=Sum(F("pieces") * F("line__price")))["n"] or 0
    return (order.shipping or 0) - (order.called_off - int(off)) - charged(order)


def _next(order: Order) -> int:
    return (Parcel.objects.filter(order=order).aggregate(n=Max("number"))["n"] or 0) + 1


@transaction.atomic
def undo_parcel(
    *, parcel: Parcel, pieces: Mapping[int, int] | None = None, reason: str, at: datetime, by: User, key: uuid.UUID,
    with_shipping: bool = False,
) -> Parcel:  # fmt: skip
    """Pieces of a parcel came back, or never left; None: all of it. A parcel of its own that undoes, nothing is edited:
    shares are reversed as posted, the buyer owes less. ``with_shipping``: its part of the shipping falls away too.

    Raises NothingGone.
    """
    order = held(parcel.order)
    if known := Parcel.objects.filter(posting__entry__key=key).first():
        return known
    parcel = Parcel.objects.get(pk=parcel.pk)
    left = there_of(parcel)
    numbers = dict(order.lines.values_list("number", "pk"))
    back = dict(left) if pieces is None else {numbers.get(n, 0): k for n, k in pieces.items() if k}
    if parcel.undoes_id or not reason.strip() or not back or any(not 0 < k <= left.get(n, 0) for n, k in back.items()):
        raise NothingGone
    lines = {line.pk: line for line in order.lines.all()}
    goods = sum(n * lines[pk].price for pk, n in back.items())
    dropped = sum(Parcel.objects.filter(undoes=parcel).values_list("shipping", flat=True))
    bears = parcel.shipping + dropped if with_shipping else 0
    against, deposit = covers(goods + bears, owed=worth(order) - paid(order))
    payments = [(one(Account.Kind.RECEIVABLE), against), (one(Account.Kind.DEPOSIT), deposit)]
    store = spot(order.association, Place.Kind.STORE).pk
    number = _next(order)
    posted = ledger.refund(
        case(order, at, by, key, parcel=number, undoes=parcel.number, total=goods + bears, reason=reason),
        lines=_returned(parcel, back, store), payments=[row for row in payments if row[1]], back_to=store,
        beside=_shipping_back(bears),
    )  # fmt: skip
    undoing = Parcel.objects.create(
        order=order, number=number, posting=posted.posting, undoes=parcel, shipping=-bears, reason=reason.strip()[:200],
        left_at=at, by=by,
    )  # fmt: skip
    ParcelLine.objects.bulk_create(ParcelLine(parcel=undoing, line=lines[pk], pieces=-n) for pk, n in back.items())
    restate(order, at=at)
    return undoing


def _shipping_back(amount: int) -> list[tuple[Named, int]]:
    return [(one(Account.Kind.SHIPPING), amount)] if amount else []


def _returned(parcel: Parcel, back: Mapping[int, int], store: int) -> list[ledger.Returned]:
    """Share lines of the parcel that are reversed, each to the place its pieces came from."""
    home = dict(GoodsMove.objects.filter(posting=parcel.posting_id, source__physical=True).values_list("lot", "source"))
    handed = Handed.objects.filter(share__posting=parcel.posting_id, line__in=back).select_related("share")
    reversed_: dict[int, int] = defaultdict(int)
    for share, n in ShareLine.objects.filter(reverses__in=[row.share_id for row in handed]).values_list(
        "reverses", "quantity"
    ):
        reversed_[share or 0] -= n
    left, found = dict(back), []
    for row in handed:
        some = min(left[row.line_id], row.share.quantity - reversed_[row.share_id])
        if some > 0:
            found.append(ledger.Returned(row.share_id, some, home.get(row.share.lot_id, store)))
            left[row.line_id] -= some
    if any(left.values()):
        raise NothingGone
    return found


@transaction.atomic
def call_off(
    *,
    order: Order,
    pieces: Mapping[int, int] | None = None,
    reason: str,
    at: datetime,
    by: User,
    seen: int | None = None,
) -> Order:
    """Buyer and gallery agreed that so many pieces are not delivered any more; None: all that are left. When nothing is
    left, shipping that no parcel bears falls away too. ``seen``: how many were left when she decided; a second click
    finds another number and changes nothing.

    Raises OrderState, TooManyPieces, NothingToSend; NothingGone when nothing was delivered at all: then it is cancelled.
    """
    order = held(order)
    gone = gone_of(order)
    if seen is not None and seen != sum(row.left for row in gone):
        return order
    check(order, OPEN)
    wanted = _wanted(gone, pieces)
    left = sum(row.left for row in gone) - sum(n for _, n in wanted)
    if not reason.strip() or (not left and not any(row.sent for row in gone)):
        raise NothingGone
    amount = sum(n * line.price for line, n in wanted)
    if not left:
        amount += _shipping_left(order)
    CalledOff.objects.bulk_create(
        CalledOff(line=line, pieces=n, reason=reason.strip()[:200], at=at, by=by) for line, n in wanted
    )
    order.called_off += amount
    order.save(update_fields=["called_off"])
    record(
        deed="order.call_off", at=at, by=by, subjects=[order, order.association],
        facts={"code": order.code, "pieces": sum(n for _, n in wanted), "amount": amount, "reason": reason.strip()[:200]},
    )  # fmt: skip
    restate(order, at=at)
    return order


@transaction.atomic
def parcel_arrived(*, parcel: Parcel, at: datetime, by: User | None) -> Parcel:
    """The buyer has it. Said twice it counts once."""
    order = held(parcel.order)
    done = Parcel.objects.filter(pk=parcel.pk, undoes=None, arrived_at=None).update(arrived_at=at)
    if done:
        record(
            deed="order.parcel_arrive", at=at, by=by, subjects=[order, order.association],
            facts={"code": order.code, "parcel": parcel.number},
        )  # fmt: skip
        restate(order, at=at)
    parcel.refresh_from_db()
    return parcel


@transaction.atomic
def arrived(*, order: Order, at: datetime, by: User | None) -> Order:
    """The buyer has it: all that left. Of an order in parcels it is the end only when everything is paid too."""
    order = held(order)
    check(order, [State.SENT])
    if order.kind != Order.Kind.WHOLESALE:
        order.state, order.ended_at = State.DONE, at
        order.save(update_fields=["state", "ended_at"])
    Parcel.objects.filter(order=order, undoes=None, arrived_at=None).update(arrived_at=at)
    record(deed="order.arrive", at=at, by=by, subjects=[order, order.association], facts={"code": order.code})
    if order.kind == Order.Kind.WHOLESALE:
        restate(order, at=at)
    return order


def restate(order: Order, *, at: datetime) -> None:
    """Where an order in parcels stands now: all gone, and complete when that arrived and is paid. Promises follow."""
    if order.kind != Order.Kind.WHOLESALE or not order.stands:
        return
    gone = gone_of(order)
    for row in gone:
        if not row.line.made:
            kept: dict[str, Any] = {"ended_at": None, "end": "", "quantity": row.left}
            if not row.left:
                kept = {"ended_at": at, "end": Promise.End.KEPT}
            Promise.objects.filter(line=row.line).update(**kept)
    if any(row.left for row in gone):
        state = order.state if order.state in OPEN else State.READY
    else:
        state = State.DONE if _complete(order) else State.SENT
    order.ended_at = (order.ended_at or at) if state == State.DONE else None
    order.state, order.expires_at = state, None
    order.save(update_fields=["state", "ended_at", "expires_at", "tracking"])


def _complete(order: Order) -> bool:
    there = (parcel for parcel in Parcel.objects.filter(order=order, undoes=None, arrived_at=None))
    return paid(order) == order.total and not any(there_of(parcel) for parcel in there)
