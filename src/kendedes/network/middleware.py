"""What every request knows: which association it is about, what its person may do, whether she is still there."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from kendedes.network import queries
from kendedes.network.rules import Right

Next = Callable[[HttpRequest], HttpResponse]

_SINCE, _SEEN, _STRONG = "masuk_sejak", "terakhir_tampak", "faktor_kedua"
_STEP = 60  # seconds: the session is written at most once in so long


def standing(get_response: Next) -> Next:
    """Put ``request.may(right)`` and ``request.association`` on the request; both ask the database only when used."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = cast("Any", request)
        asked.may = lambda right: queries.may(request.user, Right(right))
        asked.association = SimpleLazyObject(lambda: queries.association_of(request.get_host()))
        return get_response(request)

    return middleware


def presence(get_response: Next) -> Next:
    """End sessions of people who went away, and lead those whose role needs it to set up a second factor."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return get_response(request)
        now = int(time.time())
        if _is_over(request, now):
            logout(request)
            messages.info(
                request, _("Demi keamanan, Anda dikeluarkan karena lama tidak ada kegiatan. Silakan masuk lagi.")
            )
            return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("network:home"))
        if now - request.session.get(_SEEN, 0) >= _STEP:
            request.session[_SEEN] = now
        request.session.setdefault(_SINCE, now)
        if _in_office(request) and not _is_strong(request):
            return redirect("network:second_factor")
        return get_response(request)

    return middleware


def _is_over(request: HttpRequest, now: int) -> bool:
    since, seen = request.session.get(_SINCE, now), request.session.get(_SEEN, now)
    if now - since > settings.SESSION_COOKIE_AGE:
        return True
    return bool(now - seen > settings.IDLE.total_seconds() and queries.may(request.user, Right.SEE_OFFICE))


def _in_office(request: HttpRequest) -> bool:
    """Pages of work; not the account pages, where a factor is set up."""
    path = request.path.removeprefix("/en")
    return path.startswith("/kantor/") and request.path != reverse("network:second_factor")


def _is_strong(request: HttpRequest) -> bool:
    """Asked once a session; removing the last factor is refused (``MFAAdapter``), so the answer keeps."""
    if request.session.get(_STRONG):
        return True
    if not queries.needs_second_factor(request.user):
        return True
    if not is_mfa_enabled(request.user):
        return False
    request.session[_STRONG] = True
    return True
