"""Wholesale's questions for ``kendedes verify``: papers say what left; nothing is billed beyond the order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

from kendedes.ledger.verify import Finding, Report
from kendedes.wholesale.models import Paper


def wholesale(report: Report) -> Iterator[Finding]:
    """Papers against parcels, invoices against what was agreed, money for an invoice against the invoice."""
    facts = {pk: (kind, row) for pk, kind, row in Paper.objects.values_list("pk", "kind", "facts").iterator()}
    report.counts["wholesale_papers"] = len(facts)
    for paper, pieces, worth in _ask(_PAPERS):
        kind, row = facts[paper]
        sign = -1 if kind == "credit" else 1
        said = (sum(line["quantity"] for line in row["lines"]), row["total"])
        if said != (sign * int(pieces or 0), sign * int(worth or 0)):
            yield Finding(
                "paper_differs", f"wholesale_paper {paper}", f"says {said}, left {sign * int(pieces or 0)}, {worth}"
            )
        if kind == "invoice" and not 0 <= row["paid"] == row["total"] - row["due"] <= row["total"]:
            yield Finding("paper_differs", f"wholesale_paper {paper}", f"{row['paid']} deducted of {row['total']}")
    for paper in facts.keys() - {paper for paper, *_ in _ask(_PAPERS)}:
        yield Finding("paper_differs", f"wholesale_paper {paper}", "no parcel stands on it")
    for parcel in _ask(_NO_NOTE):
        yield Finding("parcel_without_note", f"orders_parcel {parcel[0]}", "left without a delivery note")
    for order, agreed, billed in _ask(_BILLED):
        if billed > agreed:
            yield Finding("billed_beyond", f"orders_order {order}", f"{billed} invoiced of {agreed}")
    for money, paper in _ask(_ELSEWHERE):
        yield Finding("paid_elsewhere", f"orders_money {money}", f"its invoice {paper} is another order's")


_PAPERS = """
SELECT c.paper_id, SUM(g.pieces), SUM(p.shipping + COALESCE(g.goods, 0)) FROM wholesale_covers c
JOIN orders_parcel p ON p.id = c.parcel_id
LEFT JOIN (SELECT r.parcel_id, SUM(r.pieces) AS pieces, SUM(r.pieces * l.price) AS goods FROM orders_parcelline r
  JOIN orders_orderline l ON l.id = r.line_id GROUP BY r.parcel_id) g ON g.parcel_id = p.id GROUP BY c.paper_id"""
_NO_NOTE = """
SELECT p.id FROM orders_parcel p JOIN wholesale_quote q ON q.order_id = p.order_id
LEFT JOIN wholesale_covers c ON c.parcel_id = p.id AND c.kind = 'note' WHERE p.undoes_id IS NULL AND c.id IS NULL"""
_BILLED = """
SELECT o.id, o.goods + COALESCE(o.shipping, 0) - o.called_off, SUM(p.shipping + COALESCE(g.goods, 0)) FROM wholesale_covers c
JOIN orders_parcel p ON p.id = c.parcel_id JOIN orders_order o ON o.id = p.order_id
LEFT JOIN (SELECT r.parcel_id, SUM(r.pieces * l.price) AS goods FROM orders_parcelline r
  JOIN orders_orderline l ON l.id = r.line_id GROUP BY r.parcel_id) g ON g.parcel_id = p.id
WHERE c.kind IN ('invoice', 'credit') GROUP BY o.id, o.goods, o.shipping, o.called_off"""
_ELSEWHERE = """
SELECT f.money_id, f.paper_id FROM wholesale_paidfor f JOIN orders_money m ON m.id = f.money_id
JOIN wholesale_paper w ON w.id = f.paper_id WHERE w.order_id <> m.order_id OR w.kind <> 'invoice'"""


def _ask(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
