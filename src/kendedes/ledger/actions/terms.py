"""Putting terms of consignment into force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.actions.refusals import TermsBackdated
from kendedes.ledger.models import Terms
from kendedes.network.models import Association, Producer, Unit
from kendedes.products.models import Product


@transaction.atomic
def agree_terms(
    *, association: Association, valid_from: date, at: datetime, by: User | None, values: Mapping[str, Any],
    unit: Unit | None = None, producer: Producer | None = None, product: Product | None = None,
) -> Terms:  # fmt: skip
    """Write a new version for one scope. ``values``: the other fields of Terms.

    Lots keep the version they came under. Raises TermsBackdated when a later version of the scope exists.
    """
    if product is not None:
        producer = product.producer
    if producer is not None:
        unit = producer.unit
    same = Terms.objects.filter(association=association, unit=unit, producer=producer, product=product)
    later = same.filter(valid_from__gt=valid_from).order_by("-valid_from").first()
    if later is not None:
        raise TermsBackdated(since=later.valid_from)
    scope = product or producer or unit or association
    entry = record(
        deed="terms.agree", at=at, by=by, subjects=[association, *([scope] if scope != association else [])],
        facts={"name": str(scope), "since": str(valid_from), **{k: v for k, v in values.items() if k != "note"}},
    )  # fmt: skip
    return Terms.objects.create(
        association=association,
        unit=unit,
        producer=producer,
        product=product,
        valid_from=valid_from,
        entry=entry,
        **values,
    )
