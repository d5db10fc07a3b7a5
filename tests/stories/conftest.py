"""Stories run in a real browser against a real server on a home of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kendedes.testing.cast import PASSWORD
from kendedes.testing.server import Home, home, serving

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
SHEETS = Path(__file__).resolve().parents[3] / "shared" / "data"


def chromium() -> str | None:
    """The system's browser: none is downloaded."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.fail("the stories need Chromium (Debian: apt install chromium)")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A served home with the cast in it."""
    with home(tmp_path_factory.mktemp("rumah")) as place:
        place.seed()
        with serving(place) as served:
            yield served


class Person:
    """Somebody at a device: a browser context of her own, with what went wrong in it."""

    def __init__(self, browser: Browser, place: Home, device: dict, language: str = "id-ID") -> None:
        self.place = place
        self.context: BrowserContext = browser.new_context(**device, locale=language, accept_downloads=True)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on(
            "console",
            lambda m: self.faults.append(m.text) if m.type == "error" and "status of 4" not in m.text else None,
        )
        self.page.on("response", lambda r: self.faults.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        self.page.on("request", self._stays_here)

    def _stays_here(self, request) -> None:
        if not request.url.startswith((self.place.url, "data:", "blob:")):
            self.faults.append(f"asks elsewhere: {request.url}")

    def opens(self, path: str) -> Page:
        self.page.goto(self.place.url + path)
        return self.page

    def signs_in(self, username: str, password: str = PASSWORD) -> Page:
        page = self.opens("/akun/login/")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(password)
        page.locator("main form[method=post] button[type=submit], form[method=post] button.primary").first.click()
        page.wait_for_url("**/kantor/**")
        return page

    def photographs(self, name: str) -> None:
        """A picture of the whole page, kept in ``KENDEDES_SHOTS`` when that is set."""
        import os

        folder = os.environ.get("KENDEDES_SHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.fixture
def someone(browser: Browser, gallery: Home) -> Iterator:
    """``someone("phone")`` or ``someone("desk")``: a Person; at the end nothing may have gone wrong in her browser."""
    people: list[Person] = []

    def make(device: str = "desk", language: str = "id-ID") -> Person:
        people.append(Person(browser, gallery, PHONE if device == "phone" else DESK, language))
        return people[-1]

    yield make
    faults = [fault for person in people for fault in person.faults]
    for person in people:
        person.context.close()
    assert faults == []
