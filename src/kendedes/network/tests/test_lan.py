"""Phones on the office network: real TLS by the home's own authority, which vouches for nobody else."""

from __future__ import annotations

import ipaddress
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

import pytest

from kendedes.network.management import lan
from kendedes.testing.server import COMMAND, free_port, home

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def handshake(authority, certificate, key, name) -> bool:
    """Whether a client that trusts ``authority`` accepts the server as ``name``; in memory, no sockets."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = ssl.create_default_context(cafile=str(authority))
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    asking = client.wrap_bio(back, there, server_hostname=name)
    answering = server.wrap_bio(there, back, server_side=True)
    for _ in range(6):
        for side in (asking, answering):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLError:
                return False
    return True


def test_a_phone_that_installed_the_authority_trusts_this_server(tmp_path):
    made = lan.identity(tmp_path, ["192.168.1.20", "galeri.local"], datetime.now(UTC))

    assert handshake(made.authority, made.certificate, made.key, "192.168.1.20")
    assert handshake(made.authority, made.certificate, made.key, "galeri.local")
    assert not handshake(made.authority, made.certificate, made.key, "192.168.1.21")
    assert oct((tmp_path / lan.FOLDER / "ca.key").stat().st_mode & 0o777) == "0o600"


def test_the_authority_cannot_vouch_for_anybody_elses_site(tmp_path):
    now = datetime.now(UTC)
    made = lan.identity(tmp_path, ["192.168.1.20"], now)
    key, root = lan._authority(tmp_path / lan.FOLDER, now)

    lan._issue(tmp_path / lan.FOLDER, key, root, ["bank.example", "203.0.113.7"], now)

    assert not handshake(made.authority, made.certificate, made.key, "bank.example")
    assert not handshake(made.authority, made.certificate, made.key, "203.0.113.7")


def test_the_authority_stays_and_the_servers_certificate_is_renewed_when_names_or_days_ask_for_it(tmp_path):
    first = lan.identity(tmp_path, ["192.168.1.20"], NOW)
    old = first.certificate.read_bytes()

    assert lan.identity(tmp_path, ["192.168.1.20"], NOW + timedelta(days=300)).certificate.read_bytes() == old
    moved = lan.identity(tmp_path, ["192.168.1.20", "192.168.1.33"], NOW + timedelta(days=300))
    assert moved.certificate.read_bytes() != old
    again = moved.certificate.read_bytes()
    later = lan.identity(tmp_path, ["192.168.1.20", "192.168.1.33"], NOW + timedelta(days=690))
    assert later.certificate.read_bytes() != again
    assert later.fingerprint == first.fingerprint == lan.known(tmp_path).fingerprint


def test_only_private_addresses_are_named(monkeypatch):
    monkeypatch.setattr(lan, "_outward", lambda: "")
    for name in lan.own_names():
        if name.replace(".", "").isdigit():
            assert ipaddress.ip_address(name).is_private


@pytest.mark.slow
def test_served_for_real(tmp_path):
    with home(tmp_path / "rumah") as place:
        place.seed()
        port = free_port()
        process = subprocess.Popen(
            [*COMMAND, "serve", "--lan", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--no-worker"],
            env=place.env, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        try:
            context = ssl.create_default_context()
            until = time.monotonic() + 60
            while time.monotonic() < until and not (place.folder / lan.FOLDER / "ca.crt").is_file():
                time.sleep(0.2)
            context.load_verify_locations(place.folder / lan.FOLDER / "ca.crt")
            page = b""
            while time.monotonic() < until and not page:
                try:
                    page = urlopen(f"https://127.0.0.1:{port}/sehat/", context=context, timeout=3).read()
                except OSError:
                    time.sleep(0.3)
            door = urlopen(f"http://127.0.0.1:{port + 1}/kendedes-ca.crt", timeout=5).read()
            words = urlopen(f"http://127.0.0.1:{port + 1}/", timeout=5).read().decode()
        finally:
            process.terminate()
            process.communicate(timeout=20)

    assert page == b"sehat\n"
    assert door.startswith(b"-----BEGIN CERTIFICATE-----")
    assert lan.known(place.folder).fingerprint in words
