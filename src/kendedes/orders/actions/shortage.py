"""Pieces an order was promised that are not there become a task (*selisih*): a person decides, nothing fails in silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kendedes.journal.models import User
from kendedes.ledger.actions import raise_oddity, settle_oddity
from kendedes.ledger.actions.locks import hold
from kendedes.ledger.models import Oddity
from kendedes.orders.models import Order, OrderLine
from kendedes.orders.queries.detail import short_orders, shortage

CODE = "order_short"


def tell_short(order: Order, missing: Mapping[int, int], *, at: datetime) -> int:
    """A task for every line (its number in the order) of which so many pieces are missing, one as long as it is open;
    how many are new.
    """
    open_ = Oddity.objects.open().filter(association=order.association_id, code=CODE, facts__order=order.pk)
    known = set(open_.values_list("facts__line", flat=True))
    lines = {line.number: line for line in order.lines.all()}
    found = [(lines[number], n) for number, n in missing.items() if n > 0 and number not in known]
    for line, n in found:
        raise_oddity(
            association=order.association, code=CODE, at=at,
            facts={
                "order": order.pk, "line": line.number, "code": order.code, "name": line.name, "quantity": n, "asked": line.quantity,
            },
        )  # fmt: skip
    return len(found)


@transaction.atomic
def note_short(order: Order, line: int, missing: int, *, at: datetime) -> None:
    """Somebody wanted to hand it over and could not: what she did was undone, the task stays."""
    hold(order.association_id)
    tell_short(order, {line: missing}, at=at)


def by_the_books(order: Order) -> dict[int, int]:
    """Pieces missing by line, as far as all promises together exceed what stands in the gallery."""
    rows = list(order.lines.all())
    short = shortage(order, rows)
    return {line.number: min(line.quantity, short[line.variant_id]) for line in _kept(rows) if line.variant_id in short}


def _kept(rows: Iterable[OrderLine]) -> list[OrderLine]:
    return [row for row in rows if not row.made]


def settle_short(order: Order, note: str, *, at: datetime, by: User | None) -> None:
    """The order came to its end: nobody has to decide any more."""
    for oddity in Oddity.objects.open().filter(association=order.association_id, code=CODE, facts__order=order.pk):
        settle_oddity(oddity=oddity, note=note, at=at, by=by)


def look_for_shortages(*, at: datetime) -> str:
    """Of every association: a till sold what was promised, or a count found less; what the hourly loop says."""
    told = 0
    for order in short_orders(Order.objects.living().select_related("association")):
        with transaction.atomic():
            hold(order.association_id)
            told += tell_short(order, by_the_books(order), at=at)
    return _("%(n)s barang pesanan kurang di rak") % {"n": told} if told else ""
