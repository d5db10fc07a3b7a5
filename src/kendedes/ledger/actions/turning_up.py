"""Pieces that are lost and pieces that are found: of one lot there are never both (docs/algorithms/consignment.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Sum

from kendedes.ledger.actions.locks import hold
from kendedes.ledger.actions.post import Goods, Money, Posted, Share, earlier, post
from kendedes.ledger.actions.sale import Case, taken_back
from kendedes.ledger.actions.standing import accounts, meaning, one, owed_to
from kendedes.ledger.models import Account, GoodsMove, Lot, Place, ShareLine
from kendedes.ledger.queries import stock_in
from kendedes.ledger.rules.shares import BASIS
from kendedes.network.models import Association

BEARER = {
    Place.Kind.EXPIRED: "expiry_producer_bp",
    Place.Kind.DAMAGED: "damage_producer_bp",
    Place.Kind.LOST: "loss_producer_bp",
}


@dataclass(frozen=True, slots=True)
class Carried:
    """Pieces of a lot that went from one place to another."""

    lot: int
    source: int
    target: int
    quantity: int


def apart(
    association: Association, gone: Sequence[Carried], kinds: Mapping[int, str]
) -> tuple[list[Carried], list[Carried]]:
    """What is really gone, and the pieces that were only counted twice: of their lot as many were *found* before.

    ``kinds``: of each target.
    """
    lots = [c.lot for c in gone if kinds[c.target] == Place.Kind.LOST]
    if not lots:
        return list(gone), []
    found = meaning(association, Place.Kind.FOUND)
    more = stock_in([found], Lot.objects.filter(pk__in=lots))[found]
    really, known = [], []
    for c in gone:
        some = min(c.quantity, max(0, -more.get(c.lot, 0))) if kinds[c.target] == Place.Kind.LOST else 0
        if some:
            more[c.lot] += some
            known.append(replace(c, target=found, quantity=some))
        if c.quantity > some:
            really.append(replace(c, quantity=c.quantity - some))
    return really, known


def turn_up(case: Case, *, carried: Sequence[Carried], deed: str) -> Posted:
    """As ``carry``, but of pieces that come from *found* those that were *lost* of their lot come from there: they were
    not lost after all, and what the gallery paid for losing them is taken back. Raises NotEnoughStock, KeyTaken.
    """
    with transaction.atomic():
        hold(case.association.pk)
        told = case.deed(deed)
        if (known := earlier(told)) is not None:
            return Posted(known, created=False)
        found, lost = (meaning(case.association, kind) for kind in (Place.Kind.FOUND, Place.Kind.LOST))
        there = stock_in([lost], Lot.objects.filter(pk__in=[c.lot for c in carried if c.source == found]))[lost]
        goods: list[Goods] = []
        again: dict[int, int] = defaultdict(int)
        for c in carried:
            some = min(c.quantity, max(0, there.get(c.lot, 0))) if c.source == found else 0
            if some:
                there[c.lot] -= some
                again[c.lot] += some
                goods.append(Goods(c.lot, lost, c.target, some))
            if c.quantity > some:
                goods.append(Goods(c.lot, c.source, c.target, c.quantity - some))
        shares = [share for lot, pieces in again.items() for share in _not_owed(lot, pieces, lost)]
        money = _back(case.association, shares)
        return post(replace(told, goods=goods, shares=shares, money=money, promise=True))


def _not_owed(number: int, pieces: int, lost: int) -> Iterator[Share]:
    """The share lines that take back what was paid for losing ``pieces`` of a lot, the newest loss first."""
    lot = Lot.objects.select_related("terms").get(pk=number)
    borne = BASIS - getattr(lot.terms, BEARER[Place.Kind.LOST])
    losses = GoodsMove.objects.filter(lot=lot, target=lost).values("posting")
    lines = ShareLine.objects.filter(kind=ShareLine.Kind.COMPENSATION, lot=lot, posting__in=losses)
    for line in lines.select_related("lot").annotate(back=Sum("reversals__quantity")).order_by("-pk"):
        # a paper may lose some pieces and write others off as broken, which the terms may lay on somebody else
        if line.gross != lot.maker_price * line.quantity * borne // BASIS:
            continue
        before = -(line.back or 0)  # type: ignore[attr-defined]
        if some := min(pieces, line.quantity - before):
            yield taken_back(line, before, some)
            pieces -= some


def _back(association: Association, shares: Sequence[Share]) -> list[Money]:
    if not shares:
        return []
    loss = one(Account.Kind.LOSS)
    numbers = accounts(association, [loss, *(owed_to(share.producer) for share in shares)])
    return [
        Money(numbers[loss.key], numbers[owed_to(share.producer).key], -share.parts.net)
        for share in shares
        if share.parts.net
    ]
