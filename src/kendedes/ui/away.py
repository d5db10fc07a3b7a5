"""While the database is away (restarting, locked, its disk full): 503 with ``Retry-After``, in words, never a 500.

Django calls ``failed`` for whatever no view expected. Only what may be over in a moment is told so; anything else is a
bug and stays a 500. Nothing here touches the database, the session or the person.
"""

from __future__ import annotations

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

SECONDS = 5
# https://www.sqlite.org/rescode.html: busy, locked, read-only, input/output, full, cannot open, protocol
_SQLITE = frozenset({5, 6, 8, 10, 13, 14, 15})
_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS})


def is_away(error: BaseException | None) -> bool:
    """Whether the same request may succeed later without anybody changing the program."""
    if isinstance(error, OSError):
        return error.errno in _DISK
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    # PostgreSQL's own OperationalErrors are about connections, resources, locks and time; SQLite's also about SQL.
    return code is None or (code & 0xFF) in _SQLITE


def failed(request: HttpRequest) -> HttpResponse:
    """``handler500``: the error is the one being handled."""
    if not is_away(sys.exc_info()[1]):
        return server_error(request)
    response: HttpResponse
    if request.path.startswith(("/api/", "/sync/")) or "application/json" in request.headers.get("Accept", ""):
        body = {
            "code": "unavailable",
            "message": "Belum tersimpan, atau belum pasti; coba lagi sebentar lagi.",
            "facts": {"seconds": SECONDS},
        }
        mark = {"sync": 1} if request.path.startswith("/sync/") else {}
        response = JsonResponse({**mark, **body}, status=503)
    else:
        response = HttpResponse(render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
