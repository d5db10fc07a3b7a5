"""Proposing terms and agreeing to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kendedes.consignment.actions.refusals import PartsTooMuch, ProposalState
from kendedes.consignment.models import Proposal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.actions import agree_terms
from kendedes.ledger.models import Terms
from kendedes.ledger.rules.shares import BASIS
from kendedes.network.models import Association, Producer, Unit
from kendedes.products.models import Product


@transaction.atomic
def propose(
    *, association: Association, valid_from: date, values: Mapping[str, Any], at: datetime, by: User | None,
    unit: Unit | None = None, producer: Producer | None = None, product: Product | None = None,
) -> Proposal:  # fmt: skip
    """A version of terms that waits for the association. ``values``: as for ``ledger.agree_terms``. Raises PartsTooMuch."""
    if product is not None:
        producer = product.producer
    if producer is not None:
        unit = producer.unit
    shares = [int(values.get(name, 0)) for name in ("gallery_bp", "unit_bp")]
    cut = sum(int(bp) for _name, bp in values.get("deductions", []))
    if sum(shares) > BASIS or min(shares) < 0 or cut > BASIS:
        raise PartsTooMuch
    proposal = Proposal.objects.create(
        association=association, unit=unit, producer=producer, product=product, valid_from=valid_from,
        values=dict(values), proposed_by=by, proposed_at=at,
    )  # fmt: skip
    _write("proposal.open", proposal, at, by, since=valid_from)
    return proposal


def _write(deed: str, proposal: Proposal, at: datetime, by: User | None, **facts: Any) -> None:
    record(
        deed=deed, at=at, by=by, subjects=[proposal, proposal.association],
        facts={"name": str(proposal.scope), **facts},
    )  # fmt: skip


def _decide(proposal: Proposal, state: str, at: datetime, by: User | None, **more: Any) -> Proposal:
    done = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.OPEN).update(
        state=state, decided_at=at, decided_by=by, **more
    )
    proposal.refresh_from_db()
    if not done:
        raise ProposalState(state=proposal.get_state_display())
    return proposal


@transaction.atomic
def agree(*, proposal: Proposal, at: datetime, by: User | None) -> Terms:
    """Put the proposal into force. Raises ProposalState, TermsBackdated."""
    if proposal.state != Proposal.State.OPEN:
        raise ProposalState(state=proposal.get_state_display())
    terms = agree_terms(
        association=proposal.association, unit=proposal.unit, producer=proposal.producer, product=proposal.product,
        valid_from=proposal.valid_from, values=proposal.values, at=at, by=by,
    )  # fmt: skip
    _decide(proposal, Proposal.State.AGREED, at, by, terms=terms)
    return terms


@transaction.atomic
def decline(*, proposal: Proposal, reason: str, at: datetime, by: User | None) -> Proposal:
    """Say no, and why. Raises ProposalState."""
    _decide(proposal, Proposal.State.DECLINED, at, by, reason=reason)
    _write("proposal.decline", proposal, at, by, reason=reason)
    return proposal


@transaction.atomic
def withdraw(*, proposal: Proposal, at: datetime, by: User | None) -> Proposal:
    """Whoever proposed it takes it back. Raises ProposalState."""
    _decide(proposal, Proposal.State.WITHDRAWN, at, by)
    _write("proposal.withdraw", proposal, at, by)
    return proposal
