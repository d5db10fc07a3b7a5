"""Which terms hold for a pack on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from kendedes.ledger.models import Terms
from kendedes.products.models import Product


def terms_for(product: Product, on: date) -> Terms | None:
    """The newest version of the narrowest scope: product, else producer, else unit, else association."""
    producer = product.producer
    held = Terms.objects.filter(association=product.association_id, valid_from__lte=on).filter(
        Q(product=product)
        | Q(product=None, producer=producer)
        | Q(product=None, producer=None, unit=producer.unit_id, unit__isnull=False)
        | Q(product=None, producer=None, unit=None)
    )
    return max(held, key=_rank, default=None)


def _rank(terms: Terms) -> tuple[bool, bool, bool, date, int]:
    return (
        terms.product_id is not None, terms.producer_id is not None, terms.unit_id is not None, terms.valid_from, terms.pk,
    )  # fmt: skip
