"""Visitors of the demonstration: what they looked at and what they missed; the pages about it are not empty."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from kendedes.demo.actions import visitors
from kendedes.demo.actions.calendar import Calendar
from kendedes.demo.actions.network import World
from kendedes.products.models import Product
from kendedes.settlement.models import BankAccount
from kendedes.testing.cast import Cast
from kendedes.visits import tally
from kendedes.visits.models import Looked, Missed, Synonyms


@pytest.mark.django_db
def test_what_visitors_did_is_there_and_the_same_each_time(cast: Cast, client: Client) -> None:
    for n in range(5):
        product = cast.product(name=f"Barang {n}")
        Product.objects.filter(pk=product.pk).update(state=Product.State.PUBLISHED, slug=f"barang-{n}")
    now = timezone.now()
    world = World(cast.association, Calendar.before(now))
    world.accounts["pengelola"] = SimpleNamespace(user=cast.ratna)  # type: ignore[assignment]
    world.accounts["bendahara"] = SimpleNamespace(user=cast.sekar)  # type: ignore[assignment]

    visitors.come(world, now=now)

    assert Looked.objects.values("product").distinct().count() == 5
    before = sum(Looked.objects.values_list("times", flat=True))
    assert dict(Missed.objects.values_list("words", "times")) == dict(visitors.IN_VAIN)
    assert Synonyms.objects.count() == len(visitors.SAME)
    assert {row.bank.startswith("Bank Contoh") for row in BankAccount.objects.all()} == {True}
    assert not list(tally.folder().glob("*.json"))
    visitors._look(cast.association, now)  # a second round counts as much
    assert sum(Looked.objects.values_list("times", flat=True)) == 2 * before
    client.force_login(cast.ratna)
    assert "Barang 1" in client.get("/kantor/pengunjung/").content.decode()
