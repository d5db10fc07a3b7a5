"""From the promise to the share: money is confirmed, goods are handed over, come back; the books fit at every step."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from kendedes.journal.models import Entry
from kendedes.ledger.actions.standing import accounts, one
from kendedes.ledger.models import Account, GoodsMove, MoneyMove, Oddity, ShareLine
from kendedes.ledger.queries import balance, stock_at
from kendedes.ledger.verify import verify
from kendedes.orders import actions
from kendedes.orders.actions import Delivery, Wanted
from kendedes.orders.actions.refusals import (
    MakerKnows,
    NoSuchPiece,
    NotOnShelf,
    NotPaid,
    OrderState,
    PayBack,
    TooMuchMoney,
    WrongDate,
)
from kendedes.orders.models import Handed, Message, Money, Order, Progress, Promise
from kendedes.orders.queries import offers
from kendedes.products.models import Product
from kendedes.testing.shop import AT, DAY

TABLES = (Entry, Order, Money, Promise, GoodsMove, MoneyMove, ShareLine, Message)


def counts() -> list[int]:
    return [table.objects.count() for table in TABLES]


def rupiah(stall, kind: Account.Kind) -> int:
    named = one(kind)
    return balance(accounts(stall.shop.cast.association, [named])[named.key])


def free(stall) -> int:
    return offers(stall.shop.cast.association.pk, [stall.shop.variant.pk], DAY)[stall.shop.variant.pk].free


def confirm(stall, order, amount, kind="qris", **more):
    return actions.confirm_money(order=order, kind=kind, amount=amount, at=AT, by=stall.shop.cast.ratna, **more)


def hand(stall, order, **more):
    return actions.hand_over(order=order, at=AT, by=stall.shop.cast.ratna, **{"key": uuid.uuid4(), **more})


def test_paid_by_qris_picked_up_and_the_share_is_the_producers(stall):
    order = stall.order(5, pay="qris")
    actions.say_paid(order=order, at=AT)
    confirm(stall, order, 75_000)
    assert (rupiah(stall, Account.Kind.QRIS), rupiah(stall, Account.Kind.DEPOSIT)) == (75_000, -75_000)
    assert verify().findings == []

    done = hand(stall, order)

    assert (done.state, done.ended_at) == ("done", AT)
    assert rupiah(stall, Account.Kind.DEPOSIT) == 0
    share = ShareLine.objects.get()
    assert (share.lot, share.quantity, share.gross, share.net) == (stall.shop.lot, 5, 75_000, 63_750)
    assert stock_at(stall.shop.cast.association, "shelf:1") == {stall.shop.lot.pk: 5}
    assert (Promise.objects.get().end, free(stall)) == ("kept", 5)
    assert verify().findings == []


def test_cash_on_pick_up_is_one_entry(stall):
    order = stall.order(2)
    before = Entry.objects.count()

    hand(stall, order)

    assert Entry.objects.count() == before + 1
    assert rupiah(stall, Account.Kind.CASH) == 30_000
    assert verify().findings == []


def test_the_lot_that_expires_first_goes_first_unless_another_is_scanned(stall):
    sooner = stall.shop.new_lot(3, expires_on=DAY + timedelta(days=20))
    hand(stall, stall.order(4))
    assert [(s.lot, s.quantity) for s in ShareLine.objects.order_by("line")] == [(sooner, 3), (stall.shop.lot, 1)]
    sooner = stall.shop.new_lot(3, expires_on=DAY + timedelta(days=10))

    hand(stall, stall.order(1), scanned=[stall.shop.lot.code])

    assert ShareLine.objects.latest("pk").lot == stall.shop.lot
    with pytest.raises(NoSuchPiece):
        hand(stall, stall.order(1), scanned=["K-000"])


def test_confirmed_twice_counts_once_and_never_more_than_is_due(stall):
    order = stall.order(2, pay="transfer")
    key = uuid.uuid4()
    first = confirm(stall, order, 20_000, "transfer", key=key)
    before = counts()

    assert confirm(stall, order, 20_000, "transfer", key=key) == first
    with pytest.raises(TooMuchMoney):
        confirm(stall, order, 10_001, "transfer")

    assert counts() == before


def test_said_to_be_paid_waits_for_a_person_not_for_the_clock(stall):
    order = stall.order(2, pay="transfer")
    said = actions.say_paid(order=order, at=AT)

    assert actions.expire_orders(at=AT + timedelta(days=9)) == ""
    actions.refuse_money(money=said, at=AT, by=stall.shop.cast.ratna)

    order.refresh_from_db()
    assert order.expires_at == AT + timedelta(hours=24)
    assert Money.objects.get().refused_at == AT
    assert Message.objects.get(key="not_found").channel == "whatsapp"


def test_courier_is_paid_first_and_the_shipping_is_not_the_producers(stall):
    order = stall.order(2, pay="transfer", delivery=Delivery(way="courier", rate=stall.rate.pk, address="Jl. Contoh 1"))
    with pytest.raises(NotPaid):
        hand(stall, order)
    confirm(stall, order, 39_000, "transfer")

    sent = hand(stall, order, tracking="RESI-1")

    assert (sent.state, sent.tracking) == ("sent", "RESI-1")
    assert rupiah(stall, Account.Kind.SHIPPING) == -9_000
    assert ShareLine.objects.get().gross == 30_000
    assert actions.arrived(order=order, at=AT, by=None).state == "done"
    assert verify().findings == []


def test_cancelled_pieces_are_free_again_and_the_money_goes_back(stall):
    order = stall.order(4, pay="qris")
    confirm(stall, order, 60_000)
    actions.cancel_order(order=order, reason="salah pesan", at=AT, by=None)
    assert free(stall) == 10
    assert verify().findings == []
    key = uuid.uuid4()

    for _twice in range(2):
        actions.give_back(order=order, kind="cash", at=AT, by=stall.shop.cast.ratna, key=key)

    assert (rupiah(stall, Account.Kind.DEPOSIT), rupiah(stall, Account.Kind.CASH)) == (0, -60_000)
    with pytest.raises(PayBack):
        actions.give_back(order=order, kind="cash", at=AT, by=stall.shop.cast.ratna, key=uuid.uuid4())
    assert verify().findings == []


def test_what_is_handed_over_comes_back_to_its_shelf_for_its_money(stall):
    order = hand(stall, stall.order(3))
    back = {"kind": "cash", "reason": "remuk", "at": AT, "by": stall.shop.cast.ratna}

    actions.take_back(order=order, pieces={1: 1}, key=uuid.uuid4(), **back)

    assert stock_at(stall.shop.cast.association, "shelf:1") == {stall.shop.lot.pk: 8}
    assert rupiah(stall, Account.Kind.CASH) == 30_000
    with pytest.raises(PayBack):
        actions.take_back(order=order, pieces={1: 3}, key=uuid.uuid4(), **back)
    assert verify().findings == []


def test_a_till_sells_what_was_promised_and_the_order_says_so(stall):
    order = stall.order(8)
    stall.shop.sell((stall.shop.lot, 5, 75_000))

    with pytest.raises(NotOnShelf) as refused:
        hand(stall, order)
    assert refused.value.facts["there"] == 5
    hand(stall, order, in_hand=True)

    assert Oddity.objects.open().get().facts == {"quantity": 3}
    assert verify().findings == []


def test_made_goods_arrive_and_leave_with_a_share_of_their_maker(stall):
    Product.objects.filter(pk=stall.shop.product.pk).update(capacity=300, lead_time_days=7)
    order = stall.order(20, pay="transfer")
    line = order.lines.get()
    maker = {"line": line, "at": AT, "by": None}
    with pytest.raises(WrongDate):
        actions.say_progress(step="proposed", on=DAY - timedelta(days=1), **maker)
    actions.say_progress(step="proposed", on=DAY + timedelta(days=9), **maker)
    actions.say_progress(step="proposed", on=DAY + timedelta(days=9), **maker)
    actions.accept_date(line=line, at=AT, by=stall.shop.cast.ratna)
    with pytest.raises(MakerKnows):
        actions.cancel_order(order=order, reason="", at=AT, by=None)
    confirm(stall, order, 300_000, "transfer")

    hand(stall, order)

    line.refresh_from_db()
    assert (line.ready_on, Progress.objects.count()) == (DAY + timedelta(days=9), 1)
    # the ten on the shelf are the same maker's and go first
    assert [(h.share.quantity, h.share.producer) for h in Handed.objects.all()] == [
        (10, stall.shop.cast.tempe), (10, stall.shop.cast.tempe)
    ]  # fmt: skip
    assert Message.objects.filter(key__startswith="ask:").get().to == "6281200000003"
    assert verify().findings == []


def test_on_account_is_a_claim_until_it_is_paid(stall):
    lines = [Wanted(stall.shop.variant.pk, 4, 13_000)]
    order = stall.order(lines=lines, agreed=True, kind="wholesale", pay="transfer", down=0)
    actions.send_parcel(order=order, at=AT, by=stall.shop.cast.ratna, key=uuid.uuid4())
    assert rupiah(stall, Account.Kind.RECEIVABLE) == 52_000
    assert verify().findings == []

    confirm(stall, order, 52_000, "transfer")

    assert (rupiah(stall, Account.Kind.RECEIVABLE), rupiah(stall, Account.Kind.TRANSFER)) == (0, 52_000)
    assert verify().findings == []


def test_an_order_that_ended_takes_no_more_deeds(stall):
    order = stall.order(1)
    actions.cancel_order(order=order, reason="", at=AT, by=stall.shop.cast.ratna)
    before = counts()

    for deed in (
        lambda: hand(stall, order),
        lambda: confirm(stall, order, 15_000),
        lambda: actions.say_paid(order=order, at=AT),
        lambda: actions.cancel_order(order=order, reason="", at=AT, by=None),
        lambda: actions.mark_ready(order=order, at=AT, by=stall.shop.cast.ratna),
    ):
        with pytest.raises(OrderState):
            deed()

    assert counts() == before


def test_verify_notices_a_promise_left_open_and_money_that_was_not_moved(stall):
    order = stall.order(1, pay="qris")
    confirm(stall, order, 15_000)
    Money.objects.update(amount=14_000)
    Order.objects.update(state="cancelled")

    assert {f.code for f in verify().findings} == {"promise_left", "order_money_differs", "deposit_differs"}
