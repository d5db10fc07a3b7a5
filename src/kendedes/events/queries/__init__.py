"""Reads of fairs."""

from kendedes.events.queries.packing import offers, proposal
from kendedes.events.queries.result import OwnerResult, result, tills

__all__ = ["OwnerResult", "offers", "proposal", "result", "tills"]
