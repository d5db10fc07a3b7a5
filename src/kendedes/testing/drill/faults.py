"""Writes that fail (B5): the disk says EIO, or that it is full, or the server dies in the middle of a flush.

``strace`` answers the server's system calls instead of the kernel. Needs strace and the right to trace.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kendedes.testing.drill.kill import PATIENCE, Killed, close, open_scene

# What is traced, which calls of each thread fail (from the first number on, and every so many after it), and what a till
# hears then.
FAULTS = {
    "eio": ("fdatasync,fsync", "error=EIO:when=10+7", "503"),
    "full": ("pwrite64", "error=ENOSPC:when=200+151", "503"),  # a sale makes some thirty writes: most get through
    "kill": ("fdatasync,fsync", "signal=KILL:when=12", "none"),
}
SELLING = 8.0  # seconds for each cycle


def run(work: Path, *, fault: str, cycles: int, careless: bool = False) -> Iterator[Killed]:
    """Six tills sell while the calls of ``FAULTS[fault]`` fail. ``careless``: a control that must be caught."""
    calls, how, felt = FAULTS[fault]
    scene = open_scene(work, None, careless=careless)
    tracing = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", f"trace={calls}"]
    ready = []
    try:
        scene.server.start()  # on a good disk until every till is paired and sells
        for seller in scene.sellers:
            seller.start()
        scene.ready(time.monotonic())
        _wait(lambda: all(seller.till.disk.acked for seller in scene.sellers))
        scene.server.command = [*tracing, "-e", f"inject={calls}:{how}", *scene.server.command]
        ready.append(scene.kill_server())
        for _ in range(cycles):
            before = scene.told.statuses[felt]
            time.sleep(SELLING)
            if not careless:
                _wait(lambda: scene.told.statuses[felt] > before)  # noqa: B023 - called at once
            ready.append(scene.kill_server())
        time.sleep(1)
    finally:
        scene.server.kill()
    yield close(scene, ready)


def _wait(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > until:
            raise RuntimeError("the fault was not felt")
        time.sleep(0.05)
