"""A page in clear text for phones that do not trust the office's server yet: the certificate to install, nothing else.

``python -m kendedes.network.management.lan_door HOST PORT CA-FILE HTTPS-ADDRESS FINGERPRINT``; knows no Django.
"""

from __future__ import annotations

import html
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGE = """<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sertifikat galeri</title>
<h1>Sertifikat galeri</h1>
<ol><li><a href="/kendedes-ca.crt" download>Unduh sertifikat</a>
<li>Android: Setelan → Keamanan → Pasang sertifikat → Sertifikat CA → pilih berkas yang diunduh.<br>
iPhone: Setelan → Profil Diunduh → Pasang; lalu Umum → Mengenai → Kepercayaan Sertifikat → nyalakan.
<li>Cocokkan sidik jarinya dengan yang tampil di komputer kantor:<br><code>{fingerprint}</code>
<li>Buka <a href="{address}">{address}</a></ol>
<hr lang="en"><p lang="en">Download the certificate, install it as a CA certificate, compare its fingerprint with the one shown on the
office computer, then open the address above. It only vouches for addresses of private networks.</p></html>"""


def handler(authority: bytes, page: bytes) -> type[BaseHTTPRequestHandler]:
    """Answers two addresses."""

    class Door(BaseHTTPRequestHandler):
        server_version = "kendedes"
        sys_version = ""
        timeout = 10

        def do_GET(self) -> None:
            if self.path == "/kendedes-ca.crt":
                self._send(200, "application/x-x509-ca-cert", authority)
            elif self.path == "/":
                self._send(200, "text/html; charset=utf-8", page)
            else:
                self._send(404, "text/plain; charset=utf-8", b"404\n")

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nobody needs to know who asked."""

    return Door


def main() -> int:
    """Serve until killed."""
    host, port, authority, address, fingerprint = sys.argv[1:]
    page = PAGE.format(fingerprint=html.escape(fingerprint), address=html.escape(address, quote=True)).encode()
    server = ThreadingHTTPServer((host, int(port)), handler(Path(authority).read_bytes(), page))
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
