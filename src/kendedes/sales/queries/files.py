"""Lines of sales as rows for other programs; columns in docs/algorithms/ledger.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from kendedes.network.models import Association
from kendedes.sales.models import SaleLine

LINES = [
    "tanggal", "jam", "struk", "baris", "kasir", "kode", "titipan", "barang", "pemilik", "buah", "harga", "potongan", "jumlah",
    "susulan",
]  # fmt: skip


def line_rows(association: Association, since: date, until: date) -> Iterator[list[Any]]:
    """Lines of sales that happened on these days; ``titipan`` is empty for things nobody knew."""
    found = SaleLine.objects.filter(
        sale__association=association, sale__entry__posting__occurred_on__gte=since,
        sale__entry__posting__occurred_on__lte=until,
    ).select_related("sale__device", "sale__entry__posting", "sale__cashier", "lot__producer")  # fmt: skip
    for line in found.order_by("sale_id", "number").iterator(chunk_size=2000):
        sale = line.sale
        yield [
            sale.entry.posting.occurred_on, sale.at, sale.receipt, line.number, str(sale.cashier or ""), line.code,
            line.lot.code if line.lot else "", line.name, line.lot.producer.name if line.lot else "", line.quantity,
            line.price, line.discount, line.total, sale.entry.posting.late,
        ]  # fmt: skip


Rows = Callable[[Association, date, date], Iterator[list[Any]]]
EXPORTS: dict[str, tuple[list[str], Rows]] = {"penjualan": (LINES, line_rows)}
