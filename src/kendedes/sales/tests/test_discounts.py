"""What tills may take off: set on a page, with days and a place, and carried to the tills it is for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kendedes.journal.models import Entry
from kendedes.ledger.actions import agree_terms
from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import Place, ShareLine
from kendedes.sales import actions
from kendedes.sales.models import Device, Discount
from kendedes.sales.tests.till import Till, line
from kendedes.testing.cast import AT, Cast

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
        "limit": "",
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
        {"limit": "unit:999"},
        {"limit": "producer:x"},
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


def only(shop, kind):
    cast = shop.cast
    return {"unit": cast.singosari, "producer": cast.tempe, "product": shop.product}[kind]


@pytest.mark.parametrize("kind", ["unit", "producer", "product"])
def test_a_discount_of_some_goods_is_told_apart_and_their_lots_name_it(shop, till: Till, office, kind):
    other = shop.new_lot(5, producer=shop.cast.apel)
    body = only(shop, kind)

    answer = office.post(reverse("sales:discounts"), fill(code="SEBAGIAN", limit=f"{kind}:{body.pk}"))

    assert answer.status_code == 302
    assert carried(till) == []
    found = till.get("snapshot")[1]
    assert found["rules"]["limited"] == [
        {
            "code": "SEBAGIAN", "name": "Pameran", "percent": 10, "since": str(TODAY()), "until": None, "limit": str(body),
        }
    ]  # fmt: skip
    named = {good["lot"]: good.get("discounts", []) for good in found["goods"]}
    assert named == {shop.lot.code: ["SEBAGIAN"], other.code: ["SEBAGIAN"] if fits_other(kind, body, other) else []}
    assert str(body) in office.get(reverse("sales:discounts")).content.decode()
    assert Entry.objects.get(deed="discount.add").facts["only"] == str(body)


def fits_other(kind, body, lot):
    return {"unit": lot.unit, "producer": lot.producer, "product": lot.variant.product}[kind] == body


def flags_of(till: Till):
    return [result["why"] for result in till.send()[1]["results"]]


def cut(lot, discount, code="APEL10", *, qty=2, price=15_000):
    return {**line(lot.code, qty, price, discount=discount), "discount_code": code}


def test_the_server_names_discounts_no_rule_allows(shop, till: Till, office):
    other = shop.new_lot(50, producer=shop.cast.apel)
    office.post(reverse("sales:discounts"), fill(code="APEL10", limit=f"producer:{shop.cast.apel.pk}"))
    till.write("shift.open", {"float": 0})
    till.sell(cut(other, 3_000))
    till.sell(cut(other, 3_001))  # a rupiah of a discount on the whole basket
    till.sell(cut(other, 3_002))
    till.sell(cut(shop.lot, 3_000))
    till.sell(cut(other, 3_000, "LAIN"))
    till.sell({**line(other.code, 2, 15_000, discount=3_000)})
    till.sell({**line(None, 2, 15_000, discount=3_000), "discount_code": "APEL10"})

    assert flags_of(till)[1:] == [[], [], *[["discount"]] * 4, ["unknown_goods", "discount"]]


def test_days_and_places_are_looked_at_too(shop, till: Till, office):
    fair = place(shop.cast.association, Place.Kind.EVENT, key="event:1", name="Pameran Malang")
    office.post(reverse("sales:discounts"), fill(code="BAZAR", place=str(fair.pk)))
    office.post(reverse("sales:discounts"), fill(code="NANTI", since=str(TODAY() + timedelta(days=2))))
    office.post(reverse("sales:discounts"), fill(code="KINI"))
    actions.end_discount(discount=Discount.objects.get(code="KINI"), at=timezone.now(), by=shop.cast.ratna)
    till.write("shift.open", {"float": 0})
    for code in ("BAZAR", "NANTI", "KINI"):  # KINI: ended today, the till may not have heard of it
        till.sell(cut(shop.lot, 3_000, code))

    assert flags_of(till)[1:] == [["discount"], ["discount"], []]


def test_everybody_bears_her_part_of_a_discount(shop, till: Till, office):
    """85 / 10 / 5 of what the buyer paid: Rp27.000 instead of Rp30.000."""
    office.post(reverse("sales:discounts"), fill(code="APEL10", limit=f"producer:{shop.cast.tempe.pk}"))
    till.write("shift.open", {"float": 0})
    till.sell(cut(shop.lot, 3_000))
    till.send()

    share = ShareLine.objects.get()

    assert (share.gross, share.gallery, share.unit, share.net) == (27_000, 2_700, 1_350, 22_950)


def test_with_a_mark_up_the_gallery_bears_it(shop, till: Till, office):
    terms = agree_terms(
        association=shop.cast.association, producer=shop.cast.apel, valid_from=TODAY(), at=AT, by=None,
        values={"markup": True, "markup_bp": 2500},
    )  # fmt: skip
    lot = shop.new_lot(5, producer=shop.cast.apel, terms=terms)  # asks Rp12.000 a piece
    office.post(reverse("sales:discounts"), fill(code="APEL10", limit=f"producer:{shop.cast.apel.pk}"))
    till.write("shift.open", {"float": 0})
    till.sell(cut(lot, 3_000))
    till.send()

    share = ShareLine.objects.get()

    assert (share.gross, share.gallery, share.net) == (27_000, 3_000, 24_000)


def test_the_database_keeps_one_limit(cast, shop):
    row = {
        "association": cast.association,
        "code": "X",
        "name": "X",
        "percent": 10,
        "since": TODAY(),
        "made_at": timezone.now(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Discount.objects.create(**row, unit=cast.singosari, producer=cast.tempe)
