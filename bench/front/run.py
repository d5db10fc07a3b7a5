"""Weights and largest paints of public pages of a served demo: ``./kendedes dev python bench/front/run.py URL [--runs 5]``."""

from __future__ import annotations

import argparse
import shutil
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from kendedes.testing import slowline

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def product(browser: Browser, url: str) -> str:
    """One that can be put into the basket, with a photo."""
    context, page, _line = slowline.phone(browser)
    page.goto(f"{url}/produk/")
    found = page.locator(".product-name a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    for address in found:
        page.goto(url + address)
        if page.locator("form[action$='/keranjang/tambah/']").count() and page.locator("main img").count():
            context.close()
            return str(address)
    raise SystemExit("no product with a photo can be bought here")


def basket(browser: Browser, url: str, address: str) -> list[dict[str, str]]:
    """The cookie of a basket with that product in it."""
    context, page, _line = slowline.phone(browser)
    page.goto(url + address)
    page.locator("form[action$='/keranjang/tambah/'] button").first.click()
    page.wait_for_url("**/keranjang/")
    cookies = context.cookies()
    context.close()
    return [dict(cookie) for cookie in cookies]


def main() -> None:
    """One line a page: weight on the first and the next visit, photos, the largest paint on the slow line."""
    ask = argparse.ArgumentParser()
    ask.add_argument("url")
    ask.add_argument("--runs", type=int, default=5)
    ask.add_argument("--detail", action="store_true")
    told = ask.parse_args()
    url = told.url.rstrip("/")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        bought = product(browser, url)
        cookies = basket(browser, url, bought)
        pages = {"home": "/", "list": "/produk/", "product": bought, "checkout": "/pesan/"}
        print("page      first kB  next kB  photos kB  paint ms (median, worst of runs)  what")
        for name, address in pages.items():
            context, page, line = slowline.phone(browser)
            context.add_cookies(cookies)
            first = slowline.visit(page, line, url + address)
            other = "/kecamatan/" if name == "list" else "/produk/"
            context.clear_cookies()
            context.close()
            context, page, line = slowline.phone(browser)
            context.add_cookies(cookies)
            slowline.visit(page, line, url + other)
            next_ = slowline.visit(page, line, url + address)
            context.close()
            paints = []
            for _ in range(told.runs):
                context, page, line = slowline.phone(browser, slow=True)
                context.add_cookies(cookies)
                paints.append(slowline.visit(page, line, url + address))
                context.close()
            times = [p.largest for p in paints]
            print(f"{name:9} {first.plain / 1000:8.1f} {next_.plain / 1000:8.1f} {first.photos / 1000:10.1f} "
                  f"{median(times):9.0f} {max(times or [0]):9.0f}  {paints[-1].what if paints else ''}")  # fmt: skip
            if told.detail:
                print("   first:", first.heaviest())
                print("   next: ", next_.heaviest())
        browser.close()


if __name__ == "__main__":
    main()
