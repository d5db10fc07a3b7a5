"""What may be promised: pieces that stand in the gallery, or work that fits a maker's capacity. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

FARTHEST = 180  # days: work that would be ready later is not promised on the site
MOST_PIECES = 10_000  # of one line
MOST_LINES = 40
FEW = 5  # pieces: so few are told by number


class Kind(StrEnum):
    """How a pack can be had."""

    STOCK = "stock"
    MADE = "made"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Spot:
    """Pieces of a pack at one place of the gallery; ``stand``: whose shelf it is, None: the store."""

    stand: int | None
    there: int


def offered(spots: Iterable[Spot], quotas: Mapping[int, int]) -> int:
    """Pieces the site may promise: all of the store, of each stand as far as its quota goes."""
    stands: dict[int | None, int] = {}
    for spot in spots:
        stands[spot.stand] = stands.get(spot.stand, 0) + max(0, spot.there)
    return sum(
        min(there, quotas[stand]) if stand is not None and stand in quotas else there for stand, there in stands.items()
    )


def ready_in(asked: int, *, capacity: int | None, lead: int | None, queued: int) -> int | None:
    """Days until ``asked`` pieces are made when ``queued`` wait before them; None: not to be promised.

    A maker makes ``capacity`` pieces a month and needs ``lead`` days for the first month's worth; what does not fit
    into that comes as many days later as its making takes.
    """
    if not capacity or lead is None or asked < 1:
        return None
    beyond = max(0, queued + asked - capacity)
    days = max(1, lead) + -(-beyond * 30 // capacity)
    return days if days <= FARTHEST else None


def shipping(grams: int, first_kg: int, next_kg: int) -> int:
    """A courier's price: kilograms begun are paid; less than 300 g above a kilogram is forgiven, as couriers do."""
    kilograms = max(1, (grams + 700) // 1000)
    return first_kg + (kilograms - 1) * next_kg


def down_payment(total: int, percent: int) -> int:
    """The part asked before work begins, rounded up to whole thousands, never above the total."""
    if not percent:
        return 0
    part = -(-total * percent // 100)
    return min(total, -(-part // 1000) * 1000)


def weight(net_value: int | None, net_unit: str) -> int:
    """Grams to reckon with for one piece: contents and a tenth for its wrapping; 500 g where nothing is known."""
    if net_value and net_unit in {"g", "ml"}:
        return net_value + max(10, net_value // 10)
    return 500
