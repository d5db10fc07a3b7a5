"""Flat dues: which months a paper asks for, by which version of terms (``docs/algorithms/settlement.md``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from kendedes.ledger.models import GoodsMove, Lot, Terms
from kendedes.ledger.rules.shares import Mode
from kendedes.settlement.models import Settlement, Statement
from kendedes.settlement.rules import DuesLine, LotLine, month_ends


@dataclass(frozen=True, slots=True)
class _Stay:
    """Goods of one lot here: from their first day to their last, which is ``None`` while some are left."""

    product: int
    first: date
    last: date | None

    def in_month(self, end: date) -> bool:
        return self.first <= end and (self.last is None or self.last >= end.replace(day=1))


def dues_of(
    settlement: Settlement, statements: Iterable[Statement], lots: Mapping[int, Mapping[int, LotLine]]
) -> dict[int, list[DuesLine]]:
    """By statement. ``lots``: for each statement (by number) the lots (by number) it says something about."""
    held = Terms.objects.filter(association=settlement.association_id, valid_from__lte=settlement.ends_on)
    versions = sorted(held.select_related("product"), key=lambda t: (t.valid_from, t.pk))
    if not any(version.dues_month for version in versions):
        return {}
    ends = {s.pk: month_ends(s.starts_on, settlement.ends_on) for s in statements if s.pk in lots}
    stays = _stays(settlement, {pk: rows for pk, rows in lots.items() if ends.get(pk)}, ends)
    newest = {end: {_scope(t): t for t in versions if t.valid_from <= end} for days in ends.values() for end in days}
    found: dict[int, list[DuesLine]] = {}
    for statement in statements:
        maker = statement.producer
        asked: list[tuple[date, Terms]] = []
        for end in ends.get(statement.pk, ()):
            products = {stay.product for stay in stays[statement.pk] if stay.in_month(end)}
            holding = {_holding(newest[end], product, maker.pk, maker.unit_id) for product in products}
            asked += [(end, t) for t in sorted(filter(None, holding), key=lambda t: t.pk) if t.dues_month]
        if asked:
            found[statement.pk] = [
                DuesLine(str(end), t.pk, t.product.name_id if t.product else "", t.dues_month) for end, t in asked
            ]
    return found


Scope = tuple[str, int | None]


def _scope(terms: Terms) -> Scope:
    if terms.product_id:
        return "product", terms.product_id
    return ("producer", terms.producer_id) if terms.producer_id else ("unit", terms.unit_id)  # no unit: everybody


def _holding(newest: Mapping[Scope, Terms], product: int, maker: int, unit: int | None) -> Terms | None:
    """The newest version of the narrowest scope."""
    scopes: list[Scope] = [("product", product), ("producer", maker), ("unit", unit), ("unit", None)]
    return next((newest[scope] for scope in scopes if scope in newest), None)


def _stays(
    settlement: Settlement, lots: Mapping[int, Mapping[int, LotLine]], ends: Mapping[int, list[date]]
) -> dict[int, list[_Stay]]:
    """Goods on consignment of each statement. Only a paper over several months needs to know when a lot was gone."""
    wanted = {number for rows in lots.values() for number in rows}
    rows = Lot.objects.filter(association=settlement.association_id).exclude(terms__mode=Mode.PURCHASE).order_by()
    known = {
        number: (product, first)
        for number, product, first in rows.values_list("pk", "variant__product", "posting__booked_on")
        if number in wanted
    }
    gone = [
        n for pk, mine in lots.items() if len(ends[pk]) > 1 for n, line in mine.items() if not line.left and n in known
    ]
    moves = GoodsMove.objects.filter(
        lot__in=gone, posting__booked_on__lte=settlement.ends_on, posting__lte=settlement.head
    )
    last = dict(moves.order_by().values_list("lot").annotate(Max("posting__booked_on")))
    return {
        pk: [_Stay(*known[n], last.get(n) if not line.left else None) for n, line in mine.items() if n in known]
        for pk, mine in lots.items()
    }
