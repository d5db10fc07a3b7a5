"""Buyers of large numbers: one order in work with a silent maker, one delivered, one quoted, two that wait. All invented."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from kendedes.demo.actions.network import World
from kendedes.orders import actions as orders
from kendedes.orders.models import Order
from kendedes.products.models import Price, Product, Variant
from kendedes.wholesale import actions
from kendedes.wholesale.models import Enquiry, Quote
from kendedes.wholesale.queries.makers import propose

MASKS = "topeng-seni"
MAKERS = ((220, 14), (160, 21), (130, 10), (90, 14), (180, 30))  # (pieces a month, days to begin)


def sell(world: World, now: datetime) -> None:
    """By the deeds of the office, in the days before ``now``. Nothing happens where nobody makes masks."""
    by = world.user("pengelola")
    packs = _packs(world)
    for pack, (capacity, lead) in zip(packs, MAKERS, strict=False):
        retail = Price.objects.filter(variant=pack, kind=Price.Kind.RETAIL).order_by("-id").first()
        price = max(1_000, (retail.low if retail and retail.low else 20_000) * 9 // 10 // 500 * 500)
        actions.set_supply(
            variant=pack, tiers=[(20, price), (100, max(500, price * 9 // 10 // 500 * 500))], at=now - timedelta(days=60), by=by,
            minimum=20, capacity=capacity, lead_days=lead, sample_price=price + 5_000,
        )  # fmt: skip
    if not packs:
        return
    _delivered(world, now)
    _in_work(world, now)
    _quoted(world, now)
    for hours, who, phone, what, pieces in (
        (30, "Toko Oleh-oleh Contoh", "+6281200000204", "topeng gantungan untuk toko", 150),
        (3, "Panitia Seminar Contoh", "+6281200000205", "kenang-kenangan pembicara", 40),
    ):
        _ask(world, now - timedelta(hours=hours), who, phone, what, pieces)


def _packs(world: World) -> list[Variant]:
    """One pack of each of several makers of masks."""
    rows = Variant.objects.filter(
        product__association=world.association, product__state=Product.State.PUBLISHED, product__category__slug=MASKS,
        ended_on=None,
    ).select_related("product__producer__village", "product__category").order_by("product__code", "position")  # fmt: skip
    found: dict[int, Variant] = {}
    for row in rows:
        found.setdefault(row.product.producer_id, row)
    return list(found.values())[: len(MAKERS)]


def _ask(  # noqa: PLR0917 - columns of one row
    world: World, at: datetime, who: str, phone: str, what: str, pieces: int, *, days: int = 42, source: str = "site"
) -> Enquiry:
    kind = _packs(world)[0].product.category
    return actions.ask(
        association=world.association, key=uuid.uuid4(), at=at, by=None, source=source,
        contact=actions.Contact("Ibu Contoh (fiktif)", phone, "", who, keep=True),
        asked=actions.Asked(
            what, pieces, timezone.localdate(at) + timedelta(days=days), category=kind, place="Kota Batu"
        ),
    )  # fmt: skip


def _quote(world: World, enquiry: Enquiry, at: datetime) -> Quote:
    by, today = world.user("pengelola"), timezone.localdate(at)
    found = propose(enquiry, today, 3)
    lines = [
        actions.Line(row.variant, row.part.quantity, row.part.price or 0, row.ready_on or enquiry.wanted_on)
        for row in found.candidates
        if row.part.quantity
    ]
    quote = actions.draft_quote(
        enquiry=enquiry, lines=lines, at=at, by=by, missing=found.split.missing, valid_until=today + timedelta(days=14),
        down_percent=50, shipping=200_000, delivery="Diantar mobil unit ke pintu belakang.",
    )  # fmt: skip
    return actions.send_quote(quote=quote, at=at, by=by)


def _order(world: World, enquiry: Enquiry, at: datetime) -> Order:
    quote = _quote(world, enquiry, at)
    order = actions.accept_quote(quote=quote, name="Ibu Contoh", at=at + timedelta(hours=20)).order
    by = world.user("pengelola")
    orders.confirm_money(order=order, kind="transfer", amount=order.down, at=at + timedelta(hours=22), by=by)
    return order


def _in_work(world: World, now: datetime) -> None:
    at = now - timedelta(days=9)
    enquiry = _ask(world, at, "Hotel Lereng Contoh", "+6281200000201", "topeng suvenir kamar", 300, source="chat")
    order = _order(world, enquiry, at + timedelta(hours=5))
    for n, line in enumerate(order.lines.all()):
        if n == 1:
            continue  # the silent one
        orders.say_progress(line=line, step="confirmed", at=now - timedelta(days=7), by=None)
        actions.say_made(line=line, pieces=line.quantity // (3 + n), at=now - timedelta(days=1), by=None)


def _delivered(world: World, now: datetime) -> None:
    at, by = now - timedelta(days=25), world.user("pengelola")
    enquiry = _ask(world, at, "Kantor Dinas Contoh", "+6281200000202", "cenderamata tamu", 60, days=24, source="call")
    order = _order(world, enquiry, at + timedelta(hours=4))
    for line in order.lines.all():
        actions.say_made(line=line, pieces=line.quantity, at=now - timedelta(days=2), by=None)
    actions.deliver(order=order, tracking="Mobil unit", at=now - timedelta(days=1), by=by, key=uuid.uuid4())
    orders.arrived(order=order, at=now - timedelta(hours=20), by=by)
    order.refresh_from_db()
    orders.confirm_money(
        order=order, kind="transfer", amount=order.total - order.down, at=now - timedelta(hours=18), by=by
    )
    buyer = enquiry.buyer
    actions.note_buyer(buyer=buyer, kind="call", text="Senang dengan kotaknya; bertanya harga 120 buah.", at=now, by=by)
    actions.plan_step(buyer=buyer, step="Telepon soal pesanan berikutnya", on=timezone.localdate(now), at=now, by=by)


def _quoted(world: World, now: datetime) -> None:
    at = now - timedelta(days=7)
    enquiry = _ask(world, at, "Restoran Kebun Contoh", "+6281200000203", "topeng hiasan dinding", 80, source="visit")
    _quote(world, enquiry, at + timedelta(hours=6))
