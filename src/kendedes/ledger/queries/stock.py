"""What lies where, for several places at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import QuerySet, Sum

from kendedes.ledger.models import GoodsMove, Lot

Stock = dict[int, dict[int, int]]


def stock_in(places: Iterable[int], lots: QuerySet[Lot] | None = None) -> Stock:
    """``{place: {lot: pieces}}`` for the places asked, lots with none left out; ``lots`` narrows to those in sight."""
    found: Stock = {place: defaultdict(int) for place in places}
    for side, sign in (("target", 1), ("source", -1)):
        moves = GoodsMove.objects.filter(**{f"{side}__in": list(found)}).order_by()
        if lots is not None:
            moves = moves.filter(lot__in=lots.order_by().values("pk"))
        for place, lot, quantity in moves.values_list(side, "lot").annotate(Sum("quantity")):
            found[place][lot] += sign * quantity
    return {place: {lot: n for lot, n in held.items() if n} for place, held in found.items()}


def sold_from(places: Iterable[int], since: date) -> dict[int, int]:
    """Rupiah that buyers paid for what left each place since a day; a line counts for the place its pieces stood in."""
    wanted = list(places)
    if not wanted:
        return {}
    marks = ", ".join(["%s"] * len(wanted))
    statement = (
        "SELECT g.source_id, SUM(g.quantity * s.gross / s.quantity) FROM ledger_goodsmove g "  # noqa: S608 - marks only
        "JOIN ledger_place p ON p.id = g.target_id AND p.kind = 'sold' JOIN (SELECT posting_id, lot_id, "
        "SUM(gross) AS gross, SUM(quantity) AS quantity FROM ledger_shareline WHERE kind = 'sale' AND booked_on >= %s "
        "GROUP BY posting_id, lot_id) s ON s.posting_id = g.posting_id AND s.lot_id = g.lot_id "
        f"WHERE g.source_id IN ({marks}) GROUP BY g.source_id"
    )
    day = connection.ops.adapt_datefield_value(since)
    with connection.cursor() as cursor:
        cursor.execute(statement, [day, *wanted])
        return {int(place): int(total) for place, total in cursor.fetchall()}
