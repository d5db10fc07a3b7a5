"""Tables of orders."""

from kendedes.orders.models.orders import Ask, Handed, Money, Order, OrderLine, Progress, Promise, Proof
from kendedes.orders.models.parcels import CalledOff, Parcel, ParcelLine
from kendedes.orders.models.shop import Quota, Rate, ShopRules, Wording
from kendedes.orders.models.telling import Message

__all__ = [
    "Ask", "CalledOff", "Handed", "Message", "Money", "Order", "OrderLine", "Parcel", "ParcelLine", "Progress", "Promise",
    "Proof", "Quota", "Rate", "ShopRules", "Wording",
]  # fmt: skip
