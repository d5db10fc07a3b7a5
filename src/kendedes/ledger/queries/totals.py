"""Balances of accounts and stock of places, summed when asked."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Sum

from kendedes.ledger.models import Account, GoodsMove, MoneyMove
from kendedes.network.models import Association


def balance(account: int, *, until: date | None = None) -> int:
    """In minus out, in rupiah, up to and with a day. What is owed to a producer is ``-balance`` of her account."""
    return balances([account], until=until)[account]


def balances(accounts: Iterable[int], *, until: date | None = None) -> dict[int, int]:
    """The balance of each account."""
    found = dict.fromkeys(accounts, 0)
    days = {"booked_on__lte": until} if until else {}
    for side, sign in (("target", 1), ("source", -1)):
        moves = MoneyMove.objects.filter(**{f"{side}__in": list(found)}, **days).order_by()
        for account, amount in moves.values_list(side).annotate(Sum("amount")):
            found[account] += sign * amount
    return found


def stock_at(association: Association, key: str, *, until: date | None = None) -> dict[int, int]:
    """Pieces by lot at the place ``key``; lots of which nothing is left are not there."""
    found: dict[int, int] = defaultdict(int)
    days = {"posting__booked_on__lte": until} if until else {}
    for side, sign in (("target", 1), ("source", -1)):
        moves = GoodsMove.objects.filter(
            **{f"{side}__association": association, f"{side}__key": key}, **days
        ).order_by()  # fmt: skip
        for lot, quantity in moves.values_list("lot").annotate(Sum("quantity")):
            found[lot] += sign * quantity
    return {lot: quantity for lot, quantity in found.items() if quantity}


def stock_of_lots(lots: Iterable[int]) -> dict[int, dict[int, int]]:
    """``{lot: {place: pieces}}``, places with none left out; meanings (sold, maker) included."""
    found: dict[int, dict[int, int]] = {lot: defaultdict(int) for lot in lots}
    for side, sign in (("target", 1), ("source", -1)):
        moves = GoodsMove.objects.filter(lot__in=list(found)).order_by()
        for lot, place, quantity in moves.values_list("lot", side).annotate(Sum("quantity")):
            found[lot][place] += sign * quantity
    return {lot: {place: n for place, n in places.items() if n} for lot, places in found.items()}


_FINGERPRINT = """
SELECT k, i, SUM(n) FROM (
  SELECT 'a' AS k, target_id AS i, m.amount AS n FROM ledger_moneymove m JOIN ledger_posting p ON p.entry_id = m.posting_id
  WHERE p.association_id = %s AND m.booked_on <= %s
  UNION ALL
  SELECT 'a', source_id, -m.amount FROM ledger_moneymove m JOIN ledger_posting p ON p.entry_id = m.posting_id
  WHERE p.association_id = %s AND m.booked_on <= %s
  UNION ALL
  SELECT 'p' || g.target_id, g.lot_id, g.quantity FROM ledger_goodsmove g JOIN ledger_posting p ON p.entry_id = g.posting_id
  WHERE p.association_id = %s AND p.booked_on <= %s
  UNION ALL
  SELECT 'p' || g.source_id, g.lot_id, -g.quantity FROM ledger_goodsmove g JOIN ledger_posting p ON p.entry_id = g.posting_id
  WHERE p.association_id = %s AND p.booked_on <= %s
) AS t GROUP BY k, i HAVING SUM(n) <> 0"""


def fingerprint(association: int, until: date) -> str:
    """SHA-256 over every balance that is not nothing at the end of a day: one line ``kind id sum`` each, sorted."""
    day = connection.ops.adapt_datefield_value(until)
    with connection.cursor() as cursor:
        cursor.execute(_FINGERPRINT, [association, day] * 4)
        lines = sorted(f"{kind} {number} {total}" for kind, number, total in cursor.fetchall())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def trial_balance(association: Association, *, until: date | None = None) -> list[tuple[Account, int]]:
    """Every account with its balance; the balances add up to nothing."""
    rows = list(Account.objects.filter(association=association))
    sums = balances([row.pk for row in rows], until=until)
    return [(row, sums[row.pk]) for row in rows]
