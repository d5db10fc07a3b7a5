"""Mounting images, on a good disk and on one that will lose its power. Needs root, loop devices and FUSE."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kendedes.testing.drill import __path__ as here

PLUGIN = Path(next(iter(here))) / "lossy_disk.py"
TOOLS = ("nbdkit", "nbdfuse", "losetup", "mount", "umount", "mkfs.ext4", "fusermount3")


def missing() -> str:
    """Why no power can be cut here; empty when it can."""
    if os.name != "posix" or os.geteuid() != 0:
        return "only root may mount disks"
    gone = [name for name in TOOLS if shutil.which(name) is None]
    if gone:
        return f"not installed: {', '.join(gone)} (apt: nbdkit nbdkit-plugin-python libnbd-bin fuse3 e2fsprogs)"
    if not Path("/dev/fuse").exists():
        return "there is no /dev/fuse"
    found = subprocess.run(["losetup", "-f"], capture_output=True, text=True, check=False)  # noqa: S607
    return "" if found.returncode == 0 else f"no loop device: {found.stderr.strip()}"


def run(*command: str, check: bool = True) -> str:
    """One of the tools; its output."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own list
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout.strip()


def make(image: Path, megabytes: int) -> None:
    """An empty ext4 disk; nothing of it is left to be written later."""
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    run("mkfs.ext4", "-qF", "-E", "lazy_itable_init=0,lazy_journal_init=0", str(image))


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[Path]:
    """``image`` at ``place`` on a disk that works."""
    loop = run("losetup", "-f", "--show", str(image))
    try:
        run("mount", loop, str(place))
        try:
            yield place
        finally:
            run("umount", str(place))
    finally:
        run("losetup", "-d", loop)


@dataclass
class Failing:
    """A mounted disk whose power will fail at write ``cut`` or when ``pull`` is called."""

    place: Path
    switch: Path

    def pull(self) -> None:
        """Pull the plug now."""
        self.switch.touch()
        os.sync()  # the next request meets it


@contextmanager
def failing(image: Path, place: Path, *, out: Path, cut: int, seed: int) -> Iterator[Failing]:
    """``image`` at ``place`` until the power fails; afterwards ``out`` is the disk as it is found."""
    work = out.parent
    node, switch = work / "fuse", work / "switch"
    node.mkdir(exist_ok=True)
    file = node / "disk"
    switch.unlink(missing_ok=True)
    out.unlink(missing_ok=True)
    plugin = [
        "nbdkit", "--exit-with-parent", "-f", "python", str(PLUGIN), f"image={image}", f"out={out}", f"cut={cut}",
        f"seed={seed}", f"switch={switch}",
    ]  # fmt: skip
    file.touch()
    command = ["nbdfuse", str(file), "[", *plugin, "]"]
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)  # noqa: S603
    loop = ""
    try:
        _wait(lambda: os.path.ismount(file) or file.stat().st_size > 0)
        loop = run("losetup", "-f", "--show", str(file))
        run("mount", "-o", "errors=continue", loop, str(place))
        yield Failing(place, switch)
        switch.touch()
        run("sync", "-f", str(place), check=False)  # meets the switch, if the power had not failed before
        _wait(out.exists)
    finally:
        run("umount", "-l", str(place), check=False)
        if loop:
            run("losetup", "-d", loop, check=False)
        run("fusermount3", "-uz", str(file), check=False)
        _end(process)


def _wait(ready: object, patience: float = 30.0) -> None:
    until = time.monotonic() + patience
    while not ready():  # type: ignore[operator]
        if time.monotonic() > until:
            raise RuntimeError("the failing disk does not answer")
        time.sleep(0.02)


def _end(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            return
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            continue
        return
