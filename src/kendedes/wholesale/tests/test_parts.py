"""A large order leaves in parts: notes, invoices, the down payment once, shares of what really left, nothing twice."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from kendedes.journal.models import Entry
from kendedes.ledger.models import Account, ShareLine
from kendedes.ledger.queries import balance
from kendedes.ledger.verify import verify
from kendedes.orders import actions as orders
from kendedes.orders.actions.refusals import (
    LeavesInParcels,
    NothingGone,
    NothingToSend,
    PartsGone,
    TooManyPieces,
    TooMuchMoney,
    TooMuchShipping,
)
from kendedes.orders.models import CalledOff, Money, Order, Parcel, ParcelLine
from kendedes.orders.rules.parts import covers, shipping_part
from kendedes.testing.shop import AT
from kendedes.wholesale import actions
from kendedes.wholesale.actions.refusals import NothingToBill
from kendedes.wholesale.models import Covers, PaidFor, Paper
from kendedes.wholesale.queries.billing import parts_of
from kendedes.wholesale.rules.billing import Bill, spread
from kendedes.wholesale.tests.stage import Stage

pytestmark = pytest.mark.django_db
# Lines of the order: 1: 255, 2: 175, 3: 170 masks at Rp16.000; shipping Rp250.000; Rp9.850.000 together, half ahead.
FIRST = {1: 255, 2: 45}
DOWN, TOTAL = 4_925_000, 9_850_000


def send(stage: Stage, order: Order, pieces: dict[int, int] | None = None, **more: Any) -> Paper:
    given_ = {"key": uuid.uuid4(), "tracking": "", "at": AT, "by": stage.cast.ratna, **more}
    return actions.deliver(order=order, pieces=pieces, **given_)


def pay(stage: Stage, order: Order, amount: int, paper: Paper | None = None) -> Money:
    return actions.take_money(
        order=order, kind="transfer", amount=amount, at=AT, by=stage.cast.ratna, key=uuid.uuid4(), paper=paper
    )


def accounts(stage: Stage) -> dict[str, int]:
    rows = Account.objects.filter(association=stage.cast.association, key__in=("deposit", "receivable", "shipping"))
    return {row.key: rupiah for row in rows if (rupiah := balance(row.pk))}


def fits() -> bool:
    return list(verify().findings) == []


def test_two_parts_two_invoices_and_the_down_payment_is_deducted_once(stage: Stage) -> None:
    order = stage.accepted()
    pay(stage, order, DOWN)

    note = send(stage, order, FIRST)

    assert note.code == "SJ-2026-0001"
    assert [(row["name"], row["quantity"]) for row in note.facts["lines"]] == [
        ("Topeng Panji 150 g", 255), ("Topeng Kelana 150 g", 45)
    ]  # fmt: skip
    assert (note.facts["sent"], note.facts["left"]) == (300, 300)
    first = Paper.objects.get(kind="invoice")
    # half of the goods bear half of the shipping: 4.800.000 + 125.000, and the down payment is as much
    assert {k: first.facts[k] for k in ("goods", "shipping", "total", "paid", "due", "billed", "agreed")} == {
        "goods": 4_800_000, "shipping": 125_000, "total": 4_925_000, "paid": DOWN, "due": 0, "billed": 4_925_000, "agreed": TOTAL,
    }  # fmt: skip
    order.refresh_from_db()
    assert order.state == "new"
    assert accounts(stage) == {"shipping": -125_000}
    assert fits()

    send(stage, order)

    second = Paper.objects.filter(kind="invoice").order_by("id").last()
    assert {k: second.facts[k] for k in ("total", "paid", "due", "billed")} == {
        "total": 4_925_000, "paid": 0, "due": 4_925_000, "billed": TOTAL,
    }  # fmt: skip
    order.refresh_from_db()
    assert (order.state, accounts(stage)) == ("sent", {"receivable": 4_925_000, "shipping": -250_000})
    for parcel in order.parcels.all():
        orders.parcel_arrived(parcel=parcel, at=AT, by=stage.cast.ratna)
    order.refresh_from_db()
    assert order.state == "sent"  # not complete before it is paid
    pay(stage, order, 4_925_000, second)
    order.refresh_from_db()
    assert (order.state, accounts(stage), fits()) == ("done", {"shipping": -250_000}, True)


def test_shares_come_from_what_really_left(stage: Stage) -> None:
    order = stage.accepted()

    send(stage, order, {1: 55, 3: 70})

    nets = dict(ShareLine.objects.values_list("producer__name", "net"))
    assert nets == {
        "Anyaman Wajak (fiktif)": 55 * 16_000 * 85 // 100, "Ukir Toyomarto (fiktif)": 70 * 16_000 * 85 // 100
    }  # fmt: skip
    assert fits()


def test_an_invoice_of_everything_since_the_last_one(stage: Stage) -> None:
    order = stage.accepted()
    send(stage, order, {1: 100}, billed=False)
    send(stage, order, {2: 100}, billed=False)
    assert not Paper.objects.filter(kind="invoice").exists()

    invoice = actions.bill(order=order, at=AT, by=stage.cast.ratna)

    assert invoice.facts["notes"] == ["SJ-2026-0001", "SJ-2026-0002"]
    assert [row["quantity"] for row in invoice.facts["lines"]] == [100, 100]
    before = Paper.objects.count(), Entry.objects.count()
    with pytest.raises(NothingToBill):
        actions.bill(order=order, at=AT, by=stage.cast.ratna)
    assert (Paper.objects.count(), Entry.objects.count()) == before
    assert fits()


def test_more_than_agreed_is_refused_without_a_trace(stage: Stage) -> None:
    order = stage.accepted()
    send(stage, order, {1: 200})
    before = Entry.objects.count(), Parcel.objects.count(), Paper.objects.count(), ShareLine.objects.count()

    for pieces, refusal in (
        ({1: 56}, TooManyPieces), ({9: 1}, TooManyPieces), ({2: -1}, TooManyPieces), ({}, NothingToSend), ({1: 0}, NothingToSend),
    ):  # fmt: skip
        with pytest.raises(refusal):
            send(stage, order, pieces)
    with pytest.raises(TooMuchShipping):
        send(stage, order, {1: 1}, shipping=250_001)
    with pytest.raises(LeavesInParcels):
        orders.hand_over(order=order, at=AT, by=stage.cast.ratna, key=uuid.uuid4())
    with pytest.raises(PartsGone):
        orders.cancel_order(order=order, reason="batal", at=AT, by=stage.cast.ratna)

    now = Entry.objects.count(), Parcel.objects.count(), Paper.objects.count(), ShareLine.objects.count()
    assert now == before


def test_the_database_refuses_it_too(stage: Stage) -> None:
    order = stage.accepted()
    send(stage, order, {1: 200})
    parcel, line = order.parcels.get(), order.lines.get(number=1)
    second = order.lines.get(number=2)
    invoice = Paper.objects.get(kind="invoice")

    def refused(deed: Callable[[], object]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()

    refused(lambda: CalledOff.objects.create(line=line, pieces=56, reason="x", at=AT))
    refused(lambda: ParcelLine.objects.create(parcel=parcel, line=second, pieces=176))
    refused(lambda: ParcelLine.objects.create(parcel=parcel, line=second, pieces=-1))
    refused(lambda: ParcelLine.objects.filter(parcel=parcel).update(pieces=1))
    refused(lambda: ParcelLine.objects.filter(parcel=parcel).delete())
    refused(lambda: Parcel.objects.filter(pk=parcel.pk).update(shipping=1))
    refused(lambda: Parcel.objects.filter(pk=parcel.pk)._raw_delete("default"))
    refused(lambda: Covers.objects.create(paper=invoice, parcel=parcel, kind="invoice"))
    refused(lambda: Covers.objects.all()._raw_delete("default"))
    posting = stage.shop.lot.posting
    refused(lambda: Parcel.objects.create(order=order, number=2, posting=posting, shipping=250_001, left_at=AT))
    assert Parcel.objects.filter(pk=parcel.pk).update(arrived_at=AT) == 1
    refused(lambda: Parcel.objects.filter(pk=parcel.pk).update(arrived_at=None))


def test_a_wrong_delivery_is_taken_back_credited_and_sent_again(stage: Stage) -> None:
    order = stage.accepted()
    pay(stage, order, DOWN)
    send(stage, order, {1: 255})
    parcel = order.parcels.get()
    key = uuid.uuid4()

    for _again in range(2):
        back = actions.take_back(
            parcel=parcel, pieces={1: 200}, reason="salah kirim", at=AT, by=stage.cast.ratna, key=key
        )

    credit = Paper.objects.get(kind="credit")
    assert (credit.code, credit.facts["of"], credit.facts["total"]) == ("NK-2026-0001", "FK-2026-0001", 3_200_000)
    assert (back.number, back.undoes, back.reason) == (2, parcel, "salah kirim")
    assert sum(ShareLine.objects.values_list("net", flat=True)) == 55 * 16_000 * 85 // 100
    parts = parts_of(order)
    assert (parts.sent, parts.left, parts.parcels[0].back, parts.bills[0].total) == (55, 545, 200, 986_000)
    assert accounts(stage) == {"deposit": -(DOWN - 986_000), "shipping": -106_000}
    with pytest.raises(NothingGone):
        actions.take_back(parcel=parcel, pieces={1: 56}, reason="lagi", at=AT, by=stage.cast.ratna, key=uuid.uuid4())
    with pytest.raises(NothingGone):
        actions.take_back(parcel=parcel, reason=" ", at=AT, by=stage.cast.ratna, key=uuid.uuid4())
    assert fits()

    send(stage, order)

    parts = parts_of(order)
    assert (parts.left, sum(bill.total for bill in parts.bills), parts.unbilled) == (0, TOTAL, 0)
    assert fits()


def test_what_was_taken_back_before_it_was_invoiced_is_on_no_invoice(stage: Stage) -> None:
    order = stage.accepted()
    send(stage, order, {1: 100}, billed=False)
    parcel = order.parcels.get()

    actions.take_back(
        parcel=parcel, reason="batal jalan", with_shipping=True, at=AT, by=stage.cast.ratna, key=uuid.uuid4()
    )

    assert list(Paper.objects.values_list("kind", flat=True)) == ["note"]
    with pytest.raises(NothingToBill):
        actions.bill(order=order, at=AT, by=stage.cast.ratna)
    assert (accounts(stage), parts_of(order).left, fits()) == ({}, 600, True)
    orders.cancel_order(order=order, reason="batal", at=AT, by=stage.cast.ratna)  # nothing of it is gone any more
    assert fits()


def test_calling_off_the_rest_completes_the_order_and_gives_back_what_is_too_much(stage: Stage) -> None:
    order = stage.accepted()
    with pytest.raises(NothingGone):  # nothing left yet: that is cancelling
        orders.call_off(order=order, reason="tidak jadi", at=AT, by=stage.cast.ratna)
    pay(stage, order, DOWN)
    send(stage, order, {3: 170})
    orders.parcel_arrived(parcel=order.parcels.get(), at=AT, by=None)
    with pytest.raises(TooManyPieces):
        orders.call_off(order=order, pieces={3: 1}, reason="x", at=AT, by=stage.cast.ratna)

    for _again in range(2):  # a doubled click
        orders.call_off(order=order, reason="cukup", at=AT, by=stage.cast.ratna, seen=430)

    order.refresh_from_db()
    assert (order.state, order.total, order.called_off) == ("sent", 2_790_000, 7_060_000)
    parts = parts_of(order)
    assert (parts.left, parts.off, parts.spare) == (0, 430, DOWN - 2_790_000)
    assert fits()
    back = orders.give_back(order=order, kind="transfer", at=AT, by=stage.cast.ratna, key=uuid.uuid4())
    order.refresh_from_db()
    assert (back.amount, order.state, fits()) == (2_790_000 - DOWN, "done", True)
    assert accounts(stage) == {"shipping": -70_000}


def test_money_is_for_an_invoice_or_for_the_order(stage: Stage) -> None:
    order = stage.accepted()
    send(stage, order, {1: 100})
    send(stage, order, {2: 100})
    first, second = Paper.objects.filter(kind="invoice").order_by("id")

    pay(stage, order, 1_000_000, second)
    with pytest.raises(TooMuchMoney):
        pay(stage, order, second.facts["total"], second)
    pay(stage, order, 600_000)

    assert [(bill.paper, bill.paid) for bill in parts_of(order).bills] == [(first, 600_000), (second, 1_000_000)]
    assert list(PaidFor.objects.values_list("paper", "money__amount")) == [(second.pk, 1_000_000)]
    assert fits()


def test_a_delivered_order_that_is_taken_back_is_open_again(stage: Stage) -> None:
    order = stage.accepted()
    send(stage, order)
    orders.arrived(order=order, at=AT, by=None)
    pay(stage, order, TOTAL)
    order.refresh_from_db()
    assert order.state == "done"

    actions.take_back(
        parcel=order.parcels.get(), pieces={2: 5}, reason="pecah", at=AT, by=stage.cast.ratna, key=uuid.uuid4()
    )

    order.refresh_from_db()
    assert (order.state, order.ended_at, accounts(stage)["deposit"]) == ("ready", None, -80_000)
    assert parts_of(order).open == 0
    assert fits()
    send(stage, order)
    orders.arrived(order=order, at=AT, by=None)
    order.refresh_from_db()
    assert (order.state, fits()) == ("done", True)


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda: Order.objects.update(called_off=1), "called_off_differs"),
        (lambda: Money.objects.update(amount=1), "order_money_differs"),
    ],
)
def test_verify_notices_sums_that_were_changed(stage: Stage, harm: Callable[[], object], code: str) -> None:
    order = stage.accepted()
    pay(stage, order, DOWN)
    send(stage, order, FIRST)

    harm()

    assert code in {finding.code for finding in verify().findings}


def test_verify_notices_a_paper_that_says_something_else(stage: Stage) -> None:
    order = stage.accepted()
    send(stage, order, FIRST)
    note = Paper.objects.get(kind="note")
    Paper.objects.create(
        association=order.association, order=order, kind="invoice", year=2026, number=9, issued_on=AT.date(), issued_at=AT,
        facts={**note.facts, "total": 1, "paid": 0, "due": 1},
    )  # fmt: skip

    assert [(f.code, f.says) for f in verify().findings] == [("paper_differs", "no parcel stands on it")]


amounts = st.integers(0, 10**9)


@given(st.lists(st.tuples(amounts, amounts), max_size=6), amounts)
def test_invoices_never_have_more_than_came_or_more_than_they_ask(rows: list[tuple[int, int]], paid: int) -> None:
    bills = [Bill(n, total, min(own, total)) for n, (total, own) in enumerate(rows)]
    paid += sum(bill.own for bill in bills)

    found = spread(bills, paid)

    assert all(bill.own <= found[bill.key] <= bill.total for bill in bills)
    assert sum(found.values()) == min(paid, sum(bill.total for bill in bills))


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=8), st.integers(0, 10**7))
def test_parts_together_bear_the_shipping_and_no_more(goods: list[int], shipping: int) -> None:
    left, borne = shipping, 0
    for n, worth in enumerate(goods):
        part = shipping_part(left, goods=worth, goods_left=sum(goods[n:]))
        assert part >= 0
        left, borne = left - part, borne + part

    assert (left, borne) == (0, shipping)


@given(amounts, st.integers(-(10**9), 10**9))
def test_money_goes_against_what_is_owed_first(amount: int, owed: int) -> None:
    against, ahead = covers(amount, owed=owed)

    assert against + ahead == amount
    assert 0 <= against <= max(0, owed)
    assert not ahead or against == max(0, owed)
