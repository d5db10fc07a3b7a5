"""The addresses tills speak to: a token instead of a session, JSON in and out (docs/algorithms/sync.md)."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import math
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from kendedes.base.refusal import Refusal
from kendedes.sales import actions
from kendedes.sales.models import Device
from kendedes.sales.queries.receipts import find_receipt
from kendedes.sales.queries.snapshot import snapshot as carried
from kendedes.sales.queries.state import device_of, state
from kendedes.sales.rules.clock import Reading
from kendedes.sales.rules.pairing import cleaned_code, is_code, is_token
from kendedes.sales.rules.requests import MOST_BYTES, PairAsked, UploadAsked, asked
from kendedes.ui.limits import client_ip, take

log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
TRIES = "10/m"  # pairing codes from one address
PACE = "300/m"  # requests of one till


class SyncInvalid(Refusal):
    """Not this protocol: a program's error, never a person's."""

    code = "sync_invalid"
    status = 400
    message = gettext_lazy("Kiriman ini tidak dapat dibaca server (%(why)s).")


class TooLarge(Refusal):
    """More than one upload may hold."""

    code = "too_large"
    status = 413
    message = gettext_lazy("Kiriman terlalu besar.")


class DeviceUnknown(Refusal):
    """No token, or one nobody knows."""

    code = "device_unknown"
    status = 401
    message = gettext_lazy("Perangkat ini belum dipasang sebagai kasir.")


class ReceiptUnknown(Refusal):
    """No sale of the association has that number."""

    code = "receipt_unknown"
    status = 404
    message = gettext_lazy("Struk %(number)s tidak ditemukan.")


class EpochChanged(Refusal):
    """The server was restored since the till last looked."""

    code = "epoch"
    message = gettext_lazy("Server dipulihkan dari cadangan; kasir mencocokkan dan mengirim ulang.")


def answer(body: dict[str, Any], status: int = 200) -> HttpResponse:
    """JSON that says it is ours: portals and proxies answer 200 too."""
    response = JsonResponse({"sync": 1, **body}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused(refusal: Refusal, **more: Any) -> HttpResponse:
    facts = {key: value if isinstance(value, int) else str(value) for key, value in refusal.facts.items()}
    response = answer({**more, "code": refusal.code, "message": str(refusal), "facts": facts}, refusal.status)
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _later(status: int, code: str, seconds: int) -> HttpResponse:
    response = answer({"code": code, "message": _("Coba lagi sebentar lagi."), "facts": {"seconds": seconds}}, status)
    response.headers["Retry-After"] = str(seconds)
    return response


def speaks(view: View) -> View:
    """Decorates an address of the protocol: refusals as JSON, 503 while the database is away."""

    @csrf_exempt
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return _refused(refusal)
        except RequestDataTooBig:
            return _refused(TooLarge())
        except UnreadablePostError:
            return _refused(SyncInvalid(why="terputus"))
        except (OperationalError, InterfaceError):
            log.warning("the database cannot take a till's request", exc_info=True)
            return _later(503, "unavailable", 5)

    return inner


def with_device(*methods: str) -> Callable[[View], View]:
    """Decorates an address under ``/sync/<dev>/``: ``view(request, device)`` for the holder of a working token."""

    def decorate(view: View) -> View:
        @speaks
        @wraps(view)
        def inner(request: HttpRequest, dev: str, *args: Any, **kwargs: Any) -> HttpResponse:
            kind, _space, token = request.headers.get("Authorization", "").partition(" ")
            device = device_of(token) if kind == "Bearer" and is_token(token) else None
            if device is None or device.code != dev:
                raise DeviceUnknown
            if device.revoked_at is not None:
                raise actions.DeviceRevoked
            if request.method not in methods:
                raise SyncInvalid(why=str(request.method))
            if wait := take("sync", str(device.pk), PACE, time.time()):
                return _later(429, "too_many_requests", math.ceil(wait))
            return view(request, device, *args, **kwargs)

        return inner

    return decorate


def _json(request: HttpRequest) -> object:
    """The body, at most 256 KB; told before it is read where the sender says so."""
    if request.content_type != "application/json":
        raise SyncInvalid(why="content-type")
    length = request.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and int(length) > MOST_BYTES:
        raise TooLarge
    body = request.body
    if len(body) > MOST_BYTES:
        raise TooLarge
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise SyncInvalid(why="json") from None


@speaks
def pair(request: HttpRequest) -> HttpResponse:
    """A till is paired by its code and the token it made."""
    if request.method != "POST":
        raise SyncInvalid(why=str(request.method))
    if wait := take("sync-pair", client_ip(request), TRIES, time.time()):
        return _later(429, "too_many_requests", math.ceil(wait))
    wanted = asked(PairAsked, _json(request))
    if isinstance(wanted, str):
        raise SyncInvalid(why=wanted)
    if not is_token(wanted.token):
        raise SyncInvalid(why="token")
    if not is_code(cleaned_code(wanted.code)):
        raise actions.PairingUnknown
    now = timezone.now()
    device, new = actions.pair_till(code=wanted.code, token=wanted.token, name=wanted.name, at=now)
    body = {**state(device, now), "genesis": device.genesis, "zone": settings.TIME_ZONE}
    return answer(body, 201 if new else 200)


@with_device("GET")
def head(request: HttpRequest, device: Device) -> HttpResponse:
    """Where the server stands."""
    return answer(state(device, timezone.now()))


@with_device("POST")
def upload(request: HttpRequest, device: Device) -> HttpResponse:
    """Events, in order; answered after the last of them is on the disk."""
    now = timezone.now()
    wanted = asked(UploadAsked, _json(request))
    if isinstance(wanted, str):
        raise SyncInvalid(why=wanted)
    here = state(device, now)
    if wanted.epoch != here["epoch"]:
        return _refused(EpochChanged(), **here)
    sent = Reading(wanted.sent.at, wanted.sent.boot, wanted.sent.mono)
    texts = [text.encode("utf-8", "surrogatepass") for text in wanted.events]
    results: list[dict[str, Any]] = []
    try:
        for done in actions.upload(device=device, events=texts, first=wanted.from_, sent=sent, at=now):
            results.append({"seq": done.seq, "result": done.result, "why": list(done.why)})  # noqa: PERF401 - told also when the next is refused
    except Refusal as refusal:
        return _refused(refusal, **state(device, now), results=results)
    return answer({**state(device, now), "results": results})


@with_device("GET")
def snapshot(request: HttpRequest, device: Device) -> HttpResponse:
    """What the till carries; 304 when it has it already."""
    body = json.dumps(carried(device, timezone.now()), ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(content_type="application/json")
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            # Nothing in it is chosen by whoever asks, so that its length tells nothing.
            body = gzip.compress(body, 6, mtime=0)
            response.headers["Content-Encoding"] = "gzip"
        response.content = body
    response.headers["ETag"] = tag
    response.headers["Vary"] = "Accept-Encoding, Authorization"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@with_device("GET")
def receipt(request: HttpRequest, device: Device, number: str) -> HttpResponse:
    """A sale of any till of the association, to take goods of it back."""
    found = find_receipt(device.association, number)
    if found is None:
        raise ReceiptUnknown(number=number)
    return answer(found)
