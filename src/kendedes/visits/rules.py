"""What is counted and what is kept of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_MISS = 60
MOST_WORDS = 6
# Programs that fetch pages: they say so, or say nothing at all.
_PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|scan|monitor|headless|lighthouse|facebookexternalhit|whatsapp|telegram"
    r"|curl|wget|python|java/|okhttp|go-http|node|axios|libwww|http[-_]?client|wrk|feed",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"^(?:/en)?/produk/([a-z0-9-]{1,160})/$")


def is_program(agent: str) -> bool:
    """Whether a User-Agent is no person's browser."""
    return not agent or _PROGRAM.search(agent) is not None


def product_of(path: str) -> str:
    """The slug of the product whose page ``path`` is; empty for other pages."""
    found = _PRODUCT.match(path)
    return found[1] if found else ""


def kept_words(text: str) -> str:
    """What may be kept of a question: a few plain words. Addresses, numbers and long texts may be about a person: nothing."""
    if "@" in text or "/" in text or len(text) > LONGEST_MISS or re.search(r"\d{4}", text):
        return ""
    words = re.findall(r"[^\W_]+", text.casefold())
    return " ".join(words) if 0 < len(words) <= MOST_WORDS and len("".join(words)) > 2 else ""


def finished(texts: Iterable[str]) -> set[str]:
    """Questions without those that are only the beginning of another one: somebody was still typing."""
    found = set(texts)
    beginnings = {text[:length] for text in found for length in range(1, len(text))}
    return found - {beginning.rstrip() for beginning in beginnings}
