"""What outside judges say about a page open in a browser; for stories.

Words: *trouble* is anything the browser wrote to its console or a script that broke.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def listen(page: Page, trouble: list[str], ignore: tuple[str, ...] = ()) -> None:
    """Collect into `trouble` what the console says as warning or error and every broken script."""

    def heard(kind: str, text: str) -> None:
        if not any(part in text for part in ignore):
            trouble.append(f"{kind}: {text}")

    page.on(
        "console", lambda m: heard(m.type, f"{m.text} {m.location['url']}") if m.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: heard("broken", str(error)))


@lru_cache(maxsize=1)
def _axe() -> str:
    folder = Path(axe_playwright_python.__file__).parent
    return next(folder.glob("**/axe*.js")).read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA and its best practices; one line a finding. Needs a context with bypass_csp."""
    page.evaluate(_axe())
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{v['id']}: {node['html'][:140]}" for v in found["violations"] for node in v["nodes"]]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window; 0 is right."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide
