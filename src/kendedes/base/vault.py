"""Sealing of short personal texts (numbers of bank accounts): AES-256-GCM under a key that is not in the database.

The key comes from the home's secret (``rahasia.kunci``), which plain backups leave out. A sealed text is bound to what it
is about: copied to another row it does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


def _key(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"kendedes {purpose}".encode()).derive(secret.encode())


def seal(text: str, *, secret: str, about: str) -> bytes:
    """``text`` sealed for ``about``; twice the same text gives different bytes."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_key(secret, "vault")).encrypt(nonce, text.encode(), about.encode())


def unseal(data: bytes, *, secret: str, about: str) -> str | None:
    """What was sealed; None under another key, for another row, or when a byte was changed."""
    try:
        return AESGCM(_key(secret, "vault")).decrypt(data[:_NONCE], data[_NONCE:], about.encode()).decode()
    except (InvalidTag, ValueError):
        return None


def index(text: str, *, secret: str) -> str:
    """What finds equal texts without telling them: HMAC-SHA-256."""
    return hmac.new(_key(secret, "vault index"), text.encode(), hashlib.sha256).hexdigest()
