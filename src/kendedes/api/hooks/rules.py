"""What is told, how it is signed, when it is tried again, and which addresses are never called. Pure."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Collection
from datetime import timedelta
from urllib.parse import urlsplit

# deed of the diary → name of the event, which lasts
EVENTS = {
    "product.publish": "product.published", "product.discontinue": "product.discontinued",
    "product.revive": "product.revived", "edition.publish": "edition.published",
}  # fmt: skip
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440, 2880))
MOST_CODES = 200
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def signature(secret: str, moment: int, body: bytes) -> str:
    """``t=…,v1=…``: HMAC-SHA256 over ``<moment>.<body>``; a receiver refuses moments far from its own clock."""
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def next_wait(tries: int) -> timedelta | None:
    """How long after so many failed tries the next one comes; None: given up."""
    return WAITS[tries - 1] if 1 <= tries <= len(WAITS) else None


def target(url: str, allowed: Collection[str] = ()) -> tuple[str, int, str] | None:
    """(host, port, path) of an address that may be called: https, no user, port 443 unless ``host:port`` is allowed."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme != "https" or not host or parts.username is not None or parts.password is not None:
        return None
    if any(sign <= " " or sign in '\\"<>' or ord(sign) > 126 for sign in url) or parts.fragment:
        return None
    if port != 443 and f"{host}:{port}" not in allowed:
        return None
    path = parts.path or "/"
    return host, port, f"{path}?{parts.query}" if parts.query else path


def is_public(text: str) -> bool:
    """Whether an address is one of the open internet, whatever it is wrapped in."""
    try:
        found: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        if inner is None and int(found) >> 32 == 0:
            return False  # ::127.0.0.1 and other old forms
        if inner is not None:
            found = inner
    return found.is_global and not found.is_multicast and not found.is_reserved
