"""What a sale and its return move: goods off their place, money in, each owner's share set aside."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Sum

from kendedes.journal.actions import KeyTaken
from kendedes.journal.models import User
from kendedes.ledger.actions.locks import hold, joined
from kendedes.ledger.actions.post import Deed, Goods, Money, Posted, Share, earlier, post
from kendedes.ledger.actions.refusals import MoneyDoesNotAddUp, ReturnedAlready
from kendedes.ledger.actions.sight import Sight
from kendedes.ledger.actions.standing import Named, account, accounts, deduction, meaning, one, owed_to, unit_fee
from kendedes.ledger.models import Account, MoneyMove, Place, Posting, ShareLine
from kendedes.ledger.queries.posting import SoldLot, sold_lots
from kendedes.ledger.rules.shares import Parts, divide, minus, part_of
from kendedes.network.models import Association

Kind = Account.Kind
Payments = Sequence[tuple[int | Named, int]]


@dataclass(frozen=True, slots=True)
class Sold:
    """Pieces of a lot that a buyer took. ``gross``: what he paid for them, after discount. ``lot`` None: *belum dikenal*.

    ``sources``: (place, pieces) they were taken from where that is not the place of the sale; together ``quantity``.
    """

    lot: int | None
    quantity: int
    gross: int
    sources: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """Pieces of a sold line that came back: ``share`` is the number of its share line, ``into`` their own place."""

    share: int
    quantity: int
    into: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What every deed of a sale needs beside its lines."""

    association: Association
    at: datetime
    by: User | None
    key: uuid.UUID | None = None
    device: str = ""
    subjects: Sequence[models.Model] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    occurred_on: date | None = None

    def deed(self, deed: str, **facts: Any) -> Deed:
        """The deed of this case, without moves yet."""
        return Deed(
            association=self.association, deed=deed, at=self.at, by=self.by, key=self.key, device=self.device,
            subjects=self.subjects, facts={**self.facts, **facts}, occurred_on=self.occurred_on,
        )  # fmt: skip


def sell(
    case: Case, *, place: int, lines: Sequence[Sold], payments: Payments, rounding: int = 0, promise: bool = False,
    beside: Sequence[tuple[Named, int]] = (), sight: Sight | None = None,
) -> Posted:  # fmt: skip
    """Post a sale from ``place``. ``payments``: (account or its name, rupiah) that came in; they and ``rounding`` make
    the total. ``beside``: what the buyer pays for besides goods (shipping) and the account it goes to.

    ``rounding``: rupiah the buyer was spared (positive) or paid more (negative) because of coins. ``sight``: what was
    read under the lock already.
    Raises MoneyDoesNotAddUp, NotEnoughStock (only with ``promise``), KeyTaken.
    """
    total = sum(line.gross for line in lines) + sum(amount for _, amount in beside)
    paid = sum(amount for _, amount in payments)
    if total != paid + rounding:
        raise MoneyDoesNotAddUp(paid=paid + rounding, total=total)
    with joined():
        lots = sight.lots if sight else sold_lots(line.lot for line in lines if line.lot is not None)
        sold = (sight and sight.places.get(Place.Kind.SOLD)) or meaning(case.association, Place.Kind.SOLD)
        shares, goods = [], []
        for line in lines:
            if line.lot is None:
                continue
            lot = lots[line.lot]
            parts = divide(line.gross, line.quantity, lot.fees, maker_price=lot.maker_price)
            shares.append(Share(lot.lot, lot.producer, line.quantity, parts, hold_days=lot.hold_days))
            sources = line.sources or ((place, line.quantity),)
            goods += [Goods(lot.lot, source, sold, quantity) for source, quantity in sources]
        unknown = sum(line.gross for line in lines if line.lot is None)
        money = _money(
            case.association, shares, lots, payments, rounding=rounding, unknown=unknown, beside=beside,
            seen=sight.accounts if sight else None,
        )  # fmt: skip
        deed = replace(case.deed("sale.record"), goods=goods, money=money, shares=shares, promise=promise)
        return post(deed, sight)


@transaction.atomic
def refund(
    case: Case, *, lines: Sequence[Returned], payments: Payments, back_to: int, beside: Sequence[tuple[Named, int]] = ()
) -> Posted:
    """Post that buyers brought pieces back and got their money: exactly what was posted for them is reversed.

    ``payments``: (account, rupiah) that went out. ``back_to``: the place the pieces go to (a shelf, *damaged*).
    ``beside``: what the buyer gets back besides goods (shipping) and the account it comes from.
    Raises ReturnedAlready, MoneyDoesNotAddUp, KeyTaken.
    """
    hold(case.association.pk)
    wanted: dict[int, int] = defaultdict(int)
    for line in lines:
        wanted[line.share] += line.quantity
    deed = case.deed("sale.refund", lines=[[share, quantity] for share, quantity in sorted(wanted.items())])
    if (posting := earlier(deed)) is not None:
        if not _same_payments(posting, payments, sum(amount for _, amount in beside)):
            raise KeyTaken(key=case.key)
        return Posted(posting, created=False)
    sold = ShareLine.objects.select_related("lot").in_bulk(wanted)
    back = ShareLine.objects.filter(reverses__in=wanted).order_by().values_list("reverses").annotate(Sum("quantity"))
    gone = {number: -int(quantity) for number, quantity in back}
    shares = [taken_back(sold[number], gone.get(number, 0), quantity) for number, quantity in wanted.items()]
    total = sum(amount for _, amount in beside) - sum(share.parts.gross for share in shares)
    paid = sum(amount for _, amount in payments)
    if total != paid:
        raise MoneyDoesNotAddUp(paid=paid, total=total)
    from_sold = meaning(case.association, Place.Kind.SOLD)
    own = {line.share: line.into for line in lines if line.into is not None}
    goods = [
        Goods(share.lot, from_sold, own.get(number, back_to), -share.quantity)
        for number, share in zip(wanted, shares, strict=True)
    ]
    lots = sold_lots(line.lot_id for line in sold.values())
    money = _money(
        case.association, shares, lots, [(paid_from, -amount) for paid_from, amount in payments],
        beside=[(name, -amount) for name, amount in beside],
    )  # fmt: skip
    return post(replace(deed, goods=goods, money=money, shares=shares))


def _same_payments(posting: Posting, payments: Payments, beside: int) -> bool:
    """Whether the money of a refund went out of these accounts."""
    wanted: dict[int, int] = defaultdict(int)
    for paid_from, amount in payments:
        wanted[account(posting.association, paid_from).pk if isinstance(paid_from, Named) else paid_from] += amount
    gross = ShareLine.objects.filter(posting=posting).aggregate(n=Sum("gross"))["n"] or 0
    if sum(wanted.values()) != beside - gross:
        return False
    moved = dict.fromkeys(wanted, 0)
    for source, target, amount in MoneyMove.objects.filter(posting=posting).values_list("source", "target", "amount"):
        if source in moved:
            moved[source] += amount
        if target in moved:
            moved[target] -= amount
    return moved == wanted


def taken_back(line: ShareLine, before: int, quantity: int) -> Share:
    """The share line that takes ``quantity`` pieces of ``line`` back, ``before`` of which had come back earlier."""
    if quantity <= 0 or before + quantity > line.quantity:
        raise ReturnedAlready(name=line.lot.name, sold=line.quantity, back=before, asked=quantity)
    parts = Parts(line.gross, line.gallery, line.unit, line.net, tuple(sorted(line.named.items())))
    now = minus(part_of(parts, line.quantity, before + quantity), part_of(parts, line.quantity, before))
    taken = minus(Parts(0, 0, 0, 0, tuple((name, 0) for name, _ in now.named)), now)
    # A sale that is held back and its return meet on one statement.
    return Share(
        line.lot_id,
        line.producer_id,
        -quantity,
        taken,
        ShareLine.Kind.REFUND,
        reverses=line.pk,
        not_before=line.free_on,
    )


def _money(
    association: Association, shares: Sequence[Share], lots: Mapping[int, SoldLot], payments: Payments,
    *, rounding: int = 0, unknown: int = 0, beside: Sequence[tuple[Named, int]] = (),
    seen: Mapping[str, int] | None = None,
) -> list[Money]:  # fmt: skip
    """The flows of one sale or refund, summed by account. One payment is the hub itself; several meet in *clearing*."""
    flows: dict[Named, int] = defaultdict(int)
    for share in shares:
        lot = lots[share.lot]  # type: ignore[index]
        parts = share.parts
        flows[owed_to(share.producer)] += parts.net
        flows[one(Kind.GALLERY_FEE)] += parts.gallery
        if parts.unit:
            flows[_unit_account(lot)] += parts.unit
        for name, amount in parts.named:
            flows[deduction(name)] += amount
    for named_account, amount in beside:
        flows[named_account] += amount
    if unknown:
        flows[one(Kind.SUSPENSE)] += unknown
    if rounding:
        flows[one(Kind.ROUNDING)] -= rounding
    split = len(payments) != 1
    named = [paid for paid, _ in payments if isinstance(paid, Named)]
    numbers = accounts(association, [*flows, *named, *([one(Kind.CLEARING)] if split else [])], seen)
    paid = [(numbers[a.key] if isinstance(a, Named) else a, amount) for a, amount in payments]
    hub = numbers[Kind.CLEARING] if split else paid[0][0]
    moves = [_flow(hub, account, -amount) for account, amount in paid if amount] if split else []
    moves += [_flow(hub, numbers[flow.key], amount) for flow, amount in flows.items() if amount]
    return moves


def _flow(hub: int, account: int, amount: int) -> Money:
    """``amount`` to the credit of ``account`` against the hub; a negative one the other way round."""
    return Money(account, hub, amount) if amount > 0 else Money(hub, account, -amount)


def _unit_account(lot: SoldLot) -> Named:
    """A unit's part; of goods without a unit it stays with the gallery."""
    return unit_fee(lot.unit) if lot.unit else one(Kind.GALLERY_FEE)
