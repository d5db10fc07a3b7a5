"""What the public pages of orders share: whose site this is, cookies, no traces in caches."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language

from kendedes.network.models import Association
from kendedes.orders.queries.baskets import shop_of
from kendedes.orders.rules import basket
from kendedes.ui.frame import frame, host_name

View = Callable[..., HttpResponseBase]
BASKET = "keranjang"
MONTH = 30 * 24 * 3600
SALT = "kendedes.orders"


def visitor(view: View) -> View:
    """Decorates a page for buyers: ``view(request, association, …)``. It is hers alone: no cache keeps it, no one lists it."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        association = shop_of(host_name(request))
        if association is None:
            raise Http404
        response = view(request, association, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return inner


def page(
    request: HttpRequest, association: Association, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the public site."""
    return render(request, template, {**frame(request), "association": association, **context}, status=status)


def language() -> str:
    """``id`` or ``en``."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def basket_in(request: HttpRequest) -> dict[int, int]:
    """What the visitor put in; a cookie somebody changed is an empty basket."""
    text = request.COOKIES.get(BASKET, "")
    try:
        return basket.read(signing.loads(text, salt=SALT, max_age=MONTH)) if text else {}
    except signing.BadSignature:
        return {}


def keep_basket(response: HttpResponse, wanted: dict[int, int]) -> None:
    """Put the basket into its cookie, or take the cookie away."""
    text = basket.write(wanted)
    if text:
        _cookie(response, BASKET, signing.dumps(text, salt=SALT), MONTH)
    else:
        response.delete_cookie(BASKET, samesite="Lax")


def let_in(response: HttpResponse, token: str) -> None:
    """This browser showed that the order is hers."""
    _cookie(response, f"pesanan-{token[:6]}", signing.dumps(token, salt=SALT + ".order"), MONTH)


def is_hers(request: HttpRequest, token: str) -> bool:
    """Whether this browser was let in."""
    text = request.COOKIES.get(f"pesanan-{token[:6]}", "")
    try:
        return bool(text) and signing.loads(text, salt=SALT + ".order", max_age=MONTH) == token
    except signing.BadSignature:
        return False


def _cookie(response: HttpResponse, name: str, value: str, age: int) -> None:
    response.set_cookie(name, value, max_age=age, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this site: pages from memory carry no token, browsers say where they are."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in {"same-origin", "none"}
    told = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(told).netloc == request.get_host()
