"""The shop is open: a courier's table, a quota, orders in every state that people meet."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from kendedes.gallery.models import Stand
from kendedes.journal.models import User
from kendedes.ledger.models import Lot
from kendedes.ledger.rules.days import business_day
from kendedes.network.models import Association
from kendedes.orders import actions
from kendedes.orders.models import Order
from kendedes.orders.queries import Offer, offers
from kendedes.products.models import Product

ZONE = "Asia/Jakarta"
SPACE = uuid.UUID("0b0f6f0e-8b53-4c55-9f0a-5a2f4b6d3f10")  # the same demonstration everywhere
RATES = (
    ("Kota Malang", 6_000, 4_000, "1"), ("Kota Batu", 7_000, 5_000, "1"), ("Kota Surabaya", 9_000, 7_000, "1-2"),
    ("DKI Jakarta", 18_000, 16_000, "2-4"),
)  # fmt: skip
# name, way, pay, what became of it
BUYERS = (
    ("Dewi Lestari (contoh)", "pickup", "qris", "said"),
    ("Rudi Hartono (contoh)", "pickup", "cash", "new"),
    ("Maya Anggraini (contoh)", "courier", "transfer", "paid"),
    ("Agus Salim (contoh)", "courier", "transfer", "sent"),
    ("Lina Marlina (contoh)", "pickup", "qris", "done"),
    ("Bayu Pratama (contoh)", "pickup", "qris", "back"),
)


def take(association: Association, manager: User, *, now: datetime) -> list[Order]:
    """Open the shop and let a few people order. Nothing happens where nothing stands on the shelves."""
    at = now - timedelta(days=3)
    actions.change_shop(
        association=association, at=at, by=manager, is_open=True, round=True, round_fee=5_000,
        round_note="Antar tiap Rabu, sekitar Singosari", bank="Bank Contoh", bank_number="0012345678",
        bank_holder="Galeri Kendedes (contoh)",
    )  # fmt: skip
    for regency, first, following, days in RATES:
        actions.set_rate(
            association=association, regency=regency, courier="Kurir Contoh", at=at, by=manager, first_kg=first,
            next_kg=following, days=days,
        )  # fmt: skip
    stand = Stand.objects.standing().filter(venue__association=association).first()
    if stand is not None:
        actions.set_quota(stand=stand, most=6, at=at, by=manager)
    found = _offers(association, now)
    orders = []
    for number, (name, way, pay, became) in enumerate(BUYERS):
        if number >= len(found):
            break
        placed = now - timedelta(hours=40 - 6 * number)
        order = _order(association, stand, found[number], number, (name, way, pay), at=placed)
        _goes_on(order, became, manager, at=placed + timedelta(hours=1))
        orders.append(order)
    return orders + _made(association, now)


def _offers(association: Association, now: datetime) -> list[Offer]:
    """Packs with enough pieces, one a product, always the same ones."""
    packs = Lot.objects.filter(association=association).order_by("variant").values_list("variant", flat=True).distinct()
    known = offers(association.pk, packs, business_day(now, ZONE))
    return [offer for _pack, offer in sorted(known.items()) if offer.price and offer.free >= 3]


def _order(
    association: Association, stand: Stand | None, offer: Offer, number: int, who: tuple[str, str, str], *, at: datetime
) -> Order:
    name, way, pay = who
    rate = association.rates.order_by("first_kg").first() if way == "courier" else None
    return actions.place(
        association=association, key=uuid.uuid5(SPACE, name), at=at, pay=pay,
        lines=[actions.Wanted(offer.variant, 2, offer.price or 0)],
        buyer=actions.Buyer(name, f"+62812000007{number:02}"),
        delivery=actions.Delivery(
            way=way, stand=stand.pk if stand and way == "pickup" else None, rate=rate.pk if rate else None,
            address="Jl. Contoh 12, RT 01/RW 02" if way == "courier" else "",
        ),
    ).order  # fmt: skip


def _goes_on(order: Order, became: str, manager: User, *, at: datetime) -> None:
    if became == "said":
        actions.say_paid(order=order, at=at)
    if became not in {"paid", "sent", "done", "back"}:
        return
    key = uuid.uuid5(order.key, "uang")
    actions.confirm_money(order=order, kind=order.pay, amount=order.total, at=at, by=manager, key=key)
    if became == "back":
        actions.cancel_order(order=order, reason="Salah ukuran", at=at, by=None)
    elif became != "paid":
        actions.mark_ready(order=order, at=at, by=manager)
        actions.hand_over(
            order=order,
            at=at,
            by=manager,
            key=uuid.uuid5(order.key, "serah"),
            tracking="CTH0001" if became == "sent" else "",
        )


def _made(association: Association, now: datetime) -> list[Order]:
    """Something made for the buyer, whose maker proposes another date."""
    product = (
        Product.objects.filter(
            association=association, state=Product.State.PUBLISHED, capacity__gte=40, lead_time_days__isnull=False
        )
        .order_by("pk")
        .first()
    )
    if product is None:
        return []
    known = offers(association.pk, product.variants.values_list("pk", flat=True), business_day(now, ZONE))
    for offer in known.values():
        wanted = max(offer.minimum, offer.free + 1)
        if offer.price and offer.days(wanted) is not None:
            at = now - timedelta(hours=5)
            order = actions.place(
                association=association, key=uuid.uuid5(SPACE, "garapan"), at=at, pay="transfer",
                lines=[actions.Wanted(offer.variant, wanted, offer.price)], delivery=actions.Delivery(),
                buyer=actions.Buyer("Hotel Melati (contoh)", "+6281200000799"),
            ).order  # fmt: skip
            line = order.lines.get()
            assert line.ready_on is not None  # noqa: S101 - made lines have a day
            actions.say_progress(
                line=line, step="proposed", on=line.ready_on + timedelta(days=3), at=at + timedelta(hours=1), by=None
            )
            return [order]
    return []
