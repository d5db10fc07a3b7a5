"""The demonstration's own home: a mark says that it holds nothing else, so that it may be wiped and built anew.

Only a home with the mark is ever wiped. A home with a database and without the mark is somebody's.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

import kendedes
from kendedes.base.refusal import Refusal

FORMAT = 1
MARK = "contoh.json"
ACCOUNTS = "akun-contoh.txt"
# What a build makes. Fonts, static files and the secret key stay.
MADE = (
    "kendedes.sqlite3",
    "kendedes.sqlite3-wal",
    "kendedes.sqlite3-shm",
    "media",
    "singgahan",
    "cari",
    "cetak",
    ACCOUNTS,
)
MADE_BELOW = ("katalog", "cetak", "press", "cari", "edisi")


class ForeignHome(Refusal):
    code = "demo_foreign_home"
    message = _("%(home)s berisi data lain. Contoh hanya dibangun di rumah data miliknya sendiri.")


def read_mark(home: Path) -> dict[str, Any]:
    """What the mark says; empty when there is none."""
    try:
        found = json.loads((home / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def is_complete(home: Path, *, database: str, size: str) -> bool:
    """Whether a build of this version and ``size`` ended here whole, in this ``database``."""
    mark, wanted = read_mark(home), {"state": "done", "format": FORMAT, "kendedes": kendedes.__version__}
    return {**mark, **wanted, "database": database, "size": size} == mark


def write_mark(home: Path, **facts: Any) -> None:
    """Put the mark down whole, after everything it speaks of is on the disk."""
    home.mkdir(parents=True, exist_ok=True)
    half = home / f".{MARK}"
    with half.open("w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, **facts}, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    half.replace(home / MARK)


class ForeignDatabase(Refusal):
    code = "demo_foreign_database"
    message = _(
        "Basis data %(database)s berisi hal selain contoh. Contoh dibangun di basis data PostgreSQL yang kosong atau "
        "yang hanya berisi contoh dari rumah data ini."
    )


def claim(home: Path, *, occupied: bool) -> None:
    """Take an empty or a marked home for a new build. ``occupied``: its database holds something.

    Raises ForeignHome for a home with data and no mark; then nothing is touched.
    """
    if occupied and not read_mark(home):
        raise ForeignHome(home=home)
    write_mark(home, state="building")
    for name in MADE:
        _remove(home / name)
    for name in MADE_BELOW:
        _remove(home / "buatan" / name)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write_accounts(home: Path, lines: list[str]) -> Path:
    """The names and passwords of this home's accounts, readable by its owner only."""
    path = home / ACCOUNTS
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path
