"""Reads of orders."""

from kendedes.orders.queries.offers import Offer, offers, open_shop

__all__ = ["Offer", "offers", "open_shop"]
