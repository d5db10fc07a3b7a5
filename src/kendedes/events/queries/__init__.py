"""Reads of fairs."""

from kendedes.events.queries.packing import choices, proposal, spots, standing
from kendedes.events.queries.result import OwnerResult, result, tills

__all__ = ["OwnerResult", "choices", "proposal", "result", "spots", "standing", "tills"]
