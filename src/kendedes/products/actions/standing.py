"""What a change does to a product's standing."""

from __future__ import annotations

from datetime import datetime

from kendedes.journal.models import User
from kendedes.network.rules import Right
from kendedes.products.models import Product


def changed(product: Product, at: datetime, by: User | None) -> bool:
    """Note that what the public will read has changed; returns whether the product must be looked at again.

    A curator has accepted a text, prices and photos, not a name: when somebody without that right changes an accepted
    product, it waits for the curator once more. A published product keeps its release until it is published again.
    """
    back = product.state == Product.State.ACCEPTED and by is not None and not _curates(product, by)
    product.changed_at = at
    if back:
        product.state = Product.State.SUBMITTED
    Product.objects.filter(pk=product.pk).update(changed_at=at, state=product.state)
    return back


def _curates(product: Product, by: User) -> bool:
    return Product.objects.allowed(by, Right.CURATE).filter(pk=product.pk).exists()
