"""A PostgreSQL of its own for a test run: fresh cluster in a temporary folder, on a socket, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Debian's folder of the newest server, or the one on PATH; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    onpath = shutil.which("initdb")
    return Path(onpath).parent if onpath else None


def _as_user() -> list[str]:
    """PostgreSQL refuses root; then its own account runs it."""
    if os.geteuid() != 0:
        return []
    pwd.getpwnam("postgres")
    return ["runuser", "-u", "postgres", "--"]


@contextmanager
def running() -> Iterator[str]:
    """Yield a ``DATABASE_URL``. Raises FileNotFoundError without binaries."""
    folder = binaries()
    if folder is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    who = _as_user()
    with tempfile.TemporaryDirectory(prefix="kendedes-pg-") as name:
        home = Path(name)
        if who:
            shutil.chown(home, "postgres")
        data = home / "data"

        def run(*command: str) -> None:
            subprocess.run([*who, *command], check=True, capture_output=True, cwd="/")  # noqa: S603 - our own list

        run(str(folder / "initdb"), "-D", str(data), "-U", "kendedes", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        # As durable as a real one: the system check refuses to work on anything less.
        options = f"-k {home} -c listen_addresses="
        run(str(folder / "pg_ctl"), "-D", str(data), "-w", "-l", str(home / "log"), "-o", options, "start")
        try:
            run(str(folder / "createdb"), "-h", str(home), "-U", "kendedes", "kendedes")
            yield f"postgresql://kendedes@{str(home).replace('/', '%2F')}/kendedes"
        finally:
            run(str(folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
