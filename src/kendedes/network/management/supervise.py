"""Keeps the processes of ``kendedes serve`` alive until it is told to stop. They are bound to it (``base.bound``):
when it is killed they end too.

Knows no Django, so that the process that only watches stays small: ``serve`` prepares the home and then turns
itself into ``python -m kendedes.network.management.supervise PLAN`` (JSON; see ``main``).
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kendedes.base.bound import BOUND_TO

TICK = 0.2  # seconds between looks
GRACE = 8.0  # seconds a child gets to end by itself
QUICK = 5.0  # a child that lived shorter than this waits before it is started again
LONGEST = 30.0
PATIENCE = 30.0  # seconds until the web server must answer


@dataclass
class Child:
    """A process that shall run: how to start it, and how often it died early."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again_at: float = 0.0
    early: int = 0
    later: bool = False  # once the web server answers: what loads beside it keeps people waiting for it


class Supervisor:
    """Starts children, restarts the dead with a growing pause, ends all on SIGINT or SIGTERM.

    Those that come ``later`` are started when ``started`` (see ``run``) has come back. The first is the web server.
    """

    def __init__(self, children: Sequence[Child], *, env: Mapping[str, str], say: Callable[[str], object]) -> None:
        self.children = list(children)
        self.env = dict(env)
        self.say = say
        self.stopping = False

    def run(self, *, started: Callable[[], object] | None = None) -> int:
        """Until a signal comes; 0 after a clean end, 1 when a child had to be killed."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        for child in self.children:
            if not child.later:
                self._start(child)
        if started is not None:
            started()
        for child in self.children:
            if child.later and not self.stopping:
                self._start(child)
        while not self.stopping:
            time.sleep(TICK)
            self._look(time.monotonic())
        return self._end()

    def given_up(self) -> bool:
        """Whether waiting for the first child is in vain: told to stop, or it has died and must be started again."""
        first = self.children[0].process
        return self.stopping or first is None or first.poll() is not None

    def _stop(self, _number: int, _frame: object) -> None:
        self.stopping = True

    def _start(self, child: Child) -> None:
        child.started = time.monotonic()
        # A session of its own: Ctrl-C reaches this process only, which then ends the others in order.
        env = {**self.env, BOUND_TO: str(os.getpid())}
        child.process = subprocess.Popen(list(child.command), env=env, start_new_session=True)  # noqa: S603

    def _look(self, now: float) -> None:
        for child in self.children:
            if child.process is None:
                if now >= child.again_at:
                    self._start(child)
                continue
            code = child.process.poll()
            if code is None:
                continue
            _kill_group(child.process)  # a killed web server leaves workers that hold the port
            child.early = child.early + 1 if now - child.started < QUICK else 0
            pause = min(LONGEST, 2.0**child.early - 1) if child.early else 0.0
            self.say(f"{child.name}: berhenti ({code}), dijalankan lagi / ended, starting again in {pause:.0f} s")
            child.process, child.again_at = None, now + pause

    def _end(self) -> int:
        alive = [child.process for child in self.children if child.process is not None]
        for process in alive:
            process.terminate()  # does nothing to the dead
        deadline = time.monotonic() + GRACE
        hard = 0
        for process in alive:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                hard = 1
            _kill_group(process)
        return hard


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End what a child left behind in its session."""
    if os.name == "posix":
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return


def wait_until_open(
    host: str, port: int, given_up: Callable[[], bool], *, request: bytes = b"", patience: float = PATIENCE
) -> bool:
    """Until somebody answers at the address; False after ``patience`` seconds or when ``given_up`` says so.

    The port is open long before a page can be served, so ``request`` is asked and its first byte awaited; without
    one an open port is enough.
    """
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and not given_up():
        try:
            with socket.create_connection((target, port), timeout=1) as line:
                if not request:
                    return True
                line.sendall(request)
                line.settimeout(max(0.1, deadline - time.monotonic()))
                if line.recv(1):
                    return True
        except OSError:
            pass
        time.sleep(0.05)
    return False


def greeting(host: str) -> bytes:
    """The smallest request the site answers, under a name it answers to."""
    named = os.environ.get("KENDEDES_HOSTS", "").split(",")[0].strip().lstrip(".")
    name = named if named and "*" not in named else host
    return f"HEAD /sehat/ HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode()


def say(line: str) -> None:
    """One line for the person who started the server."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def main(argv: Sequence[str]) -> int:
    """``argv[0]``: ``{"children": [[name, [command…]]…], "later": [same…], "host", "port", "tls", "address", "begun"}``; the exit code."""
    plan = json.loads(argv[0])
    children = [Child(name, command) for name, command in plan["children"]]
    children += [Child(name, command, later=True) for name, command in plan["later"]]

    supervisor = Supervisor(children, env=os.environ, say=say)

    def started() -> None:
        request = b"" if plan["tls"] else greeting(plan["host"])
        if not wait_until_open(plan["host"], plan["port"], supervisor.given_up, request=request):
            say(f"{plan['host']}:{plan['port']}: belum menjawab / no answer yet")
            return
        seconds = time.time() - plan["begun"]
        say(f"Kendedes: {plan['address']}  ({seconds:.1f} s)  — Ctrl-C: berhenti / stop")

    return supervisor.run(started=started)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
