"""The parent's side of the worker: starts it, bounds its time, replaces it when it dies."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any, Self

TIMEOUT_SECONDS = 60.0


class Stopped(Exception):  # noqa: N818 - what happened
    """The worker died or was ended while it had this job: the picture asked for more than it may have."""


class Workshop:
    """One worker process, started at the first job. Jobs from several threads wait for each other."""

    def __init__(self, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._timeout = timeout
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the worker."""
        with self._turn:
            self._end()

    def ask(self, job: dict[str, Any]) -> dict[str, Any]:
        """The worker's answer to ``job``. Raises Stopped when it died of the job or ran out of time."""
        with self._turn:
            answer = self._ask(job)
            if answer is None:  # it had gone to rest between two jobs
                answer = self._ask(job)
            if answer is None:
                raise Stopped
            return answer

    def _ask(self, job: dict[str, Any]) -> dict[str, Any] | None:
        process = self._running()
        stdin, stdout = process.stdin, process.stdout
        if stdin is None or stdout is None:
            raise Stopped
        timer = threading.Timer(self._timeout, process.kill)
        timer.start()
        try:
            stdin.write(json.dumps(job).encode() + b"\n")
            stdin.flush()
            line = stdout.readline()
        except OSError:
            line = b""
        finally:
            timer.cancel()
        if line:
            result: dict[str, Any] = json.loads(line)
            return result
        self._end()
        if process.returncode == 0:
            return None
        raise Stopped

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-m", "kendedes.products.photos.worker"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, close_fds=True,
                env={key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TMPDIR") if key in os.environ},
            )  # fmt: skip
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            with contextlib.suppress(OSError):  # it may be gone already
                process.stdin.close()
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


_shared = Workshop()
atexit.register(_shared.close)


def shared() -> Workshop:
    """The workshop of this server process; its worker rests by itself after a minute."""
    return _shared
