"""Around the whole web server, the memory of pages included: which product pages people open. No cookie, no address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kendedes.visits import tally
from kendedes.visits.rules import is_program, product_of

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Counting:
    """A WSGI application that counts what another one shows."""

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Count a product's page that was shown, or still is the one the browser keeps (304)."""
        tally.keep_writing()
        slug = product_of(environ.get("PATH_INFO", "")) if environ.get("REQUEST_METHOD") == "GET" else ""
        if not slug or is_program(environ.get("HTTP_USER_AGENT", "")) or environ.get("HTTP_SEC_PURPOSE"):
            return self._app(environ, start_response)

        def shown(status: str, *rest: Any) -> Any:
            if status.startswith(("200", "304")):
                tally.looked(environ.get("HTTP_HOST", ""), slug)
            return start_response(status, *rest)

        return self._app(environ, shown)
