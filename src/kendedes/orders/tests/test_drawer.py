"""Cash of an order that lies in a till's drawer: booked once, expected there, on the slip of the shift."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from kendedes.ledger.models import Account
from kendedes.ledger.queries import balance
from kendedes.ledger.verify import verify
from kendedes.orders import actions
from kendedes.orders.models import Order
from kendedes.sales.actions import ShiftOver, close_shift, invite_till
from kendedes.sales.actions.selling import Counter
from kendedes.sales.models import CashMove, Handling, Shift, ShiftClose
from kendedes.sales.tests.till import Till, by_client

pytestmark = pytest.mark.usefixtures("stall")
FLOAT = 200_000


@pytest.fixture
def till(stall) -> Till:
    """A till whose shift was opened with Rp200.000."""
    now = timezone.now()
    found = Till(by_client(), now=int(now.timestamp() * 1000))
    _pairing, code = invite_till(association=stall.shop.cast.association, name="", at=now, by=stall.shop.cast.ratna)
    assert found.pair(code, name="HP uji")[0] == 201
    found.write("shift.open", {"float": FLOAT})
    assert found.send()[0] == 200
    return found


def money(stall) -> dict[str, int]:
    rows = Account.objects.filter(association=stall.shop.cast.association, key__in=("till:K1", "cash", "deposit"))
    return {row.key: balance(row.pk) for row in rows}


def close(till: Till, *, counted: int, expected: int) -> tuple[ShiftClose, list[str]]:
    body = {
        "opened": str(Shift.objects.get().entry.key), "counted": counted, "expected": expected, "first_seq": 1, "last_seq": 1,
        "head": till.disk.head, "by_kind": {"cash": 0, "qris": 0, "transfer": 0},
    }  # fmt: skip
    till.write("shift.close", body)
    assert till.send()[0] == 200
    return ShiftClose.objects.get(), Handling.objects.get(event__type="shift.close").why


def handed(stall, client: Client, **more: str) -> Order:
    order = stall.order(2, at=timezone.now())
    client.force_login(stall.shop.cast.ratna)
    sent = {"key": str(uuid.uuid4()), "rest": "cash", "drawer": str(Shift.objects.get().pk), **more}
    for _again in range(2):
        client.post(f"/kantor/pesanan/{order.pk}/serahkan/", sent)
    order.refresh_from_db()
    return order


def test_the_page_offers_the_drawer_of_todays_shift_and_the_till_hears_of_it(stall, till: Till, client: Client):
    order = stall.order(2, at=timezone.now())
    client.force_login(stall.shop.cast.ratna)
    shift = Shift.objects.get()
    assert till.get("snapshot")[1]["drawer"] is None

    page = client.get(f"/kantor/pesanan/{order.pk}/").content.decode()

    assert f'<option value="{shift.pk}" selected>laci K1 HP uji</option>' in page
    order = handed(stall, client)
    assert order.state == "done"
    assert till.get("snapshot")[1]["drawer"] == {"shift": str(shift.entry.key), "amount": 30_000}
    assert money(stall) == {"till:K1": FLOAT + 30_000, "cash": -FLOAT}
    move = CashMove.objects.get()
    assert (move.amount, move.shift, move.reason, move.purpose) == (30_000, shift, order.code, "order")
    slip = client.get(f"/kantor/kasir/giliran/{shift.pk}/").content.decode()
    assert "Uang pesanan" in slip
    assert "Rp230.000" in slip
    assert verify().findings == []


@pytest.mark.parametrize(
    ("expected", "counted", "why"),
    [
        (FLOAT + 30_000, FLOAT + 30_000, []),  # heard of it
        (FLOAT, FLOAT + 30_000, []),  # was without the net: its slip says too much, the books do not
        (FLOAT + 30_000, FLOAT, ["count"]),
        (FLOAT + 15_000, FLOAT + 30_000, ["z_differs"]),
    ],
)
def test_the_slip_of_the_shift_counts_it(stall, till: Till, client: Client, expected, counted, why):
    handed(stall, client)

    closed, said = close(till, counted=counted, expected=expected)

    assert (closed.expected, closed.difference, said) == (FLOAT + 30_000, counted - FLOAT - 30_000, why)


def test_without_a_drawer_it_is_in_the_gallerys_cash_box(stall, till: Till, client: Client):
    handed(stall, client, drawer="")

    assert not CashMove.objects.exists()
    assert money(stall) == {"till:K1": FLOAT, "cash": 30_000 - FLOAT}
    assert close(till, counted=FLOAT, expected=FLOAT)[1] == []


def test_what_is_not_paid_in_cash_goes_into_no_drawer(stall, till: Till, client: Client):
    handed(stall, client, rest="qris")

    assert not CashMove.objects.exists()


def test_money_taken_before_and_given_back_goes_through_the_drawer(stall, till: Till):
    order, shift, ratna, now = (
        stall.order(2, at=timezone.now()),
        Shift.objects.get(),
        stall.shop.cast.ratna,
        timezone.now(),
    )
    key, back = uuid.uuid4(), uuid.uuid4()

    for _again in range(2):
        actions.confirm_money(order=order, kind="cash", amount=30_000, at=now, by=ratna, key=key, drawer=shift)
    assert money(stall) == {"till:K1": FLOAT + 30_000, "cash": -FLOAT, "deposit": -30_000}
    actions.cancel_order(order=order, reason="batal", at=now, by=ratna)
    for _again in range(2):
        actions.give_back(order=order, kind="cash", at=now, by=ratna, key=back, drawer=shift)

    assert money(stall) == {"till:K1": FLOAT, "cash": -FLOAT, "deposit": 0}
    assert list(CashMove.objects.order_by("entry_id").values_list("amount", flat=True)) == [30_000, -30_000]
    assert close(till, counted=FLOAT, expected=FLOAT + 30_000)[1] == []  # it had heard of the first only


def test_pieces_that_come_back_are_paid_from_the_drawer(stall, till: Till, client: Client):
    order = handed(stall, client)

    actions.take_back(
        order=order, pieces={1: 1}, kind="cash", reason="rusak", at=timezone.now(), by=stall.shop.cast.ratna, key=uuid.uuid4(),
        drawer=Shift.objects.get(),
    )  # fmt: skip

    assert money(stall)["till:K1"] == FLOAT + 15_000


def test_a_counted_drawer_takes_nothing_more(stall, till: Till, client: Client):
    order, now = stall.order(2, at=timezone.now()), timezone.now()
    shift = Shift.objects.get()
    counter = Counter(device=shift.device, at=now, key=uuid.uuid4(), seq=9, mark="x", shift=shift)
    close_shift(counter=counter, shift=shift, counted=FLOAT, said={})
    before = money(stall)

    with pytest.raises(ShiftOver):
        actions.hand_over(order=order, at=now, by=stall.shop.cast.ratna, key=uuid.uuid4(), drawer=shift)

    order.refresh_from_db()
    assert (order.state, money(stall), CashMove.objects.count()) == ("new", before, 0)
    client.force_login(stall.shop.cast.ratna)
    sent = {"key": str(uuid.uuid4()), "rest": "cash", "drawer": str(shift.pk)}
    told = client.post(f"/kantor/pesanan/{order.pk}/serahkan/", sent, follow=True).content.decode()
    assert "Bila tunai, uangnya di" in told
    order.refresh_from_db()
    assert (order.state, money(stall)) == ("new", before)
