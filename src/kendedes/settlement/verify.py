"""Settlement's questions for ``kendedes verify``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from kendedes.ledger.verify import Finding, Report


def statements(report: Report) -> Iterator[Finding]:
    """Each approved paper is what was sealed, says what its claimed lines say, and what was paid is in the ledger."""
    checked = 0
    for settlement, number, digest in _ask(
        "SELECT id, number, digest FROM settlement_settlement WHERE state IN ('approved', 'paid') ORDER BY id"
    ):
        seals = []
        for statement, paper, carried, earned, dues, due, content, sha256 in _ask(
            "SELECT id, number, carried, earned, dues, due, content, sha256 FROM settlement_statement "
            "WHERE settlement_id = %s ORDER BY number", settlement,
        ):  # fmt: skip
            checked += 1
            said = json.loads(content) if isinstance(content, str) else content
            text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            if hashlib.sha256(text.encode()).hexdigest() != sha256:
                yield Finding(
                    "statement_changed", f"settlement_statement {statement}", f"{paper}: content and seal differ"
                )
            asked = sum(line["amount"] for line in said.get("dues", ()))
            if (said["carried"], said["earned"], asked, said["due"]) != (carried, earned, dues, due):
                yield Finding("statement_changed", f"settlement_statement {statement}", f"{paper}: figures differ")
            seals.append(sha256)
        if hashlib.sha256("\n".join(seals).encode()).hexdigest() != digest:
            yield Finding(
                "settlement_changed", f"settlement_settlement {settlement}", f"{number}: not what was approved"
            )
    report.counts["statements"] = checked
    for statement, earned, claimed in _ask(_CLAIMED):
        yield Finding(
            "claims_differ", f"settlement_statement {statement}", f"says {earned}, its lines say {claimed or 0}"
        )  # fmt: skip
    for payout, said, moved in _ask(_PAID):
        yield Finding("payout_differs", f"settlement_payout {payout}", f"says {said}, the ledger moved {moved or 0}")


@dataclass(frozen=True, slots=True)
class _Version:
    """A version of terms: ``about`` is its unit, producer and product."""

    number: int
    association: int
    about: tuple[int | None, int | None, int | None]
    since: str
    month: int


def dues(report: Report) -> Iterator[Finding]:
    """Each line of flat dues stands in the terms that held on its day, no month is asked twice, and it was taken."""
    rows = _ask(
        "SELECT id, association_id, unit_id, producer_id, product_id, CAST(valid_from AS TEXT), dues_month FROM ledger_terms"
    )
    versions = {row[0]: _Version(row[0], row[1], (row[2], row[3], row[4]), row[5], row[6]) for row in rows}
    asked: set[tuple[int, str, int]] = set()
    checked = 0
    for statement, paper, producer, since, until, association, content in _ask(_ASKED):
        said = json.loads(content) if isinstance(content, str) else content
        for line in said["dues"]:
            checked += 1
            month, version = line["month"], versions.get(line["terms"])
            wrong = _wrong_line(line, version, versions, (since, until), (association, producer))
            if (producer, month, line["terms"]) in asked:
                wrong = "asked a second time"
            asked.add((producer, month, line["terms"]))
            if wrong:
                yield Finding("dues_wrong", f"settlement_statement {statement}", f"{paper}, {month}: {wrong}")
    report.counts["dues"] = checked
    for statement, said, moved in _ask(_TAKEN):
        yield Finding("dues_differ", f"settlement_statement {statement}", f"says {said}, the ledger moved {moved}")


def _wrong_line(
    line: dict[str, Any], version: _Version | None, versions: dict[int, _Version], days: tuple[str, str], whose: tuple[int, int]
) -> str:  # fmt: skip
    """What does not fit of one line; ISO days compare as text."""
    day, (association, producer) = line["month"], whose
    if version is None or version.association != association or version.about[1] not in {None, producer}:
        return "no such terms"
    if version.month != line["amount"]:
        return f"says {line['amount']}, the terms say {version.month}"
    if not days[0] <= day <= days[1] or (date.fromisoformat(day) + timedelta(days=1)).day != 1:
        return f"not the end of a month between {days[0]} and {days[1]}"
    later = (
        v for v in versions.values() if (v.association, v.about) == (association, version.about) and v.since <= day
    )
    if version.since > day or any((v.since, v.number) > (version.since, version.number) for v in later):
        return "other terms held"
    return ""


_ASKED = """
SELECT st.id, st.number, st.producer_id, CAST(st.starts_on AS TEXT), CAST(se.ends_on AS TEXT), se.association_id, st.content
FROM settlement_statement st JOIN settlement_settlement se ON se.id = st.settlement_id WHERE st.dues <> 0 ORDER BY st.id"""
# What stands on approved papers against what their settlement's posting took from the producer.
_TAKEN = """
SELECT st.id, st.dues, COALESCE(SUM(m.amount), 0) FROM settlement_statement st
JOIN settlement_settlement se ON se.id = st.settlement_id
LEFT JOIN ledger_account a ON a.producer_id = st.producer_id AND a.kind = 'producer' AND a.association_id = se.association_id
LEFT JOIN ledger_moneymove m ON m.posting_id = se.dues_posting_id AND m.target_id = a.id
WHERE se.state IN ('approved', 'paid') AND (st.dues <> 0 OR se.dues_posting_id IS NOT NULL)
GROUP BY st.id, st.dues HAVING st.dues <> COALESCE(SUM(m.amount), 0)"""
_CLAIMED = """
SELECT st.id, st.earned, SUM(s.net) FROM settlement_statement st LEFT JOIN settlement_claim c ON c.statement_id = st.id
LEFT JOIN ledger_shareline s ON s.id = c.share_id GROUP BY st.id, st.earned HAVING st.earned <> COALESCE(SUM(s.net), 0)"""
_PAID = """
SELECT p.id, p.amount, SUM(CASE WHEN t.kind = 'producer' THEN m.amount ELSE -m.amount END) FROM settlement_payout p
LEFT JOIN ledger_moneymove m ON m.posting_id = p.posting_id LEFT JOIN ledger_account t ON t.id = m.target_id
GROUP BY p.id, p.amount
HAVING p.amount <> COALESCE(SUM(CASE WHEN t.kind = 'producer' THEN m.amount ELSE -m.amount END), 0)"""


def _ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())
