"""What every response gets, and how a refusal reaches a person."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

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


class _Refusals:
    """An expected "no" becomes JSON for programs, a toast for htmx, a page for people."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
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
