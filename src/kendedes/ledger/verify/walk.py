"""Walks a stretch of one association's chain: recomputes each seal and adds up what moved. May run in its own process."""

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


@dataclass(slots=True)
class Walked:
    """``sums``: per day bucket, what was added to each (letter, place or account, lot or 0)."""

    findings: list[Finding] = field(default_factory=list)
    postings: int = 0
    moves: int = 0
    last: str = ""
    sums: dict[int, dict[tuple[str, int, int], int]] = field(default_factory=dict)


def ask(sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows of a plain statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())


def walk(association: int, first: int, last: int, closed: tuple[str, ...], clearing: int) -> Walked:
    """Postings ``first`` to ``last``. ``closed``: last days of closed periods, sorted. ``clearing``: its account or 0."""
    walked = Walked()
    terms = _terms_texts(association)
    previous = _digest_of(association, first - 1)
    number = first - 1
    for start in range(first, last + 1, STEP):
        stop = min(start + STEP - 1, last)
        heads = ask(_POSTINGS, [association, start, stop])
        rows = _rows_of(association, heads, terms)
        for head in heads:
            number += 1
            if head[1] != number:
                _note(walked, "chain_gap", f"ledger_posting {head[0]}", f"number {head[1]}, expected {number}")
                number = head[1]
            if head[4] != previous:
                _note(walked, "chain_broken", f"ledger_posting {head[0]}", "does not follow the posting before it")
            mine = rows.get(head[0], [])
            if _seal(association, head, mine) != head[5]:
                _note(walked, "seal_broken", f"ledger_posting {head[0]}", f"number {head[1]}: content and seal differ")
            _add_up(walked, head, mine, closed, clearing)
            previous = head[5]
        walked.postings += len(heads)
    if number != last:
        _note(walked, "chain_gap", f"association {association}", f"ends at {number}, expected {last}")
    walked.last = previous
    return walked


_POSTINGS = """
SELECT p.entry_id, p.number, p.occurred_on, p.booked_on, p.previous, p.digest, e.key, e.deed, e.happened_at, e.by_id,
  e.device, e.undoes_id, e.facts
FROM ledger_posting p JOIN journal_entry e ON e.id = p.entry_id
WHERE p.association_id = %s AND p.number BETWEEN %s AND %s ORDER BY p.number"""
_LOTS = """
SELECT posting_id, id, number, code, producer_id, unit_id, variant_id, maker_price, price, minimum_price, made_on,
  expires_on, terms_id FROM ledger_lot WHERE posting_id BETWEEN %s AND %s ORDER BY posting_id, id"""
_GOODS = """
SELECT posting_id, lot_id, source_id, target_id, quantity FROM ledger_goodsmove WHERE posting_id BETWEEN %s AND %s
ORDER BY posting_id, id"""
_MONEY = """
SELECT posting_id, source_id, target_id, amount, booked_on FROM ledger_moneymove WHERE posting_id BETWEEN %s AND %s
ORDER BY posting_id, id"""
_SHARES = """
SELECT posting_id, line, kind, lot_id, producer_id, quantity, gross, gallery, unit, other, net, named, booked_on, free_on,
  reverses_id FROM ledger_shareline WHERE posting_id BETWEEN %s AND %s ORDER BY posting_id, id"""


def _rows_of(
    association: int, heads: list[tuple[Any, ...]], terms: dict[int, str]
) -> dict[int, list[tuple[Any, ...]]]:  # fmt: skip
    """Everything that stands under these postings, in the order of the sealed text; rows of others are left out."""
    found: dict[int, list[tuple[Any, ...]]] = {head[0]: [] for head in heads}
    if not heads:
        return found
    ends = (min(found), max(found))
    for posting, *lot, made, expires, terms_id in ask(_LOTS, ends):
        if posting in found:
            values = ["-" if value is None else value for value in lot]
            found[posting].append(
                ("L", *values, made or "-", expires or "-", terms_id, terms.get(terms_id, "?"))
            )  # fmt: skip
    for posting, *move in ask(_GOODS, ends):
        if posting in found:
            found[posting].append(("G", *move))
    for posting, *move in ask(_MONEY, ends):
        if posting in found:
            found[posting].append(("M", *move))
    for posting, *share in ask(_SHARES, ends):
        if posting in found:
            found[posting].append(("S", *share))
    return found


def _seal(association: int, head: tuple[Any, ...], rows: list[tuple[Any, ...]]) -> str:
    _, number, occurred, booked, previous, _, key, deed, happened, by, device, undoes, facts = head
    who = f"{'-' if by is None else by} {device or '-'} {'-' if undoes is None else undoes}"
    head_text = f"{association} {number} {previous}\n{str(key).replace('-', '')} {deed} {_moment(happened)} {who}"
    text = [f"kendedes-posting 1\n{head_text}\n{occurred} {booked}\n{_facts(facts)}"]
    for row in rows:
        kind = row[0]
        if kind == "M":
            text.append(f"M {row[1]} {row[2]} {row[3]}")
        elif kind == "S":
            _, line, what, lot, maker, pieces, gross, gallery, unit, other, net, named, _, free, back = row
            parts = "-" if named in _NONE else _named(named)
            text.append(
                f"S {line} {what} {lot} {maker} {pieces} {gross} {gallery} {unit} {other} {net} {parts} {free} {back or '-'}"
            )
        elif kind == "G":
            text.append(f"G {row[1]} {row[2]} {row[3]} {row[4]}")
        else:
            text.append(" ".join(map(str, row)))
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


def _add_up(
    walked: Walked, head: tuple[Any, ...], rows: list[tuple[Any, ...]], closed: tuple[str, ...], clearing: int
) -> None:  # fmt: skip
    """Sums by bucket of days, and what must hold inside one posting."""
    booked = str(head[3])
    bucket = sum(1 for day in closed if day < booked) if closed else 0
    sums = walked.sums.setdefault(bucket, defaultdict(int))
    through = 0
    for row in rows:
        kind = row[0]
        if kind == "G":
            _, lot, source, target, quantity = row
            sums["p", source, lot] -= quantity
            sums["p", target, lot] += quantity
        elif kind == "M":
            _, source, target, amount, day = row
            sums["a", source, 0] -= amount
            sums["a", target, 0] += amount
            through += amount if source == clearing else -amount if target == clearing else 0
            if str(day) != booked:
                _note(walked, "booked_elsewhere", f"ledger_posting {head[0]}", f"a money move is booked on {day}")
        elif kind == "S" and row[6] != row[7] + row[8] + row[9] + row[10]:
            _note(walked, "share_wrong", f"ledger_posting {head[0]}", f"line {row[1]} does not add up")
    walked.moves += len(rows)
    if through:
        _note(walked, "clearing_left", f"ledger_posting {head[0]}", f"{through} rupiah stay in clearing")


def _terms_texts(association: int) -> dict[int, str]:
    """Each version of terms as the one line a lot's seal covers."""
    found = {}
    for row in ask(_TERMS, [association]):
        number, since, mode, gallery, unit, gallery_each, unit_each, markup, markup_bp, named, days, hold, *borne = row
        pairs = json.loads(named) if isinstance(named, str) else named
        listed = ",".join(f"{name}={bp}" for name, bp in pairs)
        values = [mode, gallery, unit, gallery_each, unit_each, int(markup), markup_bp, days, hold, *borne]
        found[number] = f"{since} {' '.join(map(str, values))} [{listed}]"
    return found


_TERMS = """
SELECT id, valid_from, mode, gallery_bp, unit_bp, gallery_each, unit_each, markup, markup_bp, deductions, period_days,
  hold_days, expiry_producer_bp, damage_producer_bp, loss_producer_bp FROM ledger_terms WHERE association_id = %s"""


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
