"""A bad line between till and server: a hotspot's login page, answers lost after the commit, a line that comes and goes.

Words: *weather* is how the line treats what goes to ``/sync/`` now; pages and scripts always pass, changed by ``edits``.
"""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PORTALS = {  # a hotspot that answers everything with its login page, and one that says so in JSON
    "portal": ("text/html; charset=utf-8", b"<!doctype html><title>Login WiFi</title><h1>Silakan masuk</h1>"),
    "portal-json": ("application/json", b'{"ok": true, "status": "login"}'),
}
HOP = {"connection", "transfer-encoding", "content-length", "keep-alive", "accept-encoding"}


@dataclass
class Line:
    """``heard``: method, path, headers and body of what the till sent; ``edits``: (part of a path, old text, new text)."""

    target: str
    weather: str = "good"
    edits: list[tuple[str, str, str]] = field(default_factory=list)
    heard: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    met: dict[str, int] = field(default_factory=dict)
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str) -> int:
        """How often a weather was met, this time included."""
        with self.lock:
            self.met[what] = self.met.get(what, 0) + 1
            return self.met[what]


class Handler(BaseHTTPRequestHandler):
    """One request through the line."""

    line: Line
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: object) -> None:
        """Quiet."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        self._pass()

    def do_POST(self) -> None:
        self._pass()

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self.path.startswith("/sync/"):
            status, headers, found = self._forward(body)
            return self._answer(status, headers, self._edited(found))
        line = self.line
        line.heard.append((self.command, self.path, dict(self.headers), body))
        met = line.count(line.weather)
        if line.weather in PORTALS:
            return self._answer(200, [("Content-Type", PORTALS[line.weather][0])], PORTALS[line.weather][1])
        if line.weather == "dead" or (line.weather == "flapping" and met % 3):
            return self._cut()
        if line.weather == "half":  # the line breaks in the middle of what the till says
            self._forward(body, until=len(body) // 2)
            return self._cut()
        status, headers, found = self._forward(body)
        if line.weather == "deaf" and self.command == "POST":  # committed, the answer is lost
            return self._cut()
        return self._answer(status, headers, found)

    def _edited(self, found: bytes) -> bytes:
        for part, old, new in self.line.edits:
            if part in self.path:
                text = found.decode()
                if old not in text:
                    raise AssertionError(f"{self.path} has no {old!r}")
                found = text.replace(old, new).encode()
        return found

    def _forward(self, body: bytes, until: int | None = None) -> tuple[int, list[tuple[str, str]], bytes]:
        place = urlsplit(self.line.target)
        to = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
        try:
            to.putrequest(self.command, self.path, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in HOP | {"host"}:
                    to.putheader(name, value)
            if body:
                to.putheader("Content-Length", str(len(body)))
            to.endheaders()
            to.send(body if until is None else body[:until])
            if until is not None:
                return 0, [], b""
            answer = to.getresponse()
            return answer.status, [(n, v) for n, v in answer.getheaders() if n.lower() not in HOP], answer.read()
        finally:
            to.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def line_to(target: str) -> Iterator[Line]:
    """A line to the server at ``target``; the till uses ``url``."""
    line = Line(target)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"line": line}))
    server.daemon_threads = True
    line.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        server.shutdown()
        server.server_close()
