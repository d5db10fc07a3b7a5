"""What a posting must know before it is written; plain SQL, because every sale asks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.dateparse import parse_date

from kendedes.journal.rows import Row, Statement, ask
from kendedes.ledger.rules.sealing import START
from kendedes.ledger.rules.shares import BASIS, Deduction, Fees, Mode


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the chain stands: the number and seal of the newest posting, the last closed day."""

    number: int
    digest: str
    closed_until: date | None


def standing(association: int) -> Standing:
    """Of one association; to be asked under its lock."""
    return standing_of(ask(standing_asked(association))[0])


def standing_asked(association: int) -> Statement:
    """The question of ``standing``."""
    return _STANDING, [association, association]


_STANDING = (
    "SELECT number, digest, (SELECT MAX(ends_on) FROM ledger_period WHERE association_id = %s) FROM ledger_posting "
    "WHERE association_id = %s ORDER BY number DESC LIMIT 1"
)


def standing_of(rows: Sequence[Row]) -> Standing:
    """Its answer."""
    if not rows:
        return Standing(0, START, None)
    number, digest, closed = rows[0]
    return Standing(int(number), digest, parse_date(closed) if isinstance(closed, str) else closed)


@dataclass(frozen=True, slots=True)
class SoldLot:
    """What a sale needs of a lot: whose it is and how its price is divided."""

    lot: int
    name: str
    producer: int
    unit: int | None
    maker_price: int
    hold_days: int
    fees: Fees


def sold_lots(lots: Iterable[int]) -> dict[int, SoldLot]:
    """By number; numbers that are no lots are left out."""
    wanted = sorted(set(lots))
    return sold_lots_of(ask(sold_lots_asked(wanted))[0]) if wanted else {}


def sold_lots_asked(lots: Sequence[int]) -> Statement:
    """The question of ``sold_lots``."""
    return (
        "SELECT l.id, l.name, l.producer_id, l.unit_id, l.maker_price, t.hold_days, t.mode, t.gallery_bp, t.unit_bp, "  # noqa: S608 - marks only
        "t.gallery_each, t.unit_each, t.markup, t.deductions FROM ledger_lot l JOIN ledger_terms t ON t.id = l.terms_id "
        "WHERE l.id IN (" + _marks(lots) + ")",
        lots,
    )


def sold_lots_of(rows: Iterable[Row]) -> dict[int, SoldLot]:
    """Its answer."""
    return {
        lot: SoldLot(lot, name, producer, unit, asked, hold, _fees(*terms))
        for lot, name, producer, unit, asked, hold, *terms in rows
    }


@lru_cache(maxsize=1024)
def _fees(mode: str, gallery: int, unit: int, gallery_each: int, unit_each: int, markup: int, named: str) -> Fees:  # noqa: PLR0917 - as the columns stand
    """As ``Terms.fees``, of a row's plain values."""
    if mode == Mode.PURCHASE:
        return Fees(gallery_bp=BASIS)
    deductions = tuple(Deduction(name, bp) for name, bp in json.loads(named))
    return Fees(gallery, unit, gallery_each, unit_each, bool(markup), deductions)


def account_numbers(association: int, keys: Sequence[str]) -> dict[str, int]:
    """Row numbers of accounts by key, those that exist."""
    return numbers_of(ask(accounts_asked(association, keys))[0])


def accounts_asked(association: int, keys: Sequence[str]) -> Statement:
    """The question of ``account_numbers``."""
    return _by_key("ledger_account", association, keys)


def place_numbers(association: int, keys: Sequence[str]) -> dict[str, int]:
    """Row numbers of places by key, those that exist."""
    return numbers_of(ask(places_asked(association, keys))[0])


def places_asked(association: int, keys: Sequence[str]) -> Statement:
    """The question of ``place_numbers``."""
    return _by_key("ledger_place", association, keys)


def _by_key(table: str, association: int, keys: Sequence[str]) -> Statement:
    sql = f"SELECT key, id FROM {table} WHERE association_id = %s AND key IN ({_marks(keys)})"  # noqa: S608 - our tables
    return sql, [association, *map(str, keys)]


def numbers_of(rows: Iterable[Row]) -> dict[str, int]:
    """By key."""
    return {key: int(number) for key, number in rows}


def stock_asked(lots: Sequence[int]) -> Statement:
    """Of each lot: ``(lot, place, kind of place, pieces)`` at every physical place it ever was at."""
    marks = _marks(lots)
    return _STOCK.format(lots=marks), [*lots, *lots]


_STOCK = """
SELECT t.lot_id, p.id, p.kind, SUM(t.n) FROM (
  SELECT lot_id, target_id AS place_id, quantity AS n FROM ledger_goodsmove WHERE lot_id IN ({lots})
  UNION ALL
  SELECT lot_id, source_id, -quantity FROM ledger_goodsmove WHERE lot_id IN ({lots})
) t JOIN ledger_place p ON p.id = t.place_id WHERE p.physical GROUP BY t.lot_id, p.id, p.kind"""


def holdings(spots: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Pieces of a lot at each ``(place, lot)`` asked; places that are not physical are left out."""
    found: dict[tuple[int, int], int] = {}
    ordered = sorted(spots)
    one = (
        "SELECT id, %s, COALESCE((SELECT SUM(quantity) FROM ledger_goodsmove WHERE target_id = %s AND lot_id = %s), 0)"
        " - COALESCE((SELECT SUM(quantity) FROM ledger_goodsmove WHERE source_id = %s AND lot_id = %s), 0)"
        " FROM ledger_place WHERE id = %s AND physical"
    )
    for start in range(0, len(ordered), 200):
        some = ordered[start : start + 200]
        values = [value for place, lot in some for value in (lot, place, lot, place, lot, place)]
        for place, lot, quantity in ask((" UNION ALL ".join([one] * len(some)), values))[0]:
            found[int(place), int(lot)] = int(quantity)
    return found


@lru_cache(maxsize=256)
def _question_marks(count: int) -> str:
    return ", ".join(["%s"] * count)


def _marks(values: Sequence[Any]) -> str:
    return _question_marks(len(values))
