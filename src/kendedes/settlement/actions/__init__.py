"""The verbs of settlement."""

from kendedes.settlement.actions.approving import approve, check, discard
from kendedes.settlement.actions.banks import end_account, erase_accounts, list_transfers, reveal_account, set_account
from kendedes.settlement.actions.drawing import draw_up
from kendedes.settlement.actions.links import make_link
from kendedes.settlement.actions.payouts import keep_evidence, pay_out, undo_payout

__all__ = [
    "approve", "check", "discard", "draw_up", "end_account", "erase_accounts", "keep_evidence", "list_transfers", "make_link", "pay_out",
    "reveal_account", "set_account", "undo_payout",
]  # fmt: skip
