"""Tables of wholesale."""

from kendedes.wholesale.models.buyers import Buyer, BuyerNote
from kendedes.wholesale.models.enquiries import Enquiry
from kendedes.wholesale.models.making import Made, Paper
from kendedes.wholesale.models.quotes import Letter, Quote, QuoteLine
from kendedes.wholesale.models.supply import Supply, Tier

__all__ = ["Buyer", "BuyerNote", "Enquiry", "Letter", "Made", "Paper", "Quote", "QuoteLine", "Supply", "Tier"]
