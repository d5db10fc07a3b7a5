"""The verbs of wholesale."""

from kendedes.wholesale.actions.buyers import add_buyer, blank_buyer, change_buyer, forget_buyers, note_buyer, plan_step
from kendedes.wholesale.actions.delivering import bill, deliver, take_back, take_money
from kendedes.wholesale.actions.enquiries import Asked, Contact, ask, close, set_kind, take
from kendedes.wholesale.actions.mailing import mail_quote, send_letters
from kendedes.wholesale.actions.making import say_made
from kendedes.wholesale.actions.quotes import (
    Accepted,
    Line,
    accept_quote,
    agree_price,
    draft_quote,
    send_quote,
    withdraw_quote,
)
from kendedes.wholesale.actions.supply import set_supply

__all__ = [
    "Accepted", "Asked", "Contact", "Line", "accept_quote", "add_buyer", "agree_price", "ask", "bill", "blank_buyer", "change_buyer", "close",
    "deliver", "draft_quote", "forget_buyers", "mail_quote", "note_buyer", "plan_step", "say_made",
    "send_letters", "send_quote", "set_kind", "set_supply",
    "take", "take_back", "take_money", "withdraw_quote",
]  # fmt: skip
