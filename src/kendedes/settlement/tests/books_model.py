"""What the books and papers must say, kept in plain dictionaries; shares no code with the ledger or settlement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

HELD = {"shelf", "store", "difference"}
CAME = {"maker": "received", "sold": "returned", "found": "found"}
WENT = {"sold": "sold", "expired": "expired", "damaged": "damaged", "lost": "lost", "maker": "taken_back"}
COUNTS = (
    "opening",
    "received",
    "sold",
    "returned",
    "expired",
    "damaged",
    "lost",
    "taken_back",
    "found",
    "left",
    "late",
)
MONEY = ("gross", "gallery", "unit", "other", "net", "compensation")


def parts_of(whole: int, exact: Iterable[Fraction]) -> list[int]:
    """Largest remainder in exact fractions."""
    shares = list(exact)
    floors = [share.numerator // share.denominator for share in shares]
    order = sorted(range(len(shares)), key=lambda n: (floors[n] - shares[n], n))
    for n in order[: whole - sum(floors)]:
        floors[n] += 1
    return floors


@dataclass
class Kept:
    """Terms as a treasurer would note them."""

    gallery: int = 1000
    unit: int = 500
    gallery_each: int = 0
    unit_each: int = 0
    markup: bool = False
    named: tuple[tuple[str, int], ...] = ()
    hold: int = 0
    days: int = 30
    bears: dict[str, int] = field(default_factory=lambda: {"expired": 10_000, "damaged": 0, "lost": 0})
    bought: bool = False

    @property
    def dues(self) -> int:
        """A month; drawn together with the period."""
        return {7: 0, 14: 2_500, 30: 40_000}[self.days]


def split(gross: int, quantity: int, kept: Kept, asked: int) -> dict[str, int]:
    """One sold line by owner: gallery, unit, net and ``-name`` for named deductions."""
    if kept.bought:
        return {"gallery": gross, "unit": 0, "net": 0}
    base = asked * quantity if kept.markup else gross
    rates = [kept.gallery, kept.unit, 10_000 - kept.gallery - kept.unit]
    gallery, unit, net = parts_of(base, [Fraction(base * rate, 10_000) for rate in rates])
    more = min(kept.gallery_each * quantity, net)
    gallery, net = gallery + more, net - more
    more = min(kept.unit_each * quantity, net)
    unit, net = unit + more, net - more
    found = {"gallery": gallery + gross - base, "unit": unit}
    if kept.named and net:
        rest = 10_000 - sum(rate for _, rate in kept.named)
        *taken, net = parts_of(net, [Fraction(net * rate, 10_000) for rate in [*(r for _, r in kept.named), rest]])
        found |= {f"-{name}": amount for (name, _), amount in zip(kept.named, taken, strict=True) if amount}
    return {**found, "net": net}


@dataclass
class Line:
    """A share line; ``back``: pieces brought back so far. ``moved``: what its reversals have taken off again."""

    share: int
    lot: int
    kind: str
    quantity: int
    gross: int
    parts: dict[str, int]
    booked: date
    free: date
    seq: int
    back: int = 0
    claimed: int | None = None


@dataclass
class Move:
    lot: int
    source: str
    target: str
    quantity: int
    booked: date
    occurred: date
    seq: int


@dataclass
class LotOf:
    producer: int
    unit: int
    asked: int
    kept: Kept


@dataclass
class Paper:
    """A statement. ``lots``: {lot: figures}."""

    producer: int
    ends: date
    head: int
    carried: int
    earned: int = 0
    paid: int = 0
    held: int = 0
    last_due: int = 0
    last_paid: int = 0
    dues: list[tuple[date, int]] = field(default_factory=list)
    lots: dict[int, dict[str, int]] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)

    @property
    def due(self) -> int:
        return self.carried + self.earned - sum(amount for _, amount in self.dues)


@dataclass
class Model:
    """Everything that happened. Places and accounts by key."""

    lots: dict[int, LotOf] = field(default_factory=dict)
    stock: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    money: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lines: dict[int, Line] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    papers: dict[int, list[Paper]] = field(default_factory=lambda: defaultdict(list))
    agreed: dict[int, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))  # dues since a day
    closed: date | None = None
    seq: int = 0

    def booking(self, occurred: date) -> date:
        return occurred if self.closed is None or occurred > self.closed else self.closed + timedelta(days=1)

    def move(self, lot: int, source: str, target: str, quantity: int, occurred: date) -> int:
        """Carry pieces as a fact; returns how many the place did not have."""
        short = 0
        if source in {"shelf", "store"}:
            short = max(0, quantity - self.stock[source, lot])
        for start, some in ((source, quantity - short), ("difference", short)):
            if some and start != target:
                self.stock[start, lot] -= some
                self.stock[target, lot] += some
                self.moves.append(Move(lot, start, target, some, self.booking(occurred), occurred, self.seq))
        return short

    def enter(self, lot: int, parts: dict[str, int], sign: int = 1) -> None:
        """Owe everybody their part of a line."""
        of = self.lots[lot]
        for name, amount in parts.items():
            key = {"gallery": "gallery_fee", "unit": f"unit_fee:{of.unit}", "net": f"producer:{of.producer}"}.get(name)
            self.money[key or f"deduction:{name[1:]}"] -= sign * amount

    def taken(self, line: Line, before: int, now: int) -> dict[str, int]:
        """What bringing ``now`` more pieces back reverses, by owner and ``gross``."""

        def until(pieces: int) -> dict[str, int]:
            if pieces == line.quantity:
                return {**line.parts, "gross": line.gross}
            gross = line.gross * pieces // line.quantity
            found = {name: amount * pieces // line.quantity for name, amount in line.parts.items()}
            found["net"] += gross - sum(found.values())
            return {**found, "gross": gross}

        first, then = until(before), until(before + now)
        return {name: then[name] - first[name] for name in then}

    # what papers must say

    def drawn(self, producers: Iterable[int], ends: date) -> dict[int, Paper]:
        """The papers of a drawing up to ``ends``; lines they claim are marked."""
        found = {}
        for producer in producers:
            before = self.papers[producer][-1] if self.papers[producer] else None
            paper = Paper(
                producer, ends, self.seq, (before.due - before.paid) if before else 0,
                last_due=before.due if before else 0, last_paid=before.paid if before else 0,
            )  # fmt: skip
            self._pieces(paper, before)
            self._rupiah(paper)
            paper.lots = {lot: row for lot, row in paper.lots.items() if any(row.values())}
            self._dues(paper, before)
            if paper.lots or paper.carried or before:
                found[producer] = paper
        return found

    def _dues(self, paper: Paper, before: Paper | None) -> None:
        """Day by day: the last of a month asks what was agreed newest, if goods were here on a day of that month."""
        day = before.ends + timedelta(days=1) if before else date(paper.ends.year, 1, 1)
        here = [lot for lot in paper.lots if not self.lots[lot].kept.bought]
        while day <= paper.ends:
            if (day + timedelta(days=1)).day == 1:
                asked = [amount for since, amount in self.agreed[paper.producer] if since <= day]
                first, last = {}, {}
                for move in self.moves:
                    if move.booked <= paper.ends:
                        first.setdefault(move.lot, move.booked)
                        last[move.lot] = max(move.booked, last.get(move.lot, move.booked))
                stayed = [lot for lot in here if paper.lots[lot]["left"] or last[lot] >= day.replace(day=1)]
                if asked and asked[-1] and any(first[lot] <= day for lot in stayed):
                    paper.dues.append((day, asked[-1]))
            day += timedelta(days=1)

    def _row(self, paper: Paper, lot: int) -> dict[str, int]:
        return paper.lots.setdefault(lot, dict.fromkeys((*COUNTS, *MONEY), 0))

    def _pieces(self, paper: Paper, before: Paper | None) -> None:
        for move in self.moves:
            if self.lots[move.lot].producer != paper.producer or move.booked > paper.ends:
                continue
            row = self._row(paper, move.lot)
            change = move.quantity * ((move.target in HELD) - (move.source in HELD))
            row["left"] += change
            if before and move.booked <= before.ends and move.seq <= before.head:
                row["opening"] += change
                continue
            if move.source in CAME:
                row[CAME[move.source]] += move.quantity
            elif move.source not in HELD:
                row[WENT[move.source]] -= move.quantity
            if move.target == "found":
                row["found"] -= move.quantity
            elif move.target not in HELD:
                row[WENT[move.target]] += move.quantity
            if move.target == "sold" and (move.booked != move.occurred or (before and move.booked <= before.ends)):
                row["late"] += move.quantity

    def _rupiah(self, paper: Paper) -> None:
        for line in self.lines.values():
            if self.lots[line.lot].producer != paper.producer or line.claimed is not None or line.booked > paper.ends:
                continue
            if line.free > paper.ends:
                paper.held += line.parts["net"]
                continue
            line.claimed = id(paper)
            row = self._row(paper, line.lot)
            row["compensation" if line.kind == "compensation" else "gross"] += line.gross
            for name, amount in line.parts.items():
                row[name if name in {"gallery", "unit", "net"} else "other"] += amount
                if name.startswith("-"):
                    paper.named[name[1:]] = paper.named.get(name[1:], 0) + amount
            paper.earned += line.parts["net"]
