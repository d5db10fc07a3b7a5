"""Goods come in, travel, are marked down, and leave without being sold."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.actions.locks import hold
from kendedes.ledger.actions.post import Goods, Money, NewLot, Posted, Share, post
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import accounts, meaning, one, owed_to
from kendedes.ledger.actions.turning_up import BEARER, Carried, apart
from kendedes.ledger.models import Account, Lot, LotPrice, Place, ShareLine
from kendedes.ledger.rules.shares import BASIS, Mode, Parts


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new lot and how many pieces of it came."""

    lot: NewLot
    quantity: int


def receive(case: Case, *, arrivals: Sequence[Arrival], into: Place, deed: str = "lot.receive") -> Posted:
    """New lots come from their makers' homes into a place. Goods bought outright are owed for at once."""
    with transaction.atomic():
        maker = meaning(case.association, Place.Kind.MAKER)
        goods = [Goods(a.lot, maker, into.pk, a.quantity) for a in arrivals]
        shares, money = _bought(case, arrivals)
        return post(replace(case.deed(deed), lots=[a.lot for a in arrivals], goods=goods, shares=shares, money=money))


def _bought(case: Case, arrivals: Sequence[Arrival]) -> tuple[list[Share], list[Money]]:
    bought = [a for a in arrivals if a.lot.terms.mode == Mode.PURCHASE and a.lot.maker_price]
    if not bought:
        return [], []
    cost = one(Account.Kind.PURCHASE)
    owed = {a.lot.producer.pk: owed_to(a.lot.producer.pk) for a in bought}
    numbers = accounts(case.association, [cost, *owed.values()])
    shares, money = [], []
    for a in bought:
        price = a.lot.maker_price * a.quantity
        parts = Parts(gross=price, gallery=0, unit=0, net=price)
        shares.append(
            Share(a.lot, a.lot.producer.pk, a.quantity, parts, ShareLine.Kind.PURCHASE, a.lot.terms.hold_days)
        )
        money.append(Money(numbers[owed[a.lot.producer.pk].key], numbers[cost.key], price))
    return shares, money


def carry(case: Case, *, carried: Sequence[Carried], deed: str, promise: bool = True) -> Posted:
    """Pieces go from place to place. Refused (NotEnoughStock) when they are not there, unless it is a fact."""
    goods = [Goods(c.lot, c.source, c.target, c.quantity) for c in carried]
    return post(replace(case.deed(deed), goods=goods, promise=promise))


def write_off(case: Case, *, gone: Sequence[Carried], deed: str, promise: bool = True) -> Posted:
    """Pieces leave as expired, damaged or lost (the target says which). What the terms lay on the gallery is owed
    to the producer at once, as a compensation of her asked price. Pieces of a lot of which others were *found* too many
    are not lost: they go back there.
    """
    with transaction.atomic():
        hold(case.association.pk)  # what is found decides what is lost
        lots = Lot.objects.select_related("terms").in_bulk([c.lot for c in gone])
        kinds = dict(Place.objects.filter(pk__in=[c.target for c in gone]).values_list("pk", "kind"))
        gone, known = apart(case.association, gone, kinds)
        goods = [Goods(c.lot, c.source, c.target, c.quantity) for c in [*known, *gone]]
        shares: list[Share] = []
        for c in gone:
            lot = lots[c.lot]
            if lot.terms.mode == Mode.PURCHASE:
                continue  # the gallery's own goods: it has paid for them
            borne = BASIS - getattr(lot.terms, BEARER[Place.Kind(kinds[c.target])])
            amount = lot.maker_price * c.quantity * borne // BASIS
            if amount:
                parts = Parts(gross=amount, gallery=0, unit=0, net=amount)
                shares.append(Share(lot.pk, lot.producer_id, c.quantity, parts, ShareLine.Kind.COMPENSATION))
        money: list[Money] = []
        if shares:
            loss = one(Account.Kind.LOSS)
            owed = {lot.producer_id: owed_to(lot.producer_id) for lot in lots.values()}
            numbers = accounts(case.association, [loss, *owed.values()])
            money = [Money(numbers[owed[s.producer].key], numbers[loss.key], s.parts.net) for s in shares]
        return post(replace(case.deed(deed), goods=goods, shares=shares, money=money, promise=promise))


@transaction.atomic
def price_lot(
    *,
    lot: Lot,
    price: int,
    minimum_price: int,
    reason: str,
    at: datetime,
    by: User | None,
    key: uuid.UUID | None = None,
) -> LotPrice:
    """A new shelf price of a lot from now on, e.g. before it expires."""
    entry = record(
        deed="lot.price", at=at, by=by, subjects=[lot], key=key,
        facts={"name": lot.name, "code": lot.code, "price": price, "minimum": minimum_price, "reason": reason},
    )  # fmt: skip
    found = LotPrice.objects.filter(entry=entry).first()
    return found or LotPrice.objects.create(
        lot=lot, price=price, minimum_price=minimum_price, valid_from=at, reason=reason, entry=entry
    )
