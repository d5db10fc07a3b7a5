"""The verbs of the ledger. ``post`` is the only writer of moves; the others build a deed and call it."""

from kendedes.ledger.actions.checking import check_books, write_chart
from kendedes.ledger.actions.goods import Arrival, carry, price_lot, receive, write_off
from kendedes.ledger.actions.money import Paid, pay
from kendedes.ledger.actions.oddities import raise_oddity, settle_oddity
from kendedes.ledger.actions.periods import close_period
from kendedes.ledger.actions.post import Deed, Goods, Money, NewLot, Posted, Share, Shortage, post
from kendedes.ledger.actions.sale import Returned, Sold, refund, sell
from kendedes.ledger.actions.terms import agree_terms
from kendedes.ledger.actions.turning_up import Carried, turn_up

__all__ = [
    "Arrival", "Carried", "Deed", "Goods", "Money", "NewLot", "Paid", "Posted", "Returned", "Share", "Shortage", "Sold",
    "agree_terms", "carry", "check_books", "close_period", "pay", "post", "price_lot", "raise_oddity", "receive", "refund", "sell",
    "settle_oddity", "turn_up", "write_chart", "write_off",
]  # fmt: skip
