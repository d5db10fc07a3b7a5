"""What a till carries while it is offline (docs/algorithms/sync.md, 9): goods with prices, cashiers, rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from kendedes.journal.queries import epoch
from kendedes.ledger.models import Lot, Place, Posting
from kendedes.network.models import Membership
from kendedes.network.rules import RIGHTS, Right, Role
from kendedes.sales.models import Cashier, CashMove, Device, Discount, TillRules
from kendedes.sales.queries.prices import prices_at

OLDEST = timedelta(days=730)  # a lot that came earlier is no longer offered
AHEAD = timedelta(days=30)  # discounts that begin later are told by a later snapshot
RECENT = timedelta(days=30)  # a lot that is gone stays so long: the last pieces may still lie in a drawer


def snapshot(device: Device, now: datetime) -> dict[str, Any]:
    """Everything, as one JSON value that is equal as long as nothing changed."""
    association = device.association
    running = discounts(device, now)
    # Apart: a page that does not know of limits must not give these on everything.
    told = {
        "discounts": [_rule(row) for row in running if not row.limit],
        "limited": [{**_rule(row), "limit": str(row.limit)} for row in running if row.limit],
    }
    return {
        "sync": 1, "v": 1, "epoch": str(epoch().uuid), "zone": settings.TIME_ZONE,
        "device": {
            "code": device.code, "name": device.name, "place": device.place_id,
            "place_name": device.place.name if device.place else association.gallery_name or association.name,
        },
        "association": {
            "name": association.name, "gallery": association.gallery_name, "address": association.address,
            "whatsapp": association.whatsapp,
        },
        "rules": {**rules(device.association_id), **told}, "cashiers": cashiers(device.association_id, now),
        "goods": goods(device, now, [row for row in running if row.limit]),
        "drawer": drawer(device),
    }  # fmt: skip


def rules(association: int) -> dict[str, Any]:
    """How the association's tills behave."""
    row = TillRules.objects.filter(association=association).first() or TillRules()
    return {
        "second_person_above": row.second_person_above, "rounding": row.rounding,
        "noncash_offline_sale": row.noncash_offline_sale, "noncash_offline_total": row.noncash_offline_total,
        "qris": {"static": row.qris_static or None, "dynamic": row.qris_dynamic}, "footer": row.footer,
    }  # fmt: skip


def drawer(device: Device) -> dict[str, Any] | None:
    """Cash of orders that the office put into the drawer of the shift that runs; None: nothing."""
    rows = CashMove.objects.filter(device=device, purpose=CashMove.Purpose.ORDER, shift__close=None)
    found = rows.order_by("-shift_id").values("shift__entry__key").annotate(amount=Sum("amount")).first()
    return {"shift": str(found["shift__entry__key"]), "amount": found["amount"]} if found else None


def discounts(device: Device, now: datetime) -> list[Discount]:
    """What the till may take off, also from days to come: it may be without the net then, and looks at its own day."""
    today = timezone.localdate(now)
    rows = Discount.objects.of_till(device).running(today).filter(since__lte=today + AHEAD)
    return list(rows.select_related("unit__district", "producer", "product").order_by("code", "since"))


def _rule(row: Discount) -> dict[str, Any]:
    return {
        "code": row.code, "name": row.name, "percent": row.percent, "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else None,
    }  # fmt: skip


def cashiers(association: int, now: datetime) -> list[dict[str, Any]]:
    """People with a PIN and what each may do at a till; who may neither sell nor approve is left out."""
    rows = list(Cashier.objects.current().filter(association=association).select_related("user").order_by("user__name"))
    held = Membership.objects.current(now).filter(
        association=association, unit=None, producer=None, user__in=[row.user_id for row in rows], user__is_active=True
    )
    rights: dict[int, set[Right]] = defaultdict(set)
    for user, role in held.values_list("user_id", "role"):
        rights[user] |= RIGHTS[Role(role)]
    words = ((Right.SELL, "sell"), (Right.APPROVE_SALE, "approve"))
    found = [(row, [word for right, word in words if right in rights[row.user_id]]) for row in rows]
    return [
        {
            "id": row.pk, "name": row.user.name, "may": may,
            "pin": {
                "alg": "PBKDF2-SHA-256", "iterations": row.iterations, "salt": bytes(row.salt).hex(),
                "hash": bytes(row.verifier).hex(),
            },
        }
        for row, may in found
        if may
    ]  # fmt: skip


def goods(device: Device, now: datetime, limited: Sequence[Discount] = ()) -> list[dict[str, Any]]:
    """Lots that stand somewhere or were sold lately, as labels name them, with the codes of ``limited`` that fit them."""
    since = timezone.localdate(now) - OLDEST
    lots = list(
        Lot.objects.filter(association=device.association_id, posting__booked_on__gte=since)
        .select_related("producer__village", "variant").order_by("name", "expires_on", "pk")
    )  # fmt: skip
    stock = _stock([lot.pk for lot in lots], now)
    here = _reach(device)
    prices = prices_at([lot for lot in lots if lot.pk in stock], now)
    found = []
    for lot in lots:
        if lot.pk in stock:
            good, codes = _good(lot, stock[lot.pk], here, prices[lot.pk]), {d.code for d in limited if d.fits(lot)}
            found.append({**good, "discounts": sorted(codes)} if codes else good)
    return found


def _good(lot: Lot, places: Mapping[int, int], here: set[int], price: tuple[int, int]) -> dict[str, Any]:
    pack = lot.variant
    return {
        "lot": lot.code, "code": pack.code, "barcode": pack.barcode, "name": lot.name,
        "pack": f"{pack.net_value} {pack.get_net_unit_display()}" if pack.net_value else "", "unit": pack.unit,
        "producer": lot.producer.name, "village": lot.producer.village.name, "price": price[0], "minimum": price[1],
        "expires": lot.expires_on.isoformat() if lot.expires_on else None,
        "here": sum(n for place, n in places.items() if place in here), "all": sum(places.values()),
    }  # fmt: skip


def _reach(device: Device) -> set[int]:
    """Places the till sells from."""
    if device.place_id is not None:
        return {device.place_id}
    kinds = (Place.Kind.SHELF, Place.Kind.STORE)
    return set(Place.objects.filter(association=device.association_id, kind__in=kinds).values_list("pk", flat=True))


_STOCK = """
SELECT t.lot_id, t.place_id, SUM(t.n), MAX(t.entry) FROM (
  SELECT lot_id, target_id AS place_id, quantity AS n, 0 AS entry FROM ledger_goodsmove WHERE lot_id IN ({lots})
  UNION ALL
  SELECT lot_id, source_id, -quantity, posting_id FROM ledger_goodsmove WHERE lot_id IN ({lots})
) t JOIN ledger_place p ON p.id = t.place_id WHERE p.physical GROUP BY t.lot_id, t.place_id"""
_STEP = 5000


def _stock(lots: list[int], now: datetime) -> dict[int, dict[int, int]]:
    """Pieces by lot and physical place; of lots that are all gone, only those whose last piece left lately."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    left: dict[int, int] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(lots), _STEP):
            some = lots[start : start + _STEP]
            cursor.execute(_STOCK.format(lots=", ".join(["%s"] * len(some))), [*some, *some])
            for lot, place, quantity, entry in cursor.fetchall():
                left[lot] = max(left.get(lot, 0), int(entry))
                if quantity:
                    found[lot][place] = int(quantity)
    gone = [lot for lot in left if not any(found[lot].values())]
    recent = _recent({left[lot] for lot in gone}, now)
    return {lot: found[lot] for lot in left if any(found[lot].values()) or left[lot] in recent}


def _recent(entries: Iterable[int], now: datetime) -> set[int]:
    day = timezone.localdate(now) - RECENT
    return set(Posting.objects.filter(pk__in=list(entries), booked_on__gte=day).values_list("pk", flat=True))
