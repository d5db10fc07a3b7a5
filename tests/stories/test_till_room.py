"""A browser whose room is really used up, and one whose data somebody clears while sales are not sent yet."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from tests.stories.test_till import books, codes, place, sells
from tests.stories.tills import browser_at, opens, pairs, sent

from kendedes.testing.server import Home, serving

__all__ = ["place"]

ROOM = 12 << 20

FILL = """async () => {
  const asked = indexedDB.open("photos");
  await new Promise((done) => { asked.onupgradeneeded = () => asked.result.createObjectStore("all", { autoIncrement: true }); asked.onsuccess = done; });
  const put = (size) => new Promise((done) => {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
    const tx = asked.result.transaction("all", "readwrite");
    tx.oncomplete = () => done(true);
    tx.onabort = () => done(false);
    tx.objectStore("all").add(bytes);
  });
  let taken = 0;
  for (const size of [1 << 20, 1 << 18, 1 << 16, 1 << 14, 1 << 12]) while (await put(size)) taken += size;
  return taken;
}"""


def uses_the_room_up(page: Page) -> Locator:
    """With a basket, until paying is refused: the browser may find a little room again while it tidies its files up."""
    page.locator("#cari").fill("kopi")
    page.locator(".goods-item").first.click()
    expect(page.locator(".paybar .primary")).to_be_enabled()
    refused, paying = page.locator(".toast button"), page.locator("#diterima")
    for _ in range(20):
        assert page.evaluate(FILL) < ROOM
        page.keyboard.press("F9")
        expect(refused.or_(paying)).to_be_visible()
        if refused.is_visible():
            return refused
        page.keyboard.press("Escape")
        expect(paying).to_have_count(0)
    raise AssertionError("there was always room")


def test_without_room_nothing_is_sold_and_what_was_sold_can_be_carried_away(place: Home, tmp_path: Path):
    with serving(place):
        (code,) = codes(place)
        with browser_at(tmp_path / "profil") as context:
            room = context.new_cdp_session(context.new_page())
            room.send("Storage.overrideQuotaForOrigin", {"origin": place.url, "quotaSize": ROOM})
            page = pairs(context, place.url, code)
            sent(page)
            context.set_offline(True)
            receipts = [sells(page, "kopi"), sells(page, "kopi")]

            carry_away = uses_the_room_up(page)

            expect(page.locator(".toast")).to_contain_text("TIDAK tercatat")
            expect(page.locator("#diterima")).to_have_count(0)  # before money is taken
            with page.expect_download() as download:
                carry_away.click()
            head, *events = map(json.loads, Path(download.value.path()).read_text().splitlines())
            numbers = [json.loads(text)["seq"] for text in events]
            assert (head["events"], numbers) == (3, [1, 2, 3])
            assert [number.split("-")[1] for number in receipts] == ["000002", "000003"]

            room.send("Storage.overrideQuotaForOrigin", {"origin": place.url})  # the control: with room it is sold
            page.keyboard.press("F9")
            page.locator("form.cash button[type=submit]").click()
            expect(page.locator("#nomor")).to_be_visible()
            page.keyboard.press("Escape")
            context.set_offline(False)
            sent(page)
    assert [event[2:4] for event in books(place)["events"]] == [
        [1, "shift.open"], [2, "sale"], [3, "sale"], [4, "sale"],
    ]  # fmt: skip


def test_a_till_whose_data_is_cleared_says_what_is_missing_and_sells_no_more(place: Home, tmp_path: Path):
    with serving(place):
        first, second = codes(place, 2)
        with browser_at(tmp_path / "profil") as context:
            page = pairs(context, place.url, first)
            sells(page, "kopi")
            sent(page)
            context.set_offline(True)
            last = sells(page, "kopi")

            browser = context.new_cdp_session(page)
            browser.send("Storage.clearDataForOrigin", {"origin": place.url, "storageTypes": "indexeddb"})

            message = page.locator(".message.error")
            expect(message).to_contain_text("1 catatan belum terkirim")
            expect(message).to_contain_text("Simpan semua struk kertas")
            expect(page.locator("dl.facts")).to_contain_text("3 · " + last.split("-")[2])
            expect(page.get_by_role("button", name="Simpan berkas cadangan")).to_have_count(0)
            page.locator(".ways button").first.click()
            expect(page.locator("#diterima")).to_have_count(0)

            context.set_offline(False)
            page.close()
            again = opens(context, f"{place.url}/kasir/#pasang={second}")
            expect(again.get_by_role("button", name="Pasang")).to_be_visible()
    found = books(place)
    assert [event[:4] for event in found["events"]] == [["K1", 0, 1, "shift.open"], ["K1", 0, 2, "sale"]]
