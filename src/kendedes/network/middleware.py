"""What every request knows: which association it is about, what its person may do, whether she is still there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from kendedes.network import queries
from kendedes.network.rules import Right

Next = Callable[[HttpRequest], HttpResponse]


def standing(get_response: Next) -> Next:
    """Put ``request.may(right)`` and ``request.association`` on the request; both ask the database only when used."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = cast("Any", request)
        asked.may = lambda right: queries.may(request.user, Right(right))
        asked.association = SimpleLazyObject(lambda: queries.association_of(request.get_host()))
        return get_response(request)

    return middleware
