"""How often one visitor may ask for work that no cache can take over.

Kept in the memory of each process, without a write: with two web processes a visitor gets up to twice the rate.
That is enough against a runaway script, which is what it is for.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

View = Callable[..., HttpResponseBase]
REMEMBERED = 10_000


class Buckets:
    """A bucket of tokens per visitor: ``per_minute`` at once, refilled evenly."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, who: str) -> int:
        """Take a token; 0 when there was one, else the seconds until there is."""
        now = self._clock()
        with self._lock:
            left, since = self._left.pop(who, (self._most, now))
            left = min(self._most, left + (now - since) * self._most / 60)
            allowed = left >= 1
            self._left[who] = (left - 1 if allowed else left, now)
            if len(self._left) > REMEMBERED:
                self._left.popitem(last=False)
        return 0 if allowed else max(1, round((1 - left) * 60 / self._most))


def visitor(request: HttpRequest) -> str:
    """The visitor's address; behind our own proxy the one it saw."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.ENV.proxy else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def limited(name: str, *, per_minute: int) -> Callable[[View], View]:
    """Decorates a view: beyond the rate a visitor gets 429 and is told when to come back."""
    buckets = Buckets(per_minute)

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            seconds = buckets.wait(f"{name} {visitor(request)}")
            if seconds:
                response = render(request, "429.html", {"seconds": seconds}, status=429)
                response.headers["Retry-After"] = str(seconds)
                return response
            return view(request, *args, **kwargs)

        return inner

    return decorate
