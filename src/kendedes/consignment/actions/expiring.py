"""What is done with goods that expire: one tap begins the paper with every piece of the lot on it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kendedes.consignment.actions.drafting import add_lot, draft
from kendedes.consignment.actions.refusals import WrongPlace
from kendedes.consignment.models import Line, Paper
from kendedes.consignment.rules.pricing import marked_down
from kendedes.journal.models import User
from kendedes.ledger.actions import price_lot
from kendedes.ledger.models import Lot, LotPrice, Place
from kendedes.ledger.queries import stock_in

WAYS = {"retur": Paper.Kind.RETURN, "hapus": Paper.Kind.WRITE_OFF, "jalan": Paper.Kind.DELIVERY}


@transaction.atomic
def begin_for(*, lot: Lot, spot: Place, way: str, at: datetime, by: User | None, target: Place | None = None) -> Paper:
    """A draft with all pieces of the lot at ``spot``: back to its maker, written off as expired, or on to a fair.

    Raises WrongPlace (nothing lies there, or the way needs a place to go).
    """
    pieces = stock_in([spot.pk])[spot.pk].get(lot.pk, 0)
    if way not in WAYS or pieces < 1 or (way == "jalan") != (target is not None):
        raise WrongPlace
    paper = draft(association=lot.association, kind=WAYS[way], source=spot, target=target, at=at, by=by)
    add_lot(paper=paper, lot=lot, quantity=pieces, becomes=Line.Becomes.EXPIRED if way == "hapus" else "")
    return paper


@transaction.atomic
def mark_down(*, lot: Lot, price: int, minimum: int, reason: str, at: datetime, by: User | None) -> LotPrice:
    """A fifth off the shelf price ``price``, never below what was agreed as the least."""
    return price_lot(
        lot=lot, price=marked_down(price, minimum), minimum_price=minimum, reason=reason, at=at, by=by
    )  # fmt: skip
