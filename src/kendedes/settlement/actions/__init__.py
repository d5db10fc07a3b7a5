"""The verbs of settlement."""

from kendedes.settlement.actions.approving import approve, check, discard
from kendedes.settlement.actions.drawing import draw_up
from kendedes.settlement.actions.links import make_link
from kendedes.settlement.actions.payouts import pay_out, undo_payout

__all__ = ["approve", "check", "discard", "draw_up", "make_link", "pay_out", "undo_payout"]
