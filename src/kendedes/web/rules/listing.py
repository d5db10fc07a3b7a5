"""How a released product becomes a row of the public site, and what may be said about it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

PER_PAGE = 24
MOST_PAGES = 500
# (name in addresses, lower bound, first rupiah above): bands of the price facet.
PRICE_BANDS: tuple[tuple[str, int, int | None], ...] = (
    ("0-10000", 0, 10_001),
    ("10000-25000", 10_001, 25_001),
    ("25000-50000", 25_001, 50_001),
    ("50000-100000", 50_001, 100_001),
    ("100000-", 100_001, None),
)
PERMIT_KINDS = ("pirt", "halal", "bpom", "nib", "merek", "sni")
PERMIT_NAMES = {"pirt": "P-IRT", "halal": "Halal", "bpom": "BPOM", "nib": "NIB", "merek": "Merek", "sni": "SNI"}


def price_range(variants: Iterable[Mapping[str, Any]]) -> tuple[int | None, int | None]:
    """Lowest and highest retail price in rupiah over all packs; (None, None) when none is known."""
    known = [v["retail"] for v in variants if v.get("retail")]
    if not known:
        return None, None
    return min(p["low"] for p in known), max(p["high"] or p["low"] for p in known)


def band_of(price: int | None) -> str:
    """The name of the band that holds ``price``; empty when the price is asked for."""
    if price is None:
        return ""
    return next(name for name, low, above in PRICE_BANDS if low <= price and (above is None or price < above))


def valid_permits(permits: Iterable[Mapping[str, Any]], day: date) -> list[str]:
    """Kinds of permits not lapsed on ``day``, each once, in the order of PERMIT_KINDS."""
    held = {p["kind"] for p in permits if not p["valid_until"] or date.fromisoformat(p["valid_until"]) >= day}
    return [kind for kind in PERMIT_KINDS if kind in held]


def next_lapse(permits: Iterable[Mapping[str, Any]], award: Mapping[str, Any] | None, day: date) -> date | None:
    """The first day after ``day`` on which a permit or the stars no longer count."""
    ends = [p["valid_until"] for p in permits]
    if award:
        ends.append(award["valid_until"])
    days = [date.fromordinal(date.fromisoformat(text).toordinal() + 1) for text in ends if text]
    return min((d for d in days if d > day), default=None)


def rank(content: Mapping[str, Any], stars: int) -> int:
    """The order of lists: stars first, then how well the product is described. 0 to 99 without stars."""
    verified = sum(1 for p in content["permits"] if p["verified"])
    told = (bool(content["story"]["id"]), bool(content["story"]["en"]), bool(content["variants"]))
    return stars * 100 + min(99, 12 * min(len(content["photos"]), 4) + 8 * min(verified, 3) + 6 * sum(told))


@dataclass(frozen=True)
class Facts:
    """What one row is made of besides the frozen content."""

    active: bool
    topic: str
    award: Mapping[str, Any] | None
    contact: Mapping[str, Any] | None
    day: date


def listing(content: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    """The fields of a Listing that follow from ``content`` (an ENTRY of the edition document) and ``facts``."""
    producer, award = content["producer"], facts.award
    if award and award["valid_until"] and date.fromisoformat(award["valid_until"]) < facts.day:
        award = None
    stars = int(award["stars"]) if award else 0
    low, high = price_range(content["variants"])
    district = producer["district"] or {"code": "", "name": ""}
    return {
        "active": facts.active,
        "slug": content["slug"],
        "code": content["code"],
        "name_id": content["name"]["id"],
        "name_en": content["name"]["en"] or content["name"]["id"],
        "topic": facts.topic,
        "category": content["category"]["slug"],
        "district": district["code"],
        "district_name": district["name"],
        "village": producer["village"]["code"],
        "village_name": producer["village"]["name"],
        "producer": producer["id"],
        "producer_slug": producer["slug"],
        "producer_name": producer["name"],
        "price_low": low,
        "price_high": high,
        "permits": valid_permits(content["permits"], facts.day),
        "stars": stars,
        "award": dict(award) if award else None,
        "contact": dict(facts.contact) if facts.contact else None,
        "photo": content["photos"][0] if content["photos"] else None,
        "rank": rank(content, stars),
        "lapses_on": next_lapse(content["permits"], award, facts.day),
    }


def whatsapp(number: str, text: str) -> str:
    """A link that opens WhatsApp with a draft: ``https://wa.me/62812…?text=…``; empty for what is no number."""
    digits = "".join(c for c in number if c.isdigit())
    digits = "62" + digits[1:] if digits.startswith("0") else digits
    return f"https://wa.me/{digits}?text={quote(text, safe='')}" if 8 <= len(digits) <= 15 else ""


def summary(text: str, most: int = 155) -> str:
    """The beginning of a text for search engines: whole words, at most ``most`` characters."""
    plain = " ".join(text[: most * 2].split())
    return plain if len(plain) <= most else plain[:most].rpartition(" ")[0] + "…"
