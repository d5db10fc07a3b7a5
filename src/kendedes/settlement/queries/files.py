"""Statements and payouts as rows for other programs; columns in docs/algorithms/ledger.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import Sum

from kendedes.network.models import Association
from kendedes.settlement.models import Payout, Settlement, Statement

STATEMENTS = [
    "sampai", "laporan", "keadaan", "produsen", "kunci_produsen", "unit", "sejak", "saldo_lalu", "bersih", "iuran", "dibayarkan_pada_ini",
    "ditahan", "harus_dibayar", "buku_sampai_nomor", "segel",
]  # fmt: skip
PAYOUTS = [
    "tanggal", "kuitansi", "laporan", "produsen", "kunci_produsen", "rupiah", "cara", "diterima", "rujukan", "membatalkan",
]  # fmt: skip


def statement_rows(association: Association, since: date, until: date) -> Iterator[list[Any]]:
    """Approved statements whose last day is one of these."""
    found = Statement.objects.filter(
        settlement__association=association, settlement__ends_on__gte=since, settlement__ends_on__lte=until,
        settlement__state__in=(Settlement.State.APPROVED, Settlement.State.PAID),
    ).select_related("settlement", "producer__unit__district")  # fmt: skip
    rows = found.annotate(paid=Sum("payouts__amount")).order_by("settlement_id", "number")
    for row in rows.iterator(chunk_size=500):
        yield [
            row.settlement.ends_on, row.number, row.settlement.get_state_display(), row.producer.name,
            f"producer:{row.producer_id}", str(row.producer.unit or ""), row.starts_on, row.carried, row.earned, row.dues,
            getattr(row, "paid", None) or 0, row.content["held"], row.due, int((row.content["chain"] or "0").split()[0]), row.sha256,
        ]  # fmt: skip


def payout_rows(association: Association, since: date, until: date) -> Iterator[list[Any]]:
    """Payouts of these days; a negative one takes another back."""
    found = Payout.objects.filter(
        statement__settlement__association=association, paid_on__gte=since, paid_on__lte=until
    ).select_related("statement__producer", "undoes")  # fmt: skip
    for row in found.order_by("pk").iterator(chunk_size=500):
        yield [
            row.paid_on, row.number, row.statement.number, row.statement.producer.name,
            f"producer:{row.statement.producer_id}", row.amount, row.get_method_display(), row.received_by, row.reference,
            row.undoes.number if row.undoes else "",
        ]  # fmt: skip


Rows = Callable[[Association, date, date], Iterator[list[Any]]]
EXPORTS: dict[str, tuple[list[str], Rows]] = {
    "laporan": (STATEMENTS, statement_rows),
    "pembayaran": (PAYOUTS, payout_rows),
}
