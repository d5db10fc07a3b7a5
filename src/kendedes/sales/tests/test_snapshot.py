"""What a till carries while it is offline."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from kendedes.ledger import actions as ledger
from kendedes.network import actions as network
from kendedes.network.rules import Role
from kendedes.sales.actions import EasyPin, NotACashier, end_cashier, set_pin
from kendedes.sales.models import Cashier
from kendedes.sales.rules.pairing import verifier
from kendedes.sales.tests.till import Till, line
from kendedes.testing.cast import AT, PASSWORD


def test_goods_as_their_labels_name_them(shop, till: Till):
    status, found = till.get("snapshot")

    good = found["goods"][0]
    assert status == 200
    assert good == {
        "lot": shop.lot.code, "code": shop.variant.code, "barcode": "", "name": "Keripik tempe 150 g", "pack": "150 g",
        "unit": "bungkus", "producer": "Kelompok Tempe Sari (fiktif)", "village": "Toyomarto", "price": 15_000, "minimum": 0,
        "expires": "2027-01-19", "here": 10, "all": 10,
    }  # fmt: skip
    assert (found["device"]["code"], found["rules"]["second_person_above"]) == ("K1", 500_000)


def test_prices_and_stock_follow(shop, till: Till):
    ledger.price_lot(lot=shop.lot, price=12_000, minimum_price=11_000, reason="diskon", at=AT, by=None)
    till.sell(line(shop.lot.code, 4, 12_000))
    till.send()

    good = till.get("snapshot")[1]["goods"][0]

    assert (good["price"], good["minimum"], good["here"]) == (12_000, 11_000, 6)


def test_what_is_gone_stays_for_a_month_and_no_longer(shop, till: Till, monkeypatch):
    till.sell(line(shop.lot.code, 10, 15_000))
    till.send()
    assert [(g["here"], g["all"]) for g in till.get("snapshot")[1]["goods"]] == [(0, 0)]

    later = timezone.now() + timedelta(days=32)
    monkeypatch.setattr("kendedes.sales.views.sync.timezone.now", lambda: later)

    assert till.get("snapshot")[1]["goods"] == []


def test_it_is_sent_once_while_nothing_changes(shop, till: Till):
    from django.test import Client

    web = Client(headers=till.headers)
    first = web.get("/sync/K1/snapshot", headers={"Accept-Encoding": "gzip"})
    again = web.get("/sync/K1/snapshot", headers={"If-None-Match": first["ETag"]})
    till.sell(line(shop.lot.code, 1, 15_000))
    till.send()
    changed = web.get("/sync/K1/snapshot", headers={"If-None-Match": first["ETag"]})

    assert json.loads(gzip.decompress(first.content))["goods"][0]["here"] == 10
    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)


def test_cashiers_with_their_pins_and_nothing_else_about_them(shop, till: Till):
    cast = shop.cast
    network.give_role(user=cast.yudi, role=Role.CASHIER, association=cast.association, at=AT, by=None)
    network.give_role(user=cast.lestari, role=Role.TREASURER, association=cast.association, at=AT, by=None)
    one = set_pin(association=cast.association, user=cast.yudi, pin="482915", at=AT)
    two = set_pin(association=cast.association, user=cast.lestari, pin="730264", at=AT)

    found = {c["id"]: c for c in till.get("snapshot")[1]["cashiers"]}

    assert (found[one.pk]["name"], found[one.pk]["may"]) == (cast.yudi.name, ["sell"])
    assert found[two.pk]["may"] == ["approve"]
    pin = found[one.pk]["pin"]
    assert verifier("482915", bytes.fromhex(pin["salt"]), pin["iterations"]).hex() == pin["hash"]

    end_cashier(cashier=one, at=AT, by=cast.ratna)
    assert [c["id"] for c in till.get("snapshot")[1]["cashiers"]] == [two.pk]


@pytest.mark.parametrize(
    "pin", ["123456", "654321", "111111", "121212", "123123", "12345", "1234567", "48291a", "٤٨٢٩١٥"]
)
def test_an_easy_pin_is_refused(cast, pin):
    with pytest.raises(EasyPin):
        set_pin(association=cast.association, user=cast.ratna, pin=pin, at=AT)

    assert Cashier.objects.count() == 0


def test_only_who_may_sell_has_a_pin(cast):
    with pytest.raises(NotACashier):
        set_pin(association=cast.association, user=cast.bima, pin="482915", at=AT)
    with pytest.raises(NotACashier):
        set_pin(association=cast.neighbour, user=cast.ratna, pin="482915", at=AT)

    assert Cashier.objects.count() == 0


def test_no_personal_data_travels(shop, till: Till):
    network.change_producer(
        producer=shop.cast.tempe, at=AT, by=None, contact_name="Ibu Rahasia", address="Jl. Rahasia 1"
    )

    text = json.dumps(till.get("snapshot")[1])

    assert "6281200000003" not in text
    assert "Rahasia" not in text
    assert PASSWORD not in text


def test_a_receipt_of_another_till_is_found(shop, paired):
    one, two = paired(1), paired(2)
    one.sell(line(shop.lot.code, 3, 15_000), line(None, 1, 2_000))
    one.send()
    number = one.receipt(1)

    status, found = two.get(f"receipt/{number}")

    assert status == 200
    assert (found["receipt"], found["total"], found["void"]) == (number, 47_000, False)
    assert [(x["line"], x["lot"], x["qty"], x["refunded"]) for x in found["lines"]] == [
        (1, shop.lot.code, 3, 0),
        (2, None, 1, 0),
    ]
    assert two.get("receipt/k1-1")[1]["sale"] == found["sale"]

    body = {"sale": found["sale"], "lines": [{"line": 1, "qty": 2}], "rounding": 0, "total": 30_000, "reason": "rusak"}
    two.write("refund", {**body, "payments": [{"kind": "cash", "amount": 30_000}]})
    two.send()
    assert two.get(f"receipt/{number}")[1]["lines"][0]["refunded"] == 2


@pytest.mark.parametrize("number", ["K9-1", "K1-2", "x", "K1-000001-00000000", "K0-1"])
def test_a_receipt_nobody_knows(shop, till: Till, number):
    till.sell(line(shop.lot.code, 1, 15_000))
    till.send()

    status, found = till.get(f"receipt/{number}")

    assert (status, found["code"]) == (404, "receipt_unknown")
