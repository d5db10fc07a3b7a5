"""Rights lent sideways, with dates."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Grant, Producer, Unit
from kendedes.network.rules import LENDABLE, Right


class NotLendable(Refusal):
    code = "right_not_lendable"
    message = _("Hak ini tidak dapat dipinjamkan.")


class GrantToSelf(Refusal):
    code = "grant_to_self"
    message = _("Izin kelola diberikan kepada unit lain, bukan kepada unit itu sendiri.")


@transaction.atomic
def give_grant(
    *, right: Right, receiver: Unit, at: datetime, by: User | None,
    unit: Unit | None = None, producer: Producer | None = None, until: datetime | None = None,
) -> Grant:  # fmt: skip
    """``receiver`` may use ``right`` in the giver's part (a unit or one producer) from ``at`` until ``until``."""
    if right not in LENDABLE:
        raise NotLendable(right=right.value)
    giver_unit = unit.pk if unit else producer.unit_id if producer else None
    if giver_unit == receiver.pk:
        raise GrantToSelf
    grant = Grant.objects.create(
        right=right.value,
        giver_unit=unit,
        giver_producer=producer,
        receiver_unit=receiver,
        valid_from=at,
        valid_to=until,
    )
    subjects: list[models.Model] = [body for body in (unit, producer, receiver) if body is not None]
    facts = {"right": right.value, "receiver": receiver.code, "until": until, "grant": grant.pk}
    record(deed="grant.give", at=at, by=by, subjects=subjects, facts=facts)
    return grant


@transaction.atomic
def revoke_grant(*, grant: Grant, at: datetime, by: User | None) -> Grant:
    """The right ends now; what was done with it stays."""
    if grant.revoked_at is None:
        grant.revoked_at = at
        grant.save(update_fields=["revoked_at"])
        bodies = (grant.giver_unit, grant.giver_producer, grant.receiver_unit)
        subjects: list[models.Model] = [body for body in bodies if body is not None]
        facts = {"right": grant.right, "receiver": grant.receiver_unit.code, "grant": grant.pk}
        record(deed="grant.revoke", at=at, by=by, subjects=subjects, facts=facts)
    return grant
