"""The document for other systems: canonical JSON, the frozen text with its errata."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kendedes.catalogue.rules import Document, with_errata


def json_bytes(document: Document, errata: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """Canonical JSON (sorted keys, no spaces, UTF-8). Without errata these are the very bytes that were frozen."""
    whole = with_errata(document, errata)
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
