"""One POST to a stranger's server: https, resolved once and pinned, no private address, no redirect, ten seconds in all."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Collection, Mapping

from kendedes.api.hooks.rules import is_public, target

SECONDS = 10.0


class NotSent(Exception):  # noqa: N818 - said to people as a sentence
    """Why nothing, or no answer, came of it; safe to show to the one who entered the address."""


class _Pinned(http.client.HTTPSConnection):
    """Connects to an address that was judged before; the certificate is still the name's."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=SECONDS, context=context)
        self._address, self._tls = address, context

    def connect(self) -> None:
        """No second look-up: what was judged is what is called."""
        plain = socket.create_connection((self._address, self.port), SECONDS)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, allowed: Collection[str] = (),
    context: ssl.SSLContext | None = None,
) -> int:  # fmt: skip
    """The status of the answer. ``allowed``: ``host:port`` of receivers in our own network that an administrator named."""
    found = target(url, allowed)
    if found is None:
        raise NotSent("address")
    host, port, path = found
    connection = _Pinned(host, port, _resolved(host, port, allowed), context or ssl.create_default_context())
    stop = threading.Timer(SECONDS, _cut, [connection])
    stop.daemon = True
    stop.start()
    try:
        connection.request("POST", path, body, {**headers, "Connection": "close"})
        return connection.getresponse().status  # a redirect is an answer like any other, and no success
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotSent(type(error).__name__) from error
    finally:
        stop.cancel()
        connection.close()


def _resolved(host: str, port: int, allowed: Collection[str]) -> str:
    """The one address to call. A name with any private address is refused as a whole."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotSent("name") from error
    addresses = [str(row[4][0]) for row in rows]
    if not addresses:
        raise NotSent("name")
    if f"{host}:{port}" not in allowed and not all(is_public(address) for address in addresses):
        raise NotSent("private")
    return addresses[0]


def _cut(connection: http.client.HTTPConnection) -> None:
    """An answer that only drips does not hold the line."""
    sock = connection.sock
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            sock.close()
