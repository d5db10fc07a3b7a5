"""What is sold in a drill, and by whom: three lots without end on one shelf, one drawer, any number of sellers."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from kendedes.ledger import actions
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import place, till_account
from kendedes.ledger.models import Place
from kendedes.network.models import Association
from kendedes.testing import cast

PIECES = 1_000_000
DEED = "sale.record"


@dataclass(frozen=True)
class Shop:
    """Numbers of rows, so that another process can sell too."""

    association: int
    shelf: int
    drawer: int
    lots: list[tuple[int, int]]  # (number, price)

    def keep(self, path: Path) -> None:
        """For other processes."""
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def read(cls, path: Path) -> Shop:
        """What ``keep`` wrote."""
        found = json.loads(path.read_text())
        return cls(found["association"], found["shelf"], found["drawer"], [tuple(lot) for lot in found["lots"]])


def open_shop() -> Shop:
    """Into an empty database, through the actions everybody uses."""
    people = cast.make()
    association = people.association
    product = people.product()
    terms = actions.agree_terms(
        association=association, valid_from=date(2026, 1, 1), at=cast.AT, by=people.ratna,
        values={"gallery_bp": 1000, "unit_bp": 500},
    )  # fmt: skip
    shelf = place(association, Place.Kind.SHELF, key="shelf:1", name="Stan 3, rak B")
    arrivals = [
        actions.Arrival(
            actions.NewLot(
                variant=product.variants.get(), producer=people.tempe, terms=terms, name=f"Keripik {n}",
                maker_price=12_000, price=15_000 + n, tag=n,
            ),
            PIECES,
        )
        for n in range(3)
    ]  # fmt: skip
    case = Case(association=association, at=cast.AT, by=people.ratna)
    posted = actions.receive(case, arrivals=arrivals, into=shelf)
    drawer = till_account(association, "K1", "Laci K1")
    return Shop(association.pk, shelf.pk, drawer.pk, [(lot.pk, lot.price) for lot in posted.lots])


def sell(shop: Shop, key: uuid.UUID, name: str) -> bool:
    """One sale of three lines; False when its key had been posted before. ``name``: what the judge counts by."""
    case = Case(
        association=Association.objects.get(pk=shop.association), at=datetime.now(UTC), by=None, key=key, device="K1",
        facts={"sale": name},
    )  # fmt: skip
    lines = [actions.Sold(lot, 1, price) for lot, price in shop.lots]
    total = sum(price for _lot, price in shop.lots)
    return actions.sell(case, place=shop.shelf, lines=lines, payments=[(shop.drawer, total)]).created
