"""What every response gets, and how a refusal reaches a person."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal

Next = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"


def headers(get_response: Next) -> Next:
    """Headers Django has no setting for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


class StorageFull(Refusal):
    """No deed could be written; what is stored can still be read."""

    code = "storage_full"
    message = _("Ruang penyimpanan penuh, jadi ini tidak tersimpan. Hubungi pengelola; setelah ada ruang, coba lagi.")
    status = 503


def _disk_is_full(error: Exception) -> bool:
    """SQLite and PostgreSQL (SQLSTATE 53100) say it in their own ways, the operating system in a third."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    return isinstance(error, OperationalError) and (
        "disk is full" in str(error) or getattr(error.__cause__, "sqlstate", "") == "53100"
    )


class _Refusals:
    """An expected "no" becomes JSON for programs, a toast for htmx, a page for people."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if _disk_is_full(error):
            logging.getLogger(__name__).error("the disk is full", exc_info=error)
            error = StorageFull()
        if not isinstance(error, Refusal):
            return None
        wants_json = request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")
        if wants_json:
            return JsonResponse(error.as_json(), status=error.status)
        if getattr(request, "htmx", False):
            response = render(request, "ui/toast.html", {"refusal": error}, status=error.status)
            # The part of the page that asked stays as it is; the toast travels out of band.
            response.headers["HX-Reswap"] = "none"
            return response
        return render(request, "ui/refusal.html", {"refusal": error}, status=error.status)


refusals = _Refusals
