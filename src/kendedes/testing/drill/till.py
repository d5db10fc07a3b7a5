"""Power cuts of a till (B4): a browser sells on a disk that loses its power; every receipt it had shown must be there afterwards.

No server runs meanwhile: the page, its goods and its sales live in the browser's profile on that disk. Control: the browser's
own default, ``durability: "relaxed"``, forced upon the same page.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, sync_playwright

from kendedes.testing.drill import disk
from kendedes.testing.drill.judge import Verdict
from kendedes.testing.server import Home, home, serving

MEGABYTES = 320
PIN = "482915"
SELLING = (1.0, 5.0)  # seconds after the first receipt until the power fails
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RELAXED = """{
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (names, mode) { return real.call(this, names, mode, {durability: "relaxed"}); };
}"""
# One sale after the other through the screens; each number is told at the moment it is on the screen.
SELL = """() => {
  const there = async (css) => {
    for (let i = 0; i < 3000; i += 1) {
      const found = document.querySelector(css);
      if (found) return found;
      await new Promise((go) => setTimeout(go, 4));
    }
    throw new Error(css);
  };
  (async () => {
    for (;;) {
      (await there(".goods-item")).click();
      (await there(".paybar .primary:enabled")).click();
      (await there("form.cash .primary")).click();
      const number = (await there("#nomor")).textContent;
      told(number, Date.now());
      (await there(".paid > .primary")).click();
      await there("#cari");
    }
  })().catch(() => {});
}"""
FOUND = """async () => {
  const at = (name) => [...document.querySelectorAll("link[rel=modulepreload]")].map((l) => l.href).find((href) => new RegExp(`/core/${name}[.]`).test(href));
  const [{ Store }, { firstBreak, receiptNumber }] = await Promise.all(["store", "events"].map((name) => import(at(name))));
  const store = await Store.open();
  const { device, head } = await store.state(["device", "head"]);
  const events = await store.events(1);
  const last = events.at(-1);
  return {
    numbers: events.filter((e) => e.type === "sale").map((e) => receiptNumber(device.code, e.seq, e.h)),
    gap: await firstBreak(events, {genesis: device.genesis}), first: events[0]?.seq ?? 0,
    head: head.seq === (last?.seq ?? 0) && head.h === (last?.h ?? device.genesis),
  };
}"""


def chromium() -> str | None:
    """The system's browser."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def browser(profile: Path, *, relaxed: bool = False) -> Iterator[BrowserContext]:
    """A browser on ``profile`` that ends whatever became of its disk."""
    for lock in profile.glob("Singleton*"):
        lock.unlink()
    with sync_playwright() as play:
        context = play.chromium.launch_persistent_context(str(profile), executable_path=chromium(), args=FLAGS, **PHONE)
        if relaxed:
            context.add_init_script(RELAXED)
        try:
            yield context
        finally:
            if disk_is_well(profile):
                context.close()
            else:
                _kill(profile)
                with suppress(Error):
                    context.close()


def disk_is_well(profile: Path) -> bool:
    """Whether the disk below still answers."""
    probe = profile / "probe"
    try:
        with probe.open("w") as file:
            os.fsync(file.fileno())
        probe.unlink()
    except OSError:
        return False
    return True


def _kill(profile: Path) -> None:
    """End the processes of the browser on this profile, and no other."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--user-data-dir={profile}".encode() in (entry / "cmdline").read_bytes().split(b"\0"):
                os.kill(int(entry.name), signal.SIGKILL)


def signs_in(page: Page) -> None:
    """Name and PIN."""
    page.get_by_role("button", name="Yudi Penilai").click()
    page.locator(".pin-input").press_sequentially(PIN)


def prepare(place: Home, profile: Path) -> str:
    """Pair a till on ``profile`` and open its shift; the address it lives at."""
    command = [sys.executable, "-m", "kendedes.testing.counter", "--pair", "1"]
    made = subprocess.run(command, env=place.env, capture_output=True, text=True, check=True)  # noqa: S603 - our own module
    (code,) = json.loads(made.stdout)["codes"]
    with serving(place), browser(profile) as context:
        page = context.new_page()
        page.goto(f"{place.url}/kasir/#pasang={code}")
        page.locator("form button[type=submit]").click()
        signs_in(page)
        page.locator("#modal").fill("100000")
        page.locator("form button[type=submit]").click()
        page.locator("#cari").wait_for()
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_timeout(1500)  # the worker keeps the page, the shift is sent
        return place.url


def sells_until_it_fails(failing: disk.Failing, url: str, *, seconds: float, relaxed: bool) -> tuple[list[str], bool]:
    """Receipts shown before the power failed; whether it failed while somebody sold."""
    told: list[tuple[str, int]] = []
    with browser(failing.place / "profil", relaxed=relaxed) as context:
        context.set_offline(True)
        page = context.new_page()
        page.expose_function("told", lambda number, at: told.append((number, at)))
        page.goto(f"{url}/kasir/")
        signs_in(page)
        page.locator("#cari").wait_for()
        page.evaluate(SELL)
        until = time.monotonic() + 60
        while not told and time.monotonic() < until:
            page.wait_for_timeout(20)
        page.wait_for_timeout(seconds * 1000)
        now = int(time.time() * 1000)
        before = len(told)
        failing.switch.touch()
        with suppress(Error):
            page.wait_for_timeout(400)  # what was told before the cut may still be on its way here
    return [number for number, at in told if at <= now], before > 0


def look(image: Path, place: Path, url: str, told: list[str]) -> Verdict:
    """Start the browser on the disk as it was found and compare with what had been shown."""
    verdict = Verdict(acked=len(told))
    with disk.mounted(image, place), browser(place / "profil") as context:
        context.set_offline(True)
        page = context.new_page()
        try:
            page.goto(f"{url}/kasir/")
            page.locator("#kasir[data-ready=yes]").wait_for(timeout=60_000)
            found = page.evaluate(FOUND)
        except Error as error:
            verdict.broken.append(f"the till does not start: {error}")
            verdict.lost = len(told)
            return verdict
    numbers = Counter(found["numbers"])
    verdict.kept = numbers.total()
    verdict.lost = len(set(told) - set(numbers))
    verdict.twice = sum(count - 1 for count in numbers.values())
    if found["gap"] is not None or found["first"] > 1 or not found["head"]:
        verdict.broken.append(f"chain: {json.dumps({key: found[key] for key in ('gap', 'first', 'head')})}")
    return verdict


def run(work: Path, *, cycles: int, seed: int, relaxed: bool = False) -> Iterator[Verdict]:
    """``cycles`` power cuts, each after another while of selling, always from the same disk."""
    base, after, place = work / "base.img", work / "after.img", work / "m"
    disk.make(base, MEGABYTES)
    (work / "rumah").mkdir(exist_ok=True)
    with home(work / "rumah") as made:
        made.seed()
        with disk.mounted(base, place):
            url = prepare(made, place / "profil")
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    for number in range(cycles):
        with disk.failing(base, place, out=after, cut=0, seed=seed * 1000 + number) as failing:
            told, selling = sells_until_it_fails(failing, url, seconds=chance.uniform(*SELLING), relaxed=relaxed)
        verdict = look(after, place, url, told)
        if not selling:
            verdict.broken.append("nothing was sold before the cut")
        yield verdict
