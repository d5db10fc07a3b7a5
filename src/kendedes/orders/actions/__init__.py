"""The verbs of orders."""

from kendedes.orders.actions.ending import expire_orders
from kendedes.orders.actions.placing import Buyer, Delivery, Placed, Wanted, place

__all__ = ["Buyer", "Delivery", "Placed", "Wanted", "expire_orders", "place"]
