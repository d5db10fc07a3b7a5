"""How the money of one sold line is divided, to the rupiah. Algorithm in words: ``docs/algorithms/shares.md``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

BASIS = 10_000  # basis points: 10_000 is the whole


class Mode(StrEnum):
    """Whose goods they are while they stand in the gallery."""

    CONSIGNMENT = "consignment"
    PURCHASE = "purchase"


@dataclass(frozen=True, slots=True)
class Deduction:
    """A named part of the producer's share that goes elsewhere, in basis points of her share before it."""

    name: str
    basis_points: int


@dataclass(frozen=True, slots=True)
class Fees:
    """What is kept of a line. Percentages are basis points of the gross, ``each`` is rupiah a piece.

    With ``markup`` the producer is owed her asked price a piece, percentages are taken of that, and the gallery keeps
    what the buyer paid above it (or bears what he paid below).
    """

    gallery_bp: int = 0
    unit_bp: int = 0
    gallery_each: int = 0
    unit_each: int = 0
    markup: bool = False
    deductions: tuple[Deduction, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """One line's division in whole rupiah: ``gross == gallery + unit + other + net``. ``named``: the parts of ``other``."""

    gross: int
    gallery: int
    unit: int
    net: int
    named: tuple[tuple[str, int], ...] = ()

    @property
    def other(self) -> int:
        return sum(amount for _, amount in self.named)


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` in whole parts in proportion to ``weights`` (≥ 0), by largest remainder; a tie goes to the first.

    Each part is within one of its exact share and they add up to ``total``. All weights 0: the first gets everything.
    """
    whole = sum(weights)
    if not whole:
        return [total, *([0] * (len(weights) - 1))] if weights else []
    size = abs(total)
    parts = [size * weight // whole for weight in weights]
    short = size - sum(parts)
    if short:
        by_remainder = sorted(range(len(weights)), key=lambda i: (-(size * weights[i] % whole), i))
        for i in by_remainder[:short]:
            parts[i] += 1
    return parts if total >= 0 else [-part for part in parts]


def divide(gross: int, quantity: int, fees: Fees, *, maker_price: int = 0) -> Parts:
    """Divide what was paid for ``quantity`` pieces (``gross`` ≥ 0 rupiah, after discount).

    ``maker_price``: what the producer asked a piece, used with ``markup``. The fees never exceed what they are taken of:
    amounts a piece are cut to what is left, the gallery's before the unit's.
    """
    # With a mark-up the producer is owed her price even if less was paid: the gallery bears the difference.
    owed = maker_price * quantity if fees.markup else gross
    rest = BASIS - fees.gallery_bp - fees.unit_bp
    gallery, unit, net = apportion(owed, [fees.gallery_bp, fees.unit_bp, rest])
    each = min(fees.gallery_each * quantity, net)
    gallery, net = gallery + each, net - each
    each = min(fees.unit_each * quantity, net)
    unit, net = unit + each, net - each
    named, net = _deduct(net, fees.deductions)
    return Parts(gross=gross, gallery=gallery + gross - owed, unit=unit, net=net, named=named)


def _deduct(net: int, deductions: Sequence[Deduction]) -> tuple[tuple[tuple[str, int], ...], int]:
    if not deductions or not net:
        return (), net
    rest = BASIS - sum(d.basis_points for d in deductions)
    *taken, left = apportion(net, [*(d.basis_points for d in deductions), rest])
    return tuple((d.name, amount) for d, amount in zip(deductions, taken, strict=True) if amount), left


def part_of(parts: Parts, quantity: int, pieces: int) -> Parts:
    """What ``pieces`` of the ``quantity`` pieces of a line account for, cumulatively: all pieces give ``parts`` exactly.

    Returning k pieces after j earlier ones reverses ``minus(part_of(j + k), part_of(j))``, so any way of returning a
    line piece by piece reverses exactly what was posted.
    """
    if pieces == quantity:
        return parts
    gross = parts.gross * pieces // quantity
    names = [name for name, _ in parts.named]
    amounts = [parts.net, parts.gallery, parts.unit, *(amount for _, amount in parts.named)]
    scaled = [amount * pieces // quantity for amount in amounts]
    # Rounding down leaves at most a few rupiah; the producer's part takes them, the last piece evens out.
    scaled[0] += gross - sum(scaled)
    net, gallery, unit, *rest = scaled
    return Parts(gross=gross, gallery=gallery, unit=unit, net=net, named=tuple(zip(names, rest, strict=True)))


def minus(after: Parts, before: Parts) -> Parts:
    """The difference of two cumulative parts of one line."""
    earlier = dict(before.named)
    return Parts(
        gross=after.gross - before.gross, gallery=after.gallery - before.gallery, unit=after.unit - before.unit,
        net=after.net - before.net, named=tuple((n, a - earlier.get(n, 0)) for n, a in after.named),
    )  # fmt: skip
