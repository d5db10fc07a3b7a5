"""The demonstration's orders come about by the deeds of the app, in the states people meet; the books fit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kendedes.demo.actions import orders
from kendedes.ledger.verify import verify
from kendedes.orders.models import Order, ShopRules
from kendedes.orders.tests.stall import open_stall
from kendedes.products.models import Product


@pytest.mark.django_db
def test_orders_in_every_state(cast):
    stall = open_stall(cast)
    for n in range(6):
        product = cast.product(name=f"Barang {n}", capacity=300, lead_time_days=7)
        Product.objects.filter(pk=product.pk).update(state=Product.State.PUBLISHED)
        stall.shop.variant = product.variants.get()
        stall.shop.new_lot(10, expires_on=timezone.localdate() + timedelta(days=60))
    ShopRules.objects.all().delete()

    orders.take(cast.association, cast.ratna, now=timezone.now())

    states = sorted(Order.objects.values_list("state", flat=True))
    assert states == ["cancelled", "done", "new", "new", "new", "new", "sent"]
    assert verify().findings == []
