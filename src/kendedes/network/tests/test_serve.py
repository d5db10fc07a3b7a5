"""``serve``: where it listens, what it refuses, how it keeps its processes alive."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from kendedes.network.management import supervise
from kendedes.network.management.commands import serve


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("[::1]:81", ("::1", 81)),
        (":8000", ("127.0.0.1", 8000)),
        ("galeri.lan:80", ("galeri.lan", 80)),
    ],
)
def test_an_address_to_listen_on_is_host_and_port(text: str, expected: tuple[str, int]) -> None:
    assert serve.parse_bind(text) == expected


@pytest.mark.parametrize("text", ["8000", "localhost", "a:b", "host:99999", "u@h:80", "h:80/x"])
def test_another_shape_is_refused_with_exit_code_2(text: str) -> None:
    with pytest.raises(CommandError) as refused:
        serve.parse_bind(text)
    assert refused.value.returncode == 2


def test_other_machines_are_let_in_only_over_https_or_on_request() -> None:
    serve.refuse_open_door("127.0.0.1", origin="", insecure=False)
    serve.refuse_open_door("::1", origin="", insecure=False)
    serve.refuse_open_door("0.0.0.0", origin="https://galeri.example.id", insecure=False)
    serve.refuse_open_door("192.168.1.5", origin="", insecure=True)
    for host in ("0.0.0.0", "::", "192.168.1.5", "galeri.lan"):
        with pytest.raises(CommandError):
            serve.refuse_open_door(host, origin="http://galeri.example.id", insecure=False)


def test_an_address_in_use_is_named_before_any_work() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CommandError, match=r"127\.0\.0\.1:\d+"):
            serve.refuse_taken("127.0.0.1", other.getsockname()[1])


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_child_that_dies_is_started_again_and_all_end_on_a_signal(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    once = (
        f"import pathlib,sys,time; p=pathlib.Path({str(trace)!r}); n=p.exists(); p.touch(); time.sleep(60 if n else 0)"
    )
    said: list[str] = []
    child = supervise.Child("anak", [sys.executable, "-c", once])
    supervisor = supervise.Supervisor([child], env=os.environ, say=said.append)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop_when_back() -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and not (said and child.process and child.process.poll() is None):
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    helper = threading.Thread(target=stop_when_back)
    helper.start()
    try:
        code = supervisor.run()
    finally:
        helper.join()
        for number, handler in before.items():
            signal.signal(number, handler)

    assert code == 0
    assert said == ["anak: berhenti (0), dijalankan lagi / ended, starting again in 1 s"]
    assert child.process is not None
    assert child.process.returncode == -signal.SIGTERM
