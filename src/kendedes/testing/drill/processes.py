"""Work in a forked child: it has its own connections, and what it returns comes back as JSON."""

from __future__ import annotations

import json
import os
import signal
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connections

from kendedes.testing.drill.judge import acknowledged


def forked(work: Callable[[], Any], answer: Path) -> int:
    """Start ``work`` in a child; its result is written to ``answer``. Returns the child's number."""
    answer.unlink(missing_ok=True)
    connections.close_all()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        answer.write_text(json.dumps(work()))
        code = 0
    except BaseException:  # noqa: BLE001 - the child ends here, whatever happened
        traceback.print_exc()
    finally:
        os._exit(code)  # no handlers of the parent, no files flushed twice


def result(child: int, answer: Path, patience: float) -> Any:
    """What the child returned; it is killed after ``patience`` seconds."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            if status:
                raise RuntimeError(f"a child of the drill failed with {os.waitstatus_to_exitcode(status)}")
            return json.loads(answer.read_text())
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise RuntimeError(f"a child of the drill did not end within {patience} s")


class AckLog:
    """Names of acknowledged sales, one a line, on a disk that does not fail. Safe for threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def told(self, name: str) -> None:
        """The seller was told that the sale is kept."""
        os.write(self._handle, f"{name}\n".encode())

    def names(self) -> set[str]:
        """All of them."""
        return acknowledged(self.path)
