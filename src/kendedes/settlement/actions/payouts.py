"""Money that settles statements."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Sum

from kendedes.journal.actions import KeyTaken, record
from kendedes.journal.models import User
from kendedes.ledger.actions import Paid, pay
from kendedes.ledger.actions.locks import hold
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import account, accounts, one, owed_to
from kendedes.ledger.models import Account
from kendedes.products import documents
from kendedes.settlement.actions.refusals import (
    AccountTooFresh,
    NotTheLatest,
    SamePerson,
    TooMuch,
    UndoneAlready,
    WrongState,
)
from kendedes.settlement.models import Payout, PayoutEvidence, Settlement, Statement
from kendedes.settlement.queries import paid_of
from kendedes.settlement.queries.banks import accounts_for

_FROM = {Payout.Method.CASH: Account.Kind.CASH, Payout.Method.TRANSFER: Account.Kind.BANK}


@transaction.atomic
def pay_out(
    *, statement: Statement, amount: int, method: str, paid_on: date, at: datetime, by: User | None, received_by: str = "",
    reference: str = "", evidence: str = "", key: uuid.UUID | None = None,
) -> Payout:  # fmt: skip
    """Record that a producer got money, wholly or in part. ``key``: the form's; sent twice it counts once.

    Raises KeyTaken (the key paid something else), WrongState (not approved), SamePerson (the approver pays nobody),
    NotTheLatest, AccountTooFresh (a transfer to an account ``by`` changed within three days), TooMuch.
    """
    settlement = statement.settlement
    hold(settlement.association_id)
    settlement.refresh_from_db()
    known = Payout.objects.filter(posting__entry__key=key).first() if key else None
    if known:
        if (known.statement_id, known.amount, known.method) != (statement.pk, amount, method):
            raise KeyTaken(key=key)
        return known
    if settlement.open:
        raise WrongState(number=settlement.number, state=settlement.get_state_display())
    if by is not None and by.pk == settlement.approved_by_id:
        raise SamePerson
    later = Statement.objects.filter(previous=statement).first()
    if later:
        raise NotTheLatest(number=later.number)
    if method == Payout.Method.TRANSFER:
        bank = accounts_for([statement.producer]).get(statement.producer_id)
        if bank is not None and bank.cooling(by, at):
            raise AccountTooFresh(name=str(bank.producer or bank.unit))
    left = statement.due - paid_of(statement)
    if amount <= 0 or amount > left:
        raise TooMuch(left=max(left, 0))
    payout = _post(
        statement, amount, Payout.Method(method), deed="payout.pay", paid_on=paid_on, at=at, by=by, key=key,
        received_by=received_by, reference=reference, evidence=evidence,
    )  # fmt: skip
    _all_paid(settlement)
    return payout


def keep_evidence(*, payout: Payout, data: bytes, name: str, at: datetime, by: User | None) -> PayoutEvidence:
    """Keep a photo of the signed receipt or the bank's slip; earlier ones stay. Raises FileRefused, DiskFull.

    Not inside a transaction: decoding may take seconds.
    """
    kept = documents.keep(data, name, folder="kuitansi")
    with transaction.atomic():
        made, fresh = PayoutEvidence.objects.get_or_create(
            payout=payout, file=kept, defaults={"kept_at": at, "kept_by": by}
        )
        if fresh:
            statement = payout.statement
            facts = {"number": payout.number, "statement": statement.number, "sha256": Path(kept).stem}
            record(deed="payout.evidence", at=at, by=by, subjects=[statement], facts=facts)
    return made


@transaction.atomic
def undo_payout(*, payout: Payout, at: datetime, by: User | None, paid_on: date) -> Payout:
    """A payout that never happened or was wrong is taken back by another row. Raises UndoneAlready, NotTheLatest."""
    statement = payout.statement
    hold(statement.settlement.association_id)
    if payout.amount < 0 or Payout.objects.filter(undoes=payout).exists():
        raise UndoneAlready
    later = Statement.objects.filter(previous=statement).first()
    if later:
        raise NotTheLatest(number=later.number)
    undone = _post(
        statement, -payout.amount, Payout.Method(payout.method), deed="payout.undo", paid_on=paid_on, at=at, by=by,
        undoes=payout,
    )  # fmt: skip
    Settlement.objects.filter(pk=statement.settlement_id, state=Settlement.State.PAID).update(
        state=Settlement.State.APPROVED
    )
    return undone


def _post(
    statement: Statement, amount: int, method: Payout.Method, *, deed: str, paid_on: date, at: datetime, by: User | None,
    key: uuid.UUID | None = None, undoes: Payout | None = None, **more: str,
) -> Payout:  # fmt: skip
    association = statement.settlement.association
    cash = account(association, one(_FROM[method])).pk
    owed = accounts(association, [owed_to(statement.producer_id)])[f"producer:{statement.producer_id}"]
    number = _number(statement, paid_on)
    case = Case(
        association=association, at=at, by=by, key=key, occurred_on=paid_on, subjects=[statement, association],
        facts={"number": number, "statement": statement.number, "amount": amount, "method": method.value},
    )  # fmt: skip
    move = Paid(cash, owed, amount) if amount > 0 else Paid(owed, cash, -amount)
    posted = pay(case, paid=[move], deed=deed)
    return Payout.objects.create(
        statement=statement, number=number, amount=amount, method=method, paid_on=paid_on, recorded_by=by,
        posting=posted.posting, undoes=undoes, **more,
    )  # fmt: skip


def _number(statement: Statement, paid_on: date) -> str:
    """``KW/1/2026/00012``: association, year, the next of the year."""
    start = f"KW/{statement.settlement.association_id}/{paid_on.year}/"
    return f"{start}{Payout.objects.filter(number__startswith=start).count() + 1:05}"


def _all_paid(settlement: Settlement) -> None:
    """Approved becomes paid with the last rupiah."""
    rows = settlement.statements.annotate(paid=Sum("payouts__amount")).values_list("due", "paid")
    if all((paid or 0) >= due for due, paid in rows):
        Settlement.objects.filter(pk=settlement.pk).update(state=Settlement.State.PAID)
