"""``kendedes serve`` killed with ``kill -9``: every process it started ends, and the address is free for the next start.

Control: the same look at a supervisor whose child is not bound finds the child alive.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kendedes.base.bound import BOUND_TO
from kendedes.network.management import supervise
from kendedes.testing.server import COMMAND, free_port, home, serving

PATIENCE = 15.0
pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


def _parents() -> dict[int, int]:
    """Every living process with the one that started it."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z":
            found[int(stat.parent.name)] = int(parent)
    return found


def below(top: int) -> set[int]:
    """Everybody ``top`` started, directly or not."""
    parents, found, new = _parents(), set(), {top}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new} - found
        found |= new
    return found


def left_of(pids: set[int], patience: float = PATIENCE) -> set[int]:
    """Who of ``pids`` is still alive; waits until nobody is."""
    until = time.monotonic() + patience
    while (left := pids & _parents().keys()) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def wait_for(test: Callable[[], object], patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while not test():
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.mark.slow
def test_a_killed_server_leaves_nobody_and_its_address_is_free(tmp_path):
    with home(tmp_path / "rumah") as place:
        place.folder.mkdir(parents=True, exist_ok=True)
        with serving(place):  # prepares the home once, so that the start below is quick
            pass
        port = free_port()
        command = [*COMMAND, "serve", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
        server = subprocess.Popen(command, env=place.env, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            wait_for(lambda: _answers(port), 60)
            wait_for(lambda: len(below(server.pid)) >= 4)  # the web server, its two workers, the task worker
            children = below(server.pid)

            server.kill()
            server.wait()

            assert left_of(children) == set()
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        finally:
            _kill(below(server.pid) | {server.pid})


@pytest.mark.slow
def test_workers_of_a_killed_web_server_end_with_it_and_a_new_one_answers(tmp_path):
    with home(tmp_path / "rumah") as place:
        place.folder.mkdir(parents=True, exist_ok=True)
        with serving(place) as served:
            server = next(pid for pid in _parents() if _is_web(pid, served.url))
            workers = below(server)
            assert workers

            os.kill(server, signal.SIGKILL)

            assert left_of(workers) == set()
            port = int(served.url.rpartition(":")[2])
            wait_for(lambda: _answers(port), 30)


def test_the_control_a_child_that_is_not_bound_outlives_its_supervisor(tmp_path):
    bound, free = (
        [sys.executable, *args, "60"] for args in (["-m", "kendedes.base.bound", "this_sleeps"], ["-c", CODE])
    )
    (tmp_path / "this_sleeps.py").write_text(CODE)
    door = socket.create_server(("127.0.0.1", 0))  # the second is started only when the first one's door is open
    port = door.getsockname()[1]
    plan = {
        "children": [["terikat", bound], ["lepas", free]],
        "host": "127.0.0.1",
        "port": port,
        "tls": True,
        "later": [],
        "begun": 0,
    }
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    env.pop(BOUND_TO, None)
    command = [sys.executable, "-m", supervise.__name__, json.dumps({**plan, "address": "-"})]
    top = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    children: set[int] = set()
    try:
        wait_for(lambda: len(below(top.pid)) == 2)
        door.close()
        children = below(top.pid)
        wait_for(lambda: all(b"this_sleeps" in _line(p) or b"sleep(float" in _line(p) for p in children))
        time.sleep(0.5)  # until the bound one has bound itself

        top.kill()
        top.wait()

        left = left_of(children, 3)
        assert len(left) == 1
        assert b"this_sleeps" not in _line(left.pop())
    finally:
        _kill(children | below(top.pid) | {top.pid})


CODE = "import sys, time; time.sleep(float(sys.argv[-1]))"


def _line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _is_web(pid: int, url: str) -> bool:
    words = _line(pid).split(b"\0")
    return b"granian" in words and url.rpartition(":")[2].encode() in words and pid == os.getpgid(pid)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _kill(pids: set[int]) -> None:
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
