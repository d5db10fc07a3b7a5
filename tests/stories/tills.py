"""A till in a browser of its own, for stories: paired, signed in at, sold on, with or without a line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright
from tests.stories.conftest import DESK, FLAGS, chromium

PIN = "482915"


@contextmanager
def browser_at(
    profile: Path, device: dict = DESK, *, play: Playwright | None = None, **more: Any
) -> Iterator[BrowserContext]:
    """A browser on a profile of its own: closing it and opening it again is a cold start."""
    if play is None:
        with sync_playwright() as started, browser_at(profile, device, play=started, **more) as context:
            yield context
        return
    context = play.chromium.launch_persistent_context(
        str(profile), executable_path=chromium(), args=FLAGS, **device, **more
    )
    yield context
    context.close()


def opens(context: BrowserContext, url: str, *, ready: str = "yes") -> Page:
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#kasir")).to_have_attribute("data-ready", ready, timeout=20_000)
    return page


def signs_in(page: Page, who: str = "Yudi Penilai") -> None:
    """Picks her name where there are several, types her PIN."""
    page.get_by_text(who).first.wait_for()
    if page.locator(".pin-input").count() == 0:
        page.get_by_role("button", name=who).click()
    page.locator(".pin-input").press_sequentially(PIN)
    expect(page.locator(".dots")).to_have_count(0)


def pairs(context: BrowserContext, url: str, code: str, *, who: str = "Yudi Penilai", drawer: int = 100_000) -> Page:
    page = opens(context, f"{url}/kasir/#pasang={code}")
    page.locator("form button[type=submit]").click()
    signs_in(page, who)
    page.locator("#modal").fill(str(drawer))
    page.locator("form button[type=submit]").click()
    page.locator("#cari").wait_for()
    page.wait_for_timeout(500)  # the worker keeps the page for later
    page.evaluate(  # where a story blocks workers, `ready` would never come
        "navigator.serviceWorker.getRegistration().then((r) => r && navigator.serviceWorker.ready).then(() => true)"
    )
    return page


def sent(page: Page) -> None:
    expect(page.locator(".status")).to_contain_text("Terkirim", timeout=30_000)
