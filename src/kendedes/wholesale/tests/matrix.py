"""Who may open the pages of wholesale."""

from __future__ import annotations

import uuid
from datetime import timedelta

from kendedes.orders import actions as orders
from kendedes.orders.models import Ask
from kendedes.products.models import Product
from kendedes.testing.matrix import CANARY_A, EVERYBODY, Page, World
from kendedes.testing.shop import AT, DAY, open_shop
from kendedes.wholesale import actions
from kendedes.wholesale.models import Enquiry, Quote

SELLS = {"manager", "treasurer"}
LISTS = SELLS | {"neighbour"}


def build(world: World) -> None:
    """An enquiry being handled with a draft, one whose quote was sent, one in work, one delivered; their buyers."""
    cast = world.cast
    open_shop(cast)
    product = cast.product(cast.tempe, "Topeng uji", capacity=500, lead_time_days=7)
    Product.objects.filter(pk=product.pk).update(state=Product.State.PUBLISHED)
    variant = product.variants.select_related("product__producer").get()
    actions.set_supply(variant=variant, tiers=[(10, 9_000)], at=AT, by=cast.ratna)
    first = _ask(world, "+6281200000081", f"topeng {CANARY_A}")
    actions.note_buyer(buyer=first.buyer, kind="note", text=CANARY_A, at=AT, by=cast.ratna)
    draft = _quote(world, first, variant)
    sent = actions.send_quote(quote=_quote(world, _ask(world, "+6281200000082"), variant), at=AT, by=cast.ratna)
    open_ = actions.send_quote(quote=_quote(world, _ask(world, "+6281200000085"), variant), at=AT, by=cast.ratna)
    working = actions.send_quote(quote=_quote(world, _ask(world, "+6281200000083"), variant), at=AT, by=cast.ratna)
    order = actions.accept_quote(quote=working, name="Bu Uji", at=AT).order
    gone = actions.send_quote(quote=_quote(world, _ask(world, "+6281200000084"), variant), at=AT, by=cast.ratna)
    delivered = actions.accept_quote(quote=gone, name="Bu Uji", at=AT).order
    note = actions.deliver(order=delivered, tracking="", at=AT, by=cast.ratna, key=uuid.uuid4())
    parted = actions.send_quote(quote=_quote(world, _ask(world, "+6281200000086"), variant), at=AT, by=cast.ratna)
    part = actions.accept_quote(quote=parted, name="Bu Uji", at=AT).order
    actions.deliver(order=part, tracking="", at=AT, by=cast.ratna, key=uuid.uuid4(), pieces={1: 5}, billed=False)
    off = actions.send_quote(quote=_quote(world, _ask(world, "+6281200000087"), variant), at=AT, by=cast.ratna)
    ended = actions.accept_quote(quote=off, name="Bu Uji", at=AT).order
    actions.take_money(order=ended, kind="transfer", amount=1_000, at=AT, by=cast.ratna, key=uuid.uuid4())
    orders.cancel_order(order=ended, reason="uji", at=AT, by=cast.ratna)
    free = actions.add_buyer(
        association=cast.association, at=AT, by=None, name="Toko Bebas (fiktif)", phone="+6281200000089"
    )
    world.made |= {
        "wholesale_pack": variant, "wholesale_enquiry": first, "wholesale_draft": draft, "wholesale_sent": sent,
        "wholesale_open": open_, "wholesale_working": working.enquiry, "wholesale_gone": gone.enquiry, "wholesale_note": note,
        "wholesale_billing": parted.enquiry, "wholesale_spare": off.enquiry,
        "wholesale_ask": Ask.objects.get(order=order), "wholesale_free": free,
    }  # fmt: skip


def _ask(world: World, phone: str, what: str = "topeng") -> Enquiry:
    return actions.ask(
        association=world.cast.association, key=uuid.uuid4(), at=AT, by=None, contact=actions.Contact("Bu Uji (fiktif)", phone),
        asked=actions.Asked(what, 20, DAY + timedelta(days=60), category=world.cast.snacks),
    )  # fmt: skip


def _quote(world: World, enquiry: Enquiry, variant) -> Quote:
    line = actions.Line(variant, 20, 9_000, DAY + timedelta(days=30))
    return actions.draft_quote(
        enquiry=enquiry, lines=[line], at=AT, by=world.cast.ratna, valid_until=DAY + timedelta(days=300)
    )


def _pk(name: str):
    return lambda world: {"pk": getattr(world, name).pk}


def _token(name: str):
    return lambda world: {"token": getattr(world, name).token}


def _key(world: World) -> dict[str, str]:
    return {"kunci": str(uuid.uuid4())}


ROWS = [
    Page("wholesale:ask"),
    Page("wholesale:thanks", args=lambda _w: {"code": "PM-2026-0001"}),
    Page("wholesale:quote", EVERYBODY, _token("wholesale_sent"), why="whoever has the buyer's link"),
    Page(
        "wholesale:accept", EVERYBODY, _token("wholesale_open"), method="POST", data=lambda _w: {"nama": "Bu Uji"},
        why="whoever has the buyer's link",
    ),
    Page("wholesale:quote-pdf", EVERYBODY, _token("wholesale_sent"), head=False, why="whoever has the buyer's link"),
    Page("wholesale:paper", EVERYBODY, _token("wholesale_note"), head=False, why="whoever holds the paper"),
    Page("wholesale:work", EVERYBODY, _token("wholesale_ask"), why="whoever has the maker's link"),
    Page("wholesale:list", LISTS),
    Page("wholesale:board", LISTS),
    Page("wholesale:new", LISTS),
    Page("wholesale:detail", SELLS, _pk("wholesale_enquiry")),
    Page("wholesale:take", SELLS, _pk("wholesale_enquiry"), method="POST"),
    Page("wholesale:close", SELLS, _pk("wholesale_enquiry"), method="POST", data=lambda _w: {"reason": "uji"}),
    Page(
        "wholesale:kind", SELLS, _pk("wholesale_enquiry"), method="POST", data=lambda w: {"category": w.cast.snacks.pk}
    ),
    Page("wholesale:split", SELLS, _pk("wholesale_enquiry")),
    Page(
        "wholesale:money", SELLS, _pk("wholesale_working"), method="POST",
        data=lambda w: {**_key(w), "amount": "1000", "kind": "cash"},
    ),
    Page(
        "wholesale:accept-date", SELLS, lambda w: {"pk": w.wholesale_working.pk, "line": 1}, method="POST",
    ),
    Page("wholesale:deliver", SELLS, _pk("wholesale_working"), method="POST", data=_key),
    Page("wholesale:arrived", SELLS, _pk("wholesale_gone"), method="POST"),
    Page("wholesale:bill", SELLS, _pk("wholesale_billing"), method="POST"),
    Page(
        "wholesale:parcel-arrived", SELLS, lambda w: {"pk": w.wholesale_billing.pk, "number": 1}, method="POST",
    ),
    Page(
        "wholesale:take-back", SELLS, lambda w: {"pk": w.wholesale_billing.pk, "number": 1}, method="POST",
        data=lambda w: {**_key(w), "reason": "uji", "n-1": "1"},
    ),
    Page(
        "wholesale:call-off", SELLS, _pk("wholesale_billing"), method="POST",
        data=lambda _w: {"seen": "15", "reason": "uji", "n-1": "1"},
    ),
    Page("wholesale:give-back", SELLS, _pk("wholesale_spare"), method="POST", data=lambda w: {**_key(w), "kind": "transfer"}),
    Page("wholesale:mail", SELLS, _pk("wholesale_sent"), method="POST"),
    Page("wholesale:send", SELLS, _pk("wholesale_draft"), method="POST"),
    Page("wholesale:agree-price", SELLS, _pk("wholesale_draft"), method="POST"),
    Page("wholesale:withdraw", SELLS, _pk("wholesale_sent"), method="POST"),
    Page("wholesale:draft-pdf", SELLS, _pk("wholesale_draft"), head=False),
    Page("wholesale:supplies", LISTS),
    Page("wholesale:supply", SELLS, _pk("wholesale_pack")),
    Page("wholesale:buyers", LISTS),
    Page("wholesale:buyer-new", LISTS),
    Page("wholesale:buyer", SELLS, lambda w: {"pk": w.wholesale_enquiry.buyer_id}),
    Page("wholesale:buyer-edit", SELLS, lambda w: {"pk": w.wholesale_enquiry.buyer_id}),
    Page(
        "wholesale:buyer-note", SELLS, lambda w: {"pk": w.wholesale_enquiry.buyer_id}, method="POST",
        data=lambda _w: {"kind": "call", "text": "uji"},
    ),
    Page("wholesale:buyer-plan", SELLS, lambda w: {"pk": w.wholesale_enquiry.buyer_id}, method="POST", data=lambda _w: {}),
    Page("wholesale:buyer-blank", SELLS, _pk("wholesale_free"), method="POST"),
]  # fmt: skip
