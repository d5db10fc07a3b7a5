"""Who asks, and how often she may: by key where there is one, by address where there is none."""

from __future__ import annotations

import math
import time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from kendedes.api.models import Token
from kendedes.api.queries import token_of
from kendedes.ui.limits import client_ip, take

PLAIN, KEYED = "120/m", "1200/m"


def key_of(request: HttpRequest) -> Token | None:
    """The key of a request, looked up once."""
    if not hasattr(request, "_api_key"):
        word, _space, text = request.headers.get("Authorization", "").partition(" ")
        found = token_of(text.strip(), timezone.now()) if word.lower() == "bearer" else None
        request._api_key = found  # type: ignore[attr-defined]  # noqa: SLF001 - our own mark
    key: Token | None = request._api_key  # type: ignore[attr-defined]  # noqa: SLF001
    return key


class Key(HttpBearer):
    """``Authorization: Bearer kdd_…``, made in the office."""

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        """The key, if it lives."""
        return key_of(request)


class Turns(BaseThrottle):
    """Turns a minute, counted for all processes together."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Take one turn."""
        key = key_of(request)
        name, allowed = (f"key {key.pk}", KEYED) if key else (f"ip {client_ip(request)}", PLAIN)
        wait = take("api", name, allowed, time.time())
        request._api_wait = wait  # type: ignore[attr-defined]  # noqa: SLF001 - one object serves all requests
        return not wait

    def wait(self) -> float | None:
        """Unknown here: the answer takes it from the request."""
        return None


def seconds(request: HttpRequest) -> int:
    """After how many seconds the next turn is free."""
    return max(1, math.ceil(getattr(request, "_api_wait", 1.0)))
