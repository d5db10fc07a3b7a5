"""Power cuts (B3): people sell on a disk that loses its power; what it had acknowledged must be there afterwards."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, connections

from kendedes.network.management.prepare import migrate
from kendedes.testing.drill import disk
from kendedes.testing.drill.cluster import Cluster
from kendedes.testing.drill.judge import Verdict, judge
from kendedes.testing.drill.processes import AckLog, forked, result
from kendedes.testing.drill.shop import Shop, open_shop, sell

SELLERS = 4
LONGEST = 60.0  # seconds of selling until the power fails at the latest
SELLING = 180.0
# At which write of the disk the power fails: from the first sale to beyond a checkpoint.
WRITES = (120, 2500)
WRITES_POSTGRESQL = (300, 1500)


def weaken_sqlite(synchronous: str) -> None:
    """A control: connections of this process and its children flush less than they should."""
    options = connections.settings["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", f"synchronous={synchronous}")
    connection.settings_dict["OPTIONS"] = options


def sell_until_it_fails(shop: Shop, log: Path, cycle: int) -> dict[str, int]:
    """Several sellers at once; each ends at its first error, as a person would look up when the light goes out."""
    acks = AckLog(log)
    told = [0] * SELLERS

    def seller(number: int) -> None:
        try:
            while True:
                name = f"{cycle}-{number}-{told[number]}"
                sell(shop, uuid.uuid4(), name)
                acks.told(name)
                told[number] += 1
        except (DatabaseError, OSError):
            return

    threads = [threading.Thread(target=seller, args=[n], daemon=True) for n in range(SELLERS)]
    for thread in threads:
        thread.start()
    until = time.monotonic() + LONGEST
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return {"told": sum(told)}


Server = Callable[[Path], AbstractContextManager[object]]


def cycle(work: Path, shop: Shop, *, number: int, cut: int, seed: int, server: Server) -> Verdict:
    """Sell, cut, look. ``server``: what must run on the mounted disk meanwhile."""
    place, log, answer, after = work / "m", work / f"acks-{number}", work / "answer", work / "after.img"
    with disk.failing(work / "base.img", place, out=after, cut=cut, seed=seed), suppress(OSError), server(place):
        result(forked(lambda: sell_until_it_fails(shop, log, number), answer), answer, SELLING)
        raise OSError("no power: the server cannot end cleanly")
    with disk.mounted(after, place), server(place):
        found = result(forked(lambda: asdict(judge(log)), answer), answer, SELLING)
    return Verdict(**found)


def _prepare(work: Path, server: Server) -> Shop:
    """Tables and the shop on the mounted disk, in a child: the parent stays without connections."""

    def fill() -> dict[str, Any]:
        migrate(lambda _line: None)
        return asdict(open_shop())

    with server(work / "m"):
        made = result(forked(fill, work / "answer"), work / "answer", SELLING)
    return Shop(**made)


def sqlite(work: Path, *, cycles: int, seed: int, weak: str = "") -> Iterator[Verdict]:
    """``cycles`` power cuts of a home on SQLite at ``work/m/rumah``, each at another write. ``weak``: a control."""

    def nothing(_place: Path) -> AbstractContextManager[object]:
        return nullcontext()

    disk.make(work / "base.img", 64)
    with disk.mounted(work / "base.img", work / "m"):
        (work / "m" / "rumah").mkdir()
        shop = _prepare(work, nothing)
    if weak:
        weaken_sqlite(weak)
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    for number in range(cycles):
        cut = chance.randint(*WRITES)
        yield cycle(work, shop, number=number, cut=cut, seed=seed * 1000 + number, server=nothing)


def postgresql(work: Path, cluster: Cluster, *, cycles: int, seed: int) -> Iterator[Verdict]:
    """The same on PostgreSQL with its data at ``work/m/data``; a weakened ``cluster`` is the control."""

    def running(place: Path) -> AbstractContextManager[object]:
        return cluster.running(place / "data")

    disk.make(work / "base.img", 256)
    with disk.mounted(work / "base.img", work / "m"):
        cluster.create(work / "m" / "data")
        shop = _prepare(work, running)
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    for number in range(cycles):
        cut = chance.randint(*WRITES_POSTGRESQL)
        yield cycle(work, shop, number=number, cut=cut, seed=seed * 1000 + number, server=running)
