"""Whose key it is."""

from __future__ import annotations

import hashlib
from datetime import datetime

from kendedes.api.models import Token
from kendedes.network.queries import associations_of
from kendedes.network.rules import Right

NEEDS = {Token.Scope.CATALOGUE: Right.SEE_PRODUCTS, Token.Scope.STOCK: Right.SEE_STOCK}


def digest(text: str) -> str:
    """How a key is recognised. It is 256 bits of chance, so a plain hash cannot be guessed back."""
    return hashlib.sha256(text.encode()).hexdigest()


def token_of(text: str, at: datetime) -> Token | None:
    """The living key; None also when its person may no longer read what it is for."""
    if not text.startswith("kdd_") or len(text) > 80:
        return None
    row = Token.objects.alive(at).filter(digest=digest(text)).select_related("by").first()
    if row is None or not row.by.is_active or not row.scopes:
        return None
    allowed = [s for s in row.scopes if row.association_id in associations_of(row.by, NEEDS[Token.Scope(s)])]
    row.scopes = allowed
    return row if allowed else None
