"""After a deed in the office the public site follows at once, so that its author sees it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kendedes.web.actions import catch_up

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
TILLS = "/sync/"  # what tills send changes nothing on the site, and must be quick
log = logging.getLogger(__name__)


def follow(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Catch up after every request that may have written; the background loop does what fails here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in SAFE and response.status_code < 400 and not request.path.startswith(TILLS):
            try:
                catch_up(at=timezone.now())
            except DatabaseError:
                log.warning("the public site follows later", exc_info=True)
        return response

    return middleware
