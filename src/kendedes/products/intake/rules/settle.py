"""What several cells of a row say together: ranges, the unit beside a price, the day a permit ends."""

from __future__ import annotations

from typing import Any

from kendedes.base import money, weights
from kendedes.base.format import rupiah
from kendedes.products.intake.rules.line import LONGEST, Line


def settle(line: Line) -> None:
    """Bring together what several cells of ``line`` say of one thing."""
    if line.price_high is not None:
        _range(line, "price", "price_high")
    if line.wholesale_high is not None:
        _range(line, "wholesale", "wholesale_high")
    if line.wholesale_minimum is not None and line.wholesale is None:
        line.keep("wholesale_minimum", str(line.wholesale_minimum))
    if line.price and line.price.per:
        _unit_of_price(line)
    if line.permit_until:
        _until(line)
    if line.contents is None and not line.ours and weights.names_measure(line.name):
        inside = weights.IN_TEXT.findall(line.name)
        if len(inside) == 1:
            line.contents = weights.contents(inside[0]).value


def _range(line: Line, low: str, high: str) -> None:
    top: int | None = getattr(line, high)
    bottom: Any = getattr(line, low)
    if top is None:
        return
    if bottom and bottom.fixed and top >= bottom.low:
        setattr(line, low, money.Price(bottom.low, top, bottom.per))
    else:
        line.keep(high, rupiah(top), "price_backwards")


def _unit_of_price(line: Line) -> None:
    """``38.500/pack`` says the unit, unless the unit's own column says another."""
    if line.price is None:
        return
    if not line.unit and len(line.price.per) <= LONGEST["unit"]:
        line.unit = line.price.per
    elif line.unit != line.price.per:
        line.keep("price", f"{rupiah(line.price.low)}/{line.price.per}", "price_other_unit")
        line.price = None


def _until(line: Line) -> None:
    """A date belongs to the only permit, or to the P-IRT whose last digits name its year."""
    year = line.permit_until[2:4]
    fits = [i for i, (p, _u) in enumerate(line.permits) if p.kind == "pirt" and p.number.endswith(year)]
    if len(line.permits) == 1:
        fits = [0]
    if len(fits) == 1:
        line.permits[fits[0]] = (line.permits[fits[0]][0], line.permit_until)
    else:
        line.keep("permit_until", line.permit_until, "until_which")
