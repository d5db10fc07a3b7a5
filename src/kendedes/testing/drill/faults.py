"""Writes that fail (B5): the disk says EIO, or that it is full, or the server dies in the middle of a flush.

``strace`` answers the server's system calls instead of the kernel. Needs strace and the right to trace.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from kendedes.testing.drill.kill import PATIENCE, Killed, close, open_scene

# What is traced, and which calls of each thread fail: from the first number on, and every so many after it.
FAULTS = {
    "eio": ("fdatasync,fsync", "error=EIO:when=10+7"),
    "full": ("pwrite64", "error=ENOSPC:when=200+151"),  # a sale makes some thirty writes: most get through
    "kill": ("fdatasync,fsync", "signal=KILL:when=12"),
}
SELLING = 8.0  # seconds for each cycle


def run(work: Path, *, fault: str, cycles: int, careless: bool = False) -> Iterator[Killed]:
    """Six tills sell while the calls of ``FAULTS[fault]`` fail. ``careless``: a control that must be caught."""
    calls, how = FAULTS[fault]
    scene = open_scene(work, None, careless=careless)
    tracing = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", f"trace={calls}"]
    ready = []
    try:
        scene.server.start()  # on a good disk until every till is paired and sells
        for seller in scene.sellers:
            seller.start()
        scene.ready(time.monotonic())
        until = time.monotonic() + PATIENCE
        while not all(seller.till.disk.acked for seller in scene.sellers) and time.monotonic() < until:
            time.sleep(0.05)
        scene.server.command = [*tracing, "-e", f"inject={calls}:{how}", *scene.server.command]
        ready.append(scene.kill_server())
        for _ in range(cycles):
            time.sleep(SELLING)
            ready.append(scene.kill_server())
        time.sleep(1)
    finally:
        scene.server.kill()
    yield close(scene, ready)
