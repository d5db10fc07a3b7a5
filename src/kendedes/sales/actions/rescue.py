"""What a lost, revoked or copied till still kept: its exported file is read in, its paper is typed in; parked events
are handled by a person.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.journal.models import Entry, User
from kendedes.ledger.actions import settle_oddity
from kendedes.ledger.models import Oddity
from kendedes.network.models import Association
from kendedes.sales.actions.selling import Counter, LineSold, Money, record_sale
from kendedes.sales.actions.sync import Arrival, Result, acknowledge, handle, handled, keep
from kendedes.sales.actions.told import Told
from kendedes.sales.models import Device, Handling, RawEvent, Recovered, Sale
from kendedes.sales.rules.events import Bad, Peek, digest, read

MOST_BYTES = 32 * 1024 * 1024


class NotARescueFile(Refusal):
    """A file that is no export of a till of this association."""

    code = "not_a_rescue_file"
    message = _("Berkas ini bukan ekspor kasir asosiasi ini (%(why)s).")


class PaperKnown(Refusal):
    """A receipt that is in the books already."""

    code = "paper_known"
    message = _("Struk %(receipt)s sudah tercatat.")


class NotParked(Refusal):
    """An event that somebody has handled."""

    code = "not_parked"
    message = _("Kiriman ini sudah diproses.")


@dataclass(frozen=True)
class Imported:
    """How many events of the file were known, recorded, flagged, parked; ``branch`` 0 unless it came from a copy."""

    device: Device
    counts: dict[str, int]
    branch: int


def import_file(*, association: Association, raw: bytes, by: User, at: datetime) -> Imported:
    """Read a till's export: every event the server does not have, each in its own transaction; again changes nothing.

    What follows an event the server knows another successor of goes into a branch beside the chain. Raises NotARescueFile.
    """
    device, first, texts = _opened(association, raw)
    counts: Tally[str] = Tally()
    branch, previous = 0, ""
    for seq, text in enumerate(texts, first):
        result, branch, previous = _take(device, seq, text, previous=previous, by=by, at=at)
        counts[result.result] += 1
    record(
        deed="sync.import", at=at, by=by, subjects=[device],
        facts={"code": device.code, "events": len(texts), "branch": branch, **{f"n_{k}": v for k, v in counts.items()}},
    )  # fmt: skip
    return Imported(device, dict(counts), branch)


def _opened(association: Association, raw: bytes) -> tuple[Device, int, list[bytes]]:
    if len(raw) > MOST_BYTES:
        raise NotARescueFile(why="terlalu besar")
    lines = raw.splitlines()
    try:
        head = json.loads(lines[0])
        texts = [_text(line) for line in lines[1:] if line.strip()]
        code, genesis, first = head["dev"], head["genesis"], head.get("first", 1)
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise NotARescueFile(why="isi tidak terbaca") from None
    device = Device.objects.filter(association=association, genesis=str(genesis)).first()
    if device is None or device.code != code or type(first) is not int or first < 1:
        raise NotARescueFile(why="kasir tidak dikenal")
    return device, first, texts


def _text(line: bytes) -> bytes:
    text = json.loads(line)
    if not isinstance(text, str):
        raise TypeError
    return text.encode("utf-8", "surrogatepass")


@transaction.atomic(durable=True)
def _take(
    device: Device, seq: int, raw: bytes, *, previous: str, by: User, at: datetime
) -> tuple[Result, int, str]:  # fmt: skip
    """One event of a file: what became of it, its branch, its hash. ``previous``: the hash of the event before it."""
    held = Device.objects.select_for_update().select_related("association").get(pk=device.pk)
    sha256 = digest(raw)
    known = RawEvent.objects.filter(device=held, seq=seq, sha256=sha256).first()
    if known is not None:
        return Result(seq, "exists"), known.branch, sha256
    peek = Peek.into(raw)
    parent = _parent(held, seq, peek.prev or previous)
    uid = peek.id if peek.id and not RawEvent.objects.filter(uid=peek.id).exists() else None
    branch = _branch(held, seq, parent)
    arrival = Arrival(
        held, seq, raw, sha256, uid, None, at, after=parent.at_best if parent else held.paired_at,
        last=(parent.at_device or 0) if parent else 0, branch=branch, by=by,
    )  # fmt: skip
    kept = keep(arrival)
    if branch == 0:
        acknowledge(held, seq, sha256, kept, None)
    return kept.result, branch, sha256


def _parent(device: Device, seq: int, prev: str) -> RawEvent | None:
    """The event this one follows; None at the beginning of a chain. Raises NotARescueFile where it is missing."""
    if seq == 1 and prev in {"", device.genesis}:
        return None
    found = RawEvent.objects.filter(device=device, seq=seq - 1, sha256=prev).first()
    if found is None:
        raise NotARescueFile(why=f"nomor {seq} tidak menyambung")
    return found


def _branch(device: Device, seq: int, parent: RawEvent | None) -> int:
    """The branch of its parent while that goes on there; else a new one."""
    own = parent.branch if parent else 0
    if not RawEvent.objects.filter(device=device, branch=own, seq=seq).exists():
        return own
    last = RawEvent.objects.filter(device=device).order_by("-branch").values_list("branch", flat=True)[0]
    return last + 1


@transaction.atomic
def process_again(*, event: RawEvent, at: datetime, by: User) -> Result:
    """Apply a parked event anew: after an update, or when what it speaks of has come. Raises NotParked."""
    _parked(event)
    device = Device.objects.select_for_update().select_related("association").get(pk=event.device_id)
    found = read(bytes(event.raw), dev=device.code, seq=event.seq)
    if isinstance(found, Bad):
        return handled(event, Handling.Result.PARKED, found.why, at=at, by=by, again=True)
    told = Told(device, found.envelope, found.body, event.sha256, event.at_best, at, by)
    result = handle(event, told, again=True)
    if result.result != Handling.Result.PARKED:
        _settle(device, event, str(Handling.Result(result.result).label), at, by)
    return result


@transaction.atomic
def set_aside(*, event: RawEvent, reason: str, at: datetime, by: User) -> Result:
    """A person decides that a parked event means nothing for the books; the bytes stay. Raises NotParked."""
    _parked(event)
    device = Device.objects.select_for_update().get(pk=event.device_id)
    record(
        deed="sync.set_aside", at=at, by=by, subjects=[device],
        facts={"code": device.code, "seq": event.seq, "reason": reason},
    )  # fmt: skip
    result = handled(event, Handling.Result.SET_ASIDE, (reason,), at=at, by=by)
    _settle(device, event, reason, at, by)
    return result


def _parked(event: RawEvent) -> None:
    if not RawEvent.objects.parked().filter(pk=event.pk).exists():
        raise NotParked


def _settle(device: Device, event: RawEvent, note: str, at: datetime, by: User) -> None:
    for oddity in _oddities(device, event):
        settle_oddity(oddity=oddity, note=note[:300], at=at, by=by)


def _oddities(device: Device, event: RawEvent) -> Iterator[Oddity]:
    rows = Oddity.objects.open().filter(association=device.association_id, code="parked", facts__device=device.code)
    yield from rows.filter(facts__seq=event.seq)


@transaction.atomic
def recover_sale(
    *, device: Device, seq: int, mark: str, lines: Sequence[LineSold], payments: Sequence[Money], at: datetime,
    by: User, rounding: int = 0,
) -> Sale:  # fmt: skip
    """A sale of a till that is gone, from its paper receipt. Raises PaperKnown.

    If the till turns up after all, its event under that number is kept but not posted again.
    """
    held = Device.objects.select_for_update().select_related("association").get(pk=device.pk)
    receipt = f"{held.code}-{seq:06d}-{mark}"
    if seq <= held.acked_seq or Recovered.objects.filter(device=held, seq=seq).exists():
        raise PaperKnown(receipt=receipt)
    counter = Counter(device=held, at=at, key=uuid.uuid5(held.uid, receipt), seq=seq, mark=mark, by=by)
    recorded = record_sale(counter=counter, lines=lines, payments=payments, rounding=rounding)
    entry: Entry = recorded.sale.entry
    Recovered.objects.create(device=held, seq=seq, mark=mark, entry=entry)
    record(deed="sale.recover", at=at, by=by, subjects=[held], facts={"receipt": receipt})
    return recorded.sale
