"""Who may open the pages of the books."""

from __future__ import annotations

from kendedes.testing.matrix import Page, World
from kendedes.testing.shop import open_shop

MONEY = {"manager", "treasurer", "neighbour"}


def build(world: World) -> None:
    """A shop of unit A's goods with a sale."""
    shop = open_shop(world.cast)
    shop.sell((shop.lot, 1, 15_000))
    world.made["till_account"] = shop.till


ROWS = [
    Page("ledger:trial", MONEY),
    Page("ledger:kind", MONEY, lambda w: {"kind": "producer"}),
    Page("ledger:account", MONEY - {"neighbour"}, lambda w: {"pk": w.till_account.pk}),
    Page("ledger:move", MONEY),
    Page("ledger:chart", MONEY),
    Page("ledger:export", MONEY, lambda w: {"what": "uang", "form": "csv"}),
    Page("ledger:periods", MONEY),
    Page("ledger:verify", MONEY),
]
