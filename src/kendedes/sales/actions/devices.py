"""Tills are invited, paired, locked, revoked."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.models import Place
from kendedes.network.models import Association
from kendedes.sales.models import BackupMark, Device, Pairing
from kendedes.sales.rules.pairing import cleaned_code, code_from, genesis, hashed

LASTS = timedelta(minutes=10)


class PairingUnknown(Refusal):
    """A code that is wrong, used by another till, or too old."""

    code = "pairing_unknown"
    status = 404
    message = _("Kode ini tidak dikenal atau sudah lewat. Minta kode baru kepada pengelola.")


@transaction.atomic
def invite_till(
    *, association: Association, name: str, at: datetime, by: User, place: Place | None = None
) -> tuple[Pairing, str]:  # fmt: skip
    """A pairing that works once within ten minutes, and its code, which is kept nowhere."""
    code = code_from(secrets.token_bytes(16))
    pairing = Pairing.objects.create(
        association=association,
        code_hash=hashed(code),
        name=name,
        place=place,
        made_by=by,
        made_at=at,
        expires_at=at + LASTS,
    )
    record(deed="till.invite", at=at, by=by, subjects=[pairing, association], facts={"name": name})
    return pairing, code


@transaction.atomic
def pair_till(*, code: str, token: str, name: str = "", at: datetime) -> tuple[Device, bool]:
    """The device that ``code`` makes, and whether it is new: the same code and token again give the same device.

    ``token``: made by the till itself, so that a lost answer can be asked again. Raises PairingUnknown.
    """
    # Without the device in the same question: PostgreSQL, having waited for another phone, would give the row as it is now
    # beside the device as it was then, none.
    pairing = Pairing.objects.select_for_update().filter(code_hash=hashed(cleaned_code(code))).first()
    if pairing is None:
        raise PairingUnknown
    if pairing.device is not None:
        if pairing.device.token_hash != hashed(token):
            raise PairingUnknown
        return pairing.device, False
    if at >= pairing.expires_at or Device.objects.filter(token_hash=hashed(token)).exists():
        raise PairingUnknown
    association = Association.objects.select_for_update().get(pk=pairing.association_id)  # numbers in turn
    last = Device.objects.filter(association=association).aggregate(last=Max("number"))["last"] or 0
    uid = uuid.uuid4()
    start = genesis(str(uid))
    device = Device.objects.create(
        association=association, number=last + 1, uid=uid, name=pairing.name or name, place_id=pairing.place_id, token_hash=hashed(token),
        genesis=start, head=start, last_at=at, paired_at=at, seen_at=at,
    )  # fmt: skip
    pairing.used_at, pairing.device = at, device
    pairing.save(update_fields=["used_at", "device"])
    record(
        deed="till.pair", at=at, by=pairing.made_by, subjects=[device, pairing],
        facts={"code": device.code, "name": device.name},
    )  # fmt: skip
    return device, True


@transaction.atomic
def revoke_till(*, device: Device, at: datetime, by: User) -> Device:
    """Its token opens nothing from now on; what it still keeps can be imported from its file."""
    held = Device.objects.select_for_update().get(pk=device.pk)
    if held.revoked_at is None:
        held.revoked_at = at
        held.save(update_fields=["revoked_at"])
        record(deed="till.revoke", at=at, by=by, subjects=[held], facts={"code": held.code, "acked": held.acked_seq})
    return held


@transaction.atomic
def lock_till(*, device: Device, seq: int, at: datetime) -> Device:
    """Two histories under one token: nobody sends with it until the office has looked."""
    held = Device.objects.select_for_update().get(pk=device.pk)
    if held.locked_at is None:
        held.locked_at = at
        held.save(update_fields=["locked_at"])
        record(deed="till.lock", at=at, by=None, subjects=[held], facts={"code": held.code, "seq": seq})
    return held


def note_backup(*, at: datetime) -> BackupMark:
    """A backup holds what was acknowledged before ``at``: tills may forget what two backups hold."""
    return BackupMark.objects.create(made_at=at)
