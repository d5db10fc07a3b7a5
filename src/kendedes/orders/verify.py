"""Orders' questions for ``kendedes verify``: promises, buyers' money, what was handed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

from kendedes.ledger.verify import Finding, Report


def orders(report: Report) -> Iterator[Finding]:
    """Open promises belong to orders that live; money of orders is what moved; what was handed over was paid for."""
    report.counts["orders"] = int(_ask("SELECT COUNT(*) FROM orders_order")[0][0])
    for promise, code in _ask(_ORPHANED):
        yield Finding("promise_left", f"orders_promise {promise}", f"open, but order {code} has ended")
    for line, promised, wanted in _ask(_UNKEPT):
        yield Finding("promise_differs", f"orders_orderline {line}", f"{wanted} ordered, {promised or 0} set aside")
    for money, said, moved in _ask(_MONEY):
        yield Finding("order_money_differs", f"orders_money {money}", f"says {said}, the ledger moved {moved or 0}")
    for order, total, sold in _ask(_SOLD):
        yield Finding("order_sold_differs", f"orders_order {order}", f"costs {total}, sold for {sold or 0}")
    for kind, expected in (("deposit", _DEPOSIT), ("receivable", _RECEIVABLE)):
        should = {association: int(total or 0) for association, total in _ask(expected)}
        stands = {association: int(total or 0) for association, total in _ask(_BALANCE, kind, kind)}
        for association in sorted(should.keys() | stands.keys()):
            wanted, there = should.get(association, 0), stands.get(association, 0)
            if wanted != there:
                yield Finding(
                    f"{kind}_differs", f"network_association {association}", f"orders say {wanted}, the account {there}"
                )


_ORPHANED = """
SELECT p.id, o.number FROM orders_promise p JOIN orders_orderline l ON l.id = p.line_id JOIN orders_order o ON o.id = l.order_id
WHERE p.ended_at IS NULL AND (o.state NOT IN ('new', 'ready', 'sent') OR o.handed_over_id IS NOT NULL)"""
_UNKEPT = """
SELECT l.id, p.quantity, l.quantity FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
LEFT JOIN orders_promise p ON p.line_id = l.id AND p.ended_at IS NULL
WHERE NOT l.made AND o.state IN ('new', 'ready') AND o.handed_over_id IS NULL AND (p.quantity IS NULL OR p.quantity <> l.quantity)"""
_MONEY = """
SELECT m.id, m.amount, SUM(CASE WHEN s.kind IN ('deposit', 'receivable') THEN v.amount
  WHEN t.kind IN ('deposit', 'receivable') THEN -v.amount ELSE 0 END)
FROM orders_money m LEFT JOIN ledger_moneymove v ON v.posting_id = m.posting_id
LEFT JOIN ledger_account s ON s.id = v.source_id LEFT JOIN ledger_account t ON t.id = v.target_id
WHERE m.posting_id IS NOT NULL GROUP BY m.id, m.amount
HAVING m.amount <> COALESCE(SUM(CASE WHEN s.kind IN ('deposit', 'receivable') THEN v.amount
  WHEN t.kind IN ('deposit', 'receivable') THEN -v.amount ELSE 0 END), 0)"""
_SOLD = """
SELECT o.id, o.goods, SUM(s.gross) FROM orders_order o LEFT JOIN orders_orderline l ON l.order_id = o.id
LEFT JOIN orders_handed h ON h.line_id = l.id LEFT JOIN ledger_shareline s ON s.id = h.share_id
WHERE o.handed_over_id IS NOT NULL GROUP BY o.id, o.goods HAVING o.goods <> COALESCE(SUM(s.gross), 0)"""
_DEPOSIT = """
SELECT o.association_id, -SUM(m.amount) FROM orders_order o JOIN orders_money m ON m.order_id = o.id AND m.posting_id IS NOT NULL
WHERE o.handed_over_id IS NULL GROUP BY o.association_id"""
_RECEIVABLE = """
SELECT o.association_id, SUM(v.amount) - COALESCE(SUM(later.n), 0) FROM orders_order o
JOIN (SELECT w.posting_id, SUM(CASE WHEN t.kind = 'receivable' THEN w.amount ELSE 0 END)
      - SUM(CASE WHEN s.kind = 'receivable' THEN w.amount ELSE 0 END) AS amount FROM ledger_moneymove w
      JOIN ledger_account t ON t.id = w.target_id JOIN ledger_account s ON s.id = w.source_id
      GROUP BY w.posting_id) v ON v.posting_id = o.handed_over_id
LEFT JOIN (SELECT m.order_id, SUM(m.amount) AS n FROM orders_money m JOIN ledger_moneymove w ON w.posting_id = m.posting_id
      JOIN ledger_account s ON s.id = w.source_id AND s.kind = 'receivable' GROUP BY m.order_id) later ON later.order_id = o.id
GROUP BY o.association_id"""
_BALANCE = """
SELECT a.association_id, COALESCE((SELECT SUM(m.amount) FROM ledger_moneymove m WHERE m.target_id = a.id), 0)
  - COALESCE((SELECT SUM(m.amount) FROM ledger_moneymove m WHERE m.source_id = a.id), 0)
FROM ledger_account a WHERE a.kind = %s AND a.key = %s"""


def _ask(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
