"""Money that moves without goods: payouts, deposits at the bank, dues, differences of a drawer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kendedes.ledger.actions.post import Money, Posted, post
from kendedes.ledger.actions.sale import Case


@dataclass(frozen=True, slots=True)
class Paid:
    """``amount`` rupiah from one account to another (numbers of rows)."""

    source: int
    target: int
    amount: int


def pay(case: Case, *, paid: Sequence[Paid], deed: str) -> Posted:
    """Post moves of money alone."""
    money = [Money(p.source, p.target, p.amount) for p in paid]
    return post(replace(case.deed(deed), money=money))
