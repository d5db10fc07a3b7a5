"""PINs by which people open tills."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Association
from kendedes.network.queries import scope
from kendedes.network.rules import Right
from kendedes.sales.models import Cashier
from kendedes.sales.rules.pairing import ITERATIONS, is_easy, is_pin, verifier


class EasyPin(Refusal):
    """A PIN that colleagues would try first, or none at all."""

    code = "easy_pin"
    message = _("Pilih enam angka yang tidak mudah ditebak: bukan 123456, bukan angka yang sama semua.")


class NotACashier(Refusal):
    """Somebody who may neither sell nor approve."""

    code = "not_a_cashier"
    message = _("%(name)s tidak berhak menjual di asosiasi ini.")


@transaction.atomic
def set_pin(*, association: Association, user: User, pin: str, at: datetime) -> Cashier:
    """Her own PIN, new or changed; tills learn it with their next snapshot. Raises EasyPin, NotACashier."""
    if not is_pin(pin) or is_easy(pin):
        raise EasyPin
    rights = (Right.SELL, Right.APPROVE_SALE)
    if not any(association.pk in scope(user, right).associations for right in rights):
        raise NotACashier(name=user.name)
    salt = secrets.token_bytes(16)
    cashier, _made = Cashier.objects.update_or_create(
        association=association, user=user,
        defaults={
            "salt": salt, "verifier": verifier(pin, salt), "iterations": ITERATIONS, "set_at": at, "ended_at": None,
        },
    )  # fmt: skip
    record(deed="cashier.pin", at=at, by=user, subjects=[cashier, association])
    return cashier


@transaction.atomic
def end_cashier(*, cashier: Cashier, at: datetime, by: User) -> Cashier:
    """The PIN opens no till that asks again; sales she makes on one that has not asked yet are kept and flagged."""
    held = Cashier.objects.select_for_update().get(pk=cashier.pk)
    if held.ended_at is None:
        held.ended_at = at
        held.save(update_fields=["ended_at"])
        record(deed="cashier.end", at=at, by=by, subjects=[held], facts={})
    return held
