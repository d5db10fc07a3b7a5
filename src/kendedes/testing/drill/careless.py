"""A control: the real application, but uploads of tills are acknowledged before they are written. The drill must notice."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from kendedes.wsgi import application as careful

LATE = 0.3  # seconds until what was acknowledged is written


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answers at once and does the work afterwards."""
    if not environ["PATH_INFO"].endswith("/upload"):
        return careful(environ, start_response)
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    asked = json.loads(body)
    last = asked["events"][-1].encode()

    def later() -> None:
        time.sleep(LATE)
        list(careful({**environ, "wsgi.input": io.BytesIO(body)}, lambda *_args: None))

    threading.Thread(target=later, daemon=True).start()
    acked = asked["from"] + len(asked["events"]) - 1
    said = {"sync": 1, "v": 1, "epoch": asked["epoch"], "acked_seq": acked, "head": hashlib.sha256(last).hexdigest()}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(said).encode()]
