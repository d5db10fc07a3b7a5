"""An order that leaves in parts: what of its shipping a part bears, where its money stands. Pure."""

from __future__ import annotations


def shipping_part(left: int, *, goods: int, goods_left: int) -> int:
    """What a part worth ``goods`` of the ``goods_left`` bears of the shipping that is ``left``: in proportion, in whole
    thousands; the last part bears the rest.
    """
    if goods >= goods_left:
        return left
    return min(left, left * goods // goods_left // 1000 * 1000)


def covers(amount: int, *, owed: int) -> tuple[int, int]:
    """How ``amount`` that came in (or is given back in kind) is booked: (against what the buyer owes, as her deposit)."""
    against = min(amount, max(0, owed))
    return against, amount - against
