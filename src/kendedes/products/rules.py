"""States a product may pass through, codes, canonical text. Pure."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from difflib import SequenceMatcher
from typing import Any

from kendedes.products.categories import commodity, guess_category

__all__ = [
    "alike",
    "canonical",
    "commodity",
    "digest",
    "guess_category",
    "may_pass",
    "next_code",
    "product_key",
    "version",
]

# from → to, by a step somebody takes. Besides, an accepted product that somebody other than the curator changes
# waits again (actions.standing).
NEXT: dict[str, frozenset[str]] = {
    "draft": frozenset({"submitted", "discontinued"}),
    "submitted": frozenset({"returned", "accepted", "draft", "discontinued"}),
    "returned": frozenset({"submitted", "discontinued"}),
    "accepted": frozenset({"published", "returned", "discontinued"}),
    "published": frozenset({"returned", "discontinued"}),
    "discontinued": frozenset({"draft"}),
}


def may_pass(state: str, to: str) -> bool:
    """Whether a product in ``state`` may pass to ``to``."""
    return to in NEXT.get(state, frozenset())


def canonical(content: Any) -> str:
    """The one JSON text of a document: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: Any) -> str:
    """SHA-256 (64 hex) of the canonical text."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def next_code(prefix: str, taken: set[str]) -> str:
    """``SGS-0013`` after the highest number in use with this prefix."""
    pattern = re.compile(re.escape(prefix) + r"-(\d{1,6})")
    numbers = [int(m.group(1)) for code in taken if (m := pattern.fullmatch(code))]
    return f"{prefix}-{max(numbers, default=0) + 1:04d}"


def product_key(name: str) -> str:
    """A product's name reduced for comparison: words, lower case, no marks."""
    text = unicodedata.normalize("NFKD", name).casefold()
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", text).split())


def version(fields: dict[str, Any]) -> str:
    """What a form remembers of the fields it was opened with: 16 hex, equal for equal values."""
    return digest({name: getattr(value, "pk", value) for name, value in fields.items()})[:16]


def alike(one: str, other: str) -> bool:
    """Whether two names probably mean the same product: the same words in any order, or nearly the same letters."""
    a, b = product_key(one), product_key(other)
    if not a or not b:
        return False
    if a == b or sorted(a.split()) == sorted(b.split()):
        return True
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.88
