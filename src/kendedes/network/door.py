"""The door of office pages: who is not signed in is led there, who lacks the right is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from kendedes.journal.models import User
from kendedes.network.models import Association
from kendedes.network.queries import may
from kendedes.network.rules import Right

View = Callable[..., HttpResponseBase]


class OfficeRequest(HttpRequest):
    """What a view behind ``office`` gets: the person is signed in. For the type checker; Django makes the object."""

    user: User
    association: Association
    may: Callable[[str], bool]


def office(right: Right = Right.SEE_OFFICE) -> Callable[[View], View]:
    """Decorates a view of the office. Having the right *somewhere* opens the door only: which objects the page
    shows is decided by ``visible_to`` and ``allowed``. Answers are never kept by caches (personal data).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not may(request.user, right):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return inner

    return decorate


def signed_in(view: View) -> View:
    """Decorates a page of one's own: ``view(request, user)`` for whoever is signed in, with or without a role."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        response = view(request, request.user, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return inner


def person(request: HttpRequest) -> User:
    """Who is signed in; for views behind ``office``, where somebody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
