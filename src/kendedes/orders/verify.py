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
    yield from _parcels()
    for kind, expected in (("deposit", _DEPOSIT), ("receivable", _RECEIVABLE)):
        should = {association: int(total or 0) for association, total in _ask(expected)}
        stands = {association: int(total or 0) for association, total in _ask(_BALANCE, kind, kind)}
        for association in sorted(should.keys() | stands.keys()):
            wanted, there = should.get(association, 0), stands.get(association, 0)
            if wanted != there:
                yield Finding(
                    f"{kind}_differs", f"network_association {association}", f"orders say {wanted}, the account {there}"
                )


def _parcels() -> Iterator[Finding]:
    """Parcels: never more than agreed; each is what its posting sold or took back; what fell away is what was called off."""
    for line, agreed, gone, off in _ask(_BEYOND):
        yield Finding("parcels_exceed", f"orders_orderline {line}", f"{agreed} agreed, {gone} sent, {off} called off")
    for parcel, said, sold in _ask(_PARCEL):
        yield Finding("parcel_sold_differs", f"orders_parcel {parcel}", f"worth {said}, sold for {sold or 0}")
    for order, shipping, bears, off, goods in _ask(_FALLEN):
        if not 0 <= off - goods <= shipping - bears or bears < 0 or (off and not goods):
            yield Finding(
                "called_off_differs", f"orders_order {order}",
                f"{off} fell away, {goods} of it goods; parcels bear {bears} of {shipping} shipping",
            )  # fmt: skip


_ORPHANED = """
SELECT p.id, o.number FROM orders_promise p JOIN orders_orderline l ON l.id = p.line_id JOIN orders_order o ON o.id = l.order_id
WHERE p.ended_at IS NULL AND (o.state NOT IN ('new', 'ready', 'sent') OR o.handed_over_id IS NOT NULL)"""
_UNKEPT = """
SELECT l.id, p.quantity, l.quantity - COALESCE(g.n, 0) - COALESCE(c.n, 0) FROM orders_orderline l
JOIN orders_order o ON o.id = l.order_id
LEFT JOIN (SELECT line_id, SUM(pieces) AS n FROM orders_parcelline GROUP BY line_id) g ON g.line_id = l.id
LEFT JOIN (SELECT line_id, SUM(pieces) AS n FROM orders_calledoff GROUP BY line_id) c ON c.line_id = l.id
LEFT JOIN orders_promise p ON p.line_id = l.id AND p.ended_at IS NULL
WHERE NOT l.made AND o.state IN ('new', 'ready') AND o.handed_over_id IS NULL
AND COALESCE(p.quantity, 0) <> l.quantity - COALESCE(g.n, 0) - COALESCE(c.n, 0)"""
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
_BEYOND = """
SELECT l.id, l.quantity, COALESCE(g.n, 0), COALESCE(c.n, 0) FROM orders_orderline l
LEFT JOIN (SELECT line_id, SUM(pieces) AS n FROM orders_parcelline GROUP BY line_id) g ON g.line_id = l.id
LEFT JOIN (SELECT line_id, SUM(pieces) AS n FROM orders_calledoff GROUP BY line_id) c ON c.line_id = l.id
WHERE COALESCE(g.n, 0) < 0 OR COALESCE(g.n, 0) + COALESCE(c.n, 0) > l.quantity"""
_PARCEL = """
SELECT p.id, p.goods, s.gross FROM (SELECT p.id, p.posting_id, SUM(r.pieces * l.price) AS goods FROM orders_parcel p
  LEFT JOIN orders_parcelline r ON r.parcel_id = p.id LEFT JOIN orders_orderline l ON l.id = r.line_id
  GROUP BY p.id, p.posting_id) p
LEFT JOIN (SELECT posting_id, SUM(gross) AS gross FROM ledger_shareline GROUP BY posting_id) s ON s.posting_id = p.posting_id
WHERE COALESCE(p.goods, 0) <> COALESCE(s.gross, 0)"""
_FALLEN = """
SELECT o.id, COALESCE(o.shipping, 0), COALESCE(p.n, 0), o.called_off, COALESCE(c.n, 0) FROM orders_order o
LEFT JOIN (SELECT order_id, SUM(shipping) AS n FROM orders_parcel GROUP BY order_id) p ON p.order_id = o.id
LEFT JOIN (SELECT l.order_id, SUM(c.pieces * l.price) AS n FROM orders_calledoff c JOIN orders_orderline l ON l.id = c.line_id
  GROUP BY l.order_id) c ON c.order_id = o.id
WHERE o.called_off <> 0 OR c.n IS NOT NULL OR p.n IS NOT NULL"""
# What a buyer paid and what she has: ahead of it is her deposit, behind it she owes. Retail pays when it is handed over.
_STANDS = """
(SELECT o.association_id, COALESCE(m.n, 0) - COALESCE(g.n, 0) - COALESCE(p.n, 0) AS ahead FROM orders_order o
LEFT JOIN (SELECT order_id, SUM(amount) AS n FROM orders_money WHERE posting_id IS NOT NULL GROUP BY order_id) m ON m.order_id = o.id
LEFT JOIN (SELECT l.order_id, SUM(r.pieces * l.price) AS n FROM orders_parcelline r JOIN orders_orderline l ON l.id = r.line_id
  GROUP BY l.order_id) g ON g.order_id = o.id
LEFT JOIN (SELECT order_id, SUM(shipping) AS n FROM orders_parcel GROUP BY order_id) p ON p.order_id = o.id
WHERE o.handed_over_id IS NULL) x GROUP BY x.association_id"""
_DEPOSIT = "SELECT x.association_id, -SUM(CASE WHEN x.ahead > 0 THEN x.ahead ELSE 0 END) FROM" + _STANDS
_RECEIVABLE = "SELECT x.association_id, -SUM(CASE WHEN x.ahead < 0 THEN x.ahead ELSE 0 END) FROM" + _STANDS
_BALANCE = """
SELECT a.association_id, COALESCE((SELECT SUM(m.amount) FROM ledger_moneymove m WHERE m.target_id = a.id), 0)
  - COALESCE((SELECT SUM(m.amount) FROM ledger_moneymove m WHERE m.source_id = a.id), 0)
FROM ledger_account a WHERE a.kind = %s AND a.key = %s"""


def _ask(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
