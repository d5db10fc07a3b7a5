"""Tables of consignment."""

from kendedes.consignment.models.papers import Line, Paper
from kendedes.consignment.models.proposals import Proposal

__all__ = ["Line", "Paper", "Proposal"]
