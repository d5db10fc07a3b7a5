"""Sales' questions for ``kendedes verify``: what tills sent, what became of it, and that it says what the books say.

Reads only, and shares no code with what wrote the rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from kendedes.ledger.verify import Finding, Report

STEP = 2000  # rows held in memory at a time
STRETCH = 20_000  # deeds whose money is added up at a time


def events(report: Report) -> Iterator[Finding]:
    """Each till's chain: bytes and their hash, no number missing, each event follows the one before, the till's head."""
    report.counts["till_events"] = 0
    for device, code, genesis, acked, head in _ask(
        "SELECT id, number, genesis, acked_seq, head FROM sales_device ORDER BY id"
    ):
        chains = {0: (0, str(genesis))}  # by branch: number and hash of the newest event
        after = (0, 0)
        while rows := _ask(_EVENTS, device, *after, STEP):
            for row, branch, seq, uid, raw, sha256 in rows:
                text = bytes(raw)
                number, last = chains.get(branch) or (seq - 1, _before(device, seq, text, genesis))
                for what, says in _odd(text, sha256, seq, uid, number=number, last=last):
                    yield Finding(what, f"sales_rawevent {row}", f"K{code} number {seq}: {says}")
                chains[branch] = seq, sha256
            report.counts["till_events"] += len(rows)
            after = rows[-1][1:3]
        if chains[0] != (acked, head):
            found = f"kept {chains[0][0]} {chains[0][1][:8]}"
            yield Finding("till_head", f"sales_device {device}", f"acknowledged {acked} {head[:8]}, {found}")


def _odd(raw: bytes, sha256: str, seq: int, uid: object, *, number: int, last: str) -> Iterator[tuple[str, str]]:
    """What does not fit about one event after ``number`` with hash ``last``."""
    if hashlib.sha256(raw).hexdigest() != sha256:
        yield "event_changed", "bytes and hash differ"
    if seq != number + 1:
        yield "event_gap", f"expected {number + 1}"
    elif not _follows(raw, last):
        yield "event_chain", "does not follow the event before it"
    if uid is not None and str(uid).replace("-", "") not in raw.decode("utf-8", "replace").replace("-", ""):
        yield "event_key", "its key is not the one of its text"


_EVENTS = """
SELECT id, branch, seq, uid, raw, sha256 FROM sales_rawevent WHERE device_id = %s AND (branch, seq) > (%s, %s)
ORDER BY branch, seq LIMIT %s"""


def _follows(raw: bytes, last: str) -> bool:
    """Whether a text names ``last`` as the hash before it; a text that names none follows by its place alone."""
    if b'"prev":"' + last.encode() + b'"' in raw:  # as tills write it: nearly always
        return True
    prev = _json(raw).get("prev")
    return (
        not (isinstance(prev, str) and len(prev) == len(last) and set(prev) <= set("0123456789abcdef")) or prev == last
    )


def _before(device: int, seq: int, raw: bytes, genesis: str) -> str:
    """The event a branch begins after: the one its first text names, if it lies here; else nothing fits."""
    prev = _json(raw).get("prev")
    if seq == 1:
        return genesis
    found = _ask("SELECT sha256 FROM sales_rawevent WHERE device_id = %s AND seq = %s", device, seq - 1)
    return str(prev) if (prev,) in found else "" if prev else str(found[0][0]) if found else ""


def handlings(_report: Report) -> Iterator[Finding]:
    """Nothing a till sent is without an answer, and no answer is missing between others."""
    for (event,) in _ask(
        "SELECT id FROM sales_rawevent e WHERE NOT EXISTS (SELECT 1 FROM sales_handling h WHERE h.event_id = e.id)"
    ):
        yield Finding("event_unhandled", f"sales_rawevent {event}", "stored, but nobody knows what became of it")
    for event, count, most in _ask(
        "SELECT event_id, COUNT(*), MAX(number) FROM sales_handling GROUP BY event_id HAVING COUNT(*) <> MAX(number)"
    ):
        yield Finding("handling_gap", f"sales_rawevent {event}", f"{count} answers, the last is number {most}")
    for (handling,) in _ask(_LOST):
        yield Finding("event_without_sale", f"sales_handling {handling}", "taken into the books, but there is no sale")


# The deed an event became carries its key, unless it had been entered from a paper receipt before.
_LOST = """
SELECT h.id FROM sales_handling h JOIN sales_rawevent e ON e.id = h.event_id
LEFT JOIN journal_entry j ON j.id = h.entry_id
WHERE e.type = 'sale' AND h.result IN ('created', 'flagged')
AND (NOT EXISTS (SELECT 1 FROM sales_sale s WHERE s.entry_id = h.entry_id)
  OR (j.key <> e.uid AND NOT EXISTS (SELECT 1 FROM sales_recovered r WHERE r.entry_id = h.entry_id)))"""


def told(_report: Report) -> Iterator[Finding]:
    """Each sale says what its till said, line by line. Read in the order events were handled: nothing is looked up by a
    key, whose pages lie all over a large file (``handlings`` sees to it that none is left out).
    """
    after = 0
    while rows := _ask(_SALES, after, STEP):
        lines: dict[int, list[list[Any]]] = {row[1]: [] for row in rows}
        marks = ", ".join(["%s"] * len(lines))
        for sale, *line in _ask(_LINES.format(sales=marks), *lines):
            lines[sale].append(line)
        for _, sale, seq, mark, total, rounding, sha256, raw, key, uid in rows:
            if key != uid:  # entered from its paper receipt before the event turned up
                continue
            if _said(bytes(raw)) != (total, rounding, lines[sale]):
                yield Finding("sale_changed", f"sales_sale {sale}", f"number {seq} is not what its till said")
            if mark != sha256[:8]:
                yield Finding("sale_changed", f"sales_sale {sale}", f"number {seq}: its receipt has another mark")
        after = rows[-1][0]


def _said(raw: bytes) -> tuple[int, int, list[list[Any]]] | None:
    """Total, rounding and lines of a sale's text; None where it says nothing of the kind."""
    try:
        body = _json(raw)["body"]
        lines = [[x["qty"], x["price"], x["discount"], x["total"], x["name"]] for x in body["lines"]]
        return body["total"], body["rounding"], lines
    except (KeyError, TypeError):
        return None


_SALES = """
SELECT h.id, s.entry_id, s.seq, s.mark, s.total, s.rounding, e.sha256, e.raw, j.key, e.uid
FROM sales_handling h JOIN sales_sale s ON s.entry_id = h.entry_id JOIN sales_rawevent e ON e.id = h.event_id
JOIN journal_entry j ON j.id = h.entry_id WHERE h.id > %s ORDER BY h.id LIMIT %s"""
_LINES = """
SELECT sale_id, quantity, price, discount, total, name FROM sales_saleline WHERE sale_id IN ({sales})
ORDER BY sale_id, number"""


def sums(report: Report) -> Iterator[Finding]:
    """Lines, payments, share lines and moves of money of each sale and refund agree."""
    report.counts["sales"] = int(_ask("SELECT COUNT(*) FROM sales_sale")[0][0])
    for sale, total, lines, paid in _ask(_TOTALS):
        yield Finding("sale_differs", f"sales_sale {sale}", f"total {total}, its lines {lines}, paid {paid}")
    for line, pieces, amount in _ask(_SHARES):
        yield Finding(
            "line_share_differs",
            f"sales_saleline {line}",
            f"{pieces} pieces for {amount}: its share line says otherwise",
        )
    for refund, total, lines, paid in _ask(_REFUNDS):
        yield Finding(
            "refund_differs", f"sales_refund {refund}", f"total {total}, its lines {lines}, given back {-paid}"
        )
    for refund, pieces, shared in _ask(_BACK):
        yield Finding(
            "refund_differs", f"sales_refund {refund}", f"{pieces} pieces came back, share lines say {shared}"
        )
    for line, sold, back in _ask(_OVER):
        yield Finding("refunded_twice", f"sales_saleline {line}", f"{back} of {sold} came back")
    yield from _paid()


def _paid() -> Iterator[Finding]:
    """Stretch by stretch: PostgreSQL would ask for the moves of each payment alone, or sort all of them on disk."""
    first, last = _ask("SELECT MIN(entry_id), MAX(entry_id) FROM sales_payment")[0]
    for start in range(first or 0, (last or -1) + 1, STRETCH):
        stretch = (start, start + STRETCH - 1)
        for entry, kind, paid, moved in _ask(_PAID, *stretch, *stretch):
            yield Finding("payment_differs", f"journal_entry {entry}", f"{kind}: {paid} was paid, {moved} moved")


_TOTALS = """
SELECT * FROM (SELECT s.entry_id AS sale, s.total,
  s.rounding + COALESCE((SELECT SUM(l.total) FROM sales_saleline l WHERE l.sale_id = s.entry_id), 0) AS said,
  COALESCE((SELECT SUM(p.amount) FROM sales_payment p WHERE p.entry_id = s.entry_id), 0) AS paid FROM sales_sale s) t
WHERE total <> said OR total <> paid"""
_SHARES = """
SELECT l.id, l.quantity, l.total FROM sales_saleline l
LEFT JOIN sales_assignment a ON a.line_id = l.id
LEFT JOIN ledger_shareline s ON s.posting_id = COALESCE(a.entry_id, l.sale_id) AND s.line = COALESCE(l.share, 1)
WHERE (l.lot_id IS NOT NULL OR a.line_id IS NOT NULL) AND (s.id IS NULL OR s.kind <> 'sale'
  OR s.lot_id <> COALESCE(l.lot_id, a.lot_id) OR s.quantity <> l.quantity OR s.gross <> l.total)"""
_REFUNDS = """
SELECT * FROM (SELECT r.entry_id AS refund, r.total,
  r.rounding + COALESCE((SELECT SUM(l.total) FROM sales_refundline l WHERE l.refund_id = r.entry_id), 0) AS said,
  COALESCE((SELECT SUM(p.amount) FROM sales_payment p WHERE p.entry_id = r.entry_id), 0) AS paid FROM sales_refund r) t
WHERE total <> said OR total <> -paid"""
_BACK = """
SELECT * FROM (SELECT r.entry_id AS refund,
  COALESCE((SELECT SUM(b.quantity) FROM sales_refundline b JOIN sales_saleline l ON l.id = b.line_id
    LEFT JOIN sales_assignment a ON a.line_id = l.id
    WHERE b.refund_id = r.entry_id AND (l.lot_id IS NOT NULL OR a.entry_id < r.entry_id)), 0) AS pieces,
  -COALESCE((SELECT SUM(s.quantity) FROM ledger_shareline s WHERE s.posting_id = r.entry_id), 0) AS shared
  FROM sales_refund r) t WHERE pieces <> shared"""
_OVER = """
SELECT l.id, l.quantity, b.pieces FROM
 (SELECT line_id, SUM(quantity) AS pieces FROM sales_refundline GROUP BY line_id) b
 JOIN sales_saleline l ON l.id = b.line_id WHERE b.pieces > l.quantity"""
# Cash goes through a drawer, or at a desk through the gallery's box; the others have one account each.
_MOVED = """SUM(CASE WHEN t.kind = p.kind OR (p.kind = 'cash' AND t.kind = 'till') THEN m.amount ELSE 0 END)
 - SUM(CASE WHEN s.kind = p.kind OR (p.kind = 'cash' AND s.kind = 'till') THEN m.amount ELSE 0 END)"""
_PAID = f"""
SELECT p.entry_id, p.kind, p.paid, {_MOVED}
FROM (SELECT entry_id, kind, SUM(amount) AS paid FROM sales_payment WHERE entry_id BETWEEN %s AND %s GROUP BY entry_id, kind) p
LEFT JOIN ledger_moneymove m ON m.posting_id = p.entry_id AND m.posting_id BETWEEN %s AND %s
LEFT JOIN ledger_account t ON t.id = m.target_id LEFT JOIN ledger_account s ON s.id = m.source_id
GROUP BY p.entry_id, p.kind, p.paid HAVING p.paid <> {_MOVED}"""  # noqa: S608 - our own text


def _json(raw: bytes) -> dict[str, Any]:
    """A text as an object; empty where it is none."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
