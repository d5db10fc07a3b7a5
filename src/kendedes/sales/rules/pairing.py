"""Pairing codes, tokens, PINs: how they look and how they are checked. Pure."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
CODE_LENGTH = 10
ITERATIONS = 300_000
PIN_LENGTH = 6
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_PIN = re.compile(r"[0-9]{6}", re.ASCII)


def code_from(random: bytes) -> str:
    """Ten letters and digits out of at least ten random bytes."""
    return "".join(ALPHABET[byte % 32] for byte in random[:CODE_LENGTH])


def cleaned_code(text: str) -> str:
    """A code as typed, reduced: no dashes or spaces, capitals, look-alikes read as meant."""
    plain = re.sub(r"[\s-]", "", text).upper()
    return plain.translate(str.maketrans("ILO", "110"))


def spaced(code: str) -> str:
    """``ABCDE-FGHJK``."""
    return f"{code[:5]}-{code[5:]}"


def is_code(text: str) -> bool:
    """Whether ``text``, already cleaned, has the shape of a code."""
    return len(text) == CODE_LENGTH and all(letter in ALPHABET for letter in text)


def is_token(text: str) -> bool:
    """32 bytes in base64url."""
    return _TOKEN.fullmatch(text) is not None


def hashed(secret: str) -> str:
    """What the server keeps of a token or code; both carry enough chance for a plain hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def genesis(device: str) -> str:
    """What event 1 of a device follows; ``device``: its own random name, so that no two chains begin alike."""
    return hashlib.sha256(f"kendedes kasir 1 {device}".encode()).hexdigest()


def is_pin(text: str) -> bool:
    """Six digits."""
    return _PIN.fullmatch(text) is not None


def is_easy(pin: str) -> bool:
    """A PIN colleagues try first: one digit or two in turn, counted up or down, three digits twice."""
    steps = {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(pin)}
    return len(set(pin)) <= 2 or steps in ({1}, {9}) or pin[:3] == pin[3:] or pin[:2] == pin[2:4] == pin[4:]


def verifier(pin: str, salt: bytes, iterations: int = ITERATIONS) -> bytes:
    """PBKDF2 with SHA-256, which a browser computes too (WebCrypto)."""
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, iterations)


def matches(pin: str, salt: bytes, iterations: int, expected: bytes) -> bool:
    """Whether the PIN is the one kept."""
    return hmac.compare_digest(verifier(pin, salt, iterations), expected)
