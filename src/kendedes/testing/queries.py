"""How many queries pages cost, held by a file beside the test: ``{"PERSON NAME": number}``.

A number that rises is a decision: change the file in the same commit and say why. Run the test with
``KENDEDES_BASELINE=write`` to write the file anew, then read what changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kendedes.journal.models import User


def cost(client: Client, address: str) -> tuple[int, list[str]]:
    """(number of queries of one GET, those among them that are not reads). The page must answer 200."""
    with CaptureQueriesContext(connection) as found:
        answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return len(found), [q["sql"] for q in found if not q["sql"].lstrip("(").startswith(("SELECT", "WITH"))]


def measured(people: Mapping[str, User], pages: Mapping[str, str]) -> dict[str, int]:
    """Every page as every person sees it, as the second page she opens: keys ``PERSON NAME``. None may write."""
    found = {}
    for who, user in people.items():
        client = Client()
        client.force_login(user)
        client.get("/kantor/akun/")  # the session's own first writes
        for name, address in pages.items():
            cache.clear()
            found[f"{who} {name}"], writes = cost(client, address)
            assert not writes, f"{address} writes: {writes}"
    return found


def hold(found: Mapping[str, int], baseline: Path, *, most: int) -> None:
    """``found`` is what ``baseline`` says, and no page costs more than ``most``."""
    text = json.dumps(found, indent=2) + "\n"
    if os.environ.get("KENDEDES_BASELINE") == "write":
        baseline.write_text(text, encoding="utf-8")
    assert dict(found) == json.loads(baseline.read_text(encoding="utf-8")), text
    assert max(found.values()) <= most, {name: n for name, n in found.items() if n > most}
