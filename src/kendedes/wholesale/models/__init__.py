"""Tables of wholesale."""

from kendedes.wholesale.models.buyers import Buyer, BuyerNote
from kendedes.wholesale.models.enquiries import Enquiry
from kendedes.wholesale.models.making import Covers, Made, PaidFor, Paper
from kendedes.wholesale.models.quotes import Letter, Quote, QuoteLine
from kendedes.wholesale.models.supply import Supply, Tier

__all__ = [
    "Buyer", "BuyerNote", "Covers", "Enquiry", "Letter", "Made", "PaidFor", "Paper", "Quote", "QuoteLine", "Supply", "Tier",
]  # fmt: skip
