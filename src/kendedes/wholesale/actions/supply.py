"""What makers agreed for large quantities is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.products.models import Variant
from kendedes.wholesale.actions.refusals import TiersDescend
from kendedes.wholesale.models import Supply, Tier


@transaction.atomic
def set_supply(
    *, variant: Variant, tiers: Sequence[tuple[int, int]], at: datetime, by: User | None, **values: Any
) -> Supply:
    """Minimum, lead time, capacity, sample and prices by quantity of a pack. Quotes keep their own copy. Raises TiersDescend."""
    rows = sorted(tiers)
    for (low, dear), (high, cheap) in pairwise(rows):
        if low == high or cheap > dear:
            raise TiersDescend
    supply, _made = Supply.objects.update_or_create(variant=variant, defaults=values)
    supply.tiers.all().delete()
    Tier.objects.bulk_create(Tier(supply=supply, quantity=quantity, price=price) for quantity, price in rows)
    product = variant.product
    record(
        deed="supply.set", at=at, by=by, subjects=[product, product.association],
        facts={"name": product.name_id, "tiers": [list(row) for row in rows], "minimum": supply.minimum},
    )  # fmt: skip
    return supply
