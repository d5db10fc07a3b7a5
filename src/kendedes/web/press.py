"""Paper that leads to the site: QR cards for shelves and posters, set by Typst."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kendedes.base import format as write
from kendedes.ui import paper
from kendedes.web.drawing import photo_numbers
from kendedes.web.models import Listing, Site

FOLDER = Path(__file__).parent / "typst"


def cards(site: Site, rows: Iterable[Listing], start: str) -> bytes:
    """Eight cards an A4 sheet, to be cut: name, maker, price, and the way to the product's page."""
    data = {"gallery": site.facts["gallery"], "cards": [_told(row, start) for row in rows]}
    return paper.pdf(FOLDER / "cards.typ", data)


def poster(site: Site, row: Listing | None, start: str) -> bytes:
    """One A4 sheet for a product, or for the whole site."""
    told = (
        _told(row, start) if row else {"name": site.facts["gallery"], "qr": paper.qr(f"{start}/"), "url": f"{start}/"}
    )
    data = {
        "gallery": site.facts["gallery"], "association": site.facts["name"], "address": site.facts["address"],
        "site": start.partition("//")[2], "photo": photo_numbers(row.photo) if row else [], **told,
    }  # fmt: skip
    return paper.pdf(FOLDER / "poster.typ", data)


def _told(row: Listing, start: str) -> dict[str, Any]:
    price = write.rupiah_range(row.price_low, row.price_high, "id") if row.price_low is not None else ""
    url = f"{start}/produk/{row.slug}/"
    return {
        "name": row.name_id, "maker": row.producer_name, "place": f"{row.village_name}, {row.district_name}",
        "price": price, "code": row.code, "stars": row.stars, "qr": paper.qr(url), "url": url,
    }  # fmt: skip
