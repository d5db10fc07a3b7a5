"""The verbs of orders."""

from kendedes.orders.actions.ending import cancel_order, expire_orders
from kendedes.orders.actions.handing import hand_over, mark_ready, take_back
from kendedes.orders.actions.making import accept_date, say_progress
from kendedes.orders.actions.parcels import arrived, call_off, parcel_arrived, send_parcel, undo_parcel
from kendedes.orders.actions.paying import confirm_money, give_back, refuse_money, say_paid
from kendedes.orders.actions.placing import Buyer, Delivery, Placed, Wanted, place
from kendedes.orders.actions.posting import note_sent, send_again, send_waiting
from kendedes.orders.actions.proofs import MOST_BYTES as PROOF_BYTES
from kendedes.orders.actions.proofs import add_proof
from kendedes.orders.actions.shop import change_shop, set_quota, set_rate, set_wording, write_shipping

__all__ = [
    "PROOF_BYTES", "Buyer", "Delivery", "Placed", "Wanted", "accept_date", "add_proof", "arrived", "call_off", "cancel_order",
    "change_shop", "confirm_money", "expire_orders", "give_back", "hand_over", "mark_ready", "note_sent", "parcel_arrived", "place",
    "refuse_money", "say_paid", "say_progress", "send_again", "send_parcel", "send_waiting", "set_quota", "set_rate", "set_wording",
    "take_back", "undo_parcel", "write_shipping",
]  # fmt: skip
