"""Who may open the pages of products."""

from __future__ import annotations

from kendedes.testing.matrix import Page

ROWS = [
    Page(
        "photos:photo",
        args=lambda w: {"shard": "00", "name": "0" * 64 + "-640.jpg"},
        hears=frozenset({404}),
        why="photos are public by their unguessable names; the view asks no database",
    ),
]
