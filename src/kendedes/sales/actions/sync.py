"""Events arrive: one event, one transaction, in order, once (docs/algorithms/sync.md, 4)."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.models import User
from kendedes.ledger.actions.locks import turn
from kendedes.sales.actions.devices import lock_till
from kendedes.sales.actions.events import apply
from kendedes.sales.actions.oddities import QUIET, raise_flags
from kendedes.sales.actions.told import Applied, Parked, Told
from kendedes.sales.models import Device, Handling, RawEvent
from kendedes.sales.rules.clock import Reading, best
from kendedes.sales.rules.events import Bad, Envelope, Peek, digest, read

log = logging.getLogger(__name__)


class Gap(Refusal):
    """Events between what is acknowledged and what came are missing."""

    code = "gap"
    message = _("Kiriman melompat; lanjutkan dari nomor %(expected)s.")


class Fork(Refusal):
    """Another event under a number or key that is already taken: a copy of the till."""

    code = "fork"
    message = _("Nomor %(seq)s sudah terisi peristiwa lain. Kasir ini dikunci; hubungi pengelola.")


class DeviceLocked(Refusal):
    """A till whose history split."""

    code = "device_locked"
    status = 423
    message = _("Kasir ini dikunci karena ada salinannya. Ekspor datanya dan hubungi pengelola.")


class DeviceRevoked(Refusal):
    """A till that was revoked."""

    code = "device_revoked"
    status = 401
    message = _("Kasir ini sudah dicabut. Ekspor datanya dan hubungi pengelola.")


@dataclass(frozen=True)
class Result:
    """What became of one event: created, exists, flagged or parked, and why."""

    seq: int
    result: str
    why: tuple[str, ...] = ()


def upload(
    *, device: Device, events: Sequence[bytes], first: int, sent: Reading | None, at: datetime
) -> Iterator[Result]:  # fmt: skip
    """Take ``events``, the first of which is number ``first``; each is committed before the next is looked at.

    Raises, when that event is reached: Gap, Fork (the device is locked then), DeviceLocked, DeviceRevoked.
    """
    for seq, raw in enumerate(events, first):
        try:
            with turn():
                taken = take(device=device, seq=seq, raw=raw, sent=sent, at=at)
            yield taken
        except Fork:
            with transaction.atomic():
                lock_till(device=device, seq=seq, at=at)
                raise_flags(device=device, seq=seq, flags=["fork"], at=at)
            raise


@transaction.atomic(durable=True)
def take(*, device: Device, seq: int, raw: bytes, sent: Reading | None, at: datetime) -> Result:
    """Store and apply one event, and acknowledge it. When this returns it is on the disk."""
    held = Device.objects.select_for_update().select_related("association").get(pk=device.pk)
    if held.revoked_at is not None:
        raise DeviceRevoked
    if held.locked_at is not None:
        raise DeviceLocked
    sha256 = digest(raw)
    if seq <= held.acked_seq:
        known = RawEvent.objects.filter(device=held, branch=0, seq=seq).values_list("sha256", flat=True).first()
        if known != sha256:
            raise Fork(seq=seq)
        return Result(seq, "exists")
    if seq > held.acked_seq + 1:
        raise Gap(expected=held.acked_seq + 1)
    peek = Peek.into(raw)
    if peek.prev is not None and peek.prev != held.head:
        raise Fork(seq=seq)
    if peek.id is not None and RawEvent.objects.filter(uid=peek.id).exists():
        raise Fork(seq=seq)
    kept = keep(Arrival(held, seq, raw, sha256, peek.id, sent, at, held.last_at, held.last_clock))
    acknowledge(held, seq, sha256, kept, at)
    return kept.result


@dataclass
class Arrival:
    """An event on its way in. ``after``, ``last``: best moment and clock of the event before it. ``branch``, ``by``: of
    an imported file.
    """

    device: Device
    seq: int
    raw: bytes
    sha256: str
    uid: str | None
    sent: Reading | None
    received: datetime
    after: datetime
    last: int
    branch: int = 0
    by: User | None = None


@dataclass(frozen=True)
class Kept:
    """What became of an event, its best moment and what its device's clock said."""

    result: Result
    at: datetime
    clock: int


def keep(arrival: Arrival) -> Kept:
    """Store the bytes, then apply what they say."""
    device, received = arrival.device, arrival.received
    found = read(arrival.raw, dev=device.code, seq=arrival.seq)
    envelope = found.envelope
    at, odd = _when(arrival, envelope)
    event = RawEvent.objects.create(
        device=device, branch=arrival.branch, seq=arrival.seq, uid=uuid.UUID(arrival.uid) if arrival.uid else None,
        raw=arrival.raw, sha256=arrival.sha256, type=envelope.type if envelope else "",
        at_device=envelope.at if envelope else None, at_best=at, received_at=received, imported_by=arrival.by,
    )  # fmt: skip
    if isinstance(found, Bad):
        result = handled(event, Handling.Result.PARKED, found.why, at=received, by=arrival.by)
    else:
        told = Told(device, found.envelope, found.body, arrival.sha256, at, received, arrival.by)
        result = handle(event, told, ("clock",) if odd else ())
    return Kept(result, at, envelope.at if envelope else arrival.last)


def handle(event: RawEvent, told: Told[Any], flags: tuple[str, ...] = (), *, again: bool = False) -> Result:
    """Apply a stored event; what cannot be written is parked, so that the queue behind it moves on.

    ``again``: it was parked before, and is a task already.
    """
    try:
        with transaction.atomic():
            applied = apply(told)
    except Parked as parked:
        return handled(event, Handling.Result.PARKED, parked.why, at=told.received, by=told.by, again=again)
    except Refusal as refusal:
        return handled(event, Handling.Result.PARKED, (refusal.code,), at=told.received, by=told.by, again=again)
    except (OperationalError, InterfaceError):
        raise  # the database is away or busy: nothing is kept, the till sends again
    except Exception:
        log.exception("event %s of till %s is parked", told.envelope.id, told.device)
        return handled(event, Handling.Result.PARKED, ("error",), at=told.received, by=told.by, again=again)
    flags += applied.flags
    loud = [flag for flag in flags if flag not in QUIET]
    result = Handling.Result.FLAGGED if loud else Handling.Result.CREATED
    return handled(event, result, flags, at=told.received, by=told.by, applied=applied)


def handled(
    event: RawEvent, result: Handling.Result, why: tuple[str, ...], *, at: datetime, by: User | None,
    applied: Applied | None = None, again: bool = False,
) -> Result:  # fmt: skip
    """Note what became of an event; what must be looked at becomes a task."""
    earlier = Handling.objects.filter(event=event).count()
    Handling.objects.create(
        event=event, number=earlier + 1, result=result, why=list(why), at=at, by=by,
        entry=applied.entry if applied else None,
    )  # fmt: skip
    if result == Handling.Result.FLAGGED:
        entry = applied.entry if applied else None
        raise_flags(device=event.device, seq=event.seq, flags=why, at=at, entry=entry)
    elif result == Handling.Result.PARKED and not again:
        raise_flags(device=event.device, seq=event.seq, flags=["parked"], at=at, why=list(why))
    return Result(event.seq, str(result), why)


def _when(arrival: Arrival, envelope: Envelope | None) -> tuple[datetime, bool]:
    """When it happened, and whether the clock must be looked at; an unreadable event happened when the last one did."""
    if envelope is None:
        return arrival.after, False
    found = best(
        Reading(envelope.at, envelope.boot, envelope.mono), sent=arrival.sent, received=millis(arrival.received),
        after=millis(arrival.after), last=arrival.last or None,
    )  # fmt: skip
    return datetime.fromtimestamp(found.at / 1000, UTC), found.flagged


def millis(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def acknowledge(device: Device, seq: int, sha256: str, kept: Kept, seen: datetime | None) -> None:
    """Move the device on to an event; ``seen``: when it spoke to us, if it did."""
    more = {"seen_at": seen} if seen else {}
    moved = Device.objects.filter(pk=device.pk, acked_seq=seq - 1).update(
        acked_seq=seq, head=sha256, last_at=kept.at, last_clock=kept.clock, **more
    )
    if moved != 1:
        raise IntegrityError(f"till {device.pk} moved under event {seq}")
