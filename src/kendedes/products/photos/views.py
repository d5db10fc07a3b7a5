"""Photos for browsers: no database, no session, cached for ever because a name never changes its content."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from kendedes.base.refusal import Refusal
from kendedes.products.photos import rules, store

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def photo(request: HttpRequest, shard: str, name: str) -> HttpResponse:
    """A rendition; one not made yet is made by the bounded worker at its first request."""
    parsed = rules.parse_rendition(name)
    if parsed is None or not parsed[0].startswith(shard):
        raise Http404
    etag = f'"{name}"'
    if request.headers.get("If-None-Match") == etag:
        return _guarded(HttpResponseNotModified(), etag)
    sha256, size, suffix = parsed
    path = store.rendition_path(*parsed)
    if not path.is_file():
        try:
            store.make_renditions(sha256, sizes=[size], formats=[suffix])
        except FileNotFoundError as missing:
            raise Http404 from missing
        except Refusal:  # the disk is full or the worker was stopped: the visitor still sees the picture
            response = HttpResponse(store.master_path(sha256).read_bytes(), content_type="image/jpeg")
            response["Cache-Control"] = "no-store"
            return response
    return _guarded(HttpResponse(path.read_bytes(), content_type=rules.MIME[suffix]), etag)


def _guarded(response: HttpResponse, etag: str) -> HttpResponse:
    response["Cache-Control"] = FOR_EVER
    response["ETag"] = etag
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
