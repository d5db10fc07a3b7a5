"""A real server on a home of its own, for stories and drills: started like anybody would, killed at the end."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg

import kendedes
from kendedes.ui import fonts

COMMAND = [sys.executable, "-m", "kendedes"]


@dataclass
class Home:
    """A data folder and the environment in which commands work on it."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    url: str = ""

    def run(self, *args: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """``kendedes ARGS`` on this home; output as text."""
        done = subprocess.run([*COMMAND, *args], env=self.env, capture_output=True, text=True, check=False)  # noqa: S603
        if check and done.returncode:
            raise AssertionError(f"kendedes {' '.join(args)}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    def seed(self) -> None:
        """The cast of ``testing.cast`` with every place of the regency, through the real actions.

        With SQLite that is done once for each state of the source; other homes get a copy of the file.
        """
        _lend_fonts(self.folder)
        if self.env.get("DATABASE_URL"):
            self._seed()
            return
        database, kept = self.folder / "kendedes.sqlite3", _kept("seed") / f"{_state()}.sqlite3"
        with _alone(kept.parent / "lock"):
            if not kept.exists():
                self._seed()
                for old in kept.parent.glob("*.sqlite3"):
                    old.unlink()
                with closing(sqlite3.connect(database)) as made:
                    made.execute("VACUUM INTO ?", (str(kept.with_suffix(".half")),))
                kept.with_suffix(".half").replace(kept)
                return
            shutil.copyfile(kept, database)

    def later(self, now: datetime) -> Home:
        """The same home in a world in which it is ``now``; its server and commands go on from there."""
        folder = str(Path(__file__).parent / "later")
        known = [p for p in self.env.get("PYTHONPATH", "").split(os.pathsep) if p not in {"", folder}]
        ahead = now.timestamp() - time.time()
        path = os.pathsep.join([folder, *known])
        return Home(self.folder, {**self.env, "PYTHONPATH": path, "KENDEDES_TEST_AHEAD": f"{ahead:.0f}"})

    def _seed(self) -> None:
        self.run("manage", "migrate", "-v", "0")
        subprocess.run([sys.executable, "-m", "kendedes.testing.seed"], env=self.env, check=True)


def _kept(name: str) -> Path:
    """A folder of this person on this machine for what is slow to make."""
    folder = Path(tempfile.gettempdir()) / f"kendedes-{name}-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _state() -> str:
    """A name for the source as it is now, and for the SQLite that writes."""
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for path in sorted(Path(kendedes.__file__).parent.rglob("*")):
        if path.suffix in {".py", ".json"} and path.is_file():
            digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:32]


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _lend_fonts(folder: Path) -> None:
    """Cut the fonts once a machine, not once a home."""
    kept = _kept("fonts")
    fonts.make(kept)
    shutil.copytree(kept, folder / "buatan" / "fonts", dirs_exist_ok=True)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def home(folder: Path, **more: str) -> Iterator[Home]:
    """A fresh home in ``folder``; with ``DATABASE_URL`` in the environment, a fresh database beside that one."""
    env = {**os.environ, "KENDEDES_HOME": str(folder), "KENDEDES_REQUIRE_MFA": "false", **more}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    base = os.environ.get("DATABASE_URL", "")
    if not base:
        yield Home(folder, env)
        return
    parts = urlsplit(base)
    name = f"cerita_{secrets.token_hex(4)}"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield Home(folder, {**env, "DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))})
    finally:
        with psycopg.connect(base, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def serving(place: Home, *, patience: float = 120.0, port: int = 0) -> Iterator[Home]:
    """``kendedes serve`` on this home until the block ends; ``url`` is set once it answers. ``port``: a given one."""
    port = port or free_port()
    command = [*COMMAND, "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    log = (place.folder / "serve.log").open("w")
    process = subprocess.Popen(command, env=place.env, stdout=log, stderr=log, start_new_session=True)  # noqa: S603
    place.url = f"http://127.0.0.1:{port}"
    try:
        _wait(place, process, patience)
        yield place
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        log.close()


def _wait(place: Home, process: subprocess.Popen[bytes], patience: float) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{place.url}/sehat/", timeout=2):  # noqa: S310 - this machine
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the server did not answer:\n" + (place.folder / "serve.log").read_text()[-4000:])
