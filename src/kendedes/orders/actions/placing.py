"""An order is placed: kept to the last piece or refused, and once for its key."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.actions.locks import hold, turn
from kendedes.ledger.rules.days import business_day
from kendedes.network.models import Association
from kendedes.orders.actions.ending import expire_overdue
from kendedes.orders.actions.refusals import (
    BasketEmpty,
    CannotPromise,
    NotForSale,
    PriceChanged,
    PriceOnRequest,
    ShopClosed,
    TooManyOpen,
    WayClosed,
)  # fmt: skip
from kendedes.orders.actions.telling import tell, tell_maker
from kendedes.orders.models import Ask, Order, OrderLine, Promise, Rate, ShopRules
from kendedes.orders.queries.offers import Offer, looked_at_again, offers
from kendedes.orders.rules.promising import MOST_LINES, MOST_PIECES, Kind, down_payment, shipping

MOST_OPEN = 5  # unpaid orders of one number: bots and jokers hold no more
Way, Pay = Order.Way, Order.Pay


@dataclass(frozen=True, slots=True)
class Wanted:
    """``quantity`` of a pack at the ``price`` the buyer saw. ``ready_on``: agreed elsewhere, then it is made for her."""

    variant: int
    quantity: int
    price: int
    ready_on: date | None = None
    producer: int | None = None  # another maker of the same pack, when an order is split


@dataclass(frozen=True, slots=True)
class Buyer:
    """Whom the order is for; ``phone`` in E.164."""

    name: str
    phone: str
    email: str = ""
    note: str = ""
    language: str = "id"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the goods get to her. ``rate``: row of the courier's table; None: the office writes the price in later."""

    way: str = Way.PICKUP
    stand: int | None = None
    address: str = ""
    regency: str = ""
    rate: int | None = None
    courier: str = ""
    shipping: int | None = None  # agreed elsewhere (a quote)


@dataclass(frozen=True, slots=True)
class Placed:
    """The order, and whether it is new."""

    order: Order
    created: bool


def place(
    *, association: Association, key: uuid.UUID, lines: Sequence[Wanted], buyer: Buyer, delivery: Delivery, pay: str,
    at: datetime, by: User | None = None, kind: str = Order.Kind.RETAIL, agreed: bool = False, down: int | None = None,
) -> Placed:  # fmt: skip
    """Promise the goods and write the order. The same ``key`` again gives the first order, whatever else is sent.

    What can be judged without the association's lock is judged before it is taken; pieces are counted again under it.

    ``agreed``: prices, dates and ways were agreed elsewhere (a quote): they are not compared with the site's, lines with
    ``ready_on`` are made for the buyer, nothing expires. ``down``: the agreed down payment.
    Raises ShopClosed, WayClosed, TooManyOpen, BasketEmpty, NotForSale, PriceOnRequest, PriceChanged, CannotPromise.
    """
    if (known := Order.objects.filter(key=key).first()) is not None:
        return Placed(known, created=False)
    rules = ShopRules.objects.filter(pk=association.pk).first() or ShopRules(association=association)
    rules.association = association
    _check_ways(rules, delivery, pay, agreed=agreed)
    wanted = _merged(lines)
    if Order.objects.filter(association=association, expires_at__lte=at).living().exists():
        _sweep(association, at)
    if not agreed:
        _check_open(association, buyer)
    today = business_day(at, settings.TIME_ZONE)
    seen = offers(association.pk, [w.variant for w in wanted], today)
    rows = [_line(w, seen.get(w.variant), today, agreed=agreed) for w in wanted]
    with turn(), transaction.atomic():
        hold(association.pk)
        if (known := Order.objects.filter(key=key).first()) is not None:  # written while we waited
            return Placed(known, created=False)
        if any(not row.made for row in rows):
            now = looked_at_again(association.pk, seen, today)
            rows = [_line(w, now.get(w.variant), today, agreed=agreed) for w in wanted]
            _fit(rows, now)
        order = _order(rules, rows, buyer, delivery, pay, at=at, key=key, kind=kind, agreed=agreed, down=down)
        asks = _write(order, rows, at)
        record(
            deed="order.place", at=at, by=by, subjects=[order, association], key=key,
            facts={"code": order.code, "pieces": sum(row.quantity for row in rows), "amount": order.total, "kind": kind},
        )  # fmt: skip
        if not agreed:
            tell(order, "placed", at=at, new=rows)
        for ask in asks:
            tell_maker(ask, at=at)
    return Placed(order, created=True)


def _fit(rows: Sequence[OrderLine], now: Mapping[int, Offer]) -> None:
    """Lines of one pack at several prices share its pieces."""
    wanted: dict[int, int] = defaultdict(int)
    for row in rows:
        if not row.made:
            wanted[row.variant_id] += row.quantity
    for pack, pieces in wanted.items():
        if pieces > now[pack].free:
            raise CannotPromise(name=now[pack].name, asked=pieces, free=now[pack].free)


def _sweep(association: Association, at: datetime) -> None:
    with turn(), transaction.atomic():
        hold(association.pk)
        expire_overdue(association, at=at)


def _check_open(association: Association, buyer: Buyer) -> None:
    unpaid = Order.objects.filter(association=association, phone=buyer.phone, expires_at__isnull=False).living()
    if unpaid.count() >= MOST_OPEN:
        raise TooManyOpen(most=MOST_OPEN)


def _check_ways(rules: ShopRules, delivery: Delivery, pay: str, *, agreed: bool) -> None:
    if agreed:
        return
    if not rules.is_open:
        raise ShopClosed
    ways = {Way.PICKUP: rules.pickup, Way.COURIER: rules.courier, Way.ROUND: rules.round}
    pays = {
        Pay.QRIS: rules.qris, Pay.TRANSFER: rules.transfer and bool(rules.bank_number), Pay.GATEWAY: rules.gateway,
        Pay.CASH: rules.cash and delivery.way == Way.PICKUP,
    }  # fmt: skip
    if not ways.get(Way(delivery.way)) or not pays.get(Pay(pay)):
        raise WayClosed


def _merged(lines: Sequence[Wanted]) -> list[Wanted]:
    """One line a pack, maker and date; refused when there is nothing, or more than an order holds."""
    if not 1 <= len(lines) <= MOST_LINES or any(not 1 <= line.quantity <= MOST_PIECES for line in lines):
        raise BasketEmpty
    found: dict[tuple[int, date | None, int | None, int], Wanted] = {}
    for line in lines:
        spot = (line.variant, line.ready_on, line.producer, line.price)
        before = found.get(spot)
        total = line.quantity + (before.quantity if before else 0)
        found[spot] = Wanted(line.variant, total, line.price, line.ready_on, line.producer)
    return list(found.values())


def _line(wanted: Wanted, offer: Offer | None, today: date, *, agreed: bool) -> OrderLine:
    if offer is None:
        raise NotForSale(name=str(wanted.variant))
    if not agreed:
        if offer.price is None:
            raise PriceOnRequest(name=offer.name)
        if offer.price != wanted.price:
            raise PriceChanged(name=offer.name, now=offer.price, seen=wanted.price)
    ready_on, made = wanted.ready_on, wanted.ready_on is not None
    if not made and wanted.quantity > offer.free:
        if offer.kind(wanted.quantity) is not Kind.MADE or wanted.quantity < offer.minimum:
            raise CannotPromise(name=offer.name, asked=wanted.quantity, free=offer.free)
        days = offer.days(wanted.quantity)
        assert days is not None  # noqa: S101 - that is what MADE means
        made, ready_on = True, today + timedelta(days=days)
    return OrderLine(
        variant_id=wanted.variant, producer_id=wanted.producer or offer.producer, name=offer.name,
        quantity=wanted.quantity, price=wanted.price, grams=offer.grams, made=made, ready_on=ready_on,
    )  # fmt: skip


def _order(
    rules: ShopRules, rows: Sequence[OrderLine], buyer: Buyer, delivery: Delivery, pay: str, *, at: datetime,
    key: uuid.UUID, kind: str, agreed: bool, down: int | None,
) -> Order:  # fmt: skip
    association = rules.association
    year = business_day(at, settings.TIME_ZONE).year
    last = Order.objects.filter(association=association, year=year).aggregate(n=Max("number"))["n"] or 0
    goods = sum(row.total for row in rows)
    cost, courier, regency = _shipping(association, rules, rows, delivery)
    total = goods + (cost or 0)
    if down is None:
        made = any(row.made for row in rows) and pay != Pay.CASH
        down = down_payment(total, rules.down_percent) if made else 0
    holds = {Pay.QRIS: rules.hold_qris, Pay.GATEWAY: rules.hold_qris, Pay.TRANSFER: rules.hold_transfer}
    hours = holds.get(Pay(pay), rules.hold_cash)
    if pay == Pay.CASH and any(row.ready_on for row in rows):  # it cannot be fetched before it is made
        farthest = max(row.ready_on for row in rows if row.ready_on)
        hours += 24 * (farthest - business_day(at, settings.TIME_ZONE)).days
    return Order(
        association=association, number=last + 1, year=year, key=key, kind=kind, language=buyer.language, placed_at=at,
        expires_at=None if agreed else at + timedelta(hours=hours), name=buyer.name, phone=buyer.phone, email=buyer.email,
        note=buyer.note, consented_at=at, way=delivery.way, stand_id=delivery.stand, address=delivery.address,
        regency=regency, courier=courier, pay=pay, goods=goods, shipping=cost, down=down,
    )  # fmt: skip


def _shipping(
    association: Association, rules: ShopRules, rows: Sequence[OrderLine], delivery: Delivery
) -> tuple[int | None, str, str]:
    """(rupiah or None, courier, regency)."""
    if delivery.shipping is not None:
        return delivery.shipping, delivery.courier, delivery.regency
    if delivery.way == Way.PICKUP:
        return 0, "", ""
    if delivery.way == Way.ROUND:
        return rules.round_fee, "", delivery.regency
    rate = Rate.objects.filter(pk=delivery.rate, association=association).first() if delivery.rate else None
    if rate is None:
        return None, delivery.courier, delivery.regency
    grams = sum(row.grams * row.quantity for row in rows)
    return shipping(grams, rate.first_kg, rate.next_kg), rate.courier, rate.regency


def _write(order: Order, rows: Sequence[OrderLine], at: datetime) -> list[Ask]:
    order.save(force_insert=True)
    for number, row in enumerate(rows, 1):
        row.order, row.number = order, number
    OrderLine.objects.bulk_create(rows)
    Promise.objects.bulk_create(
        Promise(
            line=row, association_id=order.association_id, variant_id=row.variant_id, quantity=row.quantity, made_at=at
        )
        for row in rows
        if not row.made
    )
    makers: Mapping[int, None] = dict.fromkeys(row.producer_id for row in rows if row.made)
    return Ask.objects.bulk_create(Ask(order=order, producer_id=maker, asked_at=at) for maker in makers)
