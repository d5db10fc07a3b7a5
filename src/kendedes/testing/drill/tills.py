"""Tills that sell as fast as they can against a real server and never give up: the same event again until it is acked."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

from kendedes.sales.tests.till import Answer, Lost, Till, line
from kendedes.testing.drill.processes import AckLog

PAUSE = 0.05  # seconds before the same thing is said again


class Counting:
    """What a server answered, over all tills: by status, and what broke a promise."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.exists = 0  # events sent again that the server had kept: their answer had been lost
        self.broken: list[str] = []
        self.first_after: float | None = None  # when the first good answer since ``mark`` came
        self.lock = threading.Lock()

    def mark(self) -> None:
        """The server starts now."""
        with self.lock:
            self.first_after = None

    def heard(self, status: int, headers: set[str], body: bytes) -> None:
        """One answer."""
        with self.lock:
            self.statuses[str(status)] += 1
            if status == 503 and "retry-after" not in headers:
                self.broken.append("503 without Retry-After")
            if status >= 500 and status != 503:
                self.broken.append(f"{status}: {body[:200].decode(errors='replace')}")
            if status == 200 and self.first_after is None:
                self.first_after = time.monotonic()

    def nothing(self) -> None:
        """No answer at all."""
        with self.lock:
            self.statuses["none"] += 1


class Seller(threading.Thread):
    """One till. Ends when told to; ``lost``: events the server had acknowledged and no longer knows."""

    def __init__(
        self, number: int, *, code: str, lots: list[tuple[str, int]], port: int, acks: AckLog, told: Counting
    ) -> None:
        super().__init__(daemon=True, name=f"till {number}")
        self.till = Till(self.speak, seed=number, now=int(time.time() * 1000))
        self.code, self.lots, self.port, self.acks, self.told = code, lots, port, acks, told
        self.ids: list[str] = []
        self.lost = 0
        self.going = True
        self.connection: http.client.HTTPConnection | None = None

    def speak(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        """Over HTTP, on a connection that is kept."""
        data = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            self.connection.request(method, path, data, {**headers, "Content-Type": "application/json"})
            answer = self.connection.getresponse()
            found = answer.read()
            self.told.heard(answer.status, {name.lower() for name, _value in answer.getheaders()}, found)
            return answer.status, json.loads(found)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.told.nothing()
            if self.connection is not None:
                self.connection.close()
                self.connection = None
            raise Lost from error

    def run(self) -> None:
        """Pair, open a shift, sell."""
        while self.going and not self.till.disk.dev:
            self._try(lambda: self.till.pair(self.code))
        if self.going:
            self.ids.append(self.till.write("shift.open", {"float": 100_000}))
        while self.going:
            self.till.now = int(time.time() * 1000)
            if self.till.disk.acked >= len(self.till.disk.texts):
                self.ids.append(self.till.sell(*(line(code, 1, price) for code, price in self.lots)))
            self._try(self._send)

    def again(self) -> None:
        """Online again after the server was brought back from a backup: only what the till holds, until all is acked."""
        self.till.restart()
        until = time.monotonic() + 120
        while time.monotonic() < until and not self.till.stopped:
            self.till.sync(1)
            if (
                self.till.disk.acked >= len(self.till.disk.texts)
                and self.till.get("head")[1].get("epoch") == self.till.disk.epoch
            ):
                return
            time.sleep(PAUSE)
        self.told.broken.append(f"{self.name} is not through: {self.till.stopped or self.till.disk.acked}")

    def _try(self, deed: Any) -> None:
        try:
            status, _found = deed()
        except Lost:
            status = 0
        if status not in {200, 201}:
            time.sleep(PAUSE)

    def _send(self) -> Answer:
        """Send what is not acked; write down what is acked now, and notice what no longer is."""
        before = self.till.disk.acked
        first = before + 1
        status, found = self.till.post(self.till.batch(first, self.till.disk.texts[first - 1 : first + 99]))
        self.lost += max(0, before - int(found.get("acked_seq", before)))
        self.told.exists += sum(1 for one in found.get("results", []) if one["result"] == "exists")
        self.till.hear(status, found)
        if self.till.stopped:
            self.told.broken.append(f"{self.name} stopped: {self.till.stopped}")
            self.going = False
        for event in self.ids[before : self.till.disk.acked]:
            self.acks.told(event)
        return status, found
