"""The ledger's questions: the chain, what must hold of the sums, shares against money, closed periods."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import django
from django.db import connections

from kendedes.ledger.verify.report import Finding, Report, parallel
from kendedes.ledger.verify.walk import Sums, Walked, ask, walk


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
            report.counts["share_lines"] = report.counts.get("share_lines", 0) + part.shares
        totals: Sums = defaultdict(int)
        for bucket in range(len(periods) + 1):
            for part in parts:
                for key, amount in part.sums.get(bucket, {}).items():
                    totals[key] += amount
            if bucket < len(periods) and _fingerprint(totals) != periods[bucket][1]:
                yield Finding("period_changed", f"ledger_period {periods[bucket][2]}", "sums differ from the close")
        yield from _due(parts)
        yield from _below_zero(association, totals)
        report.heads.append(
            {
                "association": association, "number": newest, "digest": parts[-1].last if parts else "0" * 64,
                "sums": _fingerprint(totals),
                "goods_in_difference": _in_difference(association, totals),
            }
        )  # fmt: skip


def returns(report: Report) -> Iterator[Finding]:
    """Nothing comes back twice."""
    del report
    for line, sold, back in ask(_RETURNED):
        yield Finding("returned_twice", f"ledger_shareline {line}", f"{back} of {sold} came back")


_RETURNED = """
SELECT s.id, s.quantity, -r.quantity FROM ledger_shareline s JOIN
 (SELECT reverses_id, SUM(quantity) AS quantity FROM ledger_shareline WHERE reverses_id IS NOT NULL GROUP BY reverses_id) r
 ON r.reverses_id = s.id WHERE s.quantity + r.quantity < 0"""


def _due(parts: list[Walked]) -> Iterator[Finding]:
    """What share lines say a producer is due is what the money moves owe her."""
    differ: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for part in parts:
        for column, sums in enumerate((part.by_shares, part.by_money)):
            for producer, amount in sums.items():
                differ[producer][column] += amount
    for producer, (by_shares, by_money) in sorted(differ.items()):
        if by_shares != by_money:
            yield Finding(
                "shares_differ", f"network_producer {producer}", f"share lines say {by_shares}, money says {by_money}"
            )


def _walked(association: int, newest: int, closed: tuple[str, ...]) -> list[Walked]:
    """The whole chain, in as many stretches as there are processors when it is long."""
    if not newest:
        return []
    workers = parallel(newest)
    if workers == 1:
        return [walk(association, 1, newest, closed)]
    size = -(-newest // workers)
    stretches = [(association, at, min(at + size - 1, newest), closed) for at in range(1, newest + 1, size)]
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
