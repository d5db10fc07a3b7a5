"""One order as its pages show it: what is due, how to pay, where its pieces and makers stand."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from kendedes.orders.models import Ask, Money, Order, OrderLine, Progress
from kendedes.orders.queries.offers import promised_of
from kendedes.orders.queries.standing import standing
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


def money_word(order: Order, got: int) -> str:
    """``lunas``, ``dp`` (the down payment is there), ``belum``, ``kembali`` (something is to be given back) or nothing."""
    if not order.living and not order.handed_over_id:
        return "kembali" if got > 0 else ""
    if got >= order.total and order.shipping is not None:
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
    return _missing(order.association_id, packs)


def _missing(association: int, packs: Iterable[int]) -> dict[int, int]:
    wanted = list(packs)
    there = {pack: sum(s.there for s in spots) for pack, spots in standing(association, wanted).items()}
    promised = promised_of(association, wanted)
    return {pack: n - there.get(pack, 0) for pack, n in promised.items() if n > there.get(pack, 0)}


def short_orders(rows: QuerySet[Order]) -> set[int]:
    """Those of ``rows`` that wait for pieces no shelf holds any more; one query while none waits for stock."""
    waits = OrderLine.objects.filter(order__in=rows.living().filter(handed_over=None), made=False)  # type: ignore[attr-defined]
    packs: dict[int, dict[int, set[int]]] = {}
    for order, association, pack in waits.values_list("order_id", "order__association_id", "variant_id"):
        packs.setdefault(association, {}).setdefault(pack, set()).add(order)
    found: set[int] = set()
    for association, wanted in packs.items():
        for pack in _missing(association, wanted):
            found |= wanted[pack]
    return found


def pays(order: Order, got: int) -> Pays | None:
    """What to pay now, while anything is to be paid."""
    if order.shipping is None or not (order.living or order.handed_over_id):
        return None
    due = order.total - got
    if due <= 0:
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
