"""Who may open what of tills and sales."""

from __future__ import annotations

from kendedes.testing.matrix import EVERYBODY, Page

NOBODY: frozenset[str] = frozenset()
_DEV = {"dev": "K1"}

ROWS = [
    Page("till:page", EVERYBODY, why="the page holds nothing; goods come by a device's token"),
    Page("till:manifest"),
    Page("till:worker"),
    Page("sync:pair", EVERYBODY, why="by a code that works once; what is none is refused in words"),
    Page("sync:head", NOBODY, lambda _w: _DEV, why="a till's token, never a person's session"),
    Page("sync:snapshot", NOBODY, lambda _w: _DEV),
    Page("sync:receipt", NOBODY, lambda _w: {**_DEV, "number": "K1-000001"}),
    Page("sync:upload", NOBODY, lambda _w: _DEV, method="POST", why="a till's token"),
]
