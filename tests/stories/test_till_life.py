"""The life of the till page in a browser: judged by axe, renewed between two buyers, out of room, with a camera, on paper."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.stories.conftest import DESK, PHONE
from tests.stories.proxy import Line, line_to
from tests.stories.test_till import codes, place, sells
from tests.stories.tills import PIN, browser_at, opens, pairs, sent, signs_in

from kendedes.testing import axe
from kendedes.testing.server import Home, serving

__all__ = ["place"]  # a fixture
RATNA = "730264"


def module(page: Page, name: str) -> str:
    """The address of one of the till's own modules."""
    return page.evaluate(
        """(name) => [...document.querySelectorAll("link[rel=modulepreload]")].map((l) => l.href).find((href) => new RegExp(`/core/${name}[.]`).test(href))""",
        name,
    )


class Judge:
    """Collects what axe finds in each state, in light and in dark."""

    def __init__(self, page: Page) -> None:
        self.page, self.found, self.states = page, [], 0

    def looks(self, state: str) -> None:
        self.states += 1
        self.page.wait_for_timeout(250)  # what slides in has arrived
        for theme in ("light", "dark"):
            self.page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
            self.page.wait_for_timeout(400)  # colours change slowly
            found = axe.violations(self.page)
            if any(f.startswith("target-size") for f in found):  # half under the bar at the bottom until scrolled
                self.page.evaluate("scrollTo(0, document.body.scrollHeight)")
                found = [f for f in axe.violations(self.page) if f in found]
                self.page.evaluate("scrollTo(0, 0)")
            self.found += [f"{state}, {theme}: {f}" for f in found]


def day(page: Page, url: str, code: str, *, phone: bool) -> Judge:
    """One of everything a cashier does."""
    judge = Judge(page)
    page.goto(f"{url}/kasir/#pasang={code}")
    page.locator("#kasir[data-ready=yes]").wait_for()
    judge.looks("pairing")
    page.locator("form button[type=submit]").click()
    page.get_by_role("button", name="Yudi Penilai").wait_for()
    judge.looks("who sells")
    page.get_by_role("button", name="Yudi Penilai").click()
    page.locator(".pin-input").press_sequentially("111111")
    expect(page.locator(".pin-note")).not_to_be_empty()
    judge.looks("wrong PIN")
    page.locator(".pin-input").press_sequentially(PIN)
    page.locator("#modal").wait_for()
    judge.looks("shift")
    page.locator("#modal").fill("100000")
    page.locator("form button[type=submit]").click()
    page.locator("#cari").fill("qwert")
    page.locator(".none button").wait_for()
    judge.looks("nothing found")
    page.locator(".none button").click()
    judge.looks("unknown goods")
    page.locator("dialog .money").fill("12000")
    page.locator("dialog button[type=submit]").click()
    for what in ("keripik", "batik"):
        page.locator("#cari").fill(what)
        page.locator(".goods-item").first.click()
    page.locator("#cari").fill("k")
    judge.looks("goods found")
    page.keyboard.press("Escape")
    if phone:
        page.locator(".bar-sum").click()
    judge.looks("basket")
    page.locator(".line-text").nth(1).click()
    judge.looks("a line")
    page.locator("dialog .money").nth(1).fill("1000")  # below what was agreed: a second person
    page.locator("dialog button[type=submit]").click()
    if phone:
        page.keyboard.press("Escape")
    page.locator(".paybar .primary" if phone else ".basket-foot .primary").click()
    page.locator("dialog .pin-input").wait_for()
    judge.looks("second person")
    page.locator("dialog .pin-input").press_sequentially(RATNA)
    page.locator("#diterima").wait_for()
    judge.looks("cash")
    page.locator("#diterima").fill("200000")
    page.locator("form.cash button[type=submit]").click()
    page.locator(".kind").nth(1).click()
    judge.looks("split, QRIS")
    page.locator(".kind").nth(2).click()
    judge.looks("transfer")
    page.locator(".kind").nth(0).click()
    page.locator("form.cash button[type=submit]").click()
    page.locator("#nomor").wait_for()
    judge.looks("paid")
    page.locator(".paid-ways button").nth(1).click()
    judge.looks("WhatsApp")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator(".ways button").nth(1).click()
    page.locator(".row-button").first.click()
    judge.looks("receipt")
    page.locator("dialog .danger").last.click()
    page.locator("dialog .stepper button").nth(1).click()
    page.locator("dialog .chip").nth(1).click()
    judge.looks("refund")
    page.locator("dialog button[type=submit]").click()
    page.locator("dialog .slip").wait_for()
    judge.looks("refund slip")
    page.keyboard.press("Escape")
    judge.looks("receipts")
    page.locator(".ways button").nth(2).click()
    judge.looks("shift so far")
    page.locator(".ways-shift button").nth(1).click()
    judge.looks("cash out")
    page.keyboard.press("Escape")
    page.locator(".ways-shift .primary").click()
    page.locator("#hitung").fill("150000")
    judge.looks("count")
    page.locator("dialog button[type=submit]").click()
    page.locator(".slip").wait_for()
    judge.looks("Z slip")
    page.locator(".ways button").nth(3).click()
    judge.looks("this till")
    return judge


def test_axe_finds_nothing_in_any_state_on_phone_and_desk_light_and_dark(place: Home, tmp_path: Path):
    with serving(place):
        for code, (name, device) in zip(codes(place, 2), {"phone": PHONE, "desk": DESK}.items(), strict=True):
            with browser_at(tmp_path / name, device, bypass_csp=True, service_workers="block") as context:
                judge = day(context.new_page(), place.url, code, phone=name == "phone")

                assert judge.found == []
                assert judge.states == 24
                judge.page.evaluate("document.querySelector('h1').remove()")  # the judge is awake
                judge.looks("control")
                assert any("page-has-heading-one" in f for f in judge.found)


def a_new_version(page: Page, line: Line) -> None:
    """The office installs another version while this till runs."""
    line.edits.append(("/sw.js", '"version": "', '"version": "baru'))
    page.evaluate(
        "globalThis.mark = 1; navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => 1)"
    )


def test_a_new_version_waits_until_the_basket_is_empty(place: Home, tmp_path: Path):
    with serving(place), line_to(place.url) as line:
        (code,) = codes(place)
        with browser_at(tmp_path / "profil") as context:
            page = pairs(context, line.url, code)
            page.locator("#cari").fill("kopi")
            page.locator(".goods-item").first.click()

            a_new_version(page, line)
            expect(page.locator(".alarm")).to_contain_text("versi baru", ignore_case=True, timeout=15_000)
            page.wait_for_timeout(7000)  # it looks every three seconds
            assert page.evaluate("globalThis.mark") == 1
            assert page.locator(".line").count() == 1

            page.keyboard.press("F9")
            page.locator("form.cash button[type=submit]").click()
            expect(page.locator("#nomor")).to_be_visible()
            page.wait_for_timeout(4000)
            assert page.evaluate("globalThis.mark") == 1  # the change is still being counted
            with page.expect_event("load", timeout=20_000):
                page.keyboard.press("Escape")
            page.locator("#cari").wait_for()
            assert page.evaluate("globalThis.mark") is None
            assert "baru" in page.evaluate("caches.keys().then((k) => k.join())")
            sells(page)


def test_the_story_would_notice_a_version_that_does_not_wait(place: Home, tmp_path: Path):
    with serving(place), line_to(place.url) as line:
        (code,) = codes(place)
        with browser_at(tmp_path / "profil") as context:
            page = pairs(context, line.url, code)
            page.locator("#cari").fill("kopi")
            page.locator(".goods-item").first.click()
            line.edits.append(
                (
                    "/sw.js",
                    "event.waitUntil(caches.open(CACHE)",
                    "self.skipWaiting(); event.waitUntil(caches.open(CACHE)",
                )
            )
            with page.expect_event("load", timeout=20_000):
                a_new_version(page, line)


def test_a_disk_without_room_and_a_browser_that_promises_nothing(place: Home, tmp_path: Path):
    with serving(place):
        (code,) = codes(place)
        with browser_at(tmp_path / "profil") as context:
            context.add_init_script(
                "navigator.storage.persist = navigator.storage.persisted = () => Promise.resolve(false)"
            )
            page = pairs(context, place.url, code)
            sent(page)
            page.evaluate(  # a disk that is found to be full when the transaction is to be written
                """() => {
                  const real = IDBObjectStore.prototype.put;
                  globalThis.full = true;
                  IDBObjectStore.prototype.put = function (...what) {
                    const asked = real.apply(this, what);
                    if (globalThis.full) asked.onsuccess = () => asked.transaction.abort();
                    return asked;
                  };
                }"""
            )
            page.locator("#cari").fill("kopi")
            page.locator(".goods-item").first.click()
            page.keyboard.press("F9")
            expect(page.locator(".toast")).to_contain_text("TIDAK tercatat")
            assert page.locator("#diterima").count() == 0  # before money is taken

            page.evaluate("globalThis.full = false")
            page.keyboard.press("F9")  # the control: with room it is sold
            page.locator("form.cash button[type=submit]").click()
            expect(page.locator("#nomor")).to_be_visible()
            page.keyboard.press("Escape")
            sent(page)

            page.locator(".ways button").nth(3).click()
            expect(page.locator("dl.facts")).to_contain_text("peramban tidak berjanji menjaga")
            context.set_offline(True)
            page.locator(".ways button").nth(0).click()
            sells(page)
            page.locator(".ways button").nth(3).click()
            button = page.get_by_role("button", name="Lepas kasir ini")
            expect(button).to_be_disabled()
            button.evaluate(
                "(b) => { b.disabled = false; }"
            )  # somebody who knows how: the disk is asked, not the button
            button.click()
            expect(page.locator("dialog")).to_contain_text("Tutup giliran")
            page.keyboard.press("Escape")
            with page.expect_download() as download:
                page.get_by_role("button", name="Simpan berkas cadangan").click()
            assert len(Path(download.value.path()).read_text().splitlines()) == 1 + 3


def test_the_latest_receipts_are_sales_however_much_else_happened(place: Home, tmp_path: Path):
    with serving(place):
        (code,) = codes(place)
        with browser_at(tmp_path / "profil") as context:
            page = pairs(context, place.url, code)
            found = page.evaluate(
                """async (store) => {
                  const { Store } = await import(store);
                  const coba = await Store.open(indexedDB, "coba");
                  const put = (seq, type, about = "") => new Promise((done) => {
                    const tx = coba.db.transaction("events", "readwrite");
                    tx.objectStore("events").add({ seq, id: `e${seq}`, type, about, text: "" });
                    tx.oncomplete = done;
                  });
                  for (let seq = 1; seq <= 5; seq += 1) await put(seq, "sale");
                  for (let seq = 6; seq <= 205; seq += 1) await put(seq, "cash");
                  await put(206, "void", "e5");
                  const { sales, back } = await coba.latestSales(3);
                  return [sales.map((s) => s.seq), [...back]];
                }""",
                module(page, "store"),
            )
    assert found == [[5, 4, 3], [["e5", "void"]]]


def test_the_camera_reads_a_label_where_the_browser_can(place: Home, tmp_path: Path):
    camera = """
      globalThis.BarcodeDetector = class { async detect() { return globalThis.label ? [{rawValue: globalThis.label}] : []; } };
      navigator.mediaDevices.getUserMedia = async () => { const c = document.createElement("canvas"), pen = c.getContext("2d"); setInterval(() => { pen.fillStyle = `rgb(${Math.random() * 255} 0 0)`; pen.fillRect(0, 0, 300, 150); }, 60); return c.captureStream(10); };
    """
    with serving(place):
        one, two = codes(place, 2)
        with browser_at(tmp_path / "tanpa") as context:  # the control: without a detector there is no such button
            context.add_init_script("delete globalThis.BarcodeDetector")
            assert pairs(context, place.url, one).locator(".camera").count() == 0
        with browser_at(tmp_path / "dengan", PHONE) as context:
            context.add_init_script(camera)
            page = pairs(context, place.url, two)
            lot = page.evaluate(
                """async (store) => { const { Store } = await import(store); const { snapshot } = await (await Store.open()).state(["snapshot"]); return snapshot.body.goods[3]; }""",
                module(page, "store"),
            )
            page.locator(".camera").click()
            page.locator("video.finder").wait_for()
            page.evaluate("(lot) => { globalThis.label = `https://contoh.id/l/${lot}`; }", lot["lot"])
            expect(page.locator(".bar-count")).to_have_text("1")
            page.wait_for_timeout(600)
            expect(page.locator(".bar-count")).to_have_text("1")  # held before the lens it is read once
            assert page.evaluate("document.querySelector('.line-name').textContent").startswith(lot["name"])
            page.evaluate("globalThis.label = ''")
            page.keyboard.press("Escape")
            page.locator(".camera").wait_for()


def test_a_printed_receipt_is_as_wide_as_the_paper_and_nothing_else(place: Home, tmp_path: Path):
    with serving(place):
        (code,) = codes(place)
        with browser_at(tmp_path / "profil") as context:
            page = pairs(context, place.url, code)
            page.evaluate("globalThis.print = () => {}")
            for what in ("keripik", "batik"):
                page.locator("#cari").fill(what)
                page.locator(".goods-item").first.click()
            page.keyboard.press("F9")
            page.locator("form.cash button[type=submit]").click()
            number = page.locator("#nomor").inner_text()
            page.locator(".paid-ways button").first.click()
            paper = tmp_path / "struk.pdf"
            page.pdf(path=str(paper), width="58mm", height="120mm", prefer_css_page_size=False)

    size = subprocess.run(["pdfinfo", str(paper)], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages:\s+1\n", size)
    text = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True).stdout
    assert number in text
    assert "Penjualan berikutnya" not in text
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    assert max(map(len, rows)) <= 32
    assert re.search(r"TOTAL +Rp402\.500", text)
    boxes = subprocess.run(["pdftotext", "-bbox", str(paper), "-"], capture_output=True, text=True, check=True).stdout
    right = max(float(x) for x in re.findall(r'xMax="([\d.]+)"', boxes))
    assert right <= 56 / 25.4 * 72  # inside the paper's printable 48 mm and its margin


def test_a_reload_keeps_who_sells_and_the_lock_asks_again(place: Home, tmp_path: Path):
    with serving(place):
        (code,) = codes(place)
        with browser_at(tmp_path / "profil") as context:
            page = pairs(context, place.url, code)
            page.reload()
            page.locator("#cari").wait_for()
            page.locator("button.who").click()
            page.get_by_role("button", name="Yudi Penilai").wait_for()
            page.reload()
            page.get_by_role("button", name="Yudi Penilai").wait_for()
            signs_in(page)
            page.locator("#cari").wait_for()
            page.close()
            again = opens(context, f"{place.url}/kasir/")
            again.get_by_role("button", name="Yudi Penilai").wait_for()
