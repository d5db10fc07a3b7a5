"""The demonstration's buyers: every state of an enquiry, a silent maker, and books that fit."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest

from kendedes.demo.actions import wholesale
from kendedes.demo.actions.calendar import Calendar
from kendedes.demo.actions.network import World
from kendedes.ledger.verify import verify
from kendedes.orders.models import Order
from kendedes.products.models import Category, Product
from kendedes.testing.cast import make
from kendedes.testing.shop import AT
from kendedes.wholesale.models import Enquiry, Paper, Supply
from kendedes.wholesale.queries.board import work_of
from kendedes.wholesale.tests.stage import open_stage

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_every_state_and_its_books_fit() -> None:
    stage = open_stage(make())
    masks, _made = Category.objects.get_or_create(
        slug=wholesale.MASKS, defaults={"name_id": "Topeng", "name_en": "Masks"}
    )
    Supply.objects.all().delete()
    Product.objects.filter(pk__in=[pack.product_id for pack in stage.packs]).update(category=masks)
    world = World(stage.cast.association, Calendar.before(AT))
    world.accounts["pengelola"] = SimpleNamespace(user=stage.cast.ratna)  # type: ignore[assignment]

    wholesale.sell(world, AT)

    assert Counter(Enquiry.objects.values_list("state", flat=True)) == {"new": 2, "quoted": 1, "won": 2}
    assert Counter(Order.objects.values_list("state", flat=True)) == {"new": 1, "done": 1}
    assert Counter(Paper.objects.values_list("kind", flat=True)) == {"note": 1, "invoice": 1}
    assert [row.silent for row in work_of(Order.objects.get(state="new"), AT)].count(True) == 1
    assert list(verify().findings) == []


def test_without_masks_nothing_happens() -> None:
    cast = make()
    world = World(cast.association, Calendar.before(AT))
    world.accounts["pengelola"] = SimpleNamespace(user=cast.ratna)  # type: ignore[assignment]

    wholesale.sell(world, AT)

    assert Enquiry.objects.count() == 0
