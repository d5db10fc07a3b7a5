"""What of the money of an order each of its invoices has: docs/algorithms/parts.md. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice: ``total`` without what was credited, ``own``: rupiah that came for it by name."""

    key: int
    total: int
    own: int = 0


def spread(bills: Sequence[Bill], paid: int) -> dict[int, int]:
    """Rupiah of ``paid`` by invoice, in the order they were issued: first what came for each by name, then everything
    else (the down payment, money for the order as a whole) from the oldest on. What is left is ahead of the next one.
    """
    found = {bill.key: min(bill.own, bill.total) for bill in bills}
    pool = max(0, paid - sum(found.values()))
    for bill in bills:
        some = min(pool, bill.total - found[bill.key])
        found[bill.key] += some
        pool -= some
    return found
