"""Counters in memory, put down as small files every few seconds: a visitor never waits for a database.

``HOME/buatan/kunjungan/*.json``: lists of [kind, day, where, what, times]; ``actions.gather`` takes them up. What a
process held when it was killed is lost: at most PAUSE seconds of visits.
"""

from __future__ import annotations

import atexit
import json
import os
import threading
import uuid
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kendedes.visits.rules import kept_words

PAUSE = 20.0
MOST = 20_000  # different things between two files; more are not counted
LOOKED, MISSED = "looked", "missed"
Key = tuple[str, str, str, str]
_counts: Counter[Key] = Counter()
_lock = threading.Lock()
_writer: list[int] = []  # the process whose thread writes


def folder() -> Path:
    """Where the files lie."""
    found: Path = settings.HOME / "buatan" / "kunjungan"
    return found


def looked(host: str, slug: str) -> None:
    """A person opened a product's page."""
    _add((LOOKED, _today(), host, slug))


def missed(association_id: int, text: str) -> None:
    """The search of an association found nothing."""
    words = kept_words(text)
    if words:
        _add((MISSED, _today(), str(association_id), words))


def _today() -> str:
    return timezone.localdate().isoformat()


def _add(key: Key) -> None:
    with _lock:
        if key in _counts or len(_counts) < MOST:
            _counts[key] += 1


def keep_writing() -> None:
    """Start the thread that writes the files, once a process."""
    if _writer and _writer[0] == os.getpid():
        return
    with _lock:
        if _writer and _writer[0] == os.getpid():
            return
        _writer[:] = [os.getpid()]
    threading.Thread(target=_again, name="kunjungan", daemon=True).start()
    atexit.register(put_down)


def _again() -> None:
    pause = threading.Event()
    while not pause.wait(PAUSE):
        put_down()


def put_down() -> None:
    """Write what was counted and begin anew."""
    with _lock:
        rows = [[*key, times] for key, times in _counts.items()]
        _counts.clear()
    if rows:
        folder().mkdir(parents=True, exist_ok=True)
        draft = folder() / f".{uuid.uuid4().hex}"
        draft.write_text(json.dumps(rows))
        draft.replace(folder() / f"{uuid.uuid4().hex}.json")
