"""Sales by the number on their receipt."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Sum

from kendedes.ledger.models import Lot
from kendedes.network.models import Association
from kendedes.sales.models import Payment, Refund, RefundLine, Sale

_NUMBER = re.compile(r"K([1-9][0-9]{0,5})-([0-9]{1,10})(?:-([0-9A-F]{8}))?", re.ASCII)


def by_receipt(association: Association, number: str) -> Sale | None:
    """The sale; None also where the number without its last part fits two (a copied till)."""
    found = _NUMBER.fullmatch(number.strip().upper())
    if found is None:
        return None
    sales = Sale.objects.filter(association=association, device__number=int(found[1]), seq=int(found[2]))
    if found[3]:
        sales = sales.filter(mark=found[3].lower())
    rows = list(sales.select_related("device", "entry")[:2])
    return rows[0] if len(rows) == 1 else None


def returned(sale: Sale) -> dict[int, int]:
    """Pieces that came back, by row of the sale's lines."""
    rows = RefundLine.objects.filter(refund__sale=sale).order_by().values_list("line").annotate(Sum("quantity"))
    return {line: int(quantity) for line, quantity in rows}


def find_receipt(association: Association, number: str) -> dict[str, Any] | None:
    """RECEIPT of docs/algorithms/sync.md: what a till needs to take goods back."""
    sale = by_receipt(association, number)
    if sale is None:
        return None
    back = returned(sale)
    codes = dict(Lot.objects.filter(sale_lines__sale=sale).values_list("pk", "code"))
    lines = [
        {
            "line": line.number, "code": line.code, "lot": codes.get(line.lot_id or 0), "name": line.name,
            "qty": line.quantity, "price": line.price, "total": line.total, "refunded": back.get(line.pk, 0),
        }
        for line in sale.lines.all()
    ]  # fmt: skip
    return {
        "sale": str(sale.entry.key), "receipt": sale.receipt, "at": int(sale.at.timestamp() * 1000), "total": sale.total,
        "rounding": sale.rounding, "void": Refund.objects.filter(sale=sale, kind=Refund.Kind.VOID).exists(), "lines": lines,
        "payments": [
            {"kind": kind, "amount": amount}
            for kind, amount in Payment.objects.filter(entry=sale.entry_id).values_list("kind", "amount")
        ],
    }  # fmt: skip
