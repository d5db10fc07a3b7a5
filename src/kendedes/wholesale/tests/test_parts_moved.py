"""Orders that left at once before orders left in parts: one parcel of everything, their papers stand for it."""

from __future__ import annotations

import importlib
import uuid

import pytest
from django.apps import apps

from kendedes.ledger.verify import verify
from kendedes.orders import actions as orders
from kendedes.orders.models import Order, Parcel
from kendedes.testing.shop import AT
from kendedes.wholesale.models import Covers, Paper
from kendedes.wholesale.queries.billing import parts_of
from kendedes.wholesale.tests.stage import Stage

pytestmark = pytest.mark.django_db
PARCELS = importlib.import_module("kendedes.orders.migrations.0007_parcels")
COVERS = importlib.import_module("kendedes.wholesale.migrations.0006_covers")


def at_once(stage: Stage, *, paid: int) -> Order:
    """As it stood in the tables of those days."""
    order = stage.accepted()
    if paid:
        orders.confirm_money(order=order, kind="transfer", amount=paid, at=AT, by=stage.cast.ratna)
    # Handed over at once, the rest paid then and there; a row of the kind retail may still do so.
    Order.objects.filter(pk=order.pk).update(kind="retail", way="pickup")
    orders.hand_over(order=order, at=AT, by=stage.cast.ratna, key=uuid.uuid4(), rest="transfer")
    Order.objects.filter(pk=order.pk).update(kind="wholesale")
    order.refresh_from_db()
    facts = {"lines": [{"name": "Topeng", "producer": "X", "quantity": 600, "price": 16_000}], "total": 9_850_000}
    for kind in ("note", "invoice"):
        Paper.objects.create(
            association=order.association, order=order, kind=kind, year=2026, number=1, issued_on=AT.date(), issued_at=AT,
            facts={**facts, "goods": 9_600_000, "shipping": 250_000, "paid": paid, "due": 9_850_000 - paid, "down": 4_925_000},
        )  # fmt: skip
    return order


@pytest.mark.parametrize(("paid", "state"), [(9_850_000, "done"), (4_925_000, "sent")])
def test_what_left_at_once_is_one_parcel_and_open_until_it_is_paid(stage: Stage, paid: int, state: str) -> None:
    order = at_once(stage, paid=paid)
    posting = order.handed_over

    PARCELS.one_parcel(apps, None)
    COVERS.one_each(apps, None)

    order.refresh_from_db()
    assert (order.state, order.handed_over, order.ended_at is None) == (state, None, state == "sent")
    parcel = Parcel.objects.get()
    assert (parcel.posting, parcel.shipping, parcel.arrived_at) == (posting, 250_000, AT)
    assert sorted(Covers.objects.values_list("parcel", "kind")) == [(parcel.pk, "invoice"), (parcel.pk, "note")]
    parts = parts_of(order)
    assert (parts.sent, parts.left, parts.open) == (600, 0, 9_850_000 - paid)
    found = {finding.code for finding in verify().findings}
    assert found == (
        set() if state == "done" else {"receivable_differs"}
    )  # the rest was not owed here, but paid at once
