"""What a page costs a visitor, as a browser counts it: bytes over the line, and the largest paint on a slow one.

Words: a *visit* is one page opened; *first* with an empty cache, *next* after other pages of the site. *Photos* are what
lies under ``/media/``. The *slow line* is 400 kbit/s with 400 ms for a round trip, on a processor four times slower.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
WATCH = """
window.largest = null;
new PerformanceObserver(list => { for (const entry of list.getEntries()) {
  const what = entry.element ? entry.element.tagName + '.' + entry.element.className : '';
  window.largest = {at: entry.startTime, what: what + ' ' + (entry.url || '').split('/').pop(), size: entry.size};
} }).observe({type: 'largest-contentful-paint', buffered: true});
"""


@dataclass
class Visit:
    """Bytes by address as they came over the line, head and body; the largest paint in milliseconds."""

    sizes: dict[str, int] = field(default_factory=dict)
    largest: float = 0
    what: str = ""

    @property
    def plain(self) -> int:
        """Bytes without photos."""
        return sum(size for address, size in self.sizes.items() if "/media/" not in address)

    @property
    def photos(self) -> int:
        """Bytes of photos."""
        return sum(self.sizes.values()) - self.plain

    def heaviest(self) -> str:
        """For a message when it is too much."""
        parts = sorted(self.sizes.items(), key=lambda pair: -pair[1])
        return ", ".join(f"{size / 1000:.1f} {address.rpartition('/')[2] or 'page'}" for address, size in parts[:8])


def phone(browser: Browser, *, slow: bool = False) -> tuple[BrowserContext, Page, Any]:
    """A context with an empty cache, one page in it, and the line to its developer tools."""
    context = browser.new_context(**PHONE, locale="id-ID")
    context.add_init_script(WATCH)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    if slow:
        line.send("Network.emulateNetworkConditions", SLOW)
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return context, page, line


def visit(page: Page, line: Any, address: str) -> Visit:
    """Open a page and wait until the line is quiet."""
    made, addresses = Visit(), dict[str, str]()

    def asked(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def came(event: dict[str, Any]) -> None:
        where = addresses.get(event["requestId"], "?")
        if where.startswith("http"):
            made.sizes[where] = made.sizes.get(where, 0) + int(event["encodedDataLength"])

    line.on("Network.requestWillBeSent", asked)
    line.on("Network.loadingFinished", came)
    page.goto(address, wait_until="networkidle", timeout=120_000)
    found = page.evaluate("window.largest") or {}
    line.remove_listener("Network.requestWillBeSent", asked)
    line.remove_listener("Network.loadingFinished", came)
    made.largest, made.what = float(found.get("at", 0)), str(found.get("what", ""))
    return made
