"""Rate limits that count once for all processes of this machine.

Django's file cache cannot add atomically, so moments are kept in small files under an exclusive lock:
``with moments(kind, key) as times: …`` reads, and writes back what was changed. Nothing here must survive a restart.
"""

from __future__ import annotations

import contextlib
import hashlib
import math
import os
import struct
import time
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

try:
    import fcntl
except ImportError:  # Windows: one process serves there
    fcntl = None  # type: ignore[assignment]

View = Callable[..., HttpResponseBase]
_UNITS = {"s": 1, "m": 60, "h": 3600}
_DAY = 24 * 3600.0
BUCKETS = 1024  # files of one kind: a file for each visitor would cost more than her page to make, and never end
_NAME = 16
_HEAD = struct.Struct(f"<{_NAME}sI")


def folder() -> Path:
    """Where the moments lie."""
    return Path(settings.LIMITS_FOLDER)


@contextlib.contextmanager
def moments(kind: str, *key: str, keep: float = _DAY) -> Iterator[list[float]]:
    """The moments kept under ``key``, oldest first, for this process alone until the block ends.

    ``keep``: seconds after which the newest of them may be forgotten. Blocks of one ``kind`` must not lie in each other.
    """
    name = hashlib.sha256("\0".join(key).encode()).digest()[:_NAME]
    handle = _open(folder() / kind, f"{int.from_bytes(name[:2]) % BUCKETS:03x}")
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX)
        kept = _read(os.read(handle, os.fstat(handle).st_size))
        before = kept.pop(name, [])
        times = list(before)
        yield times
        if times != before:
            oldest = time.time() - keep
            kept = {other: theirs for other, theirs in kept.items() if theirs[-1] > oldest}
            raw = _written({**kept, name: times} if times else kept)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, raw)
            os.ftruncate(handle, len(raw))
    finally:
        os.close(handle)


def _open(folder: Path, name: str) -> int:
    try:
        return os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)


def _read(raw: bytes) -> dict[bytes, list[float]]:
    """By key; what a crash left unfinished is forgotten."""
    found, place = {}, 0
    while place + _HEAD.size <= len(raw):
        name, count = _HEAD.unpack_from(raw, place)
        place += _HEAD.size
        if not count or place + 8 * count > len(raw):
            break
        found[name] = list(struct.unpack_from(f"<{count}d", raw, place))
        place += 8 * count
    return found


def _written(kept: dict[bytes, list[float]]) -> bytes:
    return b"".join(
        _HEAD.pack(name, len(times)) + struct.pack(f"<{len(times)}d", *times) for name, times in kept.items()
    )


def forget_everything() -> None:
    """For tests: as if nobody had ever asked."""
    for path in folder().glob("*/*"):
        path.unlink(missing_ok=True)


def rate(text: str) -> tuple[int, int]:
    """``60/m`` → (60, 60); ``5/10s`` → (5, 10)."""
    amount, _, span = text.partition("/")
    return int(amount), int(span[:-1] or 1) * _UNITS[span[-1]]


def take(name: str, key: str, allowed: str, now: float) -> float:
    """Take one of ``allowed`` turns; 0.0 when it was given, else the seconds until the next one."""
    amount, span = rate(allowed)
    with moments(name, key, keep=span) as times:
        times[:] = [t for t in times if t > now - span]
        if len(times) >= amount:
            return max(0.001, times[0] + span - now)
        times.append(now)
    return 0.0


def client_ip(request: HttpRequest) -> str:
    """Who asks: the peer, or what our own proxy says (its last word only, the rest is the client's to invent)."""
    if settings.ENV.proxy:
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if said:
            return said
    return str(request.META.get("REMOTE_ADDR", ""))


def limited(name: str, allowed: str, *, method: str = "", public: bool = False) -> Callable[[View], View]:
    """Decorates a view: at most ``allowed`` (``60/m``) for a person, or for an address when nobody is signed in.

    ``method``: only requests of this kind count (``POST``); all, when empty. ``public``: pages without a session count
    addresses and never look who is signed in. Too many get 429 with ``Retry-After``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if method and request.method != method:
                return view(request, *args, **kwargs)
            user = None if public else getattr(request, "user", None)
            who = f"user {user.pk}" if user is not None and user.is_authenticated else f"ip {client_ip(request)}"
            wait = take(name, who, allowed, time.time())
            return too_many(request, wait) if wait else view(request, *args, **kwargs)

        return inner

    return decorate


def too_many(request: HttpRequest, wait: float) -> HttpResponseBase:
    """The answer to too many requests: JSON for programs, a page for people."""
    seconds = math.ceil(wait)
    response: HttpResponseBase
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        message = _("Terlalu banyak permintaan. Coba lagi dalam %(seconds)s detik.") % {"seconds": seconds}
        facts = {"seconds": seconds}
        response = JsonResponse({"code": "too_many_requests", "message": message, "facts": facts}, status=429)
    else:
        response = render(request, "429.html", {"seconds": seconds}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
