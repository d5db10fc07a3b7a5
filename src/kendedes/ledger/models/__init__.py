"""Tables of the ledger."""

from kendedes.ledger.models.accounts import Account
from kendedes.ledger.models.checks import ChartLine, VerifyRun
from kendedes.ledger.models.goods import Lot, LotPrice, Place
from kendedes.ledger.models.moves import GoodsMove, MoneyMove, Posting, ShareLine
from kendedes.ledger.models.oddities import Oddity
from kendedes.ledger.models.periods import Period
from kendedes.ledger.models.terms import Terms

__all__ = [
    "Account", "ChartLine", "GoodsMove", "Lot", "LotPrice", "MoneyMove", "Oddity", "Period", "Place", "Posting", "ShareLine", "Terms", "VerifyRun",
]  # fmt: skip
