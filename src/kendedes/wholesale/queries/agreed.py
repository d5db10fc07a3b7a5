"""What makers agreed to, against what a quote offers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kendedes.consignment.queries.lots import minimum_now
from kendedes.ledger.models import Lot
from kendedes.wholesale.models import Quote, QuoteLine, Supply
from kendedes.wholesale.rules.split import Tier, least_for


@dataclass(frozen=True, slots=True)
class Low:
    """A line whose price is below ``agreed``."""

    line: QuoteLine
    agreed: int


def below_agreed(quote: Quote) -> list[Low]:
    """Lines of a quote with a price below what their maker agreed to for that many pieces: her prices by quantity; where
    none are written the lowest price of what she brought last.
    """
    lines = list(quote.lines.select_related("producer").order_by("number"))
    pieces: defaultdict[int, int] = defaultdict(int)
    for line in lines:
        pieces[line.variant_id] += 0 if line.sample else line.quantity
    supplies = {row.pk: row for row in Supply.objects.filter(pk__in=pieces).prefetch_related("tiers")}
    lowest = _lowest(pk for pk in pieces if pk not in supplies or not supplies[pk].tiers.all())
    found = []
    for line in lines:
        supply = supplies.get(line.variant_id)
        if line.sample:
            agreed = supply.sample_price if supply else None
        else:
            tiers = [Tier(row.quantity, row.price) for row in supply.tiers.all()] if supply else []
            agreed = least_for(tiers, pieces[line.variant_id]) if tiers else lowest.get(line.variant_id)
        if agreed and line.price < agreed:
            found.append(Low(line, agreed))
    return found


def _lowest(variants: Iterable[int]) -> dict[int, int]:
    """The lowest price agreed for the newest lot of each pack, by pack; packs without one are absent."""
    rows = Lot.objects.filter(variant__in=list(variants)).order_by("id").prefetch_related("prices")
    newest = {lot.variant_id: lot for lot in rows}
    return {pack: least for pack, lot in newest.items() if (least := minimum_now(lot))}
