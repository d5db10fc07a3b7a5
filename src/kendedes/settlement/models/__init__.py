"""Tables of settlement."""

from kendedes.settlement.models.banks import BankAccount
from kendedes.settlement.models.papers import (
    Claim,
    Payout,
    PayoutEvidence,
    ProducerLink,
    Settlement,
    Statement,
    new_token,
)

__all__ = ["BankAccount", "Claim", "Payout", "PayoutEvidence", "ProducerLink", "Settlement", "Statement", "new_token"]
