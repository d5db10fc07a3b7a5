"""Who may open what of tills and sales."""

from __future__ import annotations

from typing import Any

from kendedes.ledger.tests.conftest import open_shop
from kendedes.sales.actions import add_discount, invite_till, pair_till, set_pin, take
from kendedes.sales.models import Device, RawEvent, Sale, Shift
from kendedes.sales.tests.till import Till, line
from kendedes.testing.cast import AT
from kendedes.testing.matrix import EVERYBODY, Page, World

NOBODY: frozenset[str] = frozenset()
_DEV = {"dev": "K1"}
SELLERS = {"manager", "cashier"}
MANAGERS = {"manager", "neighbour"}


def build(world: World) -> None:
    """A till with an open shift, a sale with unknown goods, a task and a parked event."""
    cast = world.cast
    shop = open_shop(cast)
    till = Till(lambda *_: (200, {}))
    _pairing, code = invite_till(association=cast.association, name="", at=AT, by=cast.ratna)
    device, _new = pair_till(code=code, token=till.disk.token, at=AT)
    till.disk.dev, till.disk.genesis = device.code, device.genesis
    till.write("shift.open", {"float": 0})
    till.sell(line(shop.lot.code, 1, 15_000), line(None, 1, 2_000))
    till.append("{")
    inner: Any = take  # the world stands in one transaction, so without the one that must be outermost
    for seq, text in enumerate(till.disk.texts, 1):
        inner.__wrapped__(device=device, seq=seq, raw=text.encode(), sent=None, at=AT)
    world.made |= {
        "till": Device.objects.get(pk=device.pk), "sale": Sale.objects.get(), "shift": Shift.objects.get(),
        "event": RawEvent.objects.get(seq=3), "oddity": cast.association.oddities.filter(code="unknown_goods").get(),
        "discount": add_discount(
            association=cast.association, code="PAMERAN10", name="Pameran", percent=10, since=AT.date(), until=None, place=None,
            at=AT, by=cast.ratna,
        ),
        "pin": set_pin(association=cast.association, user=cast.ratna, pin="482915", at=AT),
    }  # fmt: skip


def _pk(name: str) -> Any:
    return lambda w: {"pk": getattr(w, name).pk}


ROWS = [
    Page("till:page", EVERYBODY, why="the page holds nothing; goods come by a device's token"),
    Page("till:manifest"),
    Page("till:worker"),
    Page("sync:pair", EVERYBODY, why="by a code that works once; what is none is refused in words"),
    Page("sync:head", NOBODY, lambda _w: _DEV, why="a till's token, never a person's session"),
    Page("sync:snapshot", NOBODY, lambda _w: _DEV),
    Page("sync:receipt", NOBODY, lambda _w: {**_DEV, "number": "K1-000001"}),
    Page("sync:upload", NOBODY, lambda _w: _DEV, method="POST", why="a till's token"),
    Page("sales:list", SELLERS | {"neighbour"}),
    Page("sales:sale", SELLERS, _pk("sale")),
    Page("sales:refund", SELLERS, _pk("sale")),
    Page(
        "sales:assign",
        {"manager", "treasurer"},
        lambda w: {"pk": w.sale.pk, "number": 2},
        why="the cashier's second person",
    ),
    Page("sales:shifts", MANAGERS | {"treasurer"}),
    Page("sales:shift", {"manager", "treasurer"}, _pk("shift")),
    Page("sales:tills", MANAGERS),
    Page("sales:pair", MANAGERS),
    Page("sales:rescue", MANAGERS),
    Page("sales:till", {"manager"}, _pk("till")),
    Page("sales:revoke", {"manager"}, _pk("till"), method="POST"),
    Page("sales:paper", {"manager"}, _pk("till")),
    Page("sales:rules", MANAGERS),
    Page("sales:discounts", MANAGERS),
    Page("sales:discount-end", {"manager"}, _pk("discount"), method="POST"),
    Page("sales:pin", SELLERS | {"neighbour", "treasurer"}),
    Page("sales:pin-end", {"manager"}, _pk("pin"), method="POST"),
    Page("sales:oddities", SELLERS | {"neighbour"}),
    Page("sales:settle", {"manager", "treasurer"}, _pk("oddity")),
    Page("sales:again", {"manager", "treasurer"}, _pk("event"), method="POST"),
    Page("sales:aside", {"manager", "treasurer"}, _pk("event")),
]
