"""Who works on a home: its servers and workers hold a shared lock on a file of it as long as they live, and the kernel gives
it back however they end. What must meet a home alone takes the same lock for itself.

Where the system knows no such lock (Windows) nobody is seen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LASTING = frozenset({"db_worker", "loops", "runserver"})  # Django's commands that stay and work on the home
_held: list[int] = []


def stay(home: Path, *, through_exec: bool = False) -> bool:
    """From now on this process is seen at work here, until it ends; False if somebody has the home for himself.

    ``through_exec``: also after it has become another program; not in the children that one starts.
    """
    try:
        import fcntl  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return True
    handle = os.open(_file(home), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return False
    os.set_inheritable(handle, through_exec)
    _held.append(handle)
    return True


@contextmanager
def alone(home: Path) -> Iterator[bool]:
    """Whether nobody else works on the home; if so, nobody begins to while the block lasts."""
    try:
        import fcntl  # noqa: PLC0415 - absent on Windows
    except ImportError:
        yield True
        return
    handle = os.open(_file(home), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def _file(home: Path) -> Path:
    folder = home / "buatan"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / ".bekerja"
