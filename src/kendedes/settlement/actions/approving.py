"""Checked by one, approved by another; until then it may be thrown away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.actions import Paid, pay
from kendedes.ledger.actions.locks import hold
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import accounts, maker_dues, owed_to
from kendedes.ledger.models import Posting
from kendedes.settlement.actions.drawing import unclaim
from kendedes.settlement.actions.refusals import DoesNotAddUp, SamePerson, WrongState
from kendedes.settlement.models import Settlement
from kendedes.settlement.queries import unreconciled
from kendedes.settlement.rules import adds_up, seal_of_all, sealed

State = Settlement.State


@transaction.atomic
def check(*, settlement: Settlement, at: datetime, by: User | None) -> Settlement:
    """Somebody has read it against the books. Raises WrongState, DoesNotAddUp."""
    settlement = _in_state(settlement, State.DRAFT)
    must_add_up(settlement)
    settlement.state, settlement.checked_at, settlement.checked_by = State.CHECKED, at, by
    settlement.save(update_fields=["state", "checked_at", "checked_by"])
    _record(settlement, "settlement.check", at, by)
    return settlement


@transaction.atomic
def approve(*, settlement: Settlement, digest: str, at: datetime, by: User | None) -> Settlement:
    """A second person approves exactly what she saw: ``digest`` is the settlement's on her page. From now on it is frozen,
    and the dues it names are taken.

    Raises WrongState (also when it was drawn up anew meanwhile), SamePerson, DoesNotAddUp.
    """
    settlement = _in_state(settlement, State.CHECKED)
    if digest != settlement.digest:
        raise WrongState(number=settlement.number, state=settlement.get_state_display())
    if by is None or by.pk == settlement.drawn_by_id:
        raise SamePerson
    must_add_up(settlement)
    settlement.dues_posting = _take_dues(settlement, at, by)
    settlement.state, settlement.approved_at, settlement.approved_by = State.APPROVED, at, by
    if not any(due > 0 for due in settlement.statements.values_list("due", flat=True)):
        settlement.state = State.PAID
    settlement.save(update_fields=["state", "approved_at", "approved_by", "dues_posting"])
    _record(settlement, "settlement.approve", at, by)
    return settlement


@transaction.atomic
def discard(*, settlement: Settlement, at: datetime, by: User | None) -> None:
    """Throw an open settlement away; its lines are free again. Raises WrongState."""
    settlement = _in_state(settlement, State.DRAFT, State.CHECKED)
    number, association = settlement.number, settlement.association
    unclaim(settlement)
    settlement.delete()
    record(deed="settlement.discard", at=at, by=by, subjects=[association], facts={"number": number})


def must_add_up(settlement: Settlement) -> None:
    """Raises DoesNotAddUp and says where: a paper against itself, papers against the ledger."""
    digests = []
    for number, content, sha256 in settlement.statements.order_by("number").values_list("number", "content", "sha256"):
        wrong = adds_up(content)
        if wrong or sealed(content) != sha256:
            raise DoesNotAddUp(where=f"{number}: {'; '.join(wrong) or 'sha256'}")
        digests.append(sha256)
    if seal_of_all(digests) != settlement.digest:
        raise DoesNotAddUp(where=settlement.number)
    for _, name, ledger, papers in unreconciled(settlement.association):
        raise DoesNotAddUp(where=f"{name}: {ledger} ≠ {papers}")


def _take_dues(settlement: Settlement, at: datetime, by: User | None) -> Posting | None:
    """Move the dues the papers name out of what is owed to each producer; what her goods did not bring in stays negative."""
    owing = dict(settlement.statements.filter(dues__gt=0).order_by("number").values_list("producer", "dues"))
    if not owing:
        return None
    association = settlement.association
    numbers = accounts(association, [maker_dues(), *map(owed_to, owing)])
    source = numbers[maker_dues().key]
    case = Case(
        association=association, at=at, by=by, subjects=[settlement, association],
        facts={"number": settlement.number, "producers": len(owing), "amount": sum(owing.values())},
    )  # fmt: skip
    paid = [Paid(source, numbers[owed_to(producer).key], amount) for producer, amount in owing.items()]
    return pay(case, paid=paid, deed="settlement.take_dues").posting


def _in_state(settlement: Settlement, *states: str) -> Settlement:
    """The row as it stands now, held until the end of the transaction."""
    hold(settlement.association_id)
    found = Settlement.objects.select_related("association").get(pk=settlement.pk)
    if found.state not in states:
        raise WrongState(number=found.number, state=found.get_state_display())
    return found


def _record(settlement: Settlement, deed: str, at: datetime, by: User | None) -> None:
    record(
        deed=deed, at=at, by=by, subjects=[settlement, settlement.association],
        facts={"number": settlement.number, "digest": settlement.digest},
    )  # fmt: skip
