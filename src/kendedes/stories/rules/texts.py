"""Addresses, labels and the codes of products in a text."""

from __future__ import annotations

import re

MOST_TAGS = 12
LONGEST_TAG = 40
_CODE = re.compile(r"\b[A-Z]{2,6}-\d{3,6}\b")


def tags(text: str) -> list[str]:
    """Labels as typed, parted by commas: each once, at most ``MOST_TAGS`` of ``LONGEST_TAG`` letters."""
    found: dict[str, str] = {}
    for part in text.split(","):
        tag = " ".join(part.split())[:LONGEST_TAG]
        if tag:
            found.setdefault(tag.casefold(), tag)
    return list(found.values())[:MOST_TAGS]


def codes(text: str) -> set[str]:
    """What looks like the code of a product: ``SGS-0012``."""
    return set(_CODE.findall(text))
