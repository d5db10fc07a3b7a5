"""People do things in any order; after each the books must say what the plain model says."""

# ruff: noqa: FBT001

from __future__ import annotations

import uuid
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from kendedes.journal.actions import KeyTaken
from kendedes.ledger import actions as books
from kendedes.ledger.actions import refusals as no
from kendedes.settlement import actions
from kendedes.settlement.actions import refusals as never
from kendedes.settlement.models import Payout, Statement

from .books_model import Kept, LotOf, split
from .stage import Stage

pick = st.integers(0, 1_000_000)
pieces = st.integers(1, 8)
terms = st.builds(
    Kept, gallery=st.sampled_from([0, 750, 1000, 3333]), unit=st.sampled_from([0, 250, 500]),
    gallery_each=st.sampled_from([0, 0, 333]), unit_each=st.sampled_from([0, 0, 7001]), markup=st.booleans(),
    named=st.sampled_from([(), (("tabungan", 200),), (("tabungan", 333), ("kas", 1))]), hold=st.sampled_from([0, 0, 14]),
    days=st.sampled_from([7, 14, 30]), bought=st.sampled_from([False, False, False, True]),
    bears=st.fixed_dictionaries({k: st.sampled_from([0, 3333, 10_000]) for k in ("expired", "damaged", "lost")}),
)  # fmt: skip


class Gallery(Stage):
    """What may happen."""

    # goods

    @initialize(kept=terms)
    def opening(self, kept: Kept) -> None:
        self.receive(0, kept, 8, 12_000, 15_000, "shelf")

    @rule(maker=st.integers(0, 1), kept=terms, quantity=pieces, asked=st.integers(0, 20_000), price=st.integers(1, 30_000),
          into=st.sampled_from(["shelf", "store"]))  # fmt: skip
    def receive(self, maker: int, kept: Kept, quantity: int, asked: int, price: int, into: str) -> None:
        producer = self.makers[maker]
        values = {
            "gallery_bp": kept.gallery, "unit_bp": kept.unit, "gallery_each": kept.gallery_each, "unit_each": kept.unit_each,
            "markup": kept.markup, "deductions": [list(pair) for pair in kept.named], "hold_days": kept.hold,
            "period_days": kept.days, "dues_month": kept.dues, "mode": "purchase" if kept.bought else "consignment",
        }  # fmt: skip
        order = ("expired", "damaged", "lost")
        values |= {
            f"{field}_producer_bp": kept.bears[kind]
            for field, kind in zip(("expiry", "damage", "loss"), order, strict=True)
        }
        agreed = books.agree_terms(
            association=self.association, producer=producer, valid_from=self.today, at=self.at, by=None, values=values
        )
        self.model.agreed[producer.pk].append((self.today, kept.dues))
        new = books.NewLot(self.shop.variant, producer, agreed, "Keripik", asked, max(asked, price))
        self.tick("receive")
        posted = books.receive(
            self.case(),
            arrivals=[books.Arrival(new, quantity)],
            into=self.shop.shelf if into == "shelf" else self.shop.store,
        )
        lot = posted.lots[0].pk
        self.model.lots[lot] = LotOf(producer.pk, producer.unit_id, asked, kept)
        self.periods[producer.pk] = min(of.kept.days for of in self.model.lots.values() if of.producer == producer.pk)
        self.model.move(lot, "maker", into, quantity, self.today)
        if kept.bought and asked:
            cost = asked * quantity
            self.posted(posted, [(lot, {"gallery": 0, "unit": 0, "net": cost}, quantity, cost)], "purchase")
            self.model.money[f"producer:{producer.pk}"] -= cost
            self.model.money["purchase"] += cost

    @rule(n=pick, quantity=pieces, ends=st.sampled_from(
        [("shelf", "store"), ("store", "shelf"), ("shelf", "maker"), ("found", "shelf"), ("difference", "shelf"),
         ("shelf", "difference"), ("expired", "shelf"), ("shelf", "found"), ("store", "maker")]), promise=st.booleans())  # fmt: skip
    def carry(self, n: int, quantity: int, ends: tuple[str, str], promise: bool) -> None:
        lot, (source, target) = self.any_lot(n), ends
        if source == "expired":
            quantity = min(quantity, self.model.stock["expired", lot])
            if not quantity:
                return
        there = [books.Carried(lot, self.places[source], self.places[target], quantity)]
        if promise and source in {"shelf", "store"} and self.model.stock[source, lot] < quantity:
            with self.refused(no.NotEnoughStock):
                books.carry(self.case(), carried=there, deed="lot.receive")
            return
        self.tick("carry")
        books.carry(self.case(), carried=there, deed="lot.receive", promise=promise)
        self.model.move(lot, source, target, quantity, self.today)

    @rule(n=pick, quantity=pieces, source=st.sampled_from(["shelf", "store"]), why=st.sampled_from(["lost", "expired", "damaged"]),
          promise=st.booleans())  # fmt: skip
    def write_off(self, n: int, quantity: int, source: str, why: str, promise: bool) -> None:
        lot, target = self.any_lot(n), why
        of = self.model.lots[lot]
        gone = [books.Carried(lot, self.places[source], self.places[target], quantity)]
        if promise and self.model.stock[source, lot] < quantity:
            with self.refused(no.NotEnoughStock):
                books.write_off(self.case(), gone=gone, deed="lot.expire")
            return
        self.tick("write_off")
        posted = books.write_off(self.case(), gone=gone, deed="lot.expire", promise=promise)
        known = min(quantity, max(0, -self.model.stock["found", lot])) if why == "lost" else 0
        if known:
            self.model.move(lot, source, "found", known, self.today)
            self.done["not lost but found before"] += 1
        gone = quantity - known
        if gone:
            self.model.move(lot, source, target, gone, self.today)
        amount = 0 if of.kept.bought else of.asked * gone * (10_000 - of.kept.bears[target]) // 10_000
        parts = {"gallery": 0, "unit": 0, "net": amount}
        lines = self.posted(posted, [(lot, parts, gone, amount)] if amount else [], "compensation", hold=False)
        if why == "lost":
            self.losses += lines
        self.model.money["loss"] += amount
        self.model.money[f"producer:{of.producer}"] -= amount

    @rule(n=pick, quantity=pieces, into=st.sampled_from(["shelf", "store", "difference"]))
    def turn_up(self, n: int, quantity: int, into: str) -> None:
        """Pieces that were lost are paid for once, however often they come and go."""
        losing = [self.model.lines[share].lot for share in self.losses]
        self.found(losing[n % len(losing)] if losing and n % 3 else self.any_lot(n), quantity, into)

    @rule(n=pick, quantity=pieces, found_first=st.booleans())
    def lose_and_find(self, n: int, quantity: int, found_first: bool) -> None:
        """Chance alone seldom does both to one lot."""
        if found_first:
            self.found(self.any_lot(n), quantity, "shelf")
        self.write_off(n, quantity, "shelf", "lost", promise=False)
        if not found_first:
            self.found(self.any_lot(n), quantity, "shelf")

    def found(self, lot: int, quantity: int, into: str) -> None:
        of = self.model.lots[lot]
        there = [books.Carried(lot, self.places["found"], self.places[into], quantity)]
        self.tick("turn_up")
        posted = books.turn_up(self.case(), carried=there, deed="lot.receive")
        again = min(quantity, max(0, self.model.stock["lost", lot]))
        for source, some in (("lost", again), ("found", quantity - again)):
            if some:
                self.model.move(lot, source, into, some, self.today)
        back = []
        for share in reversed(self.losses):
            line = self.model.lines[share]
            if line.lot == lot and (some := min(again, line.quantity - line.back)):
                taken = self.model.taken(line, line.back, some)
                gross = taken.pop("gross")
                line.back += some
                again -= some
                back.append((lot, {name: -amount for name, amount in taken.items()}, -some, -gross))
                self.model.money["loss"] -= gross
                self.model.money[f"producer:{of.producer}"] += gross
                self.done["compensation taken back"] += 1
        for share in self.posted(posted, back, "refund", hold=False):
            self.model.lines[share].kind = "compensation"  # the column it stands in on paper

    @rule(n=pick, price=st.integers(1, 20_000))
    def mark_down(self, n: int, price: int) -> None:
        from kendedes.ledger.models import Lot

        lot = Lot.objects.get(pk=self.any_lot(n))
        books.price_lot(lot=lot, price=price, minimum_price=0, reason="diskon", at=self.at, by=None)

    # sales

    @rule(
        basket=st.lists(st.tuples(pick, pieces, st.integers(0, 60_000), st.integers(0, 9)), min_size=1, max_size=3),
        pay=st.sampled_from(["till:K1", "qris", "split"]), coins=st.sampled_from([0, 0, 100, 500]),
        late=st.sampled_from([0, 0, 0, 3, 20]), promise=st.sampled_from([False, False, True]), again=st.sampled_from(["", "", "same", "other"]),
    )  # fmt: skip
    def sell(self, basket, pay: str, coins: int, late: int, promise: bool, again: str) -> None:
        lines = [(self.any_lot(n) if chance else None, quantity, gross) for n, quantity, gross, chance in basket]
        total = sum(gross for _, _, gross in lines)
        rounding = total % coins if coins else 0
        paid = total - rounding
        payments = (
            [(self.numbers[pay], paid)]
            if pay != "split"
            else [(self.numbers["till:K1"], paid // 3), (self.numbers["bank"], paid - paid // 3)]
        )
        case = self.case(late, key=uuid.uuid4(), device="K1")
        args = {
            "place": self.places["shelf"],
            "lines": [books.Sold(*line) for line in lines],
            "payments": payments,
            "rounding": rounding,
        }
        with self.refused(no.MoneyDoesNotAddUp):
            books.sell(case, **{**args, "rounding": rounding + 1})
        wanted: dict[int, int] = {}
        for lot, quantity, _ in lines:
            if lot:
                wanted[lot] = wanted.get(lot, 0) + quantity
        if promise and any(self.model.stock["shelf", lot] < quantity for lot, quantity in wanted.items()):
            with self.refused(no.NotEnoughStock):
                books.sell(case, **args, promise=True)
            return
        self.tick("sell")
        posted = books.sell(case, **args, promise=promise)
        day = self.today - timedelta(days=late)
        assert (posted.posting.occurred_on, posted.posting.booked_on) == (day, self.model.booking(day))
        known, short = [], []
        for lot, quantity, gross in lines:
            if lot is None:
                self.model.money["suspense"] -= gross
                continue
            of = self.model.lots[lot]
            parts = split(gross, quantity, of.kept, of.asked)
            missing = self.model.move(lot, "shelf", "sold", quantity, day)
            short += [(lot, self.places["shelf"], missing)] if missing else []
            known.append((lot, parts, quantity, gross))
            self.model.enter(lot, parts)
        assert [(s.lot, s.place, s.quantity) for s in posted.shortages] == short
        self.posted(posted, known, "sale")
        for number, amount in payments:
            self.model.money[next(k for k, v in self.numbers.items() if v == number)] += amount
        self.model.money["rounding"] += rounding
        if again == "same":
            before = self.rows()
            same = books.sell(case, **args, promise=promise)
            assert (same.created, same.posting) == (False, posted.posting)
            assert self.rows() == before
        elif again == "other":
            with self.refused(KeyTaken):
                books.sell(
                    case,
                    **{
                        **args,
                        "lines": [*args["lines"], books.Sold(None, 1, 7)],
                        "payments": [(self.numbers["qris"], paid + 7)],
                    },
                )

    @precondition(lambda self: any(line.kind == "sale" for line in self.model.lines.values()))
    @rule(
        n=pick,
        more=st.integers(1, 4),
        into=st.sampled_from(["shelf", "damaged"]),
        late=st.sampled_from([0, 0, 5]),
        again=st.booleans(),
    )
    def bring_back(self, n: int, more: int, into: str, late: int, again: bool) -> None:
        sold = [line for line in self.model.lines.values() if line.kind == "sale"]
        line = sold[n % len(sold)]
        back = [books.Returned(line.share, more)]
        if line.back + more > line.quantity:
            with self.refused(no.ReturnedAlready):
                books.refund(
                    self.case(), lines=back, payments=[(self.numbers["till:K1"], 0)], back_to=self.places[into]
                )
            return
        taken = self.model.taken(line, line.back, more)
        gross = taken.pop("gross")
        case = self.case(late, key=uuid.uuid4())
        args = {"lines": back, "payments": [(self.numbers["till:K1"], gross)], "back_to": self.places[into]}
        with self.refused(no.MoneyDoesNotAddUp):
            books.refund(case, **{**args, "payments": [(self.numbers["till:K1"], gross + 1)]})
        self.tick("bring_back")
        posted = books.refund(case, **args)
        line.back += more
        day = self.today - timedelta(days=late)
        self.model.move(line.lot, "sold", into, more, day)
        self.model.enter(line.lot, taken, -1)
        self.model.money["till:K1"] -= gross
        self.posted(
            posted,
            [(line.lot, {name: -amount for name, amount in taken.items()}, -more, -gross)],
            "refund",
            not_before=line.free,
        )
        if again:
            same = books.refund(case, **args)
            assert (same.created, same.posting) == (False, posted.posting)
            with self.refused(KeyTaken):
                books.refund(case, **{**args, "payments": [(self.numbers["bank"], gross + 1)]})

    @rule(amount=st.integers(1, 50_000))
    def bring_to_the_bank(self, amount: int) -> None:
        self.tick("bring_to_the_bank")
        books.pay(
            self.case(), paid=[books.Paid(self.numbers["till:K1"], self.numbers["bank"], amount)], deed="money.move"
        )
        self.model.money["till:K1"] -= amount
        self.model.money["bank"] += amount

    # days, periods, papers

    @rule(days=st.sampled_from([1, 3, 7, 14, 31]))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(back=st.sampled_from([0, 1, 1, 1, 5]))
    def close(self, back: int) -> None:
        ends = self.today - timedelta(days=back)
        args = {"association": self.association, "ends_on": ends, "at": self.at, "by": None, "today": self.today}
        inside: dict[int, int] = {}
        for move in self.model.moves:
            if move.booked <= ends:
                for name, sign in ((move.source, -1), (move.target, 1)):
                    if name == "difference":
                        inside[move.lot] = inside.get(move.lot, 0) + sign * move.quantity
        if back == 0 or (self.model.closed and ends <= self.model.closed) or any(inside.values()):
            with self.refused(no.PeriodNotReady):
                books.close_period(**args)
            return
        self.tick("close")
        books.close_period(**args)
        self.model.closed = ends

    @rule(back=st.sampled_from([0, 1, 1, 4]), everybody=st.booleans(), days=st.sampled_from([0, 7, 30]))
    def draw_up(self, back: int, everybody: bool, days: int) -> None:
        self.today += timedelta(days=days)
        ends = self.today - timedelta(days=back)
        args = {"association": self.association, "ends_on": ends, "at": self.at, "by": self.shop.cast.sekar,
                "today": self.today, "everybody": everybody}  # fmt: skip
        turn = []
        for maker in self.makers:
            if not any(of.producer == maker.pk for of in self.model.lots.values()):
                continue
            before = self.model.papers[maker.pk][-1] if self.model.papers[maker.pk] else None
            days = self.periods[maker.pk]
            since = (ends - before.ends).days if before else 1000
            if since > 0 and (everybody or since >= (28 if days == 30 else days)):
                turn.append(maker.pk)
        refusal = (
            never.DayNotOver
            if back == 0
            else never.OneOpenAlready
            if self.open
            else never.NothingDue
            if not turn
            else None
        )
        if refusal:
            with self.refused(refusal):
                actions.draw_up(**args)
            return
        settlement = actions.draw_up(**args)
        self.done["draw_up"] += 1
        papers = self.model.drawn(turn, ends)
        self.open = (settlement, papers)
        self.same_papers(settlement, papers)

    @rule(n=pick, again=st.booleans(), days=st.sampled_from([3, 7, 30, 30]))
    def a_month_ends(self, n: int, again: bool, days: int) -> None:
        """The usual way in one go: sold, drawn up, checked, approved, paid; otherwise few examples come that far."""
        self.sell([(n, 1, 15_000, 1)], "till:K1", 0, 0, promise=False, again="")
        if not self.open:
            self.draw_up(1, everybody=False, days=days)
        if self.open:
            self.go_on("discard" if n % 6 == 0 else "both")
        if self.approved:
            self.hand_out(n, 10, "cash", again)
        if self.payouts and n % 3 == 0:
            self.take_back_a_payout(len(self.payouts) - 1)

    @precondition(lambda self: self.open)
    @rule(step=st.sampled_from(["check", "approve", "both", "both", "both", "discard", "early"]))
    def go_on(self, step: str) -> None:  # noqa: C901 - one road with its side ways
        settlement, papers = self.open
        settlement.refresh_from_db()
        args = {"settlement": settlement, "at": self.at, "by": self.shop.cast.ratna}
        draft = settlement.state == "draft"
        if step == "both" and draft:
            actions.check(**{**args, "by": self.shop.cast.sekar})
            draft = False
        if step == "check" and draft:
            actions.check(**{**args, "by": self.shop.cast.sekar})
        elif step == "check":
            with self.refused(never.WrongState):
                actions.check(**args)
        elif step == "discard":
            actions.discard(**args)
            self.done["discard"] += 1
            for line in self.model.lines.values():
                if line.claimed in {id(paper) for paper in papers.values()}:
                    line.claimed = None
            self.open = None
        elif step == "early":
            paper = settlement.statements.first()
            if paper:
                with self.refused(never.WrongState):
                    actions.pay_out(
                        statement=paper,
                        amount=1,
                        method="cash",
                        paid_on=self.today,
                        at=self.at,
                        by=self.shop.cast.sekar,
                    )
        elif draft:
            with self.refused(never.WrongState):
                actions.approve(**args, digest=settlement.digest)
        else:
            with self.refused(never.SamePerson):
                actions.approve(**{**args, "by": self.shop.cast.sekar}, digest=settlement.digest)
            with self.refused(never.WrongState):
                actions.approve(**args, digest="x" * 64)
            actions.approve(**args, digest=settlement.digest)
            self.done["approve"] += 1
            for producer, paper in papers.items():
                self.model.papers[producer].append(paper)
                taken = sum(amount for _, amount in paper.dues)
                self.model.money[f"producer:{producer}"] += taken
                self.model.money["dues:producer"] -= taken
                self.done["dues"] += bool(taken)
            self.approved |= {row.pk: papers[row.producer_id] for row in settlement.statements.all()}
            self.open = None

    @precondition(lambda self: self.approved)
    @rule(
        n=pick,
        tenths=st.sampled_from([1, 5, 10, 10, 11]),
        method=st.sampled_from(["cash", "bank"]),
        again=st.booleans(),
    )
    def hand_out(self, n: int, tenths: int, method: str, again: bool) -> None:
        number = sorted(self.approved)[-1 - n % min(len(self.approved), 4)]
        paper, statement = self.approved[number], Statement.objects.get(pk=number)
        left = paper.due - paper.paid
        amount = left * tenths // 10
        args = {"statement": statement, "amount": amount, "method": "cash" if method == "cash" else "transfer", "paid_on": self.today,
                "at": self.at, "by": self.shop.cast.sekar, "key": uuid.uuid4()}  # fmt: skip
        later = self.model.papers[paper.producer][-1] is not paper or (self.open and paper.producer in self.open[1])
        with self.refused(never.SamePerson):
            actions.pay_out(**{**args, "by": self.shop.cast.ratna})
        if later or amount <= 0 or amount > left:
            with self.refused(never.NotTheLatest if later else never.TooMuch):
                actions.pay_out(**args)
            return
        self.tick("hand_out")
        payout = actions.pay_out(**args)
        paper.paid += amount
        self.payouts.append((payout, paper))
        self.model.money[method] -= amount
        self.model.money[f"producer:{paper.producer}"] += amount
        if again:
            assert actions.pay_out(**args) == payout
            with self.refused(KeyTaken):
                actions.pay_out(**{**args, "amount": amount + 1})

    @precondition(lambda self: self.payouts)
    @rule(n=pick)
    def take_back_a_payout(self, n: int) -> None:
        payout, paper = self.payouts[n % len(self.payouts)]
        args = {"payout": payout, "at": self.at, "by": self.shop.cast.sekar, "paid_on": self.today}
        undone = Payout.objects.filter(undoes=payout).exists()
        later = self.model.papers[paper.producer][-1] is not paper or (self.open and paper.producer in self.open[1])
        if undone or later:
            with self.refused(never.UndoneAlready if undone else never.NotTheLatest):
                actions.undo_payout(**args)
            return
        self.tick("take_back_a_payout")
        actions.undo_payout(**args)
        paper.paid -= payout.amount
        self.model.money["cash" if payout.method == "cash" else "bank"] += payout.amount
        self.model.money[f"producer:{paper.producer}"] -= payout.amount
