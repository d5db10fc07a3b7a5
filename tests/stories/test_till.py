"""A day at the till: a real browser, a real server that is killed, a disk that is copied or full, two tabs, a wrong clock."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import PHONE
from tests.stories.tills import browser_at, opens, pairs, sent, signs_in

from kendedes.testing.server import Home, free_port, home, serving

SALES = """
import json
from kendedes.sales.models import RawEvent
from kendedes.ledger.models import GoodsMove
print("@" + json.dumps({
    "events": [[str(e.device.code), e.branch, e.seq, e.type, e.sha256] for e in RawEvent.objects.select_related("device")],
    "sold": sum(GoodsMove.objects.filter(target__kind="sold").values_list("quantity", flat=True)),
    "flags": sorted(h.result for h in __import__("kendedes.sales.models", fromlist=["Handling"]).Handling.objects.all()),
}))
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Home]:
    with home(tmp_path / "rumah") as made:
        made.seed()
        yield made


def codes(place: Home, n: int = 1) -> list[str]:
    command = [sys.executable, "-m", "kendedes.testing.counter", "--pair", str(n)]
    done = subprocess.run(command, env=place.env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["codes"]


def books(place: Home) -> dict:
    out = place.run("manage", "shell", "-v", "0", "-c", SALES).stdout
    return json.loads(out[out.index("@") + 1 :])


def sells(page: Page, what: str = "telur", pieces: int = 1) -> str:
    for _ in range(pieces):
        page.locator("#cari").fill(what)
        page.locator(".goods-item").first.click()
    expect(page.locator(".paybar .primary")).to_be_enabled()  # the basket is drawn with the next frame
    page.keyboard.press("F9")
    page.locator("form.cash button[type=submit]").click()
    number = page.locator("#nomor")
    expect(number).to_be_visible()
    text = number.inner_text()
    page.keyboard.press("Escape")
    page.locator("#cari").wait_for()
    return text


def test_sold_without_network_from_a_cold_start_and_counted_once(place: Home, tmp_path: Path):
    port, profile, receipts = free_port(), tmp_path / "profil", []
    with serving(place, port=port):
        (code,) = codes(place)
        with browser_at(profile) as context:
            page = pairs(context, place.url, code)
            receipts.append(sells(page))
            sent(page)
            context.set_offline(True)

    with browser_at(profile) as context:  # the server is gone, the browser starts anew
        page = opens(context, f"{place.url}/kasir/")
        signs_in(page)
        receipts += [sells(page) for _ in range(3)]
        expect(page.locator(".status")).to_contain_text("3 belum terkirim")
        page.locator(".ways button").nth(3).click()
        expect(page.get_by_role("button", name="Lepas kasir ini")).to_be_disabled()

    with serving(place, port=port), browser_at(profile) as context:
        page = opens(context, f"{place.url}/kasir/")
        signs_in(page)
        sent(page)
        page.reload()
        signs_in(page) if page.locator(".pin-input").count() else None
        sent(page)

    found = books(place)
    sales = [e for e in found["events"] if e[3] == "sale"]
    assert [f"K1-{e[2]:06d}-{e[4][:8]}" for e in sales] == receipts
    assert found["sold"] == 4


def test_both_tills_sell_the_last_ones_offline_and_both_are_counted(place: Home, tmp_path: Path):
    with serving(place):
        one, two = codes(place, 2)
        with browser_at(tmp_path / "satu") as first:
            page = pairs(first, place.url, one)
            first.set_offline(True)
            sells(page, "telur", 10)
            first.set_offline(False)
            sent(page)
        with browser_at(tmp_path / "dua", PHONE) as second:
            page = pairs(second, place.url, two)
            page.locator("#cari").fill("telur")
            page.locator(".goods-item").first.click()
            page.locator(".paybar .primary").click()
            page.locator("form.cash button[type=submit]").click()
            expect(page.locator("#nomor")).to_be_visible()
            sent(page)

    found = books(place)
    assert found["sold"] == 11
    assert "flagged" in found["flags"]


def test_a_copied_till_is_found_and_nothing_is_lost(place: Home, tmp_path: Path):
    with serving(place):
        (code,) = codes(place)
        with browser_at(tmp_path / "asli") as context:
            sent_page = pairs(context, place.url, code)
            sells(sent_page)
            sent(sent_page)
        shutil.copytree(tmp_path / "asli", tmp_path / "salinan", ignore=shutil.ignore_patterns("Singleton*"))
        for name in ("asli", "salinan"):
            with browser_at(tmp_path / name) as context:
                context.set_offline(True)  # before the copy can ask
                page = opens(context, f"{place.url}/kasir/")
                signs_in(page)
                sells(page, "kopi" if name == "asli" else "madu")
                context.set_offline(False)
                page.evaluate("dispatchEvent(new Event('online'))")
                if name == "asli":
                    sent(page)
                else:
                    expect(page.locator(".message.error")).to_contain_text("TERKUNCI")
                    with page.expect_download() as download:
                        page.get_by_role("button", name="Simpan berkas cadangan").click()
                    rows = Path(download.value.path()).read_text().splitlines()
                    assert json.loads(rows[0])["events"] == len(rows) - 1 == 3


def test_one_tab_sells_a_reload_keeps_the_basket_and_a_full_disk_says_so(place: Home, tmp_path: Path):
    with serving(place):
        (code,) = codes(place)
        with browser_at(tmp_path / "profil") as context:
            page = pairs(context, place.url, code)
            other = opens(context, f"{place.url}/kasir/", ready="other")
            expect(other.get_by_role("heading")).to_have_text("Kasir sudah terbuka")
            other.close()

            page.locator("#cari").fill("kopi")
            page.locator(".goods-item").first.click()
            page.keyboard.press("F9")
            page.locator("#diterima").wait_for()
            page.reload()  # in the middle of paying
            expect(page.locator(".line")).to_have_count(1)
            page.keyboard.press("F9")
            page.locator("form.cash button[type=submit]").click()
            expect(page.locator("#nomor")).to_be_visible()
            page.keyboard.press("Escape")

            page.evaluate(
                "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') } }"
            )
            page.locator("#cari").fill("kopi")
            page.locator(".goods-item").first.click()
            page.keyboard.press("F9")
            expect(page.locator(".toast")).to_contain_text("TIDAK tercatat")
            expect(page.locator("#diterima")).to_have_count(0)


def test_a_wrong_clock_is_flagged_and_order_holds(place: Home, tmp_path: Path):
    with serving(place):
        (code,) = codes(place)
        with browser_at(tmp_path / "profil") as context:
            page = pairs(context, place.url, code)
            sells(page, "topeng")  # keeps for ever: nothing is asked, whatever year the till believes in
            page.evaluate("{ const now = Date.now; Date.now = () => now() - 7 * 365 * 86400000 }")
            sells(page, "topeng")
            page.evaluate("{ const now = Date.now; Date.now = () => now() + 8 * 365 * 86400000 }")
            sells(page, "topeng")
            page.locator(".ways button").nth(3).click()
            page.get_by_role("button", name="Kirim sekarang").click()
            expect(page.locator("dl.facts")).to_contain_text("meleset", timeout=20_000)

    found = books(place)
    assert [e[2] for e in found["events"]] == [1, 2, 3, 4]
    assert "flagged" in found["flags"]
