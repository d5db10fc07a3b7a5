"""Cash of a wholesale order lies in a till's drawer, one way with the orders of the shop."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from kendedes.ledger.models import Account
from kendedes.ledger.queries import balance
from kendedes.ledger.verify import verify
from kendedes.sales.actions import invite_till
from kendedes.sales.models import CashMove, Shift
from kendedes.sales.tests.till import Till, by_client
from kendedes.testing.shop import AT
from kendedes.wholesale.tests.stage import Stage

pytestmark = pytest.mark.django_db
FLOAT = 200_000


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT + timedelta(hours=1), tick=False) as found:
        yield found


@pytest.fixture
def shift(stage: Stage) -> Shift:
    at = AT + timedelta(hours=1)
    till = Till(by_client(), now=int(at.timestamp() * 1000))
    _pairing, code = invite_till(association=stage.cast.association, name="", at=at, by=stage.cast.ratna)
    assert till.pair(code, name="HP uji")[0] == 201
    till.write("shift.open", {"float": FLOAT})
    assert till.send()[0] == 200
    return Shift.objects.get()


def money(stage: Stage) -> dict[str, int]:
    rows = Account.objects.filter(association=stage.cast.association, key__in=("till:K1", "cash", "deposit"))
    return {row.key: balance(row.pk) for row in rows}


def test_the_down_payment_in_cash_lies_in_the_chosen_drawer_once(stage: Stage, shift: Shift, client: Client) -> None:
    order = stage.accepted()
    client.force_login(stage.cast.ratna)
    page = f"/kantor/permintaan/{order.quote.enquiry_id}/"
    assert f'<option value="{shift.pk}" selected>laci K1 HP uji</option>' in client.get(page).content.decode()

    sent = {"kunci": str(uuid.uuid4()), "amount": "4.925.000", "kind": "cash", "drawer": str(shift.pk)}
    for _again in range(2):
        client.post(f"{page}uang/", sent)

    assert money(stage) == {"till:K1": FLOAT + 4_925_000, "cash": -FLOAT, "deposit": -4_925_000}
    move = CashMove.objects.get()
    assert (move.amount, move.shift, move.reason, move.purpose) == (4_925_000, shift, order.code, "order")
    assert "Rp5.125.000" in client.get(f"/kantor/kasir/giliran/{shift.pk}/").content.decode()
    assert verify().findings == []


@pytest.mark.parametrize(("drawer", "kind"), [("", "cash"), ("own", "transfer")])
def test_elsewhere_it_goes_into_no_drawer(stage: Stage, shift: Shift, client: Client, drawer: str, kind: str) -> None:
    order = stage.accepted()
    client.force_login(stage.cast.ratna)
    chosen = str(shift.pk) if drawer else ""

    sent = {"kunci": str(uuid.uuid4()), "amount": "1.000", "kind": kind, "drawer": chosen}
    client.post(f"/kantor/permintaan/{order.quote.enquiry_id}/uang/", sent)

    assert not CashMove.objects.exists()
    assert order.moneys.get().amount == 1_000


def test_a_drawer_that_is_not_there_is_refused_in_words(stage: Stage, shift: Shift, client: Client) -> None:
    order = stage.accepted()
    client.force_login(stage.cast.ratna)

    sent = {"kunci": str(uuid.uuid4()), "amount": "1.000", "kind": "cash", "drawer": str(shift.pk + 999)}
    told = client.post(f"/kantor/permintaan/{order.quote.enquiry_id}/uang/", sent, follow=True).content.decode()

    assert "Bila tunai, uangnya di: " in told
    assert not order.moneys.exists()
