"""The ledger's questions: the chain, what must hold of the sums, shares against money, closed periods."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import django
from django.db import connection, connections

from kendedes.ledger.verify.report import Finding, Report
from kendedes.ledger.verify.walk import Walked, ask, walk

PARALLEL = 100_000  # postings from which on a second process pays

Sums = dict[tuple[str, int, int], int]


def books(report: Report) -> Iterator[Finding]:
    """Every association's chain and everything that follows from its moves."""
    for (association,) in ask("SELECT id FROM network_association ORDER BY id"):
        newest = ask("SELECT MAX(number) FROM ledger_posting WHERE association_id = %s", [association])[0][0] or 0
        periods = ask(
            "SELECT ends_on, totals, id FROM ledger_period WHERE association_id = %s ORDER BY ends_on", [association]
        )
        closed = tuple(str(row[0]) for row in periods)
        parts = _walked(association, newest, closed)
        for part in parts:
            yield from part.findings
            report.counts["postings"] = report.counts.get("postings", 0) + part.postings
            report.counts["rows"] = report.counts.get("rows", 0) + part.moves
        totals: Sums = defaultdict(int)
        for bucket in range(len(periods) + 1):
            for part in parts:
                for key, amount in part.sums.get(bucket, {}).items():
                    totals[key] += amount
            if bucket < len(periods) and _fingerprint(totals) != periods[bucket][1]:
                yield Finding("period_changed", f"ledger_period {periods[bucket][2]}", "sums differ from the close")
        yield from _below_zero(association, totals)
        report.heads.append(
            {
                "association": association, "number": newest, "digest": parts[-1].last if parts else "0" * 64,
                "sums": _fingerprint(totals),
                "goods_in_difference": _in_difference(association, totals),
            }
        )  # fmt: skip


def shares(report: Report) -> Iterator[Finding]:
    """What share lines say a producer is due is what the money moves owe her; nothing comes back twice."""
    report.counts["share_lines"] = int(ask("SELECT COUNT(*) FROM ledger_shareline")[0][0])
    for producer, by_shares, by_money in ask(_OWED):
        if (by_shares or 0) != (by_money or 0):
            yield Finding(
                "shares_differ", f"network_producer {producer}", f"share lines say {by_shares}, money says {by_money}"
            )
    for line, sold, back in ask(_RETURNED):
        yield Finding("returned_twice", f"ledger_shareline {line}", f"{back} of {sold} came back")
    for (line,) in ask(_OWNERS):
        yield Finding("owner_changed", f"ledger_shareline {line}", "its producer is not the lot's owner")
    for posting, by_shares, by_goods in ask(_SOLD):
        yield Finding(
            "goods_differ", f"ledger_posting {posting}", f"share lines say {by_shares} sold pieces, moves {by_goods}"
        )


# Payouts move what is owed too; they are told apart by having no share line: compared are postings that have some.
_OWED = """
SELECT COALESCE(s.producer_id, m.producer_id), s.net, m.net FROM
 (SELECT producer_id, SUM(net) AS net FROM ledger_shareline GROUP BY producer_id) s
 LEFT JOIN (SELECT producer_id, SUM(n) AS net FROM (
   SELECT a.producer_id, v.amount AS n FROM ledger_moneymove v JOIN ledger_account a ON a.id = v.source_id
   WHERE a.producer_id IS NOT NULL AND EXISTS (SELECT 1 FROM ledger_shareline x WHERE x.posting_id = v.posting_id)
   UNION ALL
   SELECT a.producer_id, -v.amount FROM ledger_moneymove v JOIN ledger_account a ON a.id = v.target_id
   WHERE a.producer_id IS NOT NULL AND EXISTS (SELECT 1 FROM ledger_shareline x WHERE x.posting_id = v.posting_id)
 ) t GROUP BY producer_id) m ON m.producer_id = s.producer_id
WHERE COALESCE(s.net, 0) <> COALESCE(m.net, 0)"""
_RETURNED = """
SELECT s.id, s.quantity, -r.quantity FROM ledger_shareline s JOIN
 (SELECT reverses_id, SUM(quantity) AS quantity FROM ledger_shareline WHERE reverses_id IS NOT NULL GROUP BY reverses_id) r
 ON r.reverses_id = s.id WHERE s.quantity + r.quantity < 0"""
_OWNERS = (
    "SELECT s.id FROM ledger_shareline s JOIN ledger_lot l ON l.id = s.lot_id WHERE l.producer_id <> s.producer_id"
)
_SOLD = """
SELECT s.posting_id, s.quantity, g.quantity FROM
 (SELECT posting_id, SUM(quantity) AS quantity FROM ledger_shareline WHERE kind IN ('sale', 'refund') GROUP BY posting_id) s
 LEFT JOIN (SELECT posting_id, SUM(n) AS quantity FROM (
   SELECT v.posting_id, v.quantity AS n FROM ledger_goodsmove v JOIN ledger_place p ON p.id = v.target_id AND p.kind = 'sold'
   UNION ALL
   SELECT v.posting_id, -v.quantity FROM ledger_goodsmove v JOIN ledger_place p ON p.id = v.source_id AND p.kind = 'sold'
 ) t GROUP BY posting_id) g ON g.posting_id = s.posting_id
WHERE s.quantity <> COALESCE(g.quantity, 0)"""


def _walked(association: int, newest: int, closed: tuple[str, ...]) -> list[Walked]:
    """The whole chain, in as many stretches as there are processors when it is long."""
    if not newest:
        return []
    clearing = ask("SELECT id FROM ledger_account WHERE association_id = %s AND key = 'clearing'", [association])
    hub = int(clearing[0][0]) if clearing else 0
    workers = os.cpu_count() or 1
    if newest < PARALLEL or workers == 1 or connection.in_atomic_block:
        return [walk(association, 1, newest, closed, hub)]
    size = -(-newest // workers)
    stretches = [(association, at, min(at + size - 1, newest), closed, hub) for at in range(1, newest + 1, size)]
    connections.close_all()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        return list(pool.map(walk, *zip(*stretches, strict=True)))


def _fingerprint(totals: Sums) -> str:
    """As a closed period keeps it: a line of kind, number and sum for each balance that is not nothing, sorted."""
    lines = [
        f"a {number} {amount}" if letter == "a" else f"p{number} {lot} {amount}"
        for (letter, number, lot), amount in totals.items()
        if amount
    ]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _below_zero(association: int, totals: Sums) -> Iterator[Finding]:
    physical = {
        row[0] for row in ask("SELECT id FROM ledger_place WHERE association_id = %s AND physical", [association])
    }
    for (letter, number, lot), amount in totals.items():
        if letter == "p" and amount < 0 and number in physical:
            yield Finding("below_zero", f"ledger_place {number}", f"lot {lot}: {amount} pieces")


def _in_difference(association: int, totals: Sums) -> int:
    """Pieces that were sold and nobody has found yet: not an error, but a task."""
    found = ask("SELECT id FROM ledger_place WHERE association_id = %s AND key = 'difference'", [association])
    place = found[0][0] if found else 0
    return sum(abs(amount) for (letter, number, _), amount in totals.items() if letter == "p" and number == place)
