"""A till of the demonstration: writes its events as a real one does and sends them the same way."""

from __future__ import annotations

import hashlib
import json
import random
import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kendedes.journal.models import User
from kendedes.ledger.models import Lot, Place
from kendedes.network.models import Association
from kendedes.sales import actions
from kendedes.sales.models import Cashier, Device


class DemoTill:
    """Paired by the real deeds; every event is a text in its chain, taken by the same action that serves phones."""

    def __init__(
        self,
        *,
        association: Association,
        name: str,
        at: datetime,
        by: User,
        chance: random.Random,
        place: Place | None = None,
    ) -> None:
        _pairing, code = actions.invite_till(association=association, name=name, at=at, by=by, place=place)
        device, _made = actions.pair_till(code=code, token=secrets.token_urlsafe(32), at=at)
        self.device: Device = device
        self.chance = chance
        self.seq, self.head = 0, device.genesis
        self.opened = ""
        self.first = 0
        self.drawer, self.sums = 0, {"cash": 0, "qris": 0, "transfer": 0}
        self.boot = f"{chance.getrandbits(64):016x}"

    def write(self, kind: str, body: Mapping[str, Any], *, at: datetime, cashier: Cashier | None) -> str:
        """One event, taken at once. Returns its key."""
        self.seq += 1
        moment = int(at.timestamp() * 1000)
        number = (moment & (2**48 - 1)) << 80 | 7 << 76 | self.chance.getrandbits(12) << 64
        key = str(uuid.UUID(int=number | 2 << 62 | self.chance.getrandbits(62)))
        event = {
            "v": 1, "id": key, "dev": self.device.code, "seq": self.seq, "prev": self.head, "at": moment, "off": 420,
            "boot": self.boot, "mono": moment % 10**9, "actor": cashier.pk if cashier else None, "type": kind, "body": body,
        }  # fmt: skip
        raw = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        actions.take(device=self.device, seq=self.seq, raw=raw, sent=None, at=at)
        self.head = hashlib.sha256(raw).hexdigest()
        return key

    def open(self, *, at: datetime, cashier: Cashier, money: int = 200_000) -> None:
        """A shift begins with change in the drawer."""
        self.opened = self.write("shift.open", {"float": money}, at=at, cashier=cashier)
        self.first, self.drawer, self.sums = self.seq, money, {"cash": 0, "qris": 0, "transfer": 0}

    def sell(self, bought: list[tuple[Lot, int, int]], *, at: datetime, cashier: Cashier) -> str:
        """(lot, pieces, price each); paid in cash more often than by QRIS or transfer."""
        lines = [
            {"code": lot.code, "lot": lot.code, "name": lot.name[:120], "qty": n, "price": price, "discount": 0, "total": n * price}
            for lot, n, price in bought
        ]  # fmt: skip
        total = sum(n * price for _, n, price in bought)
        kind = self.chance.choices(("cash", "qris", "transfer"), (7, 2, 1))[0]
        payment: dict[str, Any] = {"kind": kind, "amount": total}
        if kind == "cash":
            given = -(-total // 50_000) * 50_000
            payment |= {"given": given, "change": given - total}
        self.sums[kind] += total
        body = {"lines": lines, "payments": [payment], "rounding": 0, "total": total}
        return self.write("sale", body, at=at, cashier=cashier)

    def bring_back(self, sale: str, line: int, amount: int, *, at: datetime, cashier: Cashier) -> None:
        """A buyer returns one piece and gets his money."""
        self.sums["cash"] -= amount
        body = {
            "sale": sale, "lines": [{"line": line, "qty": 1}], "payments": [{"kind": "cash", "amount": amount}],
            "rounding": 0, "total": amount, "reason": "kemasan terbuka",
        }  # fmt: skip
        self.write("refund", body, at=at, cashier=cashier)

    def close(self, *, at: datetime, cashier: Cashier, short: int = 0) -> None:
        """Counted, the takings brought to the cash box, the Z slip written."""
        taken = self.sums["cash"]
        if taken > 0:
            body = {"kind": "out", "amount": taken, "purpose": "office", "reason": "setor ke brankas"}
            self.write("cash", body, at=at, cashier=cashier)
        there = self.drawer + min(taken, 0)
        body = {
            "opened": self.opened, "counted": max(there - short, 0), "expected": there, "first_seq": self.first,
            "last_seq": self.seq, "head": self.head, "by_kind": dict(self.sums),
        }  # fmt: skip
        self.write("shift.close", body, at=at, cashier=cashier)
