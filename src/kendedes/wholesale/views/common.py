"""What the windows of wholesale share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers

from kendedes.network.door import OfficeRequest
from kendedes.network.models import Association
from kendedes.network.queries import scope
from kendedes.network.rules import Right
from kendedes.wholesale.models import Enquiry, Quote

View = Callable[..., HttpResponseBase]
SELL = Right.SELL_WHOLESALE


def private(view: View) -> View:
    """Decorates a page behind an unguessable link: no cache keeps it, no one lists it, its address is not passed on."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        add_never_cache_headers(answer)
        answer["X-Robots-Tag"] = "noindex"
        answer["Referrer-Policy"] = "same-origin"  # not "no-referrer": its own forms must be able to say where they are
        return answer

    return inner


def start(request: HttpRequest) -> str:
    """``https://host`` of this request."""
    return f"{request.scheme}://{request.get_host()}"


def pdf(made: bytes, name: str) -> HttpResponse:
    """A PDF to look at."""
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def association_of(request: OfficeRequest) -> Association:
    """For whom this person sells; the one of the address when there are several."""
    found = scope(request.user, SELL).associations
    if not found:
        raise Http404
    own = request.association
    return own if own and own.pk in found else Association.objects.get(pk=min(found))


def enquiry_of(request: OfficeRequest, pk: int) -> Enquiry:
    """An enquiry this person may handle, or 404."""
    rows = Enquiry.objects.visible_to(request.user).select_related(
        "association", "buyer", "holder", "product", "category"
    )
    return get_object_or_404(rows, pk=pk)


def quote_of(request: OfficeRequest, pk: int) -> Quote:
    """A quote this person may handle, or 404."""
    rows = Quote.objects.visible_to(request.user).select_related("enquiry__association", "enquiry__buyer")
    return get_object_or_404(rows, pk=pk)


def said(form: Any) -> str:
    """What is wrong with a form, each fault with the name of its field."""
    return " ".join(f"{form.fields[name].label or name}: {error}" for name, row in form.errors.items() for error in row)
