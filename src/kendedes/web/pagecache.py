"""Whole public pages in memory, below Django: path, language, host and the site's version in, bytes out.

Exact, not timed: a page is served as long as the version under which it was rendered is still the site's. A view
of this floor marks a response as public by putting ``kendedes.public`` into the WSGI environment; whatever is not
marked, sets a cookie or differs by cookie passes through untouched.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from kendedes.web.packing import coding as best_coding
from kendedes.web.packing import packed
from kendedes.web.versions import Snapshot, Versions

MARK = "kendedes.public"  # (association, version) under which the page was rendered
LIMIT = 48 * 1024 * 1024
LARGEST = 1024 * 1024
Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str, str, str, str]
TEXTUAL = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


@dataclass
class Page:
    """One remembered response. ``packed``: bodies by content coding, made when first asked for."""

    site: int
    version: int
    hosts: int
    etag: str
    headers: Headers
    body: bytes
    textual: bool
    packed: dict[str, bytes] = field(default_factory=dict)

    def current(self, snapshot: Snapshot) -> bool:
        """Whether the page may still be shown."""
        return snapshot.hosts == self.hosts and snapshot.versions.get(self.site) == self.version

    def in_coding(self, coding: str) -> bytes:
        """The body in ``br``, ``gzip`` or plainly."""
        if not coding:
            return self.body
        body = self.packed.get(coding)
        if body is None:
            body = self.packed[coding] = packed(self.body, coding)
        return body

    @property
    def size(self) -> int:
        """Bytes held, packed bodies counted in advance."""
        return len(self.body) * 3 // 2 + 2048


class PageCache:
    """A WSGI application around another. Bounded by bytes; the page not asked for longest goes first."""

    def __init__(self, app: App, versions: Versions, limit: int = LIMIT) -> None:
        self._app = app
        self._versions = versions
        self._limit = limit
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory if the site has not changed, else ask the application and remember."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._app(environ, start_response)
        key = _key(environ)
        page = self._pages.get(key)
        if page is None and not _may_be_public(environ):
            return self._app(environ, start_response)
        snapshot = self._versions.now()
        if page is not None and snapshot is not None and page.current(snapshot):
            with self._lock:
                if key in self._pages:
                    self._pages.move_to_end(key)
            return _answer(page, environ, start_response)
        return self._render(key, snapshot, environ, start_response)

    def _render(
        self, key: Key, snapshot: Snapshot | None, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        given: list[Any] = []

        def remember(*args: Any) -> Any:
            given[:] = args
            return None

        environ.pop(MARK, None)
        result = self._app(environ, remember)
        mark = environ.get(MARK)
        if mark is None or snapshot is None or not given or not _plain(given[0], given[1]):
            start_response(*given)
            return result
        try:
            body = b"".join(result)
        finally:
            close = getattr(result, "close", None)
            if close:
                close()
        page = _page(mark, snapshot.hosts, given[1], body)
        if len(body) <= LARGEST and environ["REQUEST_METHOD"] == "GET":
            self._keep(key, page)
        return _answer(page, environ, start_response)

    def _keep(self, key: Key, page: Page) -> None:
        with self._lock:
            before = self._pages.pop(key, None)
            self._held += page.size - (before.size if before else 0)
            self._pages[key] = page
            while self._held > self._limit and self._pages:
                _key_out, out = self._pages.popitem(last=False)
                self._held -= out.size


def _key(environ: Environ) -> Key:
    scheme = f"{environ['wsgi.url_scheme']} {environ.get('HTTP_X_FORWARDED_PROTO', '')}"
    return scheme, environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")


def _may_be_public(environ: Environ) -> bool:
    path: str = environ.get("PATH_INFO", "")
    return not path.startswith(("/static/", "/media/", "/kantor/", "/en/kantor/", "/sehat/"))


def _plain(status: str, headers: Headers) -> bool:
    if not status.startswith("200"):
        return False
    for name, value in headers:
        lower = name.lower()
        if lower == "set-cookie" or (lower == "vary" and "cookie" in value.lower()) or "nonce-" in value:
            return False
    return True


def _page(mark: tuple[int, int], hosts: int, headers: Headers, body: bytes) -> Page:
    kept = [(name, value) for name, value in headers if name.lower() not in {"content-length", "vary", "etag"}]
    kind = next((value for name, value in kept if name.lower() == "content-type"), "")
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    kept += [("ETag", etag), ("Vary", "Accept-Encoding")]
    return Page(mark[0], mark[1], hosts, etag, kept, body, kind.startswith(TEXTUAL))


def _answer(page: Page, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH", "")
    if asked and (page.etag in asked or asked.strip() == "*"):
        kept = [(name, value) for name, value in page.headers if name.lower() != "content-type"]
        start_response("304 Not Modified", kept)
        return [b""]
    coding = best_coding(environ.get("HTTP_ACCEPT_ENCODING", "")) if page.textual else ""
    body = page.in_coding(coding)
    headers = [*page.headers, ("Content-Length", str(len(body)))]
    if coding:
        headers.append(("Content-Encoding", coding))
    start_response("200 OK", headers)
    return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [body]
