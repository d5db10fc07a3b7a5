"""Midtrans against a small recorded server: begun, confirmed by a signed notice and by asking; lies are refused."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kendedes.journal.models import Entry
from kendedes.ledger.verify import verify
from kendedes.orders.actions.gateway import NoGateway, begin_payment
from kendedes.orders.models import Money, ShopRules
from kendedes.testing.shop import AT

KEY = "SB-Mid-server-contoh"


class Desk(BaseHTTPRequestHandler):
    """Answers as the sandbox did; ``says`` holds what it would say of a payment."""

    says: dict[str, dict[str, Any]] = {}
    heard: list[tuple[str, str, dict[str, Any]]] = []

    def _answer(self, body: dict[str, Any], status: int = 200) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.heard.append((self.path, self.headers["Authorization"], body))
        self._answer(
            {"token": "66e4fa55", "redirect_url": f"http://{self.headers['Host']}/snap/v4/redirection/66e4fa55"}, 201
        )

    def do_GET(self) -> None:
        reference = self.path.split("/")[2]
        found = self.says.get(reference)
        self._answer(found or {"status_code": "404", "status_message": "Transaction doesn't exist."})

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def desk(monkeypatch, tmp_path, stall) -> Iterator[type[Desk]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    key = tmp_path / "kunci"
    key.write_text(KEY)
    for name, value in {"midtrans_key_file": key, "midtrans_url": url, "midtrans_api_url": url}.items():
        monkeypatch.setattr(settings.ENV, name, value)
    ShopRules.objects.filter(pk=stall.rules.pk).update(gateway=True)
    Desk.says, Desk.heard = {}, []
    yield Desk
    server.shutdown()
    server.server_close()


def status(reference: str, amount: str = "30000.00", state: str = "settlement", **more: Any) -> dict[str, Any]:
    return {
        "status_code": "200", "transaction_id": "be03df7d-2f97", "order_id": reference, "gross_amount": amount, "currency": "IDR",
        "payment_type": "qris", "transaction_status": state, "fraud_status": "accept", **more,
    }  # fmt: skip


def notice(reference: str, amount: str = "30000.00", key: str = KEY, **more: Any) -> dict[str, Any]:
    said = status(reference, amount)
    signed = hashlib.sha512(f"{reference}200{amount}{key}".encode()).hexdigest()
    return {**said, "signature_key": signed, **more}


def send(body: Any) -> Any:
    return Client().post("/kabar-bayar/midtrans/", json.dumps(body), content_type="application/json")


def test_begun_with_the_key_and_the_amount_and_confirmed_once(stall, desk):
    order = stall.order(2, pay="gateway")
    where = begin_payment(order=order, at=AT)
    reference = f"{order.token}-0"
    path, door, body = desk.heard[0]
    assert where.endswith("/snap/v4/redirection/66e4fa55")
    assert (path, base64.b64decode(door.removeprefix("Basic "))) == ("/snap/v1/transactions", f"{KEY}:".encode())
    assert body["transaction_details"] == {"order_id": reference, "gross_amount": 30_000}
    desk.says[reference] = status(reference)

    answers = [send(notice(reference)).json() for _twice in range(2)]

    assert answers == [{"paid": True}] * 2
    money = Money.objects.get()
    assert (money.kind, money.amount, money.ref) == ("gateway", 30_000, "be03df7d-2f97")
    assert verify().findings == []


@pytest.mark.parametrize("state", ["pending", "deny", "expire", "cancel"])
def test_what_is_not_settled_confirms_nothing(stall, desk, state):
    reference = f"{stall.order(2, pay='gateway').token}-0"
    desk.says[reference] = status(reference, state=state)

    assert send(notice(reference)).json() == {"paid": False}
    assert not Money.objects.exists()


def lies(reference: str) -> list[tuple[Any, dict[str, Any] | None, int]]:
    """(what is sent, what the gateway says, the answer)."""
    true = status(reference)
    return [
        (notice(reference, key="tebakan"), true, 403),
        (notice(reference, gross_amount="1.00"), true, 403),
        (notice(reference, signature_key=""), true, 403),
        ({**notice(reference), "order_id": "lain-0"}, true, 403),
        (notice("tidak-ada-0"), None, 403),
        (notice(reference), status(reference, "40000.00"), 403),
        (notice(reference), status(reference, "10.50"), 503),
        (notice(reference), status("lain-0"), 503),
        (notice(reference), status(reference, currency="USD"), 503),
        (notice(reference), None, 503),
        ([], true, 403),
        ("x" * 40_000, true, 413),
    ]


def test_lies_are_refused_and_leave_nothing(stall, desk):
    reference = f"{stall.order(2, pay='gateway').token}-0"
    before = Entry.objects.count()

    for sent, said, answer in lies(reference):
        desk.says = {reference: said} if said else {}
        assert send(sent).status_code == answer, sent

    assert (Entry.objects.count(), Money.objects.count()) == (before, 0)


def test_under_review_is_not_paid(stall, desk):
    reference = f"{stall.order(2, pay='gateway').token}-0"
    desk.says[reference] = status(reference, state="capture", fraud_status="challenge")

    assert send(notice(reference)).json() == {"paid": False}


def test_without_a_key_there_is_no_gateway(stall):
    with pytest.raises(NoGateway):
        begin_payment(order=stall.order(1), at=AT)
    assert send(notice("x-0")).status_code == 503
