"""A PostgreSQL that may be killed: on a folder of its own, on a socket that stays the same over its lives."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from kendedes.testing import postgres

PATIENCE = 90.0  # seconds a start may take: after a cut under load it replays its log first


class Cluster:
    """``sockets`` and ``data`` are made by ``create``; ``options`` are settings of every start, as ``name=value``."""

    def __init__(self, sockets: Path, *options: str) -> None:
        folder = postgres.binaries()
        if folder is None:
            raise FileNotFoundError("PostgreSQL is not installed")
        self.folder, self.sockets, self.options = folder, sockets, options
        self.process: subprocess.Popen[bytes] | None = None
        self.who = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        sockets.mkdir(parents=True, exist_ok=True)
        self._own(sockets)

    @property
    def url(self) -> str:
        """The ``DATABASE_URL``."""
        return f"postgresql://kendedes@{str(self.sockets).replace('/', '%2F')}/kendedes"

    def _own(self, path: Path) -> None:
        if self.who:
            shutil.chown(path, "postgres", "postgres")

    def create(self, data: Path) -> None:
        """An empty cluster with an empty database."""
        data.mkdir(mode=0o700)
        self._own(data)
        initdb = [
            str(self.folder / "initdb"), "-D", str(data), "-U", "kendedes", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--wal-segsize=1",
        ]  # fmt: skip
        subprocess.run(initdb, check=True, capture_output=True, cwd="/", **self.who)  # type: ignore[call-overload]  # noqa: S603
        with self.running(data), psycopg.connect(self._server(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE kendedes")

    def _server(self) -> str:
        return f"host={self.sockets} user=kendedes dbname=postgres connect_timeout=3"

    @contextmanager
    def running(self, data: Path) -> Iterator[None]:
        """From a start to a clean end."""
        self.start(data)
        try:
            yield
            self.stop()
        finally:
            self.kill()

    def start(self, data: Path, patience: float = PATIENCE) -> float:
        """Until it answers; refused starts (children of the killed one are still there) are tried again."""
        begun = time.monotonic()
        while time.monotonic() - begun < patience:
            (data / "postmaster.pid").unlink(missing_ok=True)
            for old in self.sockets.iterdir():
                old.unlink()
            command = [
                str(self.folder / "postgres"),
                "-D",
                str(data),
                "-k",
                str(self.sockets),
                "-c",
                "listen_addresses=",
            ]
            for option in self.options:
                command += ["-c", option]
            log = (self.sockets.parent / "postgres.log").open("ab")
            self.process = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **self.who)  # type: ignore[call-overload]  # noqa: S603
            log.close()
            while self.process.poll() is None and time.monotonic() - begun < patience:
                with suppress(psycopg.OperationalError), psycopg.connect(self._server()):
                    return time.monotonic() - begun
                time.sleep(0.05)
            self.kill()
            time.sleep(0.2)
        raise RuntimeError(f"PostgreSQL did not start:\n{(self.sockets.parent / 'postgres.log').read_text()[-2000:]}")

    def stop(self) -> None:
        """A clean end."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=60)
            self.process = None

    def kill(self) -> None:
        """SIGKILL to the postmaster and every child it has."""
        if self.process is None:
            return
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        numbers = children.read_text().split() if children.exists() else []
        for number in [self.process.pid, *map(int, numbers)]:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.process.wait()
        self.process = None
