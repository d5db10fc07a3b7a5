"""Walks a stretch of one association's chain: recomputes each seal and adds up what moved. May run in its own process.

Everything is read once, in the order it was written: a home of a million sales holds ten million rows.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from kendedes.ledger.verify.report import MOST, Finding

STEP = 4000  # postings held in memory at a time

Sums = dict[tuple[str, int, int], int]


@dataclass(slots=True)
class Walked:
    """``sums``: per day bucket, what was added to each (letter, place or account, lot or 0); ``by_shares``, ``by_money``:
    what each producer is due by the share lines, and by the money moves of the same postings.
    """

    findings: list[Finding] = field(default_factory=list)
    postings: int = 0
    moves: int = 0
    shares: int = 0
    last: str = ""
    sums: dict[int, Sums] = field(default_factory=dict)
    by_shares: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    by_money: dict[int, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True, slots=True)
class Known:
    """What stands still while the chain is walked."""

    clearing: int  # its account, or 0
    terms: dict[int, str]  # each version as the line a lot's seal covers
    maker: dict[int, int]  # of each lot
    owed: dict[int, int]  # producer of each account that belongs to one
    sold: frozenset[int]  # places of what buyers took home


def ask(sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows of a plain statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())


def walk(association: int, first: int, last: int, closed: tuple[str, ...]) -> Walked:
    """Postings ``first`` to ``last``. ``closed``: last days of closed periods, sorted."""
    walked = Walked()
    known = _known(association)
    previous = _digest_of(association, first - 1)
    number = first - 1
    for start in range(first, last + 1, STEP):
        stop = min(start + STEP - 1, last)
        heads = ask(_POSTINGS, [association, start, stop])
        texts = _texts(walked, heads, known, closed)
        for head in heads:
            number += 1
            if head[1] != number:
                _note(walked, "chain_gap", f"ledger_posting {head[0]}", f"number {head[1]}, expected {number}")
                number = head[1]
            if head[4] != previous:
                _note(walked, "chain_broken", f"ledger_posting {head[0]}", "does not follow the posting before it")
            if _seal(association, head, texts[head[0]]) != head[5]:
                _note(walked, "seal_broken", f"ledger_posting {head[0]}", f"number {head[1]}: content and seal differ")
            previous = head[5]
        walked.postings += len(heads)
    if number != last:
        _note(walked, "chain_gap", f"association {association}", f"ends at {number}, expected {last}")
    walked.last = previous
    return walked


# Days are asked for as text: they are compared and written, never reckoned with, and reading ten million of them costs.
_POSTINGS = """
SELECT p.entry_id, p.number, CAST(p.occurred_on AS TEXT), CAST(p.booked_on AS TEXT), p.previous, p.digest, e.key, e.deed,
  e.happened_at, e.by_id, e.device, e.undoes_id, e.facts
FROM ledger_posting p JOIN journal_entry e ON e.id = p.entry_id
WHERE p.association_id = %s AND p.number BETWEEN %s AND %s ORDER BY p.number"""
_LOTS = """
SELECT posting_id, id, number, code, producer_id, unit_id, variant_id, maker_price, price, minimum_price, made_on,
  expires_on, terms_id FROM ledger_lot WHERE posting_id BETWEEN %s AND %s ORDER BY posting_id, id"""
_GOODS = """
SELECT posting_id, lot_id, source_id, target_id, quantity FROM ledger_goodsmove WHERE posting_id BETWEEN %s AND %s
ORDER BY posting_id, id"""
_MONEY = """
SELECT posting_id, source_id, target_id, amount, CAST(booked_on AS TEXT) FROM ledger_moneymove
WHERE posting_id BETWEEN %s AND %s ORDER BY posting_id, id"""
_SHARES = """
SELECT posting_id, id, CASE WHEN reverses_id IS NULL THEN NULL ELSE (SELECT r.kind FROM ledger_shareline r WHERE r.id = s.reverses_id) END,
  line, kind, lot_id, producer_id, quantity, gross, gallery, unit, other, net, named,
  CAST(booked_on AS TEXT), CAST(free_on AS TEXT), reverses_id FROM ledger_shareline s
WHERE posting_id BETWEEN %s AND %s ORDER BY posting_id, line"""


@dataclass(slots=True)
class _Step:
    """Some postings in a row: their sealed lines, and where what follows from them is entered."""

    walked: Walked
    known: Known
    ends: tuple[int, int]
    lines: dict[int, list[str]]
    sums: dict[int, Sums]
    booked: dict[int, str]
    sold: dict[int, int]  # pieces that went to buyers, less what came back, by posting
    owed: dict[int, list[tuple[int, int]]]  # producer and rupiah that money moves owe her, by posting

    def lots(self) -> None:
        for posting, *lot, made, expires, terms in ask(_LOTS, self.ends):
            if posting in self.lines:
                values = ["-" if value is None else value for value in lot]
                text = ("L", *values, made or "-", expires or "-", terms, self.known.terms.get(terms, "?"))
                self.lines[posting].append(" ".join(map(str, text)))

    def goods(self) -> None:
        lines, sums, sold, shelves = self.lines, self.sums, self.sold, self.known.sold
        for posting, lot, source, target, quantity in ask(_GOODS, self.ends):
            if posting not in lines:  # of another association
                continue
            lines[posting].append(f"G {lot} {source} {target} {quantity}")
            into = sums[posting]
            into["p", source, lot] -= quantity
            into["p", target, lot] += quantity
            if target in shelves:
                sold[posting] += quantity
            if source in shelves:
                sold[posting] -= quantity

    def money(self) -> None:
        lines, sums, owed, makers, clearing = self.lines, self.sums, self.owed, self.known.owed, self.known.clearing
        through: dict[int, int] = defaultdict(int)
        for posting, source, target, amount, day in ask(_MONEY, self.ends):
            if posting not in lines:
                continue
            lines[posting].append(f"M {source} {target} {amount}")
            into = sums[posting]
            into["a", source, 0] -= amount
            into["a", target, 0] += amount
            if source in makers:
                owed[posting].append((makers[source], amount))
            if target in makers:
                owed[posting].append((makers[target], -amount))
            through[posting] += amount if source == clearing else -amount if target == clearing else 0
            if day != self.booked[posting]:
                self.note("booked_elsewhere", posting, f"a money move is booked on {day}")
        for posting, amount in through.items():
            if amount:
                self.note("clearing_left", posting, f"{amount} rupiah stay in clearing")

    def shares(self) -> None:
        """Share lines against the moves of their posting. Payouts move what is owed too: they have no share line."""
        lines, by_shares = self.lines, self.walked.by_shares
        pieces: dict[int, int] = defaultdict(int)
        for posting, number, of, *row, named, day, free, back in ask(_SHARES, self.ends):
            if posting not in lines:
                continue
            line, what, lot, maker, quantity, gross, gallery, unit, other, net = row
            parts = "-" if named in _NONE else _named(named)
            lines[posting].append(
                f"S {line} {what} {lot} {maker} {quantity} {gross} {gallery} {unit} {other} {net} {parts} {free} {back or '-'}"
            )
            by_shares[maker] += net
            # pieces found again reverse what was paid for losing them: no buyer brought them back
            pieces[posting] += quantity if what in _SALES and of != "compensation" else 0
            if gross != gallery + unit + other + net:
                self.note("share_wrong", posting, f"line {line} does not add up")
            if day != self.booked[posting]:
                self.note("booked_elsewhere", posting, f"share line {number} is booked on {day}")
            if self.known.maker.get(lot) != maker:
                _note(self.walked, "owner_changed", f"ledger_shareline {number}", "its producer is not the lot's owner")
            self.walked.shares += 1
        for posting, quantity in pieces.items():
            for maker, amount in self.owed.get(posting, ()):
                self.walked.by_money[maker] += amount
            if quantity != self.sold.get(posting, 0):
                says = f"share lines say {quantity} sold pieces, moves {self.sold.get(posting, 0)}"
                self.note("goods_differ", posting, says)
        self.walked.moves += sum(map(len, lines.values()))

    def note(self, code: str, posting: int, says: str) -> None:
        _note(self.walked, code, f"ledger_posting {posting}", says)


def _texts(
    walked: Walked, heads: list[tuple[Any, ...]], known: Known, closed: tuple[str, ...]
) -> dict[int, list[str]]:  # fmt: skip
    """The lines of the sealed text under each posting; everything that follows from them is entered into ``walked``."""
    lines: dict[int, list[str]] = {head[0]: [] for head in heads}
    if not heads:
        return lines
    sums = {head[0]: walked.sums.setdefault(_bucket(head[3], closed), defaultdict(int)) for head in heads}
    booked = {head[0]: head[3] for head in heads}
    ends = (min(lines), max(lines))
    step = _Step(walked, known, ends, lines, sums, booked, sold=defaultdict(int), owed=defaultdict(list))
    step.lots()
    step.goods()
    step.money()
    step.shares()
    return lines


def _bucket(day: str, closed: tuple[str, ...]) -> int:
    return sum(1 for end in closed if end < day)


_SALES = ("sale", "refund")


def _seal(association: int, head: tuple[Any, ...], lines: list[str]) -> str:
    _, number, occurred, booked, previous, _, key, deed, happened, by, device, undoes, facts = head
    who = f"{'-' if by is None else by} {device or '-'} {'-' if undoes is None else undoes}"
    head_text = f"{association} {number} {previous}\n{str(key).replace('-', '')} {deed} {_moment(happened)} {who}"
    text = [f"kendedes-posting 1\n{head_text}\n{occurred} {booked}\n{_facts(facts)}", *lines]
    return hashlib.sha256("\n".join(text).encode()).hexdigest()


_NONE: tuple[Any, ...] = ("{}", {})


def _facts(stored: Any) -> str:
    """JSON as the seal covers it: names sorted, no spaces."""
    if stored in _NONE:
        return "{}"
    content = json.loads(stored) if isinstance(stored, str) else stored
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _named(stored: Any) -> str:
    parts = json.loads(stored) if isinstance(stored, str) else stored
    return ",".join(f"{name}={parts[name]}" for name in sorted(parts))


def _known(association: int) -> Known:
    clearing = ask("SELECT id FROM ledger_account WHERE association_id = %s AND key = 'clearing'", [association])
    lots = ask("SELECT id, producer_id FROM ledger_lot WHERE association_id = %s", [association])
    accounts = ask("SELECT id, producer_id FROM ledger_account WHERE producer_id IS NOT NULL")
    places = ask("SELECT id FROM ledger_place WHERE kind = 'sold'")
    return Known(
        clearing=int(clearing[0][0]) if clearing else 0, terms=_terms_texts(association), maker=dict(lots),
        owed=dict(accounts), sold=frozenset(row[0] for row in places),
    )  # fmt: skip


def _terms_texts(association: int) -> dict[int, str]:
    """Each version of terms as the one line a lot's seal covers."""
    found = {}
    for row in ask(_TERMS, [association]):
        (
            number,
            since,
            mode,
            gallery,
            unit,
            gallery_each,
            unit_each,
            markup,
            markup_bp,
            named,
            days,
            hold,
            *borne,
            dues,
        ) = row
        pairs = json.loads(named) if isinstance(named, str) else named
        listed = ",".join(f"{name}={bp}" for name, bp in pairs)
        values = [mode, gallery, unit, gallery_each, unit_each, int(markup), markup_bp, days, hold, *borne]
        flat = f" dues={dues}" if dues else ""
        found[number] = f"{since} {' '.join(map(str, values))} [{listed}]{flat}"
    return found


_TERMS = """
SELECT id, valid_from, mode, gallery_bp, unit_bp, gallery_each, unit_each, markup, markup_bp, deductions, period_days,
  hold_days, expiry_producer_bp, damage_producer_bp, loss_producer_bp, dues_month FROM ledger_terms WHERE association_id = %s"""


def _digest_of(association: int, number: int) -> str:
    if number < 1:
        return "0" * 64
    found = ask("SELECT digest FROM ledger_posting WHERE association_id = %s AND number = %s", [association, number])
    return str(found[0][0]) if found else ""


def _moment(value: Any) -> str:
    """SQLite keeps moments as text in UTC, PostgreSQL gives them with their zone."""
    if isinstance(value, str):
        if len(value) in {19, 26} and value[10] == " ":  # as Django writes it
            return f"{value[:10]}T{value[11:19]}.{value[20:].ljust(6, '0')}Z"
        value = datetime.fromisoformat(value)
    moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06}Z"


def _note(walked: Walked, code: str, where: str, says: str) -> None:
    if len(walked.findings) < MOST:
        walked.findings.append(Finding(code, where, says))
