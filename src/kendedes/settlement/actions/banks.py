"""Bank accounts: entered, ended, read for a reason, handed to the bank as a list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce

from kendedes.base.vault import index, seal, unseal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Producer
from kendedes.settlement.actions.refusals import AccountUnreadable, NoAccount, ReasonNeeded, WrongState
from kendedes.settlement.models import BankAccount, Settlement
from kendedes.settlement.queries.banks import Opened, Owner, account_of, accounts_for, kept_of, number_index, opened
from kendedes.settlement.queries.pages import papers

REASON = 5  # letters of the shortest reason


@transaction.atomic
def set_account(*, owner: Owner, bank: str, number: str, holder: str, at: datetime, by: User | None) -> BankAccount:
    """A body is paid by this account from now on. The diary says that and by whom, never the number.

    The same again changes nothing, so that nobody's three days begin anew by a double tap.
    """
    before = account_of(owner)
    if before and before.bank == bank and opened(before) == Opened(number, holder):
        return before
    _end(owner, at)
    producer = owner if isinstance(owner, Producer) else None
    made = BankAccount(
        association_id=owner.association_id, producer=producer, unit_id=producer.unit_id if producer else owner.pk,
        bank=bank, index=number_index(number), tail=number[-4:], set_at=at, set_by=by,
    )  # fmt: skip
    text = json.dumps({"number": number, "holder": holder})
    made.sealed = seal(text, secret=settings.SECRET_KEY, about=made.about)
    made.save(force_insert=True)
    record(deed="bank_account.set", at=at, by=by, subjects=[owner], facts={"name": str(owner), "bank": bank})
    return made


@transaction.atomic
def end_account(*, owner: Owner, at: datetime, by: User | None) -> None:
    """No account any more. Raises NoAccount."""
    if not _end(owner, at):
        raise NoAccount(name=str(owner))
    record(deed="bank_account.end", at=at, by=by, subjects=[owner], facts={"name": str(owner)})


def _end(owner: Owner, at: datetime) -> int:
    found = account_of(owner)
    return BankAccount.objects.filter(pk=found.pk).update(ended_at=at) if found else 0


@transaction.atomic
def erase_accounts(*, owner: Owner, reason: str, at: datetime, by: User | None) -> int:
    """Nothing of a body's bank accounts is left, of earlier ones neither: no bank, no number, no holder, no trace by which a
    number would be found again. Who entered one, and when, stays. Raises ReasonNeeded, NoAccount.
    """
    reason = reason.strip()
    if len(reason) < REASON:
        raise ReasonNeeded
    # Ended ones stay ended on their day.
    ended = Coalesce("ended_at", Value(at, output_field=DateTimeField()))
    erased = kept_of(owner).update(sealed=b"", index="", tail="", bank="", ended_at=ended)
    if not erased:
        raise NoAccount(name=str(owner))
    record(
        deed="bank_account.erase", at=at, by=by, subjects=[owner],
        facts={"name": str(owner), "accounts": erased, "reason": reason},
    )  # fmt: skip
    return erased


def reseal(old: str, new: str) -> tuple[int, int]:
    """Seal every number under the home's new key (``manage change_secret``): how many, and how many did not open."""
    done = unreadable = 0
    for row in BankAccount.objects.exclude(sealed=b"").select_for_update():
        text = unseal(bytes(row.sealed), secret=old, about=row.about)
        if text is None:
            unreadable += 1
            continue
        row.sealed = seal(text, secret=new, about=row.about)
        row.index = index(json.loads(text)["number"], secret=new)
        row.save(update_fields=["sealed", "index"])
        done += 1
    return done, unreadable


@transaction.atomic
def reveal_account(*, owner: Owner, reason: str, at: datetime, by: User | None) -> Opened:
    """Read a number; who, when and why is written down before it is shown. Raises ReasonNeeded, NoAccount, AccountUnreadable."""
    reason = reason.strip()
    if len(reason) < REASON:
        raise ReasonNeeded
    account = account_of(owner)
    if account is None:
        raise NoAccount(name=str(owner))
    found = opened(account)
    if found is None:
        raise AccountUnreadable(name=str(owner))
    record(
        deed="bank_account.reveal", at=at, by=by, subjects=[owner], facts={"name": str(owner), "reason": reason}
    )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Transfer:
    """One line for the bank. ``note``: why there is no number on it."""

    statement: str
    producer: str
    unit: str
    bank: str
    number: str
    holder: str
    amount: int
    note: str


@transaction.atomic
def list_transfers(*, settlement: Settlement, at: datetime, by: User | None) -> list[Transfer]:
    """What is still to be paid, with the numbers of the accounts; that the list was made is written down.

    Lines whose account ``by`` changed within three days carry no number: somebody else makes theirs. Raises WrongState.
    """
    if settlement.open:
        raise WrongState(number=settlement.number, state=settlement.get_state_display())
    rows = [row for row in papers(settlement) if row.due > getattr(row, "paid", 0)]
    paid_by = accounts_for([row.producer for row in rows])
    found = []
    for row in rows:
        account = paid_by.get(row.producer_id)
        note, read = "", None
        if account is None:
            note = "no_account"
        elif account.cooling(by, at):
            note = "too_fresh"
        elif (read := opened(account)) is None:
            note = "unreadable"
        elif account.producer_id is None:
            note = "by_unit"
        found.append(
            Transfer(
                row.number, row.producer.name, str(row.producer.unit or ""), account.bank if account and read else "",
                read.number if read else "", read.holder if read else "", row.due - getattr(row, "paid", 0), note,
            )
        )  # fmt: skip
    record(
        deed="settlement.transfers", at=at, by=by, subjects=[settlement, settlement.association],
        facts={"number": settlement.number, "lines": sum(1 for line in found if line.number)},
    )  # fmt: skip
    return found
