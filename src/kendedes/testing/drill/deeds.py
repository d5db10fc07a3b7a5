"""Power cuts in the middle of one large deed (B3): closing a month, drawing up a settlement, a backup, new tables.

Afterwards the deed is there whole or not at all; one that was reported done is there; and it can be done (again).
"""

from __future__ import annotations

import os
import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connection

from kendedes.journal.keeping.backup import backup
from kendedes.journal.keeping.restore import examine
from kendedes.journal.models import User
from kendedes.ledger.actions import close_period
from kendedes.ledger.models import Period
from kendedes.ledger.verify import verify
from kendedes.network.management.prepare import migrate
from kendedes.network.models import Association
from kendedes.settlement.actions import draw_up
from kendedes.settlement.actions.approving import must_add_up
from kendedes.settlement.models import Settlement
from kendedes.testing.drill import disk
from kendedes.testing.drill.cut import weaken_sqlite
from kendedes.testing.drill.judge import Verdict
from kendedes.testing.drill.processes import forked, result
from kendedes.testing.drill.shop import open_shop, sell

SALES = 60
PATIENCE = 600.0
FIRST = 3  # the first writes of a disk are those of mounting it


@dataclass(frozen=True)
class Deed:
    """``do``: it, raising what stops it. ``there``: how much of it is there (0 or 1). ``whole``: what is wrong with it."""

    do: Callable[[], object]
    there: Callable[[], int]
    whole: Callable[[], list[str]]


def _association() -> Association:
    return Association.objects.get(pk=open_place[0])


open_place: list[int] = []  # the association's number, from the preparation


def _close() -> object:
    today = datetime.now(UTC).date() + timedelta(days=2)
    return close_period(
        association=_association(), ends_on=today - timedelta(days=1), at=datetime.now(UTC), by=None, today=today
    )


def _settle() -> object:
    today = datetime.now(UTC).date() + timedelta(days=2)
    by = User.objects.get(username="ratna")
    return draw_up(
        association=_association(), ends_on=today - timedelta(days=1), at=datetime.now(UTC), by=by, today=today, everybody=True
    )  # fmt: skip


def _settled() -> list[str]:
    for settlement in Settlement.objects.all():
        must_add_up(settlement)
        if not settlement.statements.exists():
            return [f"{settlement.number} has no statement"]
    return []


def _file() -> Path:
    return Path(str(connection.settings_dict["NAME"])).parent.parent / "semalam.cadangan"


def _backup() -> object:
    return backup(target=_file(), at=datetime.now(UTC), secret=None)


def _readable() -> list[str]:
    if _file().exists():
        examine(file=_file(), secret=None)
    return []


def _tables() -> int:
    """1 when the tables are there to the last."""
    return int("settlement_payout" in connection.introspection.table_names() and not _planned())


def _planned() -> bool:
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - only this deed looks

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


DEEDS = {
    "close": Deed(_close, Period.objects.count, list),
    "settle": Deed(_settle, Settlement.objects.count, _settled),
    "backup": Deed(_backup, lambda: int(_file().exists()), _readable),
    "migrate": Deed(lambda: migrate(lambda _line: None), _tables, list),
}


def run(work: Path, name: str, *, cycles: int, seed: int, weak: str = "") -> Iterator[Verdict]:
    """``cycles`` cuts of a home on SQLite at ``work/m/rumah``, each at another write. ``weak``: a control."""
    deed = DEEDS[name]
    image, place, after, answer = work / "base.img", work / "m", work / "after.img", work / "answer"
    disk.make(image, 64)
    with disk.mounted(image, place):
        (place / "rumah").mkdir()
        if name != "migrate":
            open_place[:] = result(forked(_fill, answer), answer, PATIENCE)
    if weak:
        weaken_sqlite(weak)
        os.fsync = lambda _handle: None  # type: ignore[assignment]  # a backup is not in the database
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    done = work / "done"
    with disk.failing(image, place, out=after, cut=0, seed=seed):  # a rehearsal: how many writes the deed makes
        result(forked(lambda: _try(deed, done), answer), answer, PATIENCE)
    last = int(after.with_suffix(".writes").read_text())
    for number in range(cycles):
        done.unlink(missing_ok=True)
        cut = 0 if weak else chance.randint(FIRST, last)  # a control: just after it was reported
        with disk.failing(image, place, out=after, cut=cut, seed=seed * 1000 + number), suppress(OSError, RuntimeError):
            result(forked(lambda: _try(deed, done), answer), answer, PATIENCE)
        with disk.mounted(after, place):
            yield Verdict(**result(forked(lambda: asdict(_look(deed, done)), answer), answer, PATIENCE))


def _fill() -> list[int]:
    migrate(lambda _line: None)
    shop = open_shop()
    for number in range(SALES):
        sell(shop, uuid.uuid4(), f"dasar-{number}")
    return [shop.association]


def _try(deed: Deed, done: Path) -> dict[str, int]:
    """Do it; ``done`` is written on a disk that does not fail, as somebody would see it on the screen."""
    deed.do()
    done.write_text(str(time.time()))
    return {}


def _look(deed: Deed, done: Path) -> Verdict:
    """After the power is back."""
    found = Verdict(acked=int(done.exists()))
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found.broken += [f"integrity: {row[0]}" for row in cursor.fetchall() if row[0] != "ok"]
        found.kept = deed.there()
        found.lost = int(found.acked > found.kept)
        if found.kept > 1:
            found.twice = found.kept - 1
        found.broken += deed.whole()
        if not found.kept:
            deed.do()
            found.broken += [] if deed.there() == 1 else ["it cannot be done again"]
            found.broken += deed.whole()
        found.broken += [f"{f.code}: {f.where}: {f.says}" for f in verify().findings]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        found.broken.append(f"{type(error).__name__}: {error}")
    return found
