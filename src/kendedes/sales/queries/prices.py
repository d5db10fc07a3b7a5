"""What lots cost at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kendedes.ledger.models import Lot, LotPrice


def prices_at(lots: Sequence[Lot], at: datetime) -> dict[int, tuple[int, int]]:
    """(price, lowest price without a second person) of each lot."""
    found = {lot.pk: (lot.price, lot.minimum_price) for lot in lots}
    if found:
        later = LotPrice.objects.filter(lot__in=list(found), valid_from__lte=at).order_by("id")
        found |= {lot: (price, least) for lot, price, least in later.values_list("lot_id", "price", "minimum_price")}
    return found
