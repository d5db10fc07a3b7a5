"""What drawing up needs of the ledger: for all producers in a few statements of plain SQL."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Min

from kendedes.ledger.models import Lot
from kendedes.network.models import Association, Producer
from kendedes.settlement.models import Settlement, Statement
from kendedes.settlement.rules import LotLine

MONTH = 30  # a period of 30 days is a month, which may have 28


@dataclass(frozen=True, slots=True)
class Due:
    """A producer whose turn it is; ``previous``: her last statement."""

    producer: Producer
    previous: Statement | None


def producers_due(association: Association, ends_on: date, *, everybody: bool) -> list[Due]:
    """Producers with goods here whose agreed period has passed since their last statement."""
    periods = dict(
        Lot.objects.filter(association=association)
        .order_by()
        .values_list("producer")
        .annotate(Min("terms__period_days"))
    )
    last: dict[int, Statement] = {}
    rows = Statement.objects.filter(settlement__association=association, next=None).select_related("settlement")
    for statement in rows:
        last[statement.producer_id] = statement
    producers = Producer.objects.filter(pk__in=periods).select_related("village", "unit__district")
    found = []
    for producer in producers.order_by("unit__code", "name", "pk"):
        previous = last.get(producer.pk)
        days = periods[producer.pk]
        least = 28 if days == MONTH else days
        since = (ends_on - previous.settlement.ends_on).days if previous else None
        if since is None or (since > 0 and (everybody or since >= least)):
            found.append(Due(producer, previous))
    return found


@dataclass(slots=True)
class LotSums:
    """The lines of one statement, by lot number, and its named deductions."""

    lots: dict[int, LotLine]
    named: dict[str, int]


def lot_sums(settlement: Settlement) -> dict[int, LotSums]:
    """For each statement (by number) what its lots did since the statement before, and the lines claimed by it."""
    found: dict[int, LotSums] = defaultdict(lambda: LotSums({}, defaultdict(int)))
    day = connection.ops.adapt_datefield_value(settlement.ends_on)
    _open_with_last(settlement, found)
    before = settlement.statements.exclude(previous=None).aggregate(
        day=Min("previous__settlement__ends_on"), head=Min("previous__settlement__head")
    )
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_GOODS, [settlement.pk, day, settlement.head])
        rows = list(cursor.fetchall())
        if before["day"]:
            since = connection.ops.adapt_datefield_value(before["day"])
            values = [settlement.association_id, since, before["head"], day, settlement.head, settlement.pk]
            cursor.execute(_NEW_GOODS, values)
            rows += cursor.fetchall()
        for statement, lot, code, name, price, source, target, late, quantity in rows:
            line = found[statement].lots.setdefault(lot, LotLine(code, name, price))
            _count(line, source, target, int(quantity), late=bool(late))
        cursor.execute(_SHARES, [settlement.pk])
        for statement, lot, code, name, price, kind, gross, gallery, unit, other, net in cursor.fetchall():
            line = found[statement].lots.setdefault(lot, LotLine(code, name, price))
            if kind == "compensation":
                line.compensation += int(gross)
            else:
                line.gross += int(gross)
            line.gallery += int(gallery)
            line.unit += int(unit)
            line.other += int(other)
            line.net += int(net)
        cursor.execute(_NAMED, [settlement.pk])
        for statement, named in cursor.fetchall():
            for name, amount in (json.loads(named) if isinstance(named, str) else named).items():
                found[statement].named[name] += amount
    return found


def _open_with_last(settlement: Settlement, found: dict[int, LotSums]) -> None:
    """Each lot begins with what the statement before left of it: that paper is frozen, its past is not added up again."""
    rows = settlement.statements.exclude(previous=None).values_list("pk", "previous__content")
    kept = [(pk, lot) for pk, content in rows for lot in content["lots"] if lot["left"]]
    codes = {lot["code"] for _, lot in kept}
    numbers = dict(Lot.objects.filter(association=settlement.association_id, code__in=codes).values_list("code", "pk"))
    for pk, lot in kept:
        line = LotLine(lot["code"], lot["name"], lot["price"], opening=lot["left"], left=lot["left"])
        found[pk].lots[numbers[lot["code"]]] = line


# Two ways to the moves no statement has seen: everything of producers without one, and of the others what was booked
# after the last day or posted after the head of the statement before (a whole history is not read again each month;
# CROSS JOIN tells SQLite, MATERIALIZED tells PostgreSQL to begin with those days).
_FIRST_GOODS = """
SELECT st.id, l.id, l.code, l.name, l.price, ps.kind, pt.kind,
  CASE WHEN p.booked_on <> p.occurred_on THEN 1 ELSE 0 END AS late, SUM(g.quantity)
FROM settlement_statement st
JOIN ledger_lot l ON l.producer_id = st.producer_id
JOIN ledger_goodsmove g ON g.lot_id = l.id
JOIN ledger_posting p ON p.entry_id = g.posting_id
JOIN ledger_place ps ON ps.id = g.source_id
JOIN ledger_place pt ON pt.id = g.target_id
WHERE st.settlement_id = %s AND st.previous_id IS NULL AND p.booked_on <= %s AND p.entry_id <= %s
GROUP BY st.id, l.id, l.code, l.name, l.price, ps.kind, pt.kind, late"""
_NEW_GOODS = """
WITH g AS MATERIALIZED (SELECT m.lot_id, m.source_id, m.target_id, m.quantity, p.entry_id, p.booked_on, p.occurred_on
  FROM ledger_posting p CROSS JOIN ledger_goodsmove m
  WHERE p.association_id = %s AND (p.booked_on > %s OR p.entry_id > %s) AND p.booked_on <= %s AND p.entry_id <= %s
    AND m.posting_id = p.entry_id)
SELECT st.id, l.id, l.code, l.name, l.price, ps.kind, pt.kind,
  CASE WHEN g.booked_on <> g.occurred_on OR g.booked_on < st.starts_on THEN 1 ELSE 0 END AS late, SUM(g.quantity)
FROM g CROSS JOIN ledger_lot l
JOIN settlement_statement st ON st.producer_id = l.producer_id AND st.settlement_id = %s
JOIN settlement_statement pv ON pv.id = st.previous_id
JOIN settlement_settlement pset ON pset.id = pv.settlement_id
JOIN ledger_place ps ON ps.id = g.source_id
JOIN ledger_place pt ON pt.id = g.target_id
WHERE l.id = g.lot_id AND (g.booked_on > pset.ends_on OR g.entry_id > pset.head)
GROUP BY st.id, l.id, l.code, l.name, l.price, ps.kind, pt.kind, late"""
_SHARES = """
SELECT c.statement_id, l.id, l.code, l.name, l.price,
  CASE WHEN r.id IS NOT NULL THEN 'compensation' ELSE s.kind END AS what,
  SUM(s.gross), SUM(s.gallery), SUM(s.unit), SUM(s.other), SUM(s.net)
FROM settlement_claim c JOIN settlement_statement st ON st.id = c.statement_id
JOIN ledger_shareline s ON s.id = c.share_id JOIN ledger_lot l ON l.id = s.lot_id
LEFT JOIN ledger_shareline r ON r.id = s.reverses_id AND r.kind = 'compensation'
WHERE st.settlement_id = %s GROUP BY c.statement_id, l.id, l.code, l.name, l.price, what"""
_NAMED = """
SELECT c.statement_id, s.named FROM settlement_claim c JOIN settlement_statement st ON st.id = c.statement_id
JOIN ledger_shareline s ON s.id = c.share_id WHERE st.settlement_id = %s AND s.other <> 0"""
_HELD = {"shelf", "store", "unit", "event", "transit", "difference"}
_IN = {"maker": "received", "sold": "returned", "found": "found"}
_OUT = {
    "sold": "sold", "expired": "expired", "damaged": "damaged", "lost": "lost", "maker": "taken_back", "sample": "sample",
}  # fmt: skip


def _count(line: LotLine, source: str, target: str, quantity: int, *, late: bool) -> None:
    """Enter one sum of moves. What stands anywhere in the network's hands, *selisih* included, is ``left``."""
    line.left += (quantity if target in _HELD else 0) - (quantity if source in _HELD else 0)
    if source not in _HELD:
        _add(line, _IN.get(source), quantity)
        if source not in _IN:  # taken out of expired, damaged, lost again: less of it
            _add(line, _OUT[source], -quantity)
    if target == "found":  # what was found turned out not to be there: less of it
        _add(line, "found", -quantity)
    elif target not in _HELD:
        _add(line, _OUT[target], quantity)
        if target == "sold" and late:
            line.late += quantity


def _add(line: LotLine, name: str | None, quantity: int) -> None:
    if name:
        setattr(line, name, getattr(line, name) + quantity)


def claim_all(settlement: Settlement, floor: int) -> list[Any]:
    """The statement and its values that claims every free line of the settlement's producers above the watermark."""
    day = connection.ops.adapt_datefield_value(settlement.ends_on)
    return [floor, settlement.pk, floor, day, day, settlement.head]


# What is claimed already is read once, before: PostgreSQL plans by the size a table has when a statement begins, and would
# walk one that was empty then, and grows, from end to end for each line.
CLAIM = """
INSERT INTO settlement_claim (share_id, statement_id)
WITH claimed AS MATERIALIZED (SELECT share_id FROM settlement_claim WHERE share_id > %s)
SELECT s.id, st.id FROM ledger_shareline s JOIN settlement_statement st ON st.producer_id = s.producer_id AND st.settlement_id = %s
WHERE s.id > %s AND s.booked_on <= %s AND s.free_on <= %s AND s.posting_id <= %s
AND NOT EXISTS (SELECT 1 FROM claimed c WHERE c.share_id = s.id)"""


def held_back(settlement: Settlement, floor: int) -> dict[int, int]:
    """By producer: the net of lines booked by the last day that are not free to be paid yet; all lie above ``floor``."""
    day = connection.ops.adapt_datefield_value(settlement.ends_on)
    with connection.cursor() as cursor:
        cursor.execute(_HELD_BACK, [settlement.association_id, floor, day, day, settlement.head])
        return {int(producer): int(net) for producer, net in cursor.fetchall()}


_HELD_BACK = """
SELECT s.producer_id, SUM(s.net) FROM ledger_shareline s JOIN network_producer p ON p.id = s.producer_id
WHERE p.association_id = %s AND s.id > %s AND s.booked_on <= %s AND s.free_on > %s AND s.posting_id <= %s
AND NOT EXISTS (SELECT 1 FROM settlement_claim c WHERE c.share_id = s.id) GROUP BY s.producer_id"""


def lowest_unclaimed(association: Association, floor: int) -> int:
    """One below the smallest share line nobody has claimed: where the next claiming starts. ``floor``: where this one did."""
    with connection.cursor() as cursor:
        cursor.execute(_LOWEST, [association.pk, floor])
        lowest, newest = cursor.fetchone()
    return int(lowest) - 1 if lowest else int(newest or floor)


_LOWEST = """
SELECT MIN(CASE WHEN c.id IS NULL THEN s.id END), MAX(s.id) FROM ledger_shareline s
JOIN network_producer p ON p.id = s.producer_id LEFT JOIN settlement_claim c ON c.share_id = s.id
WHERE p.association_id = %s AND s.id > %s"""
