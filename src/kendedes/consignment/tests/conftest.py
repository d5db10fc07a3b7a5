from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from kendedes.consignment import actions
from kendedes.consignment.models import Paper
from kendedes.ledger.actions.standing import place, unit_store
from kendedes.ledger.models import Lot, Place
from kendedes.ledger.queries import stock_in
from kendedes.testing.shop import AT, DAY, Shop, open_shop

__all__ = ["AT", "DAY"]


@dataclass
class Office:
    """The shop's papers: what tests draft, issue and count."""

    shop: Shop
    unit: Place

    def draft(self, kind: str, **more: Any) -> Paper:
        given = {"association": self.shop.cast.association, "at": AT, "by": self.shop.cast.ratna}
        return actions.draft(kind=kind, **{**given, **more})

    def note(self, *lines: tuple[int, int], into: Place | None = None, **more: Any) -> Paper:
        """A nota titipan with a line for each (pieces, shelf price), issued."""
        paper = self.draft(Paper.Kind.NOTE, target=into or self.unit)
        for quantity, price in lines:
            given = {"expires_on": DAY + timedelta(days=60), **more}
            actions.add_goods(
                paper=paper, variant=self.shop.variant, quantity=quantity, price=price, on=DAY, **given
            )  # fmt: skip
        return self.issue(paper)

    def issue(self, paper: Paper, **more: Any) -> Paper:
        return actions.issue(paper=paper, at=AT, by=self.shop.cast.ratna, **more)

    def send(self, lot: Lot, quantity: int, *, source: Place | None = None, target: Place | None = None) -> Paper:
        paper = self.draft(Paper.Kind.DELIVERY, source=source or self.unit, target=target or self.shop.shelf)
        actions.add_lot(paper=paper, lot=lot, quantity=quantity)
        return self.issue(paper)

    def arrive(self, paper: Paper, *came: int) -> Paper:
        received = dict(zip(paper.lines.values_list("pk", flat=True), came, strict=True)) if came else {}
        return actions.arrive(paper=paper, received=received, at=AT, by=self.shop.cast.ratna)

    def stock(self, lot: Lot) -> dict[str, int]:
        """Pieces of a lot by the key of the place."""
        places = list(Place.objects.filter(association=self.shop.cast.association))
        held = stock_in([p.pk for p in places])
        return {p.key: held[p.pk][lot.pk] for p in places if lot.pk in held[p.pk] and p.kind != Place.Kind.MAKER}

    def place(self, kind: str) -> Place:
        return place(self.shop.cast.association, kind)


@pytest.fixture
def office(cast) -> Office:
    shop = open_shop(cast)
    return Office(shop, unit_store(cast.singosari))
