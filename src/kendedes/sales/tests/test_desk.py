"""What the office does about sales, through its pages: goods back, owners of unknown goods, differences, rules."""

from __future__ import annotations

import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kendedes.journal.models import Entry
from kendedes.ledger.models import Account, Oddity, Place, Posting, ShareLine
from kendedes.ledger.queries import balance, stock_of_lots
from kendedes.ledger.verify import verify
from kendedes.network import actions as network
from kendedes.network.rules import Role
from kendedes.sales import actions
from kendedes.sales.models import Assignment, Payment, Refund, Sale, ShiftClose, TillRules
from kendedes.sales.tests.till import Till, line
from kendedes.testing.cast import AT
from kendedes.ui import limits


def of(shop, key):
    found = Account.objects.filter(association=shop.cast.association, key=key).first()
    return balance(found.pk) if found else 0


def stock(shop):
    names = dict(Place.objects.values_list("pk", "key"))
    return {names[p]: n for p, n in stock_of_lots([shop.lot.pk])[shop.lot.pk].items() if n}


def counts():
    return (Refund.objects.count(), Posting.objects.count(), Payment.objects.count(), Entry.objects.count())


@pytest.fixture
def office(shop) -> Client:
    limits.forget_everything()
    client = Client()
    client.force_login(shop.cast.ratna)
    return client


@pytest.fixture
def sale(shop, till: Till) -> Sale:
    """Three packs of the lot and two of something nobody knows, paid in cash."""
    till.write("shift.open", {"float": 100_000})
    till.sell(line(shop.lot.code, 3, 15_000), line(None, 3, 5_000, name="Keripik tanpa label"))
    assert till.send()[0] == 200
    return Sale.objects.get()


def bring(client, sale, *, key=None, **pieces):
    data = {"key": str(key or uuid.uuid4()), "kind": "cash", "reason": "rusak", **pieces}
    return client.post(reverse("sales:refund", args=[sale.pk]), data)


def test_pieces_come_back_at_the_desk_out_of_the_gallerys_cash_box(shop, sale, office):
    answer = bring(office, sale, line_1="2")

    assert answer.status_code == 302
    refund = Refund.objects.get()
    assert (refund.total, refund.kind, refund.device, refund.shift) == (30_000, "refund", None, None)
    assert stock(shop) == {"shelf:1": 9, "sold": 1, "maker": -10}
    assert (of(shop, "cash"), of(shop, "till:K1")) == (-100_000 - 30_000, 160_000)
    assert of(shop, f"producer:{shop.cast.tempe.pk}") == -12_750


def test_a_double_click_gives_money_back_once(shop, sale, office):
    key = uuid.uuid4()
    bring(office, sale, key=key, line_1="1")
    before = counts()

    bring(office, sale, key=key, line_1="1")

    assert counts() == before
    assert of(shop, "cash") == -115_000


@pytest.mark.parametrize("pieces", [{}, {"line_1": "4"}, {"line_1": "-1"}, {"line_1": "x"}])
def test_more_than_was_sold_or_nothing_is_refused_in_words(sale, office, pieces):
    before = counts()

    answer = bring(office, sale, **pieces)

    assert answer.status_code == 200
    assert "error" in answer.content.decode()
    assert counts() == before


def test_what_came_back_already_cannot_come_back_again(sale, office):
    bring(office, sale, line_1="3")
    before = counts()

    assert bring(office, sale, line_1="1").status_code == 200
    assert counts() == before


def test_much_money_wants_a_second_person_with_her_pin(shop, sale, office):
    cast, now = shop.cast, timezone.now()
    TillRules.objects.create(association=cast.association, second_person_above=30_000)
    own = actions.set_pin(association=cast.association, user=cast.ratna, pin="482915", at=now)
    network.give_role(user=cast.bima, role=Role.TREASURER, association=cast.association, at=AT, by=None)
    other = actions.set_pin(association=cast.association, user=cast.bima, pin="739164", at=now)
    before = counts()

    for more in (
        {}, {"approver": own.pk, "pin": "482915"}, {"approver": other.pk}, {"approver": other.pk, "pin": "482915"},
    ):  # fmt: skip
        assert bring(office, sale, line_1="3", **more).status_code == 200
        assert counts() == before
    limits.forget_everything()
    assert bring(office, sale, line_1="3", approver=other.pk, pin="739164").status_code == 302

    assert Refund.objects.get().approved_by == other


def test_up_to_the_limit_one_person_is_enough(shop, sale, office):
    TillRules.objects.create(association=shop.cast.association, second_person_above=30_000)

    assert bring(office, sale, line_1="2").status_code == 302


def test_a_pin_cannot_be_tried_for_ever(shop, sale, office):
    cast = shop.cast
    network.give_role(user=cast.bima, role=Role.TREASURER, association=cast.association, at=AT, by=None)
    cashier = actions.set_pin(association=cast.association, user=cast.bima, pin="739164", at=timezone.now())
    tries = [bring(office, sale, line_1="1", approver=cashier.pk, pin=f"11{n}222").status_code for n in range(7)]

    assert tries[0] == 200
    assert tries[-1] == 429
    assert Refund.objects.count() == 0


def test_unknown_goods_get_their_owner(shop, sale, office):
    assert of(shop, "suspense") == -15_000
    address = reverse("sales:assign", args=[sale.pk, 2])

    answer = office.post(address, {"lot": shop.lot.code})

    assert answer.status_code == 302
    made = Assignment.objects.get()
    share = ShareLine.objects.get(posting=made.entry_id)
    assert (share.lot, share.quantity, share.gross, share.net) == (shop.lot, 3, 15_000, 12_750)
    assert (of(shop, "suspense"), stock(shop)) == (0, {"shelf:1": 4, "sold": 6, "maker": -10})
    assert not Oddity.objects.open().filter(code="unknown_goods").exists()
    before = Posting.objects.count()
    assert office.post(address, {"lot": shop.lot.code}).status_code == 200  # it has one already
    assert Posting.objects.count() == before


def test_unknown_goods_of_which_some_came_back_leave_nothing_waiting(shop, sale, office):
    bring(office, sale, line_2="1")
    assert of(shop, "suspense") == -10_000

    assert office.post(reverse("sales:assign", args=[sale.pk, 2]), {"lot": shop.lot.code}).status_code == 302

    assert of(shop, "suspense") == 0
    assert stock(shop) == {"shelf:1": 5, "sold": 5, "maker": -10}
    assert of(shop, f"producer:{shop.cast.tempe.pk}") == -(38_250 + 8_500)
    assert bring(office, sale, line_2="2").status_code == 302  # the rest comes back too: exactly what was paid
    assert of(shop, f"producer:{shop.cast.tempe.pk}") == -38_250
    assert stock(shop) == {"shelf:1": 7, "sold": 3, "maker": -10}
    assert verify().findings == []


def test_unknown_goods_that_all_came_back_need_no_owner(shop, sale, office):
    bring(office, sale, line_2="3")
    before = Posting.objects.count()

    assert office.post(reverse("sales:assign", args=[sale.pk, 2]), {"lot": shop.lot.code}).status_code == 200

    assert (Posting.objects.count(), Assignment.objects.count(), of(shop, "suspense")) == (before, 0, 0)


def test_a_lot_nobody_knows_is_no_owner(sale, office):
    answer = office.post(reverse("sales:assign", args=[sale.pk, 2]), {"lot": "T99999"})

    assert answer.status_code == 200
    assert Assignment.objects.count() == 0


def close(till: Till, counted: int) -> None:
    """The Z slip as the page prints it."""
    body = {
        "opened": json.loads(till.disk.texts[0])["id"], "counted": counted, "expected": 160_000, "first_seq": 1,
        "last_seq": len(till.disk.texts), "head": till.disk.head, "by_kind": {"cash": 60_000, "qris": 0, "transfer": 0},
    }  # fmt: skip
    till.write("shift.close", body)
    assert till.send()[0] == 200


@pytest.mark.parametrize(("counted", "difference"), [(155_000, -5_000), (161_000, 1_000)])
def test_a_counted_difference_is_booked_once(shop, sale, till, office, counted, difference):
    close(till, counted)
    task = Oddity.objects.open().get(code="count")
    address = reverse("sales:settle", args=[task.pk])

    assert office.post(address, {"note": "salah kembalian", "book": "on"}).status_code == 302

    assert ShiftClose.objects.get().difference == difference
    assert (of(shop, "till:K1"), of(shop, "over_short")) == (counted, -difference)
    assert not Oddity.objects.open().filter(code="count").exists()
    assert Entry.objects.get(deed="drawer.difference").facts["amount"] == difference
    assert office.post(address, {"note": "lagi", "book": "on"}).status_code == 404
    assert of(shop, "over_short") == -difference


def test_a_difference_may_be_settled_without_booking(shop, sale, till, office):
    close(till, 155_000)
    task = Oddity.objects.open().get(code="count")

    assert (
        office.post(reverse("sales:settle", args=[task.pk]), {"note": "uang ketemu di laci bawah"}).status_code == 302
    )

    assert (of(shop, "over_short"), of(shop, "till:K1")) == (0, 160_000)


def test_only_a_counted_difference_can_be_booked(shop, sale):
    task = Oddity.objects.open().get(code="unknown_goods")
    before = Posting.objects.count()

    with pytest.raises(actions.NoDifference):
        actions.book_difference(oddity=task, note="x", at=timezone.now(), by=shop.cast.ratna)

    assert Posting.objects.count() == before
