"""Between tills and the server stands a proxy (B9): it says bodies again, mixes them, cuts them off, drops answers.

Whatever the wire does, what is committed stays committed once: the hash over everything booked must not change.
Control: a server that takes what is said again for news.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import socket
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import connections

from kendedes.ledger.models import Account
from kendedes.ledger.queries import balance
from kendedes.sales.models import Handling, RawEvent, Sale
from kendedes.sales.tests.till import Answer, Lost, Till, line
from kendedes.testing.drill.cluster import Cluster
from kendedes.testing.drill.judge import Verdict, judge_events
from kendedes.testing.drill.kill import Scene, open_scene
from kendedes.testing.drill.processes import forked, result

Request = tuple[str, str, bytes, dict[str, str]]
TILLS, ROUNDS, TIMES = 4, 6, 3
PATIENCE = 120


class Proxy:
    """Hands requests on and keeps them; by chance it cuts one off or drops its answer."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self.host, self.chance = f"127.0.0.1:{port}", chance
        self.taped: list[Request] = []

    def speak(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        request = (method, path, data, {**headers, "Content-Type": "application/json"})
        if path.endswith("/upload"):
            self.taped.append(request)
        fault = self.chance.choice(("", "", "cut", "drop")) if path.endswith("/upload") else ""
        if fault == "cut":
            self.cut(request)
            raise Lost
        answer = self.hand_on(request)
        if fault == "drop":  # committed, but the till never hears of it
            raise Lost
        return answer

    def hand_on(self, request: Request) -> Answer:
        method, path, data, headers = request
        wire = http.client.HTTPConnection(self.host, timeout=60)
        try:
            wire.request(method, path, data, headers)
            found = wire.getresponse()
            text = found.read()
            return found.status, json.loads(text) if found.headers.get_content_type() == "application/json" else {}
        finally:
            wire.close()

    def cut(self, request: Request) -> None:
        """Half of the body, then the line is dead."""
        method, path, data, headers = request
        host, port = self.host.split(":")
        with socket.create_connection((host, int(port)), timeout=30) as wire:
            head = "".join(f"{name}: {value}\r\n" for name, value in {**headers, "Content-Length": len(data)}.items())
            wire.sendall(
                f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\n{head}\r\n".encode() + data[: len(data) // 2]
            )


def run(
    work: Path, cluster: Cluster | None, *, cycles: int, seed: int, forgetful: bool = False
) -> Iterator[Verdict]:  # fmt: skip
    """One verdict a cycle: tills sell through the proxy, then every body comes three times more, mixed and at once.
    ``forgetful``: the control.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    stage = open_scene(work, cluster, careless=False)
    if forgetful:
        stage.server.command[-1] = "kendedes.testing.drill.forgetful:application"
    proxy = Proxy(stage.server.port, chance)
    tills = [Till(proxy.speak, seed=n, now=int(time.time() * 1000)) for n in range(1, TILLS + 1)]
    lots = stage.sellers[0].lots
    try:
        stage.server.start()
        for till, seller in zip(tills, stage.sellers, strict=False):
            till.pair(seller.code)
            till.write("shift.open", {"float": 0})
        for _ in range(cycles):
            yield _cycle(stage, proxy, tills, lots)
    finally:
        stage.server.kill()
        if cluster:
            cluster.kill()


def _cycle(stage: Scene, proxy: Proxy, tills: list[Till], lots: list[tuple[str, int]]) -> Verdict:
    proxy.taped.clear()
    for n in range(ROUNDS):
        for till in tills:
            till.now = int(time.time() * 1000)
            till.sell(*(line(code, 1, price) for code, price in lots))
            till.sell(line(None, 1, 1_000 * (n + 1)))
            till.sync()
    broken = [f"{till.disk.dev} stopped: {till.stopped}" for till in tills if till.stopped]
    broken += [
        f"{till.disk.dev} sent {till.disk.acked} of {len(till.disk.texts)}"
        for till in tills
        if till.disk.acked < len(till.disk.texts)
    ]
    for till in tills:
        for text in till.disk.texts[: till.disk.acked]:
            stage.acks.told(json.loads(text)["id"])
    before = _told(stage.work)
    again = proxy.taped * TIMES
    proxy.chance.shuffle(again)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(proxy.hand_on, again))
    broken += sorted(
        {f"a body said again: {status} {found}" for status, found in answers if status not in {200, 429, 503}}
    )[:5]
    results = {r["result"] for status, found in answers if status == 200 for r in found["results"]}
    broken += [f"a body said again was {result}" for result in sorted(results - {"exists"})]
    after = _told(stage.work)
    if after["books"] != before["books"]:
        broken.append("the books changed when bodies were said again")
    verdict = Verdict(**after["verdict"])
    verdict.broken += broken
    return verdict


def _told(work: Path) -> dict[str, Any]:
    """By a process of its own, so that no connection of ours is in the server's way."""
    connections.close_all()

    def look() -> dict[str, Any]:
        return {"books": books(), "verdict": asdict(judge_events(work / "acks"))}

    found: dict[str, Any] = result(forked(look, work / "answer"), work / "answer", PATIENCE)
    return found


def books() -> str:
    """Everything that could have moved, as one hash."""
    said = [
        sorted((a.association_id, a.key, balance(a.pk)) for a in Account.objects.all()),
        list(Sale.objects.order_by("device", "seq").values_list("device", "seq", "mark", "total")),
        list(RawEvent.objects.order_by("device", "branch", "seq").values_list("device", "branch", "seq", "sha256")),
        Handling.objects.count(),
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()
