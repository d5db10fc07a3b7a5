"""News reaches the programs that asked for it, signed; nothing is ever sent to a private address."""

import hashlib
import hmac
import http.server
import json
import socket
import ssl
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from kendedes.api.actions import HookRefused, add_hook, deliver, end_hook, put_out
from kendedes.api.hooks import post as door
from kendedes.api.hooks.post import NotSent, post
from kendedes.api.hooks.rules import WAITS, is_public, target
from kendedes.api.models import Hook, Message
from kendedes.network.management import lan
from kendedes.testing.cast import AT, Cast
from kendedes.web.actions import catch_up
from kendedes.web.tests.test_catch_up import release

PRIVATE = [
    "127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1", "::127.0.0.1", "169.254.169.254", "10.0.0.1", "172.16.0.1",
    "192.168.1.1", "100.64.0.1", "0.0.0.0", "::", "fe80::1%eth0", "fc00::1", "224.0.0.1", "ff02::1", "64:ff9b::7f00:1",
    "2002:7f00:1::", "255.255.255.255", "192.0.2.1", "x", "",
]  # fmt: skip
NEVER = [
    "http://contoh.example/", "ftp://contoh.example/", "https://", "https:///x", "https://a@contoh.example/",
    "https://a:b@contoh.example/", "https://contoh.example:8443/", "https://contoh.example:99999/", "https://x/#y",
    "https://con toh.example/", "https://contoh.example/\r\nX: y", "//contoh.example/", "https://[::1/", "javascript:1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_that_is_not_public(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are() -> None:
    assert is_public("1.1.1.1")
    assert is_public("2606:4700:4700::1111")


@pytest.mark.parametrize("url", NEVER)
def test_no_url_but_plain_https(url: str) -> None:
    assert target(url) is None


class Receiver:
    """A server on this machine that keeps what it hears."""

    def __init__(self, folder) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.heard.append((dict(self.headers), body))
                self.send_response(outer.status)
                self.send_header("Location", "https://127.0.0.2/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                pass

        own = lan.identity(folder, ["localhost", "127.0.0.1"], timezone.now())
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(own.certificate, own.key)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.allowed = [f"localhost:{self.port}"]
        self.url = f"https://localhost:{self.port}/kabar"
        self.context = ssl.create_default_context(cafile=str(own.authority))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver(tmp_path):
    made = Receiver(tmp_path / "tls")
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def told(cast: Cast, receiver: Receiver, settings, tmp_path) -> Hook:
    settings.HOME = tmp_path
    catch_up(at=AT)
    put_out(origin="https://galeri.example", at=AT)
    early = timezone.now() - timedelta(hours=1)
    return add_hook(association=cast.association, url=receiver.url, allowed=receiver.allowed, at=early, by=cast.ratna)


def send(receiver: Receiver, at=AT) -> int:
    put_out(origin="https://galeri.example", at=at)
    return deliver(at=at, allowed=receiver.allowed, context=receiver.context)


@pytest.mark.django_db
def test_a_published_product_is_told_once_and_signed(cast: Cast, told: Hook, receiver: Receiver) -> None:
    product = release(cast.product())
    catch_up(at=AT)

    assert (send(receiver), send(receiver)) == (1, 0)

    headers, body = receiver.heard[0]
    assert json.loads(body)["event"] == "product.published"
    assert json.loads(body)["products"] == [product.code]
    moment, _comma, given = headers["Kendedes-Signature"].partition(",v1=")
    wanted = hmac.new(told.secret.encode(), moment.removeprefix("t=").encode() + b"." + body, hashlib.sha256)
    assert given == wanted.hexdigest()
    assert len(receiver.heard) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("status", [302, 404, 500])
def test_what_does_not_arrive_is_tried_again_later_then_given_up(
    cast: Cast, told: Hook, receiver: Receiver, status: int
) -> None:
    receiver.status = status
    release(cast.product())
    catch_up(at=AT)
    at = AT
    for _try in range(len(WAITS) + 1):
        assert send(receiver, at) == 0
        assert send(receiver, at) == 0  # not before its time
        at += timedelta(days=3)

    message = Message.objects.get()
    assert (message.state, message.tries, message.answer) == ("given_up", len(WAITS) + 1, str(status))
    assert len(receiver.heard) == len(WAITS) + 1
    assert send(receiver, at) == 0


@pytest.mark.django_db
def test_who_is_no_longer_told_hears_nothing_more(cast: Cast, told: Hook, receiver: Receiver) -> None:
    release(cast.product())
    catch_up(at=AT)
    put_out(origin="", at=AT)
    end_hook(hook=told, at=AT, by=cast.ratna)

    assert send(receiver) == 0
    assert receiver.heard == []


@pytest.mark.django_db
def test_a_strange_address_is_refused_without_a_trace(cast: Cast) -> None:
    for url in NEVER:
        with pytest.raises(HookRefused):
            add_hook(association=cast.association, url=url, at=AT, by=cast.ratna)

    assert not Hook.objects.exists()


def test_a_name_that_leads_home_is_not_called(monkeypatch, receiver: Receiver) -> None:
    calls = []
    for address in ("127.0.0.1", "::ffff:127.0.0.1", "169.254.169.254"):
        answer = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", 443)),
            (socket.AF_INET, 1, 6, "", (address, 443)),
        ]
        monkeypatch.setattr(door.socket, "getaddrinfo", lambda *_a, found=answer, **_k: found)
        monkeypatch.setattr(door.socket, "create_connection", lambda *a, **_k: calls.append(a))
        with pytest.raises(NotSent, match="private"):
            post("https://contoh.example/", b"{}", {})

    assert calls == []


def test_the_name_is_looked_up_once_and_that_address_is_called(monkeypatch) -> None:
    looked, called = [], []

    def look(host: str, port: int, **_options: object):
        looked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1" if len(looked) == 1 else "127.0.0.1", port))]

    def call(address: tuple[str, int], _timeout: float):
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(door.socket, "getaddrinfo", look)
    monkeypatch.setattr(door.socket, "create_connection", call)
    with pytest.raises(NotSent):
        post("https://contoh.example/", b"{}", {})

    assert (looked, called) == (["contoh.example"], [("1.1.1.1", 443)])


def test_a_certificate_of_somebody_else_is_no_answer(receiver: Receiver) -> None:
    with pytest.raises(NotSent, match="SSLCertVerificationError"):
        post(receiver.url, b"{}", {}, allowed=receiver.allowed)

    assert receiver.heard == []
