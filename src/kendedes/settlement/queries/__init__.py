"""Reads of settlement."""

from kendedes.settlement.queries.drawing import LotSums, held_back, lot_sums, producers_due
from kendedes.settlement.queries.owed import paid_of, unreconciled

__all__ = ["LotSums", "held_back", "lot_sums", "paid_of", "producers_due", "unreconciled"]
