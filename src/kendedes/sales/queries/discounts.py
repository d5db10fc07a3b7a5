"""Whether what a till took off is what a rule lets it take off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kendedes.ledger.models import Lot
from kendedes.sales.models import Device, Discount
from kendedes.sales.rules.events import Line


def discount_fits(device: Device, day: date, lines: Sequence[Line], lots: Mapping[str, Lot]) -> bool:
    """Each discount has a rule of that code, day and place, for those goods, and is not more than its percentage.

    A discount on the whole basket is divided over its lines by the till: one rupiah more on a line is its rounding.
    """
    cut = [line for line in lines if line.discount]
    if not cut:
        return True
    rules = list(
        Discount.objects.of_till(device).on(day).filter(code__in={line.discount_code for line in cut} - {None})
    )
    return all(any(_allows(rule, line, lots.get(line.lot or "")) for rule in rules) for line in cut)


def _allows(rule: Discount, line: Line, lot: Lot | None) -> bool:
    most = line.qty * line.price * rule.percent // 100 + 1
    return rule.code == line.discount_code and line.discount <= most and rule.fits(lot)
