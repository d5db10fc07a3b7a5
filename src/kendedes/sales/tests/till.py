"""A till in Python: it does what the page in the browser does, with a clock and a disk that tests can break.

Words: Disk (what survives a restart), Till (a program on it), ``speak`` (sends a request, gives status and JSON).
"""

from __future__ import annotations

import copy
import hashlib
import json
import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from kendedes.network.models import Association
from kendedes.sales.models import Discount

Answer = tuple[int, dict[str, Any]]
Speak = Callable[[str, str, Any, Mapping[str, str]], Answer]


class Lost(Exception):  # noqa: N818 - no error of the program: the net swallowed it
    """The request or its answer did not arrive."""


def by_client(client: Client | None = None) -> Speak:
    """Speaks through Django's test client."""
    web = client or Client()

    def speak(method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        found = web.generic(method, path, sent, content_type="application/json", headers=dict(headers))
        return found.status_code, json.loads(found.content) if found.content else {}

    return speak


@dataclass
class Disk:
    """What a till keeps: all of it is copied when the phone is copied."""

    token: str = ""
    dev: str = ""
    genesis: str = ""
    epoch: str = ""
    acked: int = 0
    texts: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)

    @property
    def head(self) -> str:
        return self.hashes[-1] if self.hashes else self.genesis


def h(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def uuid7(at: int, rng: random.Random) -> str:
    number = (at & (2**48 - 1)) << 80 | 7 << 76 | rng.getrandbits(12) << 64 | 2 << 62 | rng.getrandbits(62)
    return str(uuid.UUID(int=number))


class Till:
    """Sells without the net and sends when it can. ``now`` (milliseconds) is its own clock, which may be wrong."""

    def __init__(self, speak: Speak, *, seed: int = 1, now: int = 1_795_490_000_000) -> None:
        self.speak = speak
        self.rng = random.Random(seed)
        self.disk = Disk(token=self._token())
        self.now = now
        self.started = now
        self.boot = f"{self.rng.getrandbits(64):016x}"
        self.actor: int | None = None
        self.stopped = ""  # why it no longer sends: locked, revoked, copied

    def _token(self) -> str:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        return "".join(self.rng.choice(letters) for _ in range(43))

    def restart(self) -> None:
        """The page is opened anew: memory is gone, the disk is not."""
        self.boot = f"{self.rng.getrandbits(64):016x}"
        self.started = self.now

    def copy(self, seed: int) -> Till:
        """Another phone with the same disk."""
        twin = Till(self.speak, seed=seed, now=self.now)
        twin.disk = copy.deepcopy(self.disk)
        twin.actor = self.actor
        return twin

    # --- events ----------------------------------------------------------------------------------

    def write(self, kind: str, body: Mapping[str, Any], **other: Any) -> str:
        """One event into the chain; gives its id."""
        seq = len(self.disk.texts) + 1
        event = {
            "v": 1, "id": uuid7(self.now, self.rng), "dev": self.disk.dev, "seq": seq, "prev": self.disk.head, "at": self.now,
            "off": 420, "boot": self.boot, "mono": max(0, self.now - self.started), "actor": self.actor, "type": kind,
            "body": body, **other,
        }  # fmt: skip
        self.append(json.dumps(event, ensure_ascii=False, separators=(",", ":")))
        return str(event["id"])

    def append(self, text: str) -> None:
        self.disk.texts.append(text)
        self.disk.hashes.append(h(text))

    def sell(self, *lines: Mapping[str, Any], rounding: int = 0, kind: str = "cash", **more: Any) -> str:
        total = sum(int(x["total"]) for x in lines) + rounding
        payment: dict[str, Any] = {"kind": kind, "amount": total}
        if kind == "cash":
            payment |= {"given": total + 1000, "change": 1000}
        body = {"lines": list(lines), "payments": [payment], "rounding": rounding, "total": total, **more}
        return self.write("sale", body)

    def receipt(self, seq: int) -> str:
        return f"{self.disk.dev}-{seq:06d}-{self.disk.hashes[seq - 1][:8]}"

    def export(self, first: int = 1) -> bytes:
        """The rescue file, from event ``first`` on."""
        texts = self.disk.texts[first - 1 :]
        head = {
            "sync": 1, "dev": self.disk.dev, "epoch": self.disk.epoch, "genesis": self.disk.genesis, "first": first,
            "events": len(texts), "head": self.disk.head,
        }  # fmt: skip
        return "\n".join([json.dumps(head), *(json.dumps(text) for text in texts)]).encode() + b"\n"

    # --- the net ---------------------------------------------------------------------------------

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.disk.token}"}

    def pair(self, code: str, **more: Any) -> Answer:
        body = {"v": 1, "code": code, "token": self.disk.token, **more}
        status, found = self.speak("POST", "/sync/pair", body, {})
        if status in {200, 201}:
            self.disk.dev, self.disk.genesis, self.disk.epoch = found["device"], found["genesis"], found["epoch"]
        return status, found

    def get(self, what: str, **headers: str) -> Answer:
        return self.speak("GET", f"/sync/{self.disk.dev}/{what}", "", {**self.headers, **headers})

    def batch(self, first: int, texts: list[str]) -> dict[str, Any]:
        sent = {"at": self.now, "off": 420, "boot": self.boot, "mono": max(0, self.now - self.started)}
        return {"v": 1, "epoch": self.disk.epoch, "from": first, "events": texts, "sent": sent}

    def post(self, body: Any) -> Answer:
        return self.speak("POST", f"/sync/{self.disk.dev}/upload", body, self.headers)

    def send(self, most: int = 100) -> Answer:
        """One upload of what is not acknowledged, and what the page does with the answer; with nothing to send it asks
        ``head``, so that it hears of a server that was restored.
        """
        if self.disk.acked >= len(self.disk.texts):
            answer = self.get("head")
            self.hear(*answer)
            return answer
        first = self.disk.acked + 1
        answer = self.post(self.batch(first, self.disk.texts[first - 1 : first - 1 + most]))
        self.hear(*answer)
        return answer

    def hear(self, status: int, found: Mapping[str, Any]) -> None:
        """Believe an answer (docs/algorithms/sync.md, 2.4)."""
        if found.get("sync") != 1 or status in {400, 413, 429, 503}:
            return
        if status in {401, 423}:
            self.stopped = str(found["code"])
            return
        if found.get("code") == "fork":
            self.stopped = "fork"
            return
        acked, head = int(found["acked_seq"]), found["head"]
        mine = self.disk.hashes[acked - 1] if 0 < acked <= len(self.disk.hashes) else self.disk.genesis
        if acked > len(self.disk.hashes) or mine != head:
            self.stopped = "copied"
            return
        self.disk.acked, self.disk.epoch = acked, found["epoch"]

    def sync(self, tries: int = 50) -> None:
        """Until the server says that it has everything, or it must stop."""
        for _ in range(tries):
            if self.stopped:
                return
            asked = self.disk.acked >= len(self.disk.texts)
            try:
                status, _found = self.send()
            except Lost:
                continue
            if asked and status == 200 and self.disk.acked >= len(self.disk.texts):
                return


RULE = "POTONG"


def any_discount(association: Association) -> None:
    """A rule under which a till may take off whatever it likes."""
    Discount.objects.create(
        association=association, code=RULE, name=RULE, percent=100, since="2020-01-01", made_at=timezone.now()
    )


def line(lot: str | None, qty: int, price: int, *, discount: int = 0, name: str = "Keripik", code: str = "X") -> Any:
    """A line of a sale."""
    body = {
        "code": code, "lot": lot, "name": name, "qty": qty, "price": price, "discount": discount,
        "total": qty * price - discount,
    }  # fmt: skip
    if discount:
        body["discount_code"] = RULE
    return body if lot else {**body, "unknown": True}
