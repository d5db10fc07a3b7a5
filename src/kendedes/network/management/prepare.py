"""What must be in place before pages are served: tables, fonts, interface texts, static files.

Every step looks first and works only when something changed, so the second start takes a moment. Two starts
at the same time on one home wait for each other.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

import kendedes
from kendedes.base.environment import checkout
from kendedes.ui import fonts

Say = Callable[[str], object]
_ADVISORY = 350_724  # a number of our own for PostgreSQL's advisory lock
_PATIENCE = 120.0  # seconds to wait for another start on the same home


def made() -> Path:
    """The folder of files that can be made again: ``HOME/buatan``."""
    folder: Path = settings.HOME / "buatan"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def prepare(say: Say) -> None:
    """Bring the home up to this version; ``say`` hears one line per step that had something to do."""
    with alone():
        fonts.make(made() / "fonts")
        compile_messages(say)
        migrate(say)
        collect(say)


@contextmanager
def alone() -> Iterator[None]:
    """Only one process prepares a home at a time. The lock dies with the process."""
    try:
        import fcntl  # noqa: PLC0415 - absent on Windows, where one start at a time is the rule
    except ImportError:
        yield
        return
    handle = os.open(made() / ".kunci", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        yield
    finally:
        os.close(handle)


def migrate(say: Say) -> bool:
    """Run outstanding migrations; on PostgreSQL under an advisory lock, since homes may share a database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY])
            try:
                return _migrate(say)
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY])
    return _migrate(say)


def _migrate(say: Say) -> bool:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return False
    say(f"basis data: {len(plan)} langkah / database: {len(plan)} steps")
    call_command("migrate", interactive=False, verbosity=0)
    for config in apps.get_app_configs():
        # What a floor ships as rows (categories, rubrics): made where missing, after every change of tables.
        for name in getattr(config, "ships", []):
            import_string(name)()
    return True


def compile_messages(say: Say) -> int:
    """In a working copy, compile interface texts newer than their ``.mo``; a wheel brings them compiled."""
    here = checkout()
    if here is None:
        return 0
    stale = [
        source
        for source in sorted(here.glob("src/kendedes/*/locale/*/LC_MESSAGES/django.po"))
        if _newer(source, source.with_suffix(".mo"))
    ]
    if not stale:
        return 0
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - slow to import, rarely needed
    from babel.messages.pofile import read_po  # noqa: PLC0415

    for source in stale:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name, domain="django")
        half = source.with_suffix(f".{os.getpid()}.tmp")
        with half.open("wb") as file:
            write_mo(file, catalogue)
        half.replace(source.with_suffix(".mo"))
    say(f"teks antarmuka: {len(stale)} / interface texts: {len(stale)}")
    return len(stale)


def _newer(source: Path, target: Path) -> bool:
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def collect(say: Say) -> bool:
    """Gather, hash and compress static files when the version or any of them changed."""
    stamp = made() / "static.sidik"
    now = _fingerprint()
    if stamp.is_file() and stamp.read_text() == now and (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        return False
    say("berkas statis / static files")
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["print"])
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    lines = [kendedes.__version__]
    for finder in get_finders():
        for path, storage in finder.list(["print"]):
            facts = Path(storage.path(path)).stat()
            lines.append(f"{path} {facts.st_size} {facts.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
