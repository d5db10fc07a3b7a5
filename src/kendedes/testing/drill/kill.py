"""``kill -9`` (B1: the server; B2: PostgreSQL with all its children) while tills send the same events until they are acked."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.db import connections

from kendedes.journal.models import User
from kendedes.ledger.models import Lot
from kendedes.network.management.commands.serve import web_command
from kendedes.network.management.prepare import migrate
from kendedes.network.models import Association
from kendedes.sales.actions import invite_till
from kendedes.testing.drill.cluster import Cluster
from kendedes.testing.drill.judge import Verdict, judge_events
from kendedes.testing.drill.processes import AckLog, forked, result
from kendedes.testing.drill.shop import open_shop
from kendedes.testing.drill.tills import Counting, Seller
from kendedes.testing.server import free_port

TILLS = 6
PATIENCE = 60.0


class Server:
    """The web server as ``kendedes serve`` starts it: two processes, four threads each."""

    def __init__(self, work: Path, *, careless: bool) -> None:
        self.port = free_port()
        self.command = web_command("127.0.0.1", self.port, 2)
        if careless:
            self.command[-1] = "kendedes.testing.drill.careless:application"
        self.log = work / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Until it answers; the seconds that took."""
        begun = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, start_new_session=True)  # noqa: S603
        while time.monotonic() - begun < PATIENCE:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/sehat/", timeout=5):
                    return time.monotonic() - begun
            except (URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError("the server did not answer:\n" + self.log.read_text()[-2000:])

    def kill(self) -> None:
        """SIGKILL to all of it at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@dataclass
class Killed(Verdict):
    """A verdict with what the tills heard. ``ready``: seconds until the first acknowledgement after each start."""

    statuses: dict[str, int] = field(default_factory=dict)
    ready: list[float] = field(default_factory=list)


@dataclass
class Scene:
    """Everything that stands ready: the server, the tills, the cluster if there is one."""

    work: Path
    server: Server
    sellers: list[Seller]
    acks: AckLog
    told: Counting
    cluster: Cluster | None = None

    def ready(self, begun: float) -> float:
        """Wait until a till was answered well again; the seconds since ``begun``."""
        until = time.monotonic() + PATIENCE
        while self.told.first_after is None:
            if time.monotonic() > until:
                raise RuntimeError(f"no till got through within {PATIENCE:.0f} s: {dict(self.told.statuses)}")
            time.sleep(0.01)
        return round(self.told.first_after - begun, 2)

    def kill_server(self) -> float:
        """B1."""
        self.server.kill()
        self.told.mark()
        begun = time.monotonic()
        self.server.start()
        return self.ready(begun)

    def kill_database(self) -> float:
        """B2: the server goes on and must say 503 meanwhile."""
        assert self.cluster is not None  # noqa: S101 - only called with one
        self.cluster.kill()
        time.sleep(0.5)  # long enough for every till to be told
        self.told.mark()
        begun = time.monotonic()
        self.cluster.start(self.work / "data")
        return self.ready(begun)


def _fill() -> dict[str, object]:
    """Tables, the shop, and a code for each till."""
    migrate(lambda _line: None)
    shop = open_shop()
    association = Association.objects.get(pk=shop.association)
    by = User.objects.get(username="ratna")
    now = datetime.now(UTC)
    codes = [invite_till(association=association, name="", at=now, by=by)[1] for _ in range(TILLS)]
    return {"codes": codes, "lots": list(Lot.objects.order_by("id").values_list("code", "price"))}


def open_scene(work: Path, cluster: Cluster | None, *, careless: bool) -> Scene:
    """Tables, the shop, tills with their codes; nothing runs yet."""
    if cluster:
        cluster.create(work / "data")
        cluster.start(work / "data")
    filled = result(forked(_fill, work / "answer"), work / "answer", 300)
    server, acks, told = Server(work, careless=careless), AckLog(work / "acks"), Counting()
    lots = [tuple(lot) for lot in filled["lots"]]
    sellers = [
        Seller(n, code=code, lots=lots, port=server.port, acks=acks, told=told)
        for n, code in enumerate(filled["codes"], 1)
    ]
    return Scene(work, server, sellers, acks, told, cluster)


def run(work: Path, cluster: Cluster | None, *, cycles: int, seed: int, careless: bool = False) -> Iterator[Killed]:
    """One verdict at the end, over all ``cycles``; with a ``cluster`` it is the database that dies."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    scene = open_scene(work, cluster, careless=careless)
    kill: Callable[[], float] = scene.kill_database if cluster else scene.kill_server
    ready = []
    try:
        scene.server.start()
        for seller in scene.sellers:
            seller.start()
        scene.ready(time.monotonic())
        for _ in range(cycles):
            time.sleep(chance.uniform(0.6, 1.6))
            ready.append(kill())
        time.sleep(chance.uniform(0.6, 1.6))
        scene.server.kill()  # the last one is judged before any till can send again
        found = close(scene, ready)
    finally:
        scene.server.kill()
        if cluster:
            cluster.kill()
    yield found


def close(scene: Scene, ready: list[float]) -> Killed:
    """The server is dead: tills go home, the judge looks."""
    for seller in scene.sellers:
        seller.going = False
    for seller in scene.sellers:
        if seller.ident is not None:
            seller.join(PATIENCE)
    connections.close_all()
    acks, answer = scene.work / "acks", scene.work / "answer"
    found = result(forked(lambda: asdict(judge_events(acks)), answer), answer, 300)
    verdict = Killed(**found, statuses={**scene.told.statuses, "exists": scene.told.exists}, ready=ready)
    verdict.lost += sum(seller.lost for seller in scene.sellers)
    tried = sum(len(seller.ids) for seller in scene.sellers)
    verdict.broken += scene.told.broken[:20]
    if verdict.kept > tried:
        verdict.broken.append(f"{verdict.kept} events in the books, {tried} were made")
    return verdict
