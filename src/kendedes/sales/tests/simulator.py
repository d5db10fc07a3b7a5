"""Three tills, a net that loses, doubles and reorders, clocks that lie, pages that restart, a server that is restored.

One seed is one story; the same seed is the same story. ``Story(seed).run(steps)`` raises ``Broken`` with what went wrong.
What should be in the books is kept beside it in plain Python and compared at the end.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from kendedes.journal.models import Epoch
from kendedes.ledger.models import Account, Place
from kendedes.ledger.queries import balance, stock_of_lots
from kendedes.ledger.tests.conftest import Shop
from kendedes.sales.actions import invite_till, note_backup
from kendedes.sales.models import Device, Handling, RawEvent, Refund, Sale
from kendedes.sales.tests.till import Answer, Lost, Till, any_discount, by_client, line
from kendedes.ui import limits

FAULTS = ("lose", "lose_answer", "double", "late", "cut", "none", "none", "none", "none")


class Broken(AssertionError):  # noqa: N818 - as in the story
    """A promise did not hold."""


class Net:
    """Between a till and the server: what it does to a request is decided by the story's dice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.calm = False
        self.kept: list[tuple[str, str, Any, Mapping[str, str]]] = []
        self.server = by_client()

    def speak(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        fault = "none" if self.calm else self.rng.choice(FAULTS)
        request = (method, path, body, dict(headers))
        if fault == "lose":
            raise Lost
        if fault == "late":  # it will arrive after others
            self.kept.append(request)
            raise Lost
        if fault == "cut":  # half of the body arrives
            self.server(method, path, str(body)[: self.rng.randrange(40)], headers)
            raise Lost
        answer = self.server(*request)
        if fault == "double":
            self.server(*request)
        if fault == "lose_answer":
            raise Lost
        self.deliver()
        return answer

    def deliver(self) -> None:
        """Old requests arrive, in any order, and nobody hears the answers."""
        if self.kept and self.rng.random() < 0.5:
            self.server(*self.kept.pop(self.rng.randrange(len(self.kept))))


class Story:
    """One seed."""

    def __init__(self, seed: int, shop: Shop, *, tills: int = 3) -> None:
        self.seed = seed
        self.rng = random.Random(seed)
        self.shop = shop
        self.net = Net(self.rng)
        any_discount(shop.cast.association)
        now = datetime.now(UTC)
        self.tills = []
        for n in range(tills):
            till = Till(self.net.speak, seed=seed * 10 + n, now=int(now.timestamp() * 1000))
            _pairing, code = invite_till(association=shop.cast.association, name="", at=now, by=shop.cast.ratna)
            self.net.calm = True
            till.pair(code)
            self.net.calm = False
            self.tills.append(till)
        prices = [self.rng.randrange(50, 400) * 100 for _ in range(4)]
        self.lots = [shop.new_lot(self.rng.randrange(5, 60), price=p, maker_price=p * 4 // 5) for p in prices]
        self.sold: dict[str, dict[str, Any]] = {}
        self.cash: dict[str, int] = defaultdict(int)
        self.pieces: dict[int, int] = defaultdict(int)
        self.suspense = 0
        self.counts: dict[str, int] = defaultdict(int)
        self.backup: str | None = None

    # --- what may happen -------------------------------------------------------------------------

    def run(self, steps: int) -> None:
        for number in range(steps):
            try:
                self.step()
            except Broken as broken:
                raise Broken(f"seed {self.seed}, step {number}: {broken}") from broken
        self.finish()

    def step(self) -> None:
        till = self.rng.choice(self.tills)
        till.now += self.rng.randrange(1, 90_000)
        dice = self.rng.random()
        if dice < 0.40:
            self.sell(till)
        elif dice < 0.47:
            self.undo(till)
        elif dice < 0.50:
            self.other(till)
        elif dice < 0.52:
            till.restart()
        elif dice < 0.54:
            till.now += self.rng.choice([-400 * 86_400_000, -7_200_000, 3_600_000, 86_400_000 * 30])
        elif dice < 0.56:
            self.save()
        elif dice < 0.57:
            self.restore()
        else:
            self.send(till)

    def sell(self, till: Till) -> None:
        lines, cash = [], 0
        for _ in range(self.rng.randrange(1, 4)):
            lot = self.rng.choice([*self.lots, None])
            quantity, price = self.rng.randrange(1, 5), lot.price if lot else self.rng.randrange(1, 90) * 500
            discount = self.rng.choice([0, 0, 0, 500])
            lines.append((lot, line(lot.code if lot else None, quantity, price, discount=discount)))
            cash += quantity * price - discount
        kind = self.rng.choice(["cash", "cash", "qris"])
        key = till.sell(*(one for _, one in lines), kind=kind)
        self.sold[key] = {"till": till, "lines": lines, "total": cash, "kind": kind}
        self._count(till, lines, cash, kind, 1)
        self.counts["sale"] += 1

    def undo(self, till: Till) -> None:
        mine = [key for key, sale in self.sold.items() if sale["till"] is till]
        if not mine:
            return
        key = self.rng.choice(mine)
        sale = self.sold.pop(key)
        till.write("void", {"sale": key, "reason": "salah"})
        self._count(till, sale["lines"], sale["total"], sale["kind"], -1)
        self.counts["void"] += 1

    def other(self, till: Till) -> None:
        kind = self.rng.choice(["cash", "poison", "new"])
        if kind == "cash":
            amount = self.rng.randrange(1, 50) * 1000
            till.write("cash", {"kind": "in", "amount": amount, "purpose": "office", "reason": "receh"})
            self.cash[till.disk.dev] += amount
            self.counts["cash"] += 1
        elif kind == "poison":
            till.append(self.rng.choice(["{", "[]", '{"v":1}', "", "null", "🐟"]))
            self.counts["parked"] += 1
        else:
            till.write("dance", {"x": 1})
            self.counts["parked"] += 1

    def _count(self, till: Till, lines: list[Any], total: int, kind: str, sign: int) -> None:
        if kind == "cash":
            self.cash[till.disk.dev] += sign * total
        for lot, one in lines:
            if lot is None:
                self.suspense += sign * one["total"]
            else:
                self.pieces[lot.pk] += sign * one["qty"]

    def send(self, till: Till) -> None:
        limits.forget_everything()
        try:
            till.send(most=self.rng.randrange(1, 30))
        except Lost:
            return
        self.check(till)

    def save(self) -> None:
        """Last night's backup."""
        note_backup(at=datetime.now(UTC))
        self.backup = transaction.savepoint_create()

    def restore(self) -> None:
        """The server comes back as it was at the backup, in a new epoch."""
        if self.backup is None:
            return
        transaction.savepoint_rollback(self.backup)
        Epoch.objects.create(began_at=datetime.now(UTC), why="restored")
        self.counts["restored"] += 1

    # --- what must hold --------------------------------------------------------------------------

    def check(self, till: Till) -> None:
        """What the till believes acknowledged is in the database, to the byte."""
        if till.stopped:
            raise Broken(f"{till.disk.dev} stopped: {till.stopped}")
        device = Device.objects.get(number=int(till.disk.dev[1:]))
        here = list(RawEvent.objects.filter(device=device, branch=0).order_by("seq").values_list("seq", "sha256"))
        if [seq for seq, _ in here] != list(range(1, device.acked_seq + 1)):
            raise Broken(f"{till.disk.dev}: not one event after the other: {[seq for seq, _ in here]}")
        mine = till.disk.hashes[: till.disk.acked]
        if [sha for _, sha in here][: till.disk.acked] != mine:
            raise Broken(f"{till.disk.dev}: acknowledged {till.disk.acked}, in the database {len(here)}")

    def finish(self) -> None:
        """The net is well again: everything arrives, and the books say what was sold."""
        self.net.calm = True
        for till in self.tills:
            limits.forget_everything()
            till.sync()
            self.check(till)
            if till.disk.acked != len(till.disk.texts):
                raise Broken(f"{till.disk.dev}: {till.disk.acked} of {len(till.disk.texts)} arrived")
        for request in self.net.kept:
            self.net.server(*request)
        found = {
            "sale": Sale.objects.count(), "void": Refund.objects.count(),
            "parked": RawEvent.objects.parked().count(),
        }  # fmt: skip
        wanted = {name: self.counts[name] for name in found}
        if found != wanted:
            raise Broken(f"seed {self.seed}: {found} instead of {wanted}")
        if RawEvent.objects.count() != Handling.objects.values("event").distinct().count():
            raise Broken(f"seed {self.seed}: an event without a handling")
        self.books()

    def books(self) -> None:
        for till in self.tills:
            account = Account.objects.filter(key=f"till:{till.disk.dev}").first()
            have = balance(account.pk) if account else 0
            if have != self.cash[till.disk.dev]:
                raise Broken(
                    f"seed {self.seed}: drawer of {till.disk.dev} holds {have}, not {self.cash[till.disk.dev]}"
                )
        suspense = Account.objects.filter(key="suspense").first()
        if (-balance(suspense.pk) if suspense else 0) != self.suspense:
            raise Broken(f"seed {self.seed}: unknown goods")
        sold = Place.objects.filter(key="sold").values_list("pk", flat=True).first()
        stock = stock_of_lots(self.pieces)
        for lot, pieces in self.pieces.items():
            if stock[lot].get(sold or 0, 0) != pieces:
                raise Broken(f"seed {self.seed}: lot {lot} sold {stock[lot].get(sold or 0, 0)}, not {pieces}")
