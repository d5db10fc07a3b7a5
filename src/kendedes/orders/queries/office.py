"""Lists of the office: orders by what they wait for, texts to send, work of makers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kendedes.orders.models import Message, Money, Order, OrderLine, Progress, Wording
from kendedes.orders.queries.detail import money_word, short_orders
from kendedes.orders.rules.wording import whatsapp

MOST = 200
STATES = {
    "bayar": _("periksa pembayaran"), "siapkan": _("disiapkan"), "siap": _("siap diambil/dikirim"), "jalan": _("di jalan"),
    "ongkir": _("tulis ongkos kirim"), "kurang": _("kurang di rak"), "surel": _("surel gagal"), "kembali": _("uang kembali"), "selesai": _("selesai"), "gagal": _("batal/lewat"),
}  # fmt: skip
TELLINGS = {
    "placed": _("Pesanan diterima"), "paid": _("Pembayaran diterima"), "not_found": _("Pembayaran belum ditemukan"),
    "ready": _("Pesanan siap"), "sent": _("Pesanan dalam perjalanan"), "date": _("Tanggal jadi berubah"),
    "cancelled": _("Pesanan dibatalkan"), "given_back": _("Uang dikembalikan"), "ask": _("Permintaan kepada produsen"),
}  # fmt: skip
LANGUAGES = {"id": _("Bahasa Indonesia"), "en": _("Bahasa Inggris")}


@dataclass(frozen=True, slots=True)
class Row:
    """One order of the list."""

    order: Order
    paid: int
    word: str
    pieces: int
    waits: datetime


def _filters() -> dict[str, Q]:
    return {
        "kurang": Q(short=True), "surel": Q(lost=True),
        "bayar": Q(said=True), "siapkan": Q(state="new", said=False), "siap": Q(state="ready", said=False),
        "jalan": Q(state="sent"), "ongkir": Q(state__in=("new", "ready"), shipping=None),
        "kembali": Q(state__in=("cancelled", "expired"), paid__gt=0), "selesai": Q(state="done"),
        "gagal": Q(state__in=("cancelled", "expired")),
    }  # fmt: skip


def with_paid(rows: QuerySet[Order]) -> QuerySet[Order]:
    """``paid`` without joining lines and moneys into one another."""
    sums = (
        Money.objects.filter(order=OuterRef("pk"), posting__isnull=False)
        .order_by()
        .values("order")
        .annotate(n=Sum("amount"))
        .values("n")
    )
    pieces = (
        OrderLine.objects.filter(order=OuterRef("pk"))
        .order_by()
        .values("order")
        .annotate(n=Sum("quantity"))
        .values("n")
    )
    return rows.annotate(paid=Coalesce(Subquery(sums), 0), pieces=Coalesce(Subquery(pieces), 0))


def listed(rows: QuerySet[Order], state: str, now: datetime) -> tuple[list[Row], dict[str, int]]:
    """(orders of a state, or all that live; how many there are of each)."""
    filters = _filters()
    said = Exists(Money.objects.filter(order=OuterRef("pk"), posting=None, refused_at=None))
    lost = Exists(Message.objects.filter(order=OuterRef("pk"), failed_at__isnull=False, sent_at=None))
    short = Exists(short_orders(Order.objects.filter(pk=OuterRef("pk"))))
    found = with_paid(rows).annotate(said=said, lost=lost, short=short)
    counts = found.aggregate(**{f"n_{name}": Count("pk", filter=where) for name, where in filters.items()})
    wanted = found.filter(filters.get(state, Q(state__in=Order.LIVING)))
    order = "-placed_at" if state in {"selesai", "gagal"} else "placed_at"
    made = [
        Row(row, row.paid, money_word(row, row.paid), row.pieces, row.placed_at)  # type: ignore[attr-defined]
        for row in wanted.select_related("stand").order_by(order)[:MOST]
    ]
    return made, {name: counts[f"n_{name}"] for name in filters}


def messages_of(order: Order) -> list[tuple[Message, str]]:
    """Texts of an order, newest first, each with the link that opens it in WhatsApp."""
    rows = order.messages.order_by("-made_at", "-id")
    return [(row, whatsapp(row.to, row.text) if row.channel == "whatsapp" else "") for row in rows]


def tellings(association: int) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """(key, name, [(language, its name, whether the association wrote its own text)]) of every message."""
    own = set(Wording.objects.filter(association=association).values_list("key", "language"))
    return [
        (key, str(name), [(language, str(word), (key, language) in own) for language, word in LANGUAGES.items()])
        for key, name in TELLINGS.items()
    ]


def work_for(rows: QuerySet[OrderLine]) -> Sequence[tuple[OrderLine, Progress | None]]:
    """Lines to be made of orders that live, the earliest date first, with what was said last."""
    last = Progress.objects.filter(line=OuterRef("pk")).order_by("-id").values("pk")[:1]
    lines = list(
        rows.filter(made=True, order__state__in=("new", "ready"))
        .select_related("order", "producer")
        .annotate(last=Subquery(last))
        .order_by(F("ready_on").asc(nulls_last=True), "id")[:MOST]
    )
    said = Progress.objects.in_bulk([row.last for row in lines if row.last])
    return [(row, said.get(row.last)) for row in lines]
