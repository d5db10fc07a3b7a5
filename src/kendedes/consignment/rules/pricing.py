"""The two prices of a lot, and whose percentage a paper names. In words: ``docs/algorithms/consignment.md``."""

from __future__ import annotations

from dataclasses import dataclass

from kendedes.ledger.rules.shares import BASIS, Fees, Parts, divide

STEP = 100  # shelf prices that are worked out are rounded up to whole hundreds


@dataclass(frozen=True, slots=True)
class Prices:
    """``maker``: what the producer asks a piece; ``shelf``: what the buyer pays."""

    maker: int
    shelf: int


def rounded_up(amount: int, step: int = STEP) -> int:
    """Up to a whole ``step``."""
    return -(-amount // step) * step


def own(parts: Parts) -> int:
    """The producer's part, before her own named deductions."""
    return parts.net + parts.other


def prices(fees: Fees, *, markup_bp: int = 0, maker: int | None = None, shelf: int | None = None) -> Prices | None:
    """Both prices from the one that was typed (or from both); None when that is not enough.

    With a mark-up the shelf price is the producer's and the mark-up, rounded up to hundreds. With percentages the
    producer's price is what is left of the shelf price; a typed producer's price gives the lowest shelf price, in
    hundreds, that leaves her that much.
    """
    if maker is not None and shelf is not None:
        return Prices(maker, shelf) if maker <= shelf and shelf > 0 else None
    if maker is not None:
        if maker <= 0:
            return None
        if fees.markup or markup_bp:
            return Prices(maker, rounded_up(maker * (BASIS + markup_bp) // BASIS or 1))
        found = _shelf_price(fees, maker)
        return Prices(maker, found) if found else None
    if shelf is None or shelf <= 0 or fees.markup:
        return None
    return Prices(own(divide(shelf, 1, fees)), shelf)


def _shelf_price(fees: Fees, maker: int) -> int | None:
    left = BASIS - fees.gallery_bp - fees.unit_bp
    if left <= 0:
        return None
    found = rounded_up((maker + fees.gallery_each + fees.unit_each) * BASIS // left)
    while own(divide(found, 1, fees)) < maker:
        found += STEP
    while found > STEP and own(divide(found - STEP, 1, fees)) >= maker:  # rounding to rupiah was in her favour
        found -= STEP
    return found


def gallery_part(named_side: str, named_bp: int, unit_bp: int) -> int | None:
    """The gallery's basis points from the percentage a paper names; None when the parts exceed the whole."""
    part = named_bp if named_side == "gallery" else BASIS - named_bp - unit_bp
    return part if 0 <= part <= BASIS - unit_bp else None


@dataclass(frozen=True, slots=True)
class Example:
    """What terms do with some pieces sold, and who bears a piece that is not."""

    quantity: int
    prices: Prices
    parts: Parts
    expired_to_producer: int
    damaged_to_producer: int
    lost_to_producer: int


def example(fees: Fees, *, markup_bp: int, quantity: int, shelf: int, bearers: tuple[int, int, int]) -> Example | None:
    """Terms at work. ``bearers``: the producer's basis points of what expires, breaks, is lost.

    ``shelf`` is taken as the producer's price where terms are a mark-up on it.
    """
    found = prices(fees, markup_bp=markup_bp, maker=shelf) if fees.markup else prices(fees, shelf=shelf)
    if found is None:
        return None
    parts = divide(found.shelf * quantity, quantity, fees, maker_price=found.maker)
    expired, damaged, lost = (found.maker - found.maker * (BASIS - bp) // BASIS for bp in bearers)
    return Example(quantity, found, parts, expired, damaged, lost)


def marked_down(price: int, minimum: int) -> int:
    """A fifth off, in whole five hundreds of rupiah where that leaves something, never below ``minimum``."""
    lower = price * 4 // 5
    rounded = lower // 500 * 500
    return max(rounded or lower, minimum, 1)
