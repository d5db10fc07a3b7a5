"""Goods go to the buyer: one sale in the ledger with every owner's share. And come back."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from kendedes.consignment.rules.pricing import prices
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger import actions as ledger
from kendedes.ledger.actions import NewLot, Sold
from kendedes.ledger.actions.refusals import NoTerms
from kendedes.ledger.actions.standing import Named, one
from kendedes.ledger.actions.standing import place as spot
from kendedes.ledger.models import Account, GoodsMove, Lot, Place, ShareLine
from kendedes.ledger.queries.terms import terms_for
from kendedes.ledger.rules.days import business_day
from kendedes.ledger.rules.shares import BASIS
from kendedes.orders.actions.common import account_of, case, check, held, in_drawer, paid
from kendedes.orders.actions.refusals import NoSuchPiece, NotOnShelf, NotPaid, PayBack
from kendedes.orders.actions.telling import tell
from kendedes.orders.models import Handed, Order, OrderLine, Promise, ShopRules
from kendedes.orders.queries.standing import standing
from kendedes.orders.rules.lots import Standing, Taken, choose
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
    tell(order, "ready", at=at)
    return order


@transaction.atomic
def hand_over(
    *, order: Order, at: datetime, by: User | None, key: uuid.UUID, rest: str = Order.Pay.CASH, scanned: Sequence[str] = (),
    in_hand: bool = False, on_account: bool = False, tracking: str = "", drawer: Shift | None = None,
) -> Order:  # fmt: skip
    """The goods leave: to the buyer (then it is done), or with the courier or the round (then it is on its way).

    ``rest``: how what is still due is paid now; only who comes for it may. ``scanned``: lot codes of the pieces in hand.
    ``in_hand``: the pieces are there whatever the books say: a fact, it becomes a task. ``on_account``: paid later, as
    agreed. ``drawer``: the shift in whose drawer cash lies. Raises NotPaid, NotOnShelf, NoSuchPiece, OrderState, ShiftOver.
    """
    order = held(order, drawer)
    if order.handed_over_id:
        if order.handed_over and order.handed_over.entry.key == key:
            return order
        check(order, [])
    check(order, [State.NEW, State.READY])
    before = paid(order)
    due = order.total - before
    if due and not on_account and (order.way == Order.Way.COURIER or order.shipping is None):
        raise NotPaid(code=order.code, due=due)
    lines = list(order.lines.select_related("variant__product__producer"))
    taken = _taken(order, lines, scanned, at=at, by=by, in_hand=in_hand)
    posted = ledger.sell(
        case(order, at, by, key, total=order.total), place=0,
        lines=[Sold(t.lot, t.quantity, gross, t.sources) for _, t, gross in taken],
        payments=_payments(before, due, rest, on_account=on_account),
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
    if due and not on_account:
        in_drawer(order, drawer, rest, due, key=key, at=at, by=by)
    if order.state == State.SENT:
        tell(order, "sent", at=at)
    return order


@transaction.atomic
def arrived(*, order: Order, at: datetime, by: User | None) -> Order:
    """The buyer has it."""
    order = held(order)
    check(order, [State.SENT])
    order.state, order.ended_at = State.DONE, at
    order.save(update_fields=["state", "ended_at"])
    record(deed="order.arrive", at=at, by=by, subjects=[order, order.association], facts={"code": order.code})
    return order


def _payments(before: int, due: int, rest: str, *, on_account: bool) -> list[tuple[int | Named, int]]:
    found: list[tuple[int | Named, int]] = [(one(Account.Kind.DEPOSIT), before)] if before else []
    if due:
        found.append((one(Account.Kind.RECEIVABLE) if on_account else account_of(rest), due))
    return found


def _taken(
    order: Order, lines: Sequence[OrderLine], scanned: Sequence[str], *, at: datetime, by: User | None, in_hand: bool
) -> list[tuple[OrderLine, Taken, int]]:
    """(line, lot with its places, what was paid for it): the lots of each line, in the order of its share lines."""
    there = standing(order.association_id, [line.variant_id for line in lines], order.stand_id)
    codes = _scanned(order, lines, scanned)
    found: list[tuple[OrderLine, Taken, int]] = []
    for line in lines:
        spots = [s for s in there.get(line.variant_id, []) if not line.made or s.producer == line.producer_id]
        taken, missing = choose(line.quantity, spots, codes.get(line.variant_id, ()))
        if missing and line.made:
            taken.append(_arrives(order, line, missing, at=at, by=by))
        elif missing:
            if not in_hand:
                raise NotOnShelf(name=line.name, there=line.quantity - missing, asked=line.quantity)
            taken.append(_beyond(order, line, missing, spots))
        _use(there.get(line.variant_id, []), taken)
        found += [(line, one_lot, one_lot.quantity * line.price) for one_lot in _whole(taken)]
    return found


def _whole(taken: Sequence[Taken]) -> list[Taken]:
    """One row a lot."""
    by_lot: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in taken:
        by_lot[row.lot] += row.sources
    return [Taken(lot, sum(n for _, n in spots), tuple(spots)) for lot, spots in by_lot.items()]


def _use(spots: list[Standing], taken: Sequence[Taken]) -> None:
    """What one line took is not there for the next."""
    gone: dict[tuple[int, int], int] = defaultdict(int)
    for row in taken:
        for place, pieces in row.sources:
            gone[row.lot, place] += pieces
    spots[:] = [
        Standing(s.lot, s.producer, s.place, s.there - gone[s.lot, s.place], s.expires_on, s.near) for s in spots
    ]


def _scanned(order: Order, lines: Sequence[OrderLine], codes: Sequence[str]) -> dict[int, list[int]]:
    """Lots that were scanned, by pack. Raises NoSuchPiece."""
    found: dict[int, list[int]] = defaultdict(list)
    packs = {line.variant_id for line in lines}
    for code in dict.fromkeys(codes):
        lot = Lot.objects.filter(association=order.association_id, code=code, variant__in=packs).first()
        if lot is None:
            raise NoSuchPiece(code=code)
        found[lot.variant_id].append(lot.pk)
    return found


def _beyond(order: Order, line: OrderLine, missing: int, spots: Sequence[Standing]) -> Taken:
    """Pieces somebody holds which the books do not have: of the lot that was there last."""
    lot = Lot.objects.filter(association=order.association_id, variant=line.variant_id).order_by("-id").first()
    if lot is None:
        raise NotOnShelf(name=line.name, there=0, asked=line.quantity)
    where = next((s.place for s in spots if s.lot == lot.pk), None)
    return Taken(lot.pk, missing, ((where or spot(order.association, Place.Kind.STORE).pk, missing),))


def _arrives(order: Order, line: OrderLine, pieces: int, *, at: datetime, by: User | None) -> Taken:
    """Pieces made for the buyer that went past the shelves: they come in as a lot of their maker and leave at once."""
    product = line.variant.product
    day = business_day(at, settings.TIME_ZONE)
    terms = terms_for(product, day)
    if terms is None:
        raise NoTerms(name=line.name)
    if terms.markup:
        asked = line.price * BASIS // (BASIS + terms.markup_bp)
    else:
        found = prices(terms.fees, shelf=line.price)
        asked = found.maker if found else 0
    new = NewLot(
        variant=line.variant, producer=line.producer, terms=terms, name=line.name, maker_price=asked, price=line.price,
        made_on=day, tag=line.number,
    )  # fmt: skip
    store = spot(order.association, Place.Kind.STORE)
    posted = ledger.receive(case(order, at, by, line=line.number), arrivals=[ledger.Arrival(new, pieces)], into=store)
    return Taken(posted.lots[0].pk, pieces, ((store.pk, pieces),))


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
