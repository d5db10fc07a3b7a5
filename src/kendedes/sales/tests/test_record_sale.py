"""What a till's events mean in the books."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import Account, MoneyMove, Oddity, Place, ShareLine
from kendedes.ledger.queries import balance, stock_of_lots
from kendedes.network import actions as network
from kendedes.network.rules import Role
from kendedes.sales.actions import LineSold, Money, end_cashier, set_pin
from kendedes.sales.actions.selling import Counter, Recorded, record_sale
from kendedes.sales.models import Device, Handling, Payment, Refund, RefundLine, Sale, SaleLine, Shift, ShiftClose
from kendedes.sales.tests.till import Till, any_discount, line
from kendedes.testing.cast import AT


def of(shop, key):
    found = Account.objects.filter(association=shop.cast.association, key=key).first()
    return balance(found.pk) if found else 0


def stock(shop, lot=None):
    lot = lot or shop.lot
    names = dict(Place.objects.values_list("pk", "key"))
    return {names[p]: n for p, n in stock_of_lots([lot.pk])[lot.pk].items()}


def results(answer):
    status, found = answer
    assert status == 200, found
    return [(r["result"], r["why"]) for r in found["results"]]


@pytest.fixture
def open_till(shop, till: Till) -> Till:
    any_discount(shop.cast.association)
    till.write("shift.open", {"float": 200_000})
    assert results(till.send()) == [("created", [])]
    return till


def test_a_sale_moves_goods_money_and_everybodys_share(shop, open_till: Till):
    open_till.sell(line(shop.lot.code, 3, 15_000, discount=5_000))

    assert results(open_till.send()) == [("created", [])]

    sale = Sale.objects.get()
    share = ShareLine.objects.get(kind="sale")
    assert (sale.total, sale.receipt, sale.shift) == (40_000, open_till.receipt(2), Shift.objects.get())
    assert list(SaleLine.objects.values_list("number", "lot", "quantity", "price", "discount", "total", "share")) == [
        (1, shop.lot.pk, 3, 15_000, 5_000, 40_000, 1)
    ]
    assert (share.gross, share.gallery, share.unit, share.net) == (40_000, 4_000, 2_000, 34_000)
    assert stock(shop) == {"shelf:1": 7, "sold": 3, "maker": -10}
    assert (of(shop, "till:K1"), of(shop, f"producer:{shop.cast.tempe.pk}")) == (240_000, -34_000)
    assert Payment.objects.get().amount == 40_000


def test_cash_is_rounded_and_payments_are_split(shop, open_till: Till):
    body = {
        "lines": [line(shop.lot.code, 1, 15_020)], "rounding": -20, "total": 15_000,
        "payments": [{"kind": "cash", "amount": 5_000, "given": 10_000, "change": 5_000}, {"kind": "qris", "amount": 10_000, "ref": "A1"}],
    }  # fmt: skip
    open_till.write("sale", body)

    assert results(open_till.send()) == [("flagged", ["price"])]

    assert (of(shop, "till:K1"), of(shop, "qris"), of(shop, "rounding"), of(shop, "clearing")) == (
        205_000,
        10_000,
        20,
        0,
    )
    assert list(Payment.objects.values_list("kind", "amount", "given", "ref")) == [
        ("cash", 5_000, 10_000, ""),
        ("qris", 10_000, None, "A1"),
    ]


def test_more_than_is_there_is_sold_and_becomes_a_task(shop, open_till: Till):
    open_till.sell(line(shop.lot.code, 12, 15_000))

    assert results(open_till.send()) == [("flagged", ["short"])]

    assert stock(shop) == {"shelf:1": 0, "sold": 12, "difference": -2, "maker": -10} or stock(shop) == {
        "sold": 12,
        "difference": -2,
        "maker": -10,
    }
    odd = Oddity.objects.get()
    assert (odd.code, odd.lot, odd.facts) == ("oversold", shop.lot, {"quantity": 2})


def test_pieces_come_from_the_fullest_shelf_then_the_next_then_the_store(shop, open_till: Till):
    from kendedes.ledger import actions as ledger

    other = place(shop.cast.association, Place.Kind.SHELF, key="shelf:2", name="Rak lain")
    for target, quantity in ((other, 3), (shop.store, 2)):
        carried = [ledger.Carried(shop.lot.pk, shop.shelf.pk, target.pk, quantity)]
        ledger.carry(shop.case(), carried=carried, deed="lot.receive")
    open_till.sell(line(shop.lot.code, 9, 15_000))

    assert results(open_till.send()) == [("created", [])]
    assert stock(shop) == {"store": 1, "sold": 9, "maker": -10}


def test_a_till_of_a_fair_sells_what_stands_there(shop, paired):
    from kendedes.ledger import actions as ledger
    from kendedes.sales.models import Device

    fair = place(shop.cast.association, Place.Kind.EVENT, key="event:1", name="Pameran")
    ledger.carry(shop.case(), carried=[ledger.Carried(shop.lot.pk, shop.shelf.pk, fair.pk, 4)], deed="lot.receive")
    till = paired(5)
    Device.objects.update(place=fair)
    till.write("shift.open", {"float": 0})
    till.sell(line(shop.lot.code, 2, 15_000))

    assert results(till.send()) == [("created", []), ("created", [])]
    assert stock(shop) == {"shelf:1": 6, "event:1": 2, "sold": 2, "maker": -10}


def test_unknown_goods_are_sold_and_wait_for_an_owner(shop, open_till: Till):
    open_till.sell(line(None, 1, 12_000, name="Dompet batik", code="899123"), line("T99999", 1, 3_000))

    assert results(open_till.send()) == [("flagged", ["unknown_goods", "lot_unknown"])]

    assert of(shop, "suspense") == -15_000
    assert list(SaleLine.objects.values_list("lot", "share", "code")) == [(None, None, "899123"), (None, None, "X")]
    assert sorted(Oddity.objects.values_list("code", flat=True)) == ["lot_unknown", "unknown_goods"]


def test_a_void_puts_everything_back(shop, open_till: Till):
    sold = open_till.sell(line(shop.lot.code, 3, 15_000), line(None, 1, 2_000))
    open_till.write("void", {"sale": sold, "reason": "salah ketik"})

    assert results(open_till.send()) == [("flagged", ["unknown_goods"]), ("created", [])]

    assert stock(shop) == {"shelf:1": 10, "maker": -10}
    assert [of(shop, k) for k in ("till:K1", "suspense", "gallery_fee", f"producer:{shop.cast.tempe.pk}")] == [
        200_000, 0, 0, 0,
    ]  # fmt: skip
    assert (Refund.objects.get().kind, Refund.objects.get().total) == ("void", 47_000)
    assert sum(Payment.objects.values_list("amount", flat=True)) == 0


def test_what_was_undone_cannot_come_back_again(shop, open_till: Till):
    sold = open_till.sell(line(shop.lot.code, 1, 15_000))
    open_till.write("void", {"sale": sold, "reason": "salah"})
    open_till.write("void", {"sale": sold, "reason": "salah lagi"})
    cash = {"kind": "cash", "amount": 15_000}
    open_till.write(
        "refund",
        {
            "sale": sold,
            "lines": [{"line": 1, "qty": 1}],
            "payments": [cash],
            "rounding": 0,
            "total": 15_000,
            "reason": "x",
        },
    )

    assert results(open_till.send())[2:] == [("parked", ["nothing_left"]), ("parked", ["nothing_left"])]
    assert of(shop, "till:K1") == 200_000
    assert Oddity.objects.filter(code="parked").count() == 2


def test_pieces_come_back_one_by_one_for_exactly_what_was_paid(shop, open_till: Till):
    sold = open_till.sell(line(shop.lot.code, 3, 15_000, discount=5_000))
    for amount in (13_333, 13_333, 13_334):
        open_till.write(
            "refund",
            {
                "sale": sold, "lines": [{"line": 1, "qty": 1}], "payments": [{"kind": "cash", "amount": amount}], "rounding": 0,
                "total": amount, "reason": "kemasan bocor",
            },
        )  # fmt: skip

    assert results(open_till.send()) == [("created", [])] * 4

    assert [of(shop, k) for k in ("till:K1", "gallery_fee", f"producer:{shop.cast.tempe.pk}")] == [200_000, 0, 0]
    assert stock(shop) == {"shelf:1": 10, "maker": -10}
    assert list(RefundLine.objects.values_list("quantity", "total")) == [(1, 13_333), (1, 13_333), (1, 13_334)]


def test_a_refund_of_another_amount_waits_for_a_person(shop, open_till: Till):
    sold = open_till.sell(line(shop.lot.code, 1, 15_000))
    body = {"sale": sold, "lines": [{"line": 1, "qty": 1}], "rounding": 0, "reason": "x"}
    open_till.write("refund", {**body, "payments": [{"kind": "cash", "amount": 14_000}], "total": 14_000})

    assert results(open_till.send())[1] == ("parked", ["sums"])
    assert of(shop, "till:K1") == 215_000


def test_a_refund_of_an_unknown_sale_waits(open_till: Till):
    open_till.write("void", {"sale": "00000000-0000-7000-8000-000000000000", "reason": "x"})

    assert results(open_till.send()) == [("parked", ["sale_unknown"])]


def test_a_shift_is_counted_and_nothing_is_posted_again(shop, open_till: Till):
    sold = open_till.sell(line(shop.lot.code, 2, 15_000))
    open_till.sell(line(shop.lot.code, 1, 15_000), kind="qris")
    open_till.write("cash", {"kind": "out", "amount": 50_000, "purpose": "office", "reason": "setor"})
    open_till.write("cash", {"kind": "out", "amount": 5_000, "purpose": "expense", "reason": "plastik"})
    opened = str(Shift.objects.get().entry.key)
    body = {
        "opened": opened, "counted": 174_000, "expected": 175_000, "first_seq": 1, "last_seq": 5, "head": open_till.disk.head,
        "by_kind": {"cash": 30_000, "qris": 15_000, "transfer": 0},
    }  # fmt: skip
    open_till.write("shift.close", body)
    open_till.send()
    money = MoneyMove.objects.count()

    close = ShiftClose.objects.get()
    assert (close.counted, close.expected, close.difference) == (174_000, 175_000, -1_000)
    assert (close.cash, close.qris, close.transfer) == (30_000, 15_000, 0)
    assert Handling.objects.get(event__type="shift.close").why == ["count"]
    assert (of(shop, "till:K1"), of(shop, "expense"), MoneyMove.objects.count()) == (175_000, 5_000, money)
    assert sold

    open_till.write("shift.open", {"float": 174_000})
    open_till.sell(line(shop.lot.code, 1, 15_000))
    assert results(open_till.send()) == [("created", []), ("created", [])]


def test_a_z_slip_that_says_otherwise_is_looked_at(open_till: Till):
    body = {
        "opened": "00000000-0000-7000-8000-000000000000", "counted": 200_000, "expected": 1, "first_seq": 1, "last_seq": 1,
        "head": "0" * 64, "by_kind": {"cash": 0, "qris": 0, "transfer": 0},
    }  # fmt: skip
    open_till.write("shift.close", body)

    assert results(open_till.send()) == [("flagged", ["z_differs"])]


def test_a_sale_outside_a_shift_is_kept_and_said_once(shop, till: Till):
    till.sell(line(shop.lot.code, 1, 15_000))
    till.sell(line(shop.lot.code, 1, 15_000))

    assert results(till.send()) == [("flagged", ["no_shift"])] * 2
    assert Oddity.objects.filter(code="no_shift").count() == 1


@pytest.fixture
def cashiers(shop):
    for user, role in ((shop.cast.yudi, Role.CASHIER), (shop.cast.lestari, Role.TREASURER)):
        network.give_role(user=user, role=role, association=shop.cast.association, at=AT, by=None)
    return [
        set_pin(association=shop.cast.association, user=u, pin=pin, at=AT)
        for u, pin in ((shop.cast.yudi, "482915"), (shop.cast.lestari, "730264"))
    ]


def test_a_price_below_the_agreed_one_asks_a_second_person(shop, open_till: Till, cashiers):
    seller, second = cashiers
    lot = shop.new_lot(10, minimum_price=13_000)
    open_till.actor = seller.pk
    cheap = line(lot.code, 2, 15_000, discount=4_002)
    for more in ({}, {"approved_by": second.pk}, {"approved_by": seller.pk}, {"approved_by": 9_999}):
        open_till.sell(cheap, **more)
    open_till.sell(line(lot.code, 2, 15_000, discount=4_000))

    assert results(open_till.send()) == [
        ("flagged", ["below_minimum"]), ("created", []), ("flagged", ["approval"]), ("flagged", ["approval"]), ("created", []),
    ]  # fmt: skip


def test_a_large_void_asks_a_second_person(shop, open_till: Till, cashiers):
    seller, second = cashiers
    open_till.actor = seller.pk
    for more in ({}, {"approved_by": second.pk}):
        sold = open_till.sell(line(None, 1, 500_001))
        open_till.write("void", {"sale": sold, "reason": "batal", **more})
    sold = open_till.sell(line(None, 1, 500_000))
    open_till.write("void", {"sale": sold, "reason": "batal"})

    assert results(open_till.send())[1::2] == [("flagged", ["void_large"]), ("created", []), ("created", [])]


def test_a_revoked_cashiers_sale_is_kept_and_told(shop, open_till: Till, cashiers):
    seller, _second = cashiers
    open_till.actor = seller.pk
    open_till.sell(line(shop.lot.code, 1, 15_000))
    end_cashier(cashier=seller, at=AT, by=shop.cast.ratna)
    open_till.sell(line(shop.lot.code, 1, 15_000))

    assert results(open_till.send()) == [("flagged", ["cashier"])] * 2
    assert Sale.objects.filter(cashier=seller).count() == 2


def test_the_day_of_a_sale_is_the_day_it_happened(shop, open_till: Till):
    from kendedes.ledger.models import Posting

    open_till.restart()
    day = 24 * 3600 * 1000
    now = int(timezone.now().timestamp() * 1000)
    open_till.now = now + 400 * day  # a clock more than a year ahead
    open_till.sell(line(shop.lot.code, 1, 15_000))
    open_till.now += 1000

    assert results(open_till.send()) == [("flagged", ["clock"])]
    posting = Posting.objects.order_by("-number")[0]
    assert posting.occurred_on == timezone.localdate()


def test_a_sale_recorded_again_under_its_key_is_the_one_that_is_there(shop, open_till: Till):
    counter = Counter(device=Device.objects.get(), at=timezone.now(), key=uuid.uuid4(), seq=2, mark="ab12cd34")
    sold = {"lines": [LineSold(shop.lot, "Keripik", 2, 15_000)], "payments": [Money("cash", 30_000)]}

    first, again = (record_sale(counter=counter, **sold) for _ in range(2))

    assert (first.created, first.late, first.short, first.sale) == (True, False, False, Sale.objects.get())
    assert again == Recorded(first.sale, created=False, late=False, short=False)
    assert of(shop, "till:K1") == 230_000


def test_a_drawer_opened_with_other_coins_than_it_holds_is_looked_at(open_till: Till):
    open_till.write("shift.open", {"float": 199_000})  # over a shift that nobody closed
    open_till.write("shift.open", {"float": 200_000})

    assert results(open_till.send()) == [("flagged", ["shift_unclosed", "float"]), ("flagged", ["shift_unclosed"])]
