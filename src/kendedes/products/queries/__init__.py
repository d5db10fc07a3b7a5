"""Reads of products: as plain data (``content``), and as the office looks at them (``office``)."""

from kendedes.products.queries.content import (
    Content,
    codes_by_prefix,
    contact,
    content,
    current_price,
    oldest_price_day,
)  # fmt: skip
from kendedes.products.queries.whole import full

__all__ = ["Content", "codes_by_prefix", "contact", "content", "current_price", "full", "oldest_price_day"]
