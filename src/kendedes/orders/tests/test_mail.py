"""Mail really leaves: a small post office on this machine takes it, or does not; what did not arrive is seen and tried anew."""

from __future__ import annotations

import socketserver
import threading
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.conf import settings as live
from django.test import Client

from kendedes.orders import actions
from kendedes.orders.actions.posting import TRIES
from kendedes.orders.models import Message
from kendedes.orders.waiting import waiting
from kendedes.testing.shop import AT

pytestmark = pytest.mark.usefixtures("stall")


class PostOffice(socketserver.ThreadingTCPServer):
    """SMTP as far as one mail needs it. ``answer``: what is said to the recipient's address."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Clerk)
        self.answer = "250 ok"
        self.took: list[bytes] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Clerk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 contoh.test")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                body = b""
                while not body.endswith(b"\r\n.\r\n"):
                    body += self.rfile.readline()
                self.server.took.append(body[:-3])
                self.say("250 taken")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say(self.server.answer if word == b"RCPT" else "250 ok")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def office(monkeypatch):
    made = PostOffice()
    monkeypatch.setattr(live.ENV, "mail_host", "127.0.0.1")
    monkeypatch.setattr(live.ENV, "mail_port", made.server_address[1])
    monkeypatch.setattr(live.ENV, "mail_from", "galeri@contoh.test")
    yield made
    made.shutdown()
    made.server_close()


def test_the_buyer_gets_one_mail_with_her_link(stall, office):
    order = stall.order(1)

    assert actions.send_waiting(at=AT + timedelta(seconds=1)) == "1 surel terkirim"
    assert actions.send_waiting(at=AT + timedelta(days=9)) == ""

    mail = message_from_bytes(office.took[0], policy=policy.default)
    assert len(office.took) == 1
    assert (mail["To"], mail["From"]) == ("pembeli@contoh.test", "galeri@contoh.test")
    assert f"/pesanan/{order.token}/" in mail.get_content()
    assert Message.objects.get(channel="mail").sent_at is not None


@pytest.mark.parametrize("answer", ["450 try later", "550 nobody here"])
def test_what_is_not_taken_is_tried_later_then_shown_and_sent_again_by_hand(stall, office, answer, client: Client):
    office.answer = answer
    order = stall.order(1)
    ratna, at = stall.shop.cast.ratna, AT
    client.force_login(ratna)
    page = f"/kantor/pesanan/{order.pk}/"

    assert actions.send_waiting(at=at) == ""
    assert actions.send_waiting(at=at) == ""  # not before its time
    assert Message.objects.get(channel="mail").tries == 1
    assert "belum sampai, 1 kali dicoba" in client.get(page).content.decode()
    for _turn in range(TRIES - 1):
        at += timedelta(days=1)
        actions.send_waiting(at=at)

    mail = Message.objects.get(channel="mail")
    assert (mail.tries, mail.failed_at) == (TRIES, at)
    assert f"gagal sesudah {TRIES} kali dicoba" in client.get(page).content.decode()
    assert order.code in client.get("/kantor/pesanan/?keadaan=surel").content.decode()
    assert any(
        "surel" in str(row.label) and row.count.count() == 1 for row in waiting(ratna) if hasattr(row.count, "count")
    )

    office.answer = "250 ok"
    client.post(f"/kantor/pesanan/pesan/{mail.pk}/lagi/")
    assert actions.send_waiting(at=AT + timedelta(days=9000)) == "1 surel terkirim"
    assert order.code not in client.get("/kantor/pesanan/?keadaan=surel").content.decode()


def test_no_post_office_at_all_is_a_failed_turn_too(stall, office, monkeypatch):
    office.shutdown()
    office.server_close()
    stall.order(1)

    assert actions.send_waiting(at=AT) == ""
    assert Message.objects.get(channel="mail").tries == 1
