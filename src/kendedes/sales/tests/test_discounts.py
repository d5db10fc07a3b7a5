"""What tills may take off: set on a page, with days and a place, and carried to the tills it is for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kendedes.journal.models import Entry
from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import Place
from kendedes.sales import actions
from kendedes.sales.models import Device, Discount
from kendedes.sales.tests.till import Till
from kendedes.testing.cast import Cast

TODAY = timezone.localdate


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ratna)
    return client


def fill(**other):
    return {
        "code": "pameran10",
        "name": "Pameran",
        "percent": "10",
        "since": str(TODAY()),
        "until": "",
        "place": "",
        **other,
    }


def carried(till: Till):
    return till.get("snapshot")[1]["rules"]["discounts"]


def test_a_discount_is_added_on_its_page_and_reaches_the_till(till: Till, office):
    last = TODAY() + timedelta(days=5)

    answer = office.post(reverse("sales:discounts"), fill(until=str(last)))

    assert answer.status_code == 302
    assert carried(till) == [
        {"code": "PAMERAN10", "name": "Pameran", "percent": 10, "since": str(TODAY()), "until": str(last)}
    ]
    entry = Entry.objects.get(deed="discount.add")
    assert entry.facts == {"code": "PAMERAN10", "percent": 10, "since": str(TODAY()), "until": str(last)}
    assert "PAMERAN10" in office.get(reverse("sales:discounts")).content.decode()


def test_an_ended_discount_is_told_no_more_and_stays_in_the_list(till: Till, office):
    office.post(reverse("sales:discounts"), fill())
    discount = Discount.objects.get()

    office.post(reverse("sales:discount-end", args=[discount.pk]))

    assert carried(till) == []
    assert "PAMERAN10" in office.get(reverse("sales:discounts")).content.decode()
    with pytest.raises(actions.DiscountOver):
        actions.end_discount(discount=discount, at=timezone.now(), by=discount.made_by)
    assert Entry.objects.filter(deed="discount.end").count() == 1


def test_days_over_are_not_told_and_days_to_come_are_told_ahead(till: Till, office):
    for code, since, until in (("LALU", -9, -1), ("NANTI", 3, 5), ("JAUH", 60, None), ("INI", 0, 0)):
        day = {
            "since": str(TODAY() + timedelta(days=since)),
            "until": str(TODAY() + timedelta(days=until)) if until is not None else "",
        }
        assert office.post(reverse("sales:discounts"), fill(code=code, **day)).status_code == 302

    assert [rule["code"] for rule in carried(till)] == ["INI", "NANTI"]


def test_a_discount_of_a_fair_is_told_to_its_tills_only(shop, paired, office):
    fair = place(shop.cast.association, Place.Kind.EVENT, key="event:1", name="Pameran Malang")
    office.post(reverse("sales:discounts"), fill(code="SEMUA"))
    assert office.post(reverse("sales:discounts"), fill(code="PAMERAN", place=str(fair.pk))).status_code == 302
    gallery, there = paired(1), paired(2)
    Device.objects.filter(number=2).update(place=fair)

    assert [rule["code"] for rule in carried(gallery)] == ["SEMUA"]
    assert [rule["code"] for rule in carried(there)] == ["PAMERAN", "SEMUA"]


@pytest.mark.parametrize(
    "other",
    [
        {"percent": "0"},
        {"percent": "101"},
        {"code": "P 1"},
        {"code": "P"},
        {"name": ""},
        {"until": "2020-01-01"},
        {"place": "999"},
    ],
)
def test_what_makes_no_sense_is_said_and_leaves_no_trace(cast, office, other):
    answer = office.post(reverse("sales:discounts"), fill(**other))

    assert answer.status_code == 200
    assert "error" in answer.content.decode()
    assert (Discount.objects.count(), Entry.objects.filter(deed="discount.add").count()) == (0, 0)


def test_one_code_stands_for_one_rule_on_a_day(cast, office):
    first = fill(until=str(TODAY() + timedelta(days=2)))
    office.post(reverse("sales:discounts"), first)

    again = office.post(reverse("sales:discounts"), fill(percent="20", since=str(TODAY() + timedelta(days=2))))
    assert again.status_code == 200
    assert "sudah dipakai" in again.content.decode()
    assert Discount.objects.count() == 1

    assert (
        office.post(reverse("sales:discounts"), fill(percent="20", since=str(TODAY() + timedelta(days=3)))).status_code
        == 302
    )
    assert list(Discount.objects.values_list("percent", flat=True)) == [20, 10]


def test_the_database_itself_refuses_more_than_everything(cast):
    row = {"association": cast.association, "code": "X", "name": "X", "since": TODAY(), "made_at": timezone.now()}
    for wrong in ({"percent": 101}, {"percent": 10, "until": TODAY() - timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Discount.objects.create(**row, **wrong)
    Discount.objects.create(**row, percent=100)
