"""Goods go to the buyer: one sale in the ledger with every owner's share. And come back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger import actions as ledger
from kendedes.ledger.actions import Sold
from kendedes.ledger.actions.standing import Named, one
from kendedes.ledger.actions.standing import place as spot
from kendedes.ledger.models import Account, GoodsMove, Place, ShareLine
from kendedes.orders.actions.common import account_of, case, check, held, in_drawer, paid
from kendedes.orders.actions.picking import pick
from kendedes.orders.actions.refusals import LeavesInParcels, NotOnShelf, NotPaid, PayBack
from kendedes.orders.actions.shortage import by_the_books, note_short, settle_short, tell_short
from kendedes.orders.actions.telling import tell
from kendedes.orders.models import Handed, Order, Promise, ShopRules
from kendedes.sales.models import Shift

State = Order.State


@transaction.atomic
def mark_ready(*, order: Order, at: datetime, by: User | None) -> Order:
    """Packed: the buyer may come, or the courier. Who pays in cash has the usual hours from now on."""
    order = held(order)
    check(order, [State.NEW])
    order.state = State.READY
    if order.expires_at is not None:
        rules = ShopRules.objects.filter(pk=order.association_id).first()
        order.expires_at = max(order.expires_at, at + timedelta(hours=rules.hold_cash if rules else 48))
    order.save(update_fields=["state", "expires_at"])
    record(deed="order.ready", at=at, by=by, subjects=[order, order.association], facts={"code": order.code})
    tell_short(order, by_the_books(order), at=at)  # packed whatever the books say: a fact, it becomes a task
    tell(order, "ready", at=at)
    return order


def hand_over(
    *, order: Order, at: datetime, by: User | None, key: uuid.UUID, rest: str = Order.Pay.CASH, scanned: Sequence[str] = (),
    in_hand: bool = False, tracking: str = "", drawer: Shift | None = None,
) -> Order:  # fmt: skip
    """All goods leave: to the buyer (then it is done), or with the courier or the round (then it is on its way).

    ``rest``: how what is still due is paid now; only who comes for it may. ``scanned``: lot codes of the pieces in hand.
    ``in_hand``: the pieces are there whatever the books say: a fact, it becomes a task. ``drawer``: the shift in whose
    drawer cash lies. Pieces that are not there become a task beside the refusal.
    Raises LeavesInParcels, NotPaid, NotOnShelf, NoSuchPiece, OrderState, ShiftOver.
    """
    try:
        return _hand_over(
            order, at=at, by=by, key=key, rest=rest, scanned=scanned, in_hand=in_hand, tracking=tracking, drawer=drawer
        )
    except NotOnShelf as refusal:
        note_short(order, refusal.facts["line"], refusal.facts["asked"] - refusal.facts["there"], at=at)
        raise


@transaction.atomic
def _hand_over(
    order: Order, *, at: datetime, by: User | None, key: uuid.UUID, rest: str, scanned: Sequence[str], in_hand: bool, tracking: str,
    drawer: Shift | None,
) -> Order:  # fmt: skip
    order = held(order, drawer)
    if order.handed_over_id:
        if order.handed_over and order.handed_over.entry.key == key:
            return order
        check(order, [])
    check(order, [State.NEW, State.READY])
    if order.kind == Order.Kind.WHOLESALE:
        raise LeavesInParcels(code=order.code)
    before = paid(order)
    due = order.total - before
    if due and (order.way == Order.Way.COURIER or order.shipping is None):
        raise NotPaid(code=order.code, due=due)
    lines = list(order.lines.select_related("variant__product__producer"))
    taken = pick(order, [(line, line.quantity) for line in lines], at=at, by=by, scanned=scanned, in_hand=in_hand)
    posted = ledger.sell(
        case(order, at, by, key, total=order.total), place=0,
        lines=[Sold(t.lot, t.quantity, gross, t.sources) for _, t, gross in taken],
        payments=_payments(before, due, rest),
        beside=[(one(Account.Kind.SHIPPING), order.shipping)] if order.shipping else [],
    )  # fmt: skip
    shares = ShareLine.objects.filter(posting=posted.posting).order_by("line")
    Handed.objects.bulk_create(
        Handed(line=line, share=share) for (line, _, _), share in zip(taken, shares, strict=True)
    )
    Promise.objects.filter(line__order=order, ended_at=None).update(ended_at=at, end=Promise.End.KEPT)
    order.handed_over, order.expires_at = posted.posting, None
    order.state = State.DONE if order.way == Order.Way.PICKUP else State.SENT
    order.ended_at = at if order.state == State.DONE else None
    order.tracking = tracking
    order.save(update_fields=["handed_over", "expires_at", "state", "ended_at", "tracking"])
    settle_short(order, gettext("Pesanan diserahkan."), at=at, by=by)
    if due:
        in_drawer(order, drawer, rest, due, key=key, at=at, by=by)
    if order.state == State.SENT:
        tell(order, "sent", at=at)
    return order


def _payments(before: int, due: int, rest: str) -> list[tuple[int | Named, int]]:
    found: list[tuple[int | Named, int]] = [(one(Account.Kind.DEPOSIT), before)] if before else []
    if due:
        found.append((account_of(rest), due))
    return found


@transaction.atomic
def take_back(
    *, order: Order, pieces: Mapping[int, int], kind: str, reason: str, at: datetime, by: User, key: uuid.UUID,
    drawer: Shift | None = None,
) -> ledger.Posted:  # fmt: skip
    """Pieces of a handed-over order come back for money: ``{line number: pieces}``. Shares are reversed as posted.

    Raises PayBack (not so many, or not handed over), ShiftOver.
    """
    order = held(order, drawer)
    if order.handed_over_id is None or not pieces:
        raise PayBack
    lines = {line.number: line for line in order.lines.prefetch_related("handed__share")}
    back = _already([h.share_id for line in lines.values() for h in line.handed.all()])
    home = dict(
        GoodsMove.objects.filter(posting=order.handed_over_id, source__physical=True).values_list("lot_id", "source_id")
    )
    store = spot(order.association, Place.Kind.STORE).pk
    returned: list[ledger.Returned] = []
    amount = 0
    for number, quantity in pieces.items():
        left = quantity
        line = lines.get(number)
        for handed in line.handed.all() if line else ():
            share = handed.share
            some = min(left, share.quantity - back.get(share.pk, 0))
            if some > 0:
                returned.append(ledger.Returned(share.pk, some, home.get(share.lot_id, store)))
                already = back.get(share.pk, 0)
                amount += share.gross * (already + some) // share.quantity - share.gross * already // share.quantity
                left -= some
        if left or quantity <= 0:
            raise PayBack
    posted = ledger.refund(
        case(order, at, by, key, total=amount, reason=reason), lines=returned, payments=[(account_of(kind), amount)],
        back_to=store,
    )  # fmt: skip
    in_drawer(order, drawer, kind, -amount, key=key, at=at, by=by)
    return posted


def _already(shares: Sequence[int]) -> dict[int, int]:
    rows = ShareLine.objects.filter(reverses__in=shares).order_by().values_list("reverses").annotate(Sum("quantity"))
    return {number: -int(quantity) for number, quantity in rows}
