"""One order as its pages show it: what is due, how to pay, where its pieces and makers stand."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from kendedes.ledger.models import GoodsMove, Place
from kendedes.orders.models import Ask, Money, Order, OrderLine, Progress, Promise
from kendedes.orders.queries.offers import promised_of
from kendedes.orders.queries.parcels import worth
from kendedes.orders.queries.standing import standing
from kendedes.sales.models import Shift
from kendedes.sales.rules.qris import QrisFault, with_amount
from kendedes.ui.paper import qr


@dataclass(frozen=True, slots=True)
class LineView:
    """A line and what its maker said last."""

    line: OrderLine
    said: Progress | None
    short: int = 0


@dataclass(frozen=True, slots=True)
class Pays:
    """How the next rupiah can be paid. ``code``: a picture of the QRIS code; ``fixed``: the amount stands in it."""

    amount: int
    code: str = ""
    fixed: bool = False


def paid(order: Order) -> int:
    """Rupiah confirmed, minus given back."""
    return order.moneys.filter(posting__isnull=False).aggregate(n=Sum("amount"))["n"] or 0


def due_of(order: Order, got: int) -> int:
    """Rupiah still to be paid; what was handed over at once was paid then."""
    return 0 if order.handed_over_id else max(0, order.total - got)


def spare(order: Order, got: int) -> int:
    """Rupiah that go back to the buyer: paid for what never left, or was called off."""
    if order.handed_over_id:
        return 0
    return max(0, got - (order.total if order.stands else worth(order)))


def money_word(order: Order, got: int) -> str:
    """``lunas``, ``dp`` (the down payment is there), ``belum``, ``kembali`` (something is to be given back) or nothing."""
    if spare(order, got):
        return "kembali"
    if not order.stands:
        return ""
    if order.handed_over_id or (got >= order.total and order.shipping is not None):
        return "lunas"
    return "dp" if got else "belum"


def lines_of(order: Order) -> list[LineView]:
    """The lines with the makers' last words; pieces that are missing by the books while the order waits."""
    last = Progress.objects.filter(line=OuterRef("pk")).order_by("-id").values("pk")[:1]
    rows: list[Any] = list(order.lines.select_related("producer", "variant__product").annotate(last=Subquery(last)))
    said = Progress.objects.in_bulk([row.last for row in rows if row.last])
    short = shortage(order, rows) if order.living and not order.handed_over_id else {}
    return [LineView(row, said.get(row.last), short.get(row.variant_id, 0)) for row in rows]


def shortage(order: Order, rows: Sequence[OrderLine]) -> dict[int, int]:
    """Pieces by pack that all promises together exceed what stands in the gallery: a till sold them."""
    packs = {row.variant_id for row in rows if not row.made}
    if not packs:
        return {}
    there = {pack: sum(s.there for s in spots) for pack, spots in standing(order.association_id, packs).items()}
    promised = promised_of(order.association_id, packs)
    return {pack: n - there.get(pack, 0) for pack, n in promised.items() if n > there.get(pack, 0)}


def short_orders(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Those of ``rows`` that wait for pieces no shelf holds any more: one query, so that a home page can count it."""
    here = Q(kind__in=(Place.Kind.SHELF, Place.Kind.STORE), association=OuterRef(OuterRef("order__association")))
    moves = GoodsMove.objects.filter(lot__variant=OuterRef("variant"))
    came = moves.filter(target__in=Place.objects.filter(here))
    gone = moves.filter(source__in=Place.objects.filter(here))
    promises = Promise.objects.filter(
        association=OuterRef("order__association"), variant=OuterRef("variant"), ended_at=None
    )
    waits = OrderLine.objects.filter(
        order=OuterRef("pk"), made=False, order__state__in=Order.LIVING, order__handed_over=None
    ).annotate(promised=_pieces(promises), came=_pieces(came), gone=_pieces(gone))
    return rows.filter(Exists(waits.filter(promised__gt=F("came") - F("gone"))))


def _pieces(rows: Any) -> Coalesce:
    """The sum of a correlated query, 0 for nothing."""
    summed = rows.order_by().values(one=Value(1)).annotate(n=Sum("quantity")).values("n")
    return Coalesce(Subquery(summed), 0)


def pays(order: Order, got: int) -> Pays | None:
    """What to pay now, while anything is to be paid."""
    if order.shipping is None or not order.stands:
        return None
    due = due_of(order, got)
    if not due:
        return None
    amount = order.down if order.down and not got else due
    if order.pay != Order.Pay.QRIS:
        return Pays(amount)
    rules = getattr(order.association, "till_rules", None)
    code = rules.qris_static if rules else ""
    if not code:
        return Pays(amount)
    fixed = False
    if rules and rules.qris_dynamic:
        with contextlib.suppress(QrisFault):  # the static one still works: the buyer types the amount
            code, fixed = with_amount(code, amount), True
    picture = base64.b64encode(qr(code).encode()).decode()
    return Pays(amount, f"data:image/svg+xml;base64,{picture}", fixed)


def said_money(order: Order) -> Money | None:
    """Money the buyer says she sent, which nobody has found yet."""
    return order.moneys.filter(posting=None, refused_at=None).first()


def ask_by_token(token: str) -> Ask | None:
    """What a maker's link opens."""
    return Ask.objects.filter(token=token).select_related("order__association", "producer").first()


def drawers(order: Order, today: date) -> tuple[QuerySet[Shift], Shift | None]:
    """(shifts whose drawer may take cash of an order, the one of today when there is only one)."""
    rows = Shift.objects.filter(device__association=order.association_id, device__revoked_at=None, close=None)
    found = rows.select_related("device", "cashier__user")
    running = [row for row in found if timezone.localdate(row.opened_at) == today]
    return found, running[0] if len(running) == 1 else None
