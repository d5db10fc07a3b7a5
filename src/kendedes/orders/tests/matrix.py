"""Who may open the pages of orders."""

from __future__ import annotations

import uuid
from datetime import timedelta

from kendedes.orders import actions
from kendedes.orders.actions.proofs import add_proof
from kendedes.orders.models import Message
from kendedes.orders.tests.pictures import photo
from kendedes.orders.tests.stall import open_stall
from kendedes.testing.matrix import CANARY_A, Page, World
from kendedes.testing.shop import AT, DAY

HANDLES = {"manager", "treasurer", "cashier"}
LISTS = HANDLES | {"neighbour"}
RUNS = {"manager", "neighbour"}
STOCK = {"manager", "curator", "treasurer", "cashier", "operator", "operator_b", "representative", "neighbour"}


def build(world: World) -> None:
    """A stall with an order in the shop, one to be made, one that was handed over, one that ended with money in it."""
    stall = open_stall(world.cast)
    stall.shop.new_lot(50)
    buyer = actions.Buyer(name=f"Pembeli {CANARY_A}", phone="+6281200000098")
    made = {"variant": stall.shop.variant.pk, "quantity": 9, "price": 15_000, "ready_on": DAY + timedelta(days=9)}
    order = stall.order(1, pay="transfer", buyer=buyer)
    actions.say_paid(order=order, at=AT)
    proof = add_proof(order=order, data=photo(), at=AT)
    work = stall.order(lines=[actions.Wanted(**made)], agreed=True, buyer=buyer, pay="transfer", down=0)
    actions.say_progress(line=work.lines.get(), step="proposed", on=DAY + timedelta(days=3), at=AT, by=None)
    sent = stall.order(
        1, pay="qris", buyer=buyer, delivery=actions.Delivery(way="courier", rate=stall.rate.pk, address=CANARY_A)
    )
    actions.confirm_money(order=sent, kind="qris", amount=sent.total, at=AT, by=None)
    sent = actions.hand_over(order=sent, at=AT, by=None, key=uuid.uuid4())
    ended = stall.order(1, pay="qris", buyer=buyer)
    actions.confirm_money(order=ended, kind="qris", amount=15_000, at=AT, by=None)
    actions.cancel_order(order=ended, reason="uji", at=AT, by=None)
    world.made |= {
        "order": order, "order_proof": proof, "order_work": work, "order_sent": sent, "order_ended": ended,
        "order_ask": work.asks.get(), "order_text": Message.objects.filter(order=order).first(), "stall": stall,
    }  # fmt: skip


def _token(world: World) -> dict[str, str]:
    return {"token": world.order.token}


def _order(world: World) -> dict[str, int]:
    return {"pk": world.order.pk}


def _key(world: World) -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "kind": "cash"}


POST = {"method": "POST"}
ROWS = [
    Page("orders:basket"),
    Page("orders:put", **POST, data=lambda w: {"kemasan": w.stall.shop.variant.pk, "jumlah": 1}),
    Page("orders:checkout"),
    Page("orders:order", args=_token),
    Page("orders:open", args=_token, **POST, data=lambda w: {"digits": "0000"}),
    Page("orders:say-paid", set(), _token, **POST),
    Page("orders:send-proof", set(), _token, **POST),
    Page("orders:cancel-own", set(), _token, **POST),
    Page("orders:pay-online", set(), _token, **POST),
    Page("orders:work", args=lambda w: {"token": w.order_ask.token}),
    Page("orders:midtrans", set(), **POST),
    Page("orders:list", LISTS),
    Page("orders:office-work", STOCK),
    Page("orders:shop", RUNS),
    Page("orders:rate", RUNS, **POST, data=lambda w: {"regency": "X", "courier": "Y", "first_kg": 1, "next_kg": 1}),
    Page("orders:quota", RUNS, **POST, data=lambda w: {"stand": w.stall.stand.pk, "most": 1}),
    Page("orders:wording", RUNS, lambda w: {"key": "paid", "lang": "id"}),
    Page("orders:detail", HANDLES, _order),
    Page("orders:confirm", HANDLES, _order, **POST, data=lambda w: {**_key(w), "amount": 1}),
    Page("orders:not-found", HANDLES, _order, **POST),
    Page("orders:ready", HANDLES, _order, **POST),
    Page("orders:hand", HANDLES, _order, **POST, data=_key),
    Page("orders:arrive", HANDLES, lambda w: {"pk": w.order_sent.pk}, **POST),
    Page("orders:cancel", HANDLES, _order, **POST),
    Page("orders:give-back", HANDLES, lambda w: {"pk": w.order_ended.pk}, **POST, data=_key),
    Page("orders:take-back", HANDLES, lambda w: {"pk": w.order_sent.pk}, **POST, data=lambda w: {**_key(w), "n-1": 1}),
    Page("orders:shipping", HANDLES, _order, **POST, data=lambda w: {"courier": "Y", "amount": 1}),
    Page("orders:accept-date", HANDLES, lambda w: {"pk": w.order_work.lines.get().pk}, **POST),
    Page("orders:told", HANDLES, lambda w: {"pk": w.order_text.pk}, **POST),
    Page("orders:send-again", HANDLES, lambda w: {"pk": w.order_text.pk}, **POST),
    Page("orders:export", LISTS, lambda w: {"what": "pesanan", "form": "csv"}),
    Page("orders:proof", HANDLES, lambda w: {"pk": w.order_proof.pk}),
]
