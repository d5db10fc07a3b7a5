"""Rights lent sideways, with dates."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network import queries
from kendedes.network.models import Association, Grant, Producer, Unit
from kendedes.network.rules import LENDABLE, Right

type Giver = Association | Unit | Producer
type Receiver = Association | Unit


class NotLendable(Refusal):
    code = "right_not_lendable"
    message = _("Hak ini tidak dapat dipinjamkan.")


class GrantToSelf(Refusal):
    code = "grant_to_self"
    message = _("Penerima sudah memegang hak atas bagian itu. Pilih penerima lain.")


class GrantDates(Refusal):
    code = "grant_dates"
    message = _("Hari terakhir tidak boleh sebelum hari mulai atau sudah lewat.")


@transaction.atomic
def give_grant(
    *, right: Right, giver: Giver, receiver: Receiver, at: datetime, by: User | None,
    since: datetime | None = None, until: datetime | None = None,
) -> Grant:  # fmt: skip
    """People of ``receiver`` with ``right`` may use it in the giver's part, from ``since`` (now) until ``until``."""
    if right not in LENDABLE or (by is not None and not queries.scope(by, right).covers(giver)):
        raise NotLendable(right=right.value)
    if _holds(receiver, giver):
        raise GrantToSelf
    start = max(since or at, at)
    if until is not None and until <= start:
        raise GrantDates
    grant = Grant.objects.create(
        right=right.value,
        giver_association=giver if isinstance(giver, Association) else None,
        giver_unit=giver if isinstance(giver, Unit) else None,
        giver_producer=giver if isinstance(giver, Producer) else None,
        receiver_association=receiver if isinstance(receiver, Association) else None,
        receiver_unit=receiver if isinstance(receiver, Unit) else None,
        valid_from=start,
        valid_to=until,
    )
    _record("grant.give", grant, at=at, by=by)
    return grant


def _holds(receiver: Receiver, giver: Giver) -> bool:
    """Whether what people may do in ``receiver`` holds in ``giver`` anyway: rights flow down the tree."""
    if receiver == giver:
        return True
    if isinstance(receiver, Association):
        return not isinstance(giver, Association) and giver.association_id == receiver.pk
    return isinstance(giver, Producer) and giver.unit_id == receiver.pk


@transaction.atomic
def revoke_grant(*, grant: Grant, at: datetime, by: User | None) -> Grant:
    """The right ends now; what was done with it stays."""
    if grant.revoked_at is None:
        grant.revoked_at = at
        grant.save(update_fields=["revoked_at"])
        _record("grant.revoke", grant, at=at, by=by)
    return grant


def _record(deed: str, grant: Grant, *, at: datetime, by: User | None) -> None:
    giver, receiver = grant.giver, grant.receiver
    facts = {
        "right": str(grant.right), "name": str(giver), "receiver": str(receiver), "since": grant.valid_from,
        "until": grant.valid_to, "grant": grant.pk,
    }  # fmt: skip
    record(deed=deed, at=at, by=by, subjects=[giver, receiver], facts=facts)
