"""What a quote tells its buyer."""

from __future__ import annotations

from kendedes.wholesale.models import Quote
from kendedes.wholesale.rules.texts import Said


def said_of(quote: Quote, link: str) -> Said:
    """Everything the text of a quote needs."""
    buyer, association = quote.enquiry.buyer, quote.enquiry.association
    return Said(
        name=buyer.contact or buyer.name, code=quote.code, gallery=association.gallery_name or association.name,
        goods=[(line.quantity, line.name, line.price, line.ready_on) for line in quote.lines.all()],
        shipping=quote.shipping, total=quote.total, down=quote.down, down_percent=quote.down_percent,
        until=quote.valid_until, link=link, missing=quote.missing,
    )  # fmt: skip
