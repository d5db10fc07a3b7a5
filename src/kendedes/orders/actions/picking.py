"""Which pieces of which lots leave for a buyer: those somebody holds, those that expire first, those just made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from kendedes.consignment.rules.pricing import prices
from kendedes.journal.models import User
from kendedes.ledger import actions as ledger
from kendedes.ledger.actions import NewLot
from kendedes.ledger.actions.refusals import NoTerms
from kendedes.ledger.actions.standing import place as spot
from kendedes.ledger.models import Lot, Place
from kendedes.ledger.queries.terms import terms_for
from kendedes.ledger.rules.days import business_day
from kendedes.ledger.rules.shares import BASIS
from kendedes.orders.actions.common import case
from kendedes.orders.actions.refusals import NoSuchPiece, NotOnShelf
from kendedes.orders.models import Order, OrderLine
from kendedes.orders.queries.standing import standing
from kendedes.orders.rules.lots import Standing, Taken, choose


def pick(
    order: Order, wanted: Sequence[tuple[OrderLine, int]], *, at: datetime, by: User | None, scanned: Sequence[str] = (),
    in_hand: bool = False,
) -> list[tuple[OrderLine, Taken, int]]:  # fmt: skip
    """(line, lot with its places, what was paid for it) of so many pieces of lines: in the order of their share lines.

    Raises NotOnShelf, NoSuchPiece, NoTerms.
    """
    lines = [line for line, _pieces in wanted]
    there = standing(order.association_id, [line.variant_id for line in lines], order.stand_id)
    codes = _scanned(order, lines, scanned)
    found: list[tuple[OrderLine, Taken, int]] = []
    for line, pieces in wanted:
        spots = [s for s in there.get(line.variant_id, []) if not line.made or s.producer == line.producer_id]
        taken, missing = choose(pieces, spots, codes.get(line.variant_id, ()))
        if missing and line.made:
            taken.append(_arrives(order, line, missing, at=at, by=by))
        elif missing:
            if not in_hand:
                raise NotOnShelf(name=line.name, there=pieces - missing, asked=pieces, line=line.number)
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
        raise NotOnShelf(name=line.name, there=0, asked=line.quantity, line=line.number)
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
        variant=line.variant, producer=line.producer, terms=terms, name=line.name, maker_price=asked, price=max(1, line.price),  # a free sample has a price on no shelf
        made_on=day, tag=line.number,
    )  # fmt: skip
    store = spot(order.association, Place.Kind.STORE)
    posted = ledger.receive(case(order, at, by, line=line.number), arrivals=[ledger.Arrival(new, pieces)], into=store)
    return Taken(posted.lots[0].pk, pieces, ((store.pk, pieces),))
