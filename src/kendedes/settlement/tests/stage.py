"""Where people do things: a shop, its plain model, and what is compared after each deed."""

from __future__ import annotations

import io
import runpy
import tempfile
import uuid
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, invariant

from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import account, one, place
from kendedes.ledger.models import Account, Oddity, Period, Posting, ShareLine
from kendedes.ledger.queries import stock_of_lots
from kendedes.ledger.queries.totals import trial_balance
from kendedes.ledger.verify import verify
from kendedes.settlement.models import Claim, Payout, Settlement, Statement
from kendedes.settlement.rules import adds_up
from kendedes.testing.shop import DAY, Shop

from .books_model import COUNTS, MONEY, Kept, Line, LotOf, Model

DUE = runpy.run_path(str(Path(__file__).parents[4] / "tools/due.py"))
FIRST = DAY + timedelta(days=1)


class Stage(RuleBasedStateMachine):
    """``shop`` is set by the test, opened once; each example is rolled back."""

    shop: Shop
    done: Counter[str]  # what really happened, so that a test can see that nothing was left out

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        cast = self.shop.cast
        self.association = cast.association
        self.makers = [cast.tempe, cast.apel]
        self.model = Model()
        self.today = FIRST
        self.terms: dict[int, tuple[object, Kept]] = {}
        self.keys: list[tuple[uuid.UUID, object, object]] = []
        self.open: tuple[Settlement, dict] | None = None
        self.approved: dict[int, object] = {}
        self.losses: list[int] = []  # share lines of what the gallery paid for lost pieces
        self.payouts: list[tuple[Payout, object]] = []
        self.places = {"shelf": self.shop.shelf.pk, "store": self.shop.store.pk}
        for kind in ("sold", "maker", "expired", "damaged", "lost", "found", "difference"):
            self.places[kind] = place(self.association, kind).pk
        self.numbers = {"cash": self.shop.cash.pk, "till:K1": self.shop.till.pk}
        for kind in ("bank", "qris"):
            self.numbers[kind] = account(self.association, one(Account.Kind(kind))).pk
        self.periods = {maker.pk: 30 for maker in self.makers}
        self.model.lots[self.shop.lot.pk] = LotOf(cast.tempe.pk, cast.tempe.unit_id, 12_000, Kept())
        self.model.move(self.shop.lot.pk, "maker", "shelf", 10, DAY)

    def teardown(self) -> None:
        try:
            report = verify()
            assert report.findings == []
            if self.approved:
                self.worked_out_again()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            super().teardown()

    def worked_out_again(self) -> None:
        """By a program that reads the exported files only."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for what in ("bagi-hasil", "uang", "laporan"):
                call_command("export", what, out=folder / f"{what}.csv", stdout=io.StringIO(), association="kendedes")
            assert DUE["differences"](folder) == (len(self.approved), [])
        self.done["worked_out_again"] += len(self.approved)

    # how a deed is done

    def case(self, late: int = 0, **more) -> Case:
        at = datetime(self.today.year, self.today.month, self.today.day, 3, tzinfo=UTC)
        day = self.today - timedelta(days=late)
        return Case(association=self.association, at=at, by=self.shop.cast.ratna, occurred_on=day, **more)

    @property
    def at(self) -> datetime:
        return self.case().at

    @contextmanager
    def refused(self, *kinds):
        """Refused in one of these words, and not a row is left."""
        before = self.rows()
        try:
            with transaction.atomic():
                yield
        except kinds as error:
            assert self.rows() == before
            self.done[type(error).__name__] += 1
        else:
            raise AssertionError(f"was not refused: {kinds}")

    def rows(self) -> list[int]:
        return [t.objects.count() for t in (Posting, ShareLine, Oddity, Period, Settlement, Statement, Claim, Payout)]

    def posted(self, posted, lots: list[tuple[int, dict, int, int]], kind: str, *, hold: bool = True,
               not_before: date | None = None) -> list[int]:  # fmt: skip
        """Check the written share lines against (lot, parts, quantity, gross) and remember them."""
        assert posted.created
        written = list(ShareLine.objects.filter(posting=posted.posting).order_by("line"))
        assert len(written) == len(lots)
        booked = posted.posting.booked_on
        for row, (lot, parts, quantity, gross) in zip(written, lots, strict=True):
            named = {name[1:]: amount for name, amount in parts.items() if name.startswith("-")}
            said = (row.lot_id, row.quantity, row.gross, row.gallery, row.unit, row.net, row.kind)
            assert said == (lot, quantity, gross, parts["gallery"], parts["unit"], parts["net"], kind)
            assert ({k: v for k, v in row.named.items() if v}, row.other) == (
                {k: v for k, v in named.items() if v}, sum(named.values()),
            )  # fmt: skip
            free = booked + timedelta(days=self.model.lots[lot].kept.hold if hold else 0)
            free = max(booked, not_before) if not_before else free
            assert row.free_on == free
            self.model.lines[row.pk] = Line(row.pk, lot, kind, quantity, gross, parts, booked, free, self.model.seq)
        return [row.pk for row in written]

    def tick(self, what: str) -> None:
        self.model.seq += 1
        self.done[what] += 1

    def any_lot(self, n: int) -> int:
        known = sorted(self.model.lots)
        return known[n % len(known)]

    def same_papers(self, settlement: Settlement, papers: dict) -> None:
        written = {row.producer_id: row for row in settlement.statements.all()}
        assert written.keys() == papers.keys()
        codes = {}
        for row in ShareLine._meta.get_field("lot").related_model.objects.all():
            codes[row.code] = row.pk
        for producer, paper in papers.items():
            row = written[producer]
            assert (row.carried, row.earned, row.due) == (paper.carried, paper.earned, paper.due)
            said = row.content
            assert (said["held"], said["last_due"], said["last_paid"]) == (paper.held, paper.last_due, paper.last_paid)
            assert {k: v for k, v in said["named"].items() if v} == {k: v for k, v in paper.named.items() if v}
            assert [(line["month"], line["amount"]) for line in said["dues"]] == [(str(d), n) for d, n in paper.dues]
            lots = {codes[line["code"]]: {name: line[name] for name in (*COUNTS, *MONEY)} for line in said["lots"]}
            assert lots == paper.lots
            assert adds_up(said) == []

    # after each step

    @invariant()
    def the_same_as_the_model(self) -> None:
        names = {number: key for key, number in self.places.items()}
        lots = stock_of_lots(self.model.lots)
        there = {(names[spot], lot): n for lot, held in lots.items() for spot, n in held.items()}
        assert there == {key: n for key, n in self.model.stock.items() if n}
        said = {row.key: amount for row, amount in trial_balance(self.association) if amount}
        assert said == {key: amount for key, amount in self.model.money.items() if amount}
        assert sum(said.values()) == 0

    @invariant()
    def approved_is_paid_with_the_last_rupiah(self) -> None:
        for settlement in Settlement.objects.filter(state__in=["approved", "paid"]).prefetch_related("statements"):
            papers = [self.approved[row.pk] for row in settlement.statements.all()]
            assert (settlement.state == "paid") == all(max(paper.due, 0) <= paper.paid for paper in papers)
