"""Orders and their lines as rows for other programs; of the buyer only the regency goods were sent to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from kendedes.network.models import Association
from kendedes.orders.models import Order, OrderLine
from kendedes.orders.queries.office import with_paid

ORDERS = [
    "tanggal", "pesanan", "jenis", "keadaan", "cara_terima", "stan", "kabupaten", "kurir", "bayar", "barang", "ongkir", "jumlah",
    "uang_muka", "dibayar", "selesai", "alasan_batal",
]  # fmt: skip
LINES = [
    "tanggal", "pesanan", "baris", "kode", "kemasan", "barang", "produsen", "unit", "buah", "harga", "jumlah", "dibuat",
    "siap_pada", "keadaan",
]  # fmt: skip


def _between(since: date, until: date) -> tuple[datetime, datetime]:
    zone = timezone.get_current_timezone()
    return datetime.combine(since, time.min, zone), datetime.combine(until, time.max, zone)


def order_rows(association: Association, since: date, until: date) -> Iterator[list[Any]]:
    """Orders placed on these days. ``ongkir`` is empty while nobody wrote it."""
    rows = Order.objects.filter(association=association, placed_at__range=_between(since, until))
    found: Any = with_paid(rows.select_related("stand")).order_by("pk")
    for row in found.iterator(chunk_size=2000):
        yield [
            row.placed_at, row.code, row.kind, row.state, row.way, str(row.stand or ""), row.regency, row.courier, row.pay,
            row.goods, "" if row.shipping is None else row.shipping, row.total, row.down, row.paid, row.ended_at or "",
            row.cancel_reason,
        ]  # fmt: skip


def line_rows(association: Association, since: date, until: date) -> Iterator[list[Any]]:
    """Lines of these orders."""
    rows = OrderLine.objects.filter(order__association=association, order__placed_at__range=_between(since, until))
    found = rows.select_related("order", "variant__product", "producer__unit__district").order_by("order_id", "number")
    for row in found.iterator(chunk_size=2000):
        yield [
            row.order.placed_at, row.order.code, row.number, row.variant.product.code or "", row.variant.code, row.name,
            row.producer.name, str(row.producer.unit or ""), row.quantity, row.price, row.total, row.made,
            row.ready_on or "", row.order.state,
        ]  # fmt: skip


Rows = Callable[[Association, date, date], Iterator[list[Any]]]
EXPORTS: dict[str, tuple[list[str], Rows]] = {"pesanan": (ORDERS, order_rows), "baris-pesanan": (LINES, line_rows)}
