"""Settlement's questions for ``kendedes verify``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
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
        for statement, paper, carried, earned, due, content, sha256 in _ask(
            "SELECT id, number, carried, earned, due, content, sha256 FROM settlement_statement WHERE settlement_id = %s "
            "ORDER BY number", settlement,
        ):  # fmt: skip
            checked += 1
            said = json.loads(content) if isinstance(content, str) else content
            text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            if hashlib.sha256(text.encode()).hexdigest() != sha256:
                yield Finding(
                    "statement_changed", f"settlement_statement {statement}", f"{paper}: content and seal differ"
                )
            if (said["carried"], said["earned"], said["due"]) != (carried, earned, due):
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
