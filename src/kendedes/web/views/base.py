"""What every public page shares: its site, its language's addresses, and the mark that lets it be remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from kendedes.ui.frame import host_name
from kendedes.web.models import Site
from kendedes.web.pagecache import MARK
from kendedes.web.queries.pages import ListPage, frame_of, language, site_of
from kendedes.web.rules.listing import PERMIT_NAMES

View = Callable[..., HttpResponseBase]
FRESH = "no-cache"  # keep a copy, but ask whether it still holds: the answer is a 304 without a body


@dataclass(frozen=True)
class Address:
    """Where this page lies, absolutely, in both languages."""

    origin: str
    here: str
    alternates: Mapping[str, str]

    def of(self, path: str) -> str:
        """The absolute address of a path."""
        return f"{self.origin}{path}"


def origin(request: HttpRequest) -> str:
    """``https://galeri.example.id``: as configured, else as the visitor came."""
    return settings.ENV.origin.rstrip("/") or f"{request.scheme}://{request.get_host()}"


def local(path: str) -> str:
    """A public path in the page's language."""
    return f"/en{path}" if language() == "en" else path


def permit_name(kind: str) -> str:
    """A kind of permit as people say it; most are names in every language."""
    return _("Merek") if kind == "merek" else PERMIT_NAMES.get(kind, kind)


def public(view: View) -> View:
    """Decorates a page of the site: finds whose it is, and marks it as the same for everybody.

    The view gets ``site`` and may set ``response.canonical_query``: the query string under which the page may be
    remembered. A page asked for with any other query string is shown, but not kept.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        site = site_of(host_name(request))
        if site is None:
            return render(request, "web/nobody.html", status=503)
        version = site.version
        response = view(request, site, *args, **kwargs)
        response.headers.setdefault("Cache-Control", FRESH)
        wanted = None if response.streaming else getattr(response, "canonical_query", "")
        if response.status_code == 200 and wanted is not None and request.META.get("QUERY_STRING", "") == wanted:
            request.META[MARK] = (site.pk, version)
        return response

    return inner


def page(
    request: HttpRequest, site: Site, template: str, context: Mapping[str, Any], *, canonical: str | None = ""
) -> HttpResponse:
    """Render a page. ``canonical``: its one query string; None when the page is not to be remembered or listed."""
    start = origin(request)
    plain = request.path.removeprefix("/en") if language() == "en" else request.path
    query = f"?{canonical}" if canonical else ""
    address = Address(
        origin=start,
        here=f"{start}{request.path}{query}",
        alternates={"id": f"{start}{plain}{query}", "en": f"{start}/en{plain}{query}"},
    )
    response = render(
        request,
        template,
        {
            "site": site,
            **frame_of(site).words(),
            "address": address,
            "en": language() == "en",
            "lang": language(),
            "indexed": canonical is not None,
            **context,
        },
    )
    response.canonical_query = canonical  # type: ignore[attr-defined]
    return response


def in_bounds(found: ListPage) -> ListPage:
    """The page, or a 404 when the list ends before it."""
    if found.page > found.pages:
        raise Http404
    return found
