"""A new key for this home: what is sealed under the old one is sealed anew, wholly or not at all.

The new key lies beside the old one until the database has it (``rahasia.kunci.baru``). Cut between the two, the next
try sees by the rows which of the keys they are under.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import import_string

Counts = dict[str, tuple[int, int]]


def change_secret(path: Path) -> Counts:
    """By app: what was sealed anew, and what the old key did not open (left as it is). ``path``: the file of the key."""
    waiting = path.with_name(f"{path.name}.baru")
    if waiting.is_file() and (half := _finished(path, waiting)):
        return half
    new = secrets.token_urlsafe(50)
    _write(waiting, new)
    with transaction.atomic():
        counts = _reseal(path.read_text().strip(), new)
    waiting.replace(path)
    _sync(path.parent)
    return counts


def _finished(path: Path, waiting: Path) -> Counts:
    """A try that was cut after the rows were changed and before the file was is ended; nothing if it was cut earlier."""
    with transaction.atomic():
        # Sealing from the waiting key to itself opens what is under it, and changes nothing that counts.
        new = waiting.read_text().strip()
        counts = _reseal(new, new)
    if not any(done for done, _ in counts.values()):
        return {}
    waiting.replace(path)
    _sync(path.parent)
    return counts


def _reseal(old: str, new: str) -> Counts:
    found: Counts = {}
    for config in apps.get_app_configs():
        for name in getattr(config, "seals", []):
            found[config.label] = import_string(name)(old, new)
    return found


def _write(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
