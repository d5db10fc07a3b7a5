"""How the shop sells: rules, quotas, rates, texts; the shipping an order waits for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.gallery.models import Stand
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.journal.rules import changes
from kendedes.network.models import Association
from kendedes.orders.actions.common import check, held
from kendedes.orders.actions.telling import tell
from kendedes.orders.models import Order, Quota, Rate, ShopRules, Wording
from kendedes.orders.rules.wording import NAMES, TEXTS, unknown
from kendedes.products.models import Variant


class UnknownName(Refusal):
    """A text with a name in braces that nobody fills in."""

    code = "unknown_name"
    message = _("{%(name)s} tidak dikenal. Yang dapat dipakai: %(known)s.")


@transaction.atomic
def change_shop(*, association: Association, at: datetime, by: User | None, **values: Any) -> ShopRules:
    """Open or close the shop, its ways to pay and to get the goods."""
    row, _made = ShopRules.objects.get_or_create(association=association)
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    told = {name: value for name, value in changes(before, values).items() if name != "bank_number"}
    record(deed="shop.change", at=at, by=by, subjects=[association], facts={"changes": told})
    return row


@transaction.atomic
def set_quota(*, stand: Stand, most: int | None, at: datetime, by: User | None, variant: Variant | None = None) -> None:
    """How many pieces of each pack (or of one) the site may promise from a stand; None: all of them."""
    if most is None:
        Quota.objects.filter(stand=stand, variant=variant).delete()
    else:
        Quota.objects.update_or_create(stand=stand, variant=variant, defaults={"most": most})
    association = stand.venue.association
    record(
        deed="shop.quota", at=at, by=by, subjects=[association], facts={"name": str(stand), "most": most}
    )  # fmt: skip


@transaction.atomic
def set_rate(
    *, association: Association, regency: str, courier: str, at: datetime, by: User | None, **values: Any
) -> None:
    """A courier's price to a regency; ``first_kg`` 0 takes it off the table."""
    if not values.get("first_kg"):
        Rate.objects.filter(association=association, regency=regency, courier=courier).delete()
    else:
        Rate.objects.update_or_create(association=association, regency=regency, courier=courier, defaults=values)
    record(
        deed="shop.rate", at=at, by=by, subjects=[association],
        facts={"regency": regency, "courier": courier, "first": values.get("first_kg") or 0},
    )  # fmt: skip


@transaction.atomic
def set_wording(
    *, association: Association, key: str, language: str, subject: str, text: str, at: datetime, by: User | None
) -> None:
    """An association's own text of a message; an empty one brings the built-in text back. Raises UnknownName."""
    assert key in TEXTS  # noqa: S101 - the form offers these
    for name in unknown(subject + text):
        raise UnknownName(name=name, known=", ".join(NAMES))
    if not text.strip():
        Wording.objects.filter(association=association, key=key, language=language).delete()
    else:
        Wording.objects.update_or_create(
            association=association, key=key, language=language, defaults={"subject": subject, "text": text}
        )
    record(deed="shop.wording", at=at, by=by, subjects=[association], facts={"key": key, "language": language})


@transaction.atomic
def write_shipping(*, order: Order, amount: int, courier: str, at: datetime, by: User | None) -> Order:
    """The price of sending an order, where the table had none; the buyer is told what is due. Raises OrderState."""
    order = held(order)
    check(order, [Order.State.NEW, Order.State.READY])
    order.shipping, order.courier = amount, courier
    order.save(update_fields=["shipping", "courier"])
    record(
        deed="order.shipping", at=at, by=by, subjects=[order, order.association],
        facts={"code": order.code, "amount": amount},
    )  # fmt: skip
    tell(order, "placed", at=at)
    return order
