"""Ten jars, from the group's hands to the last rupiah: hand-over, shelf, power cut, fair, payout, return, expiry.

Everything is done on the pages people use, over five weeks; in the end the books fit to the rupiah and the piece.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from tests.stories.conftest import DESK, FLAGS, PHONE, Person, chromium
from tests.stories.tills import PIN, browser_at, pairs, sent

from kendedes.testing import axe
from kendedes.testing.server import Home, free_port, home, serving

pytestmark = pytest.mark.story

WIB = ZoneInfo("Asia/Jakarta")
CASHIER, TREASURER = "Rini Kasir", "Lestari Bendahara"
SECOND_PIN = "730264"
OWN = "lampu jendela sungai bantal"
JARS = "Keripik tempe stoples"


@pytest.fixture
def play() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture
def browser(play: Playwright) -> Iterator[Browser]:
    started = play.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield started
    started.close()


class World:
    """The home and what day it is there; people come in by ``someone``."""

    def __init__(self, browser: Browser, place: Home) -> None:
        self.browser, self.home, self.port = browser, place, free_port()
        self.people: list[Person] = []

    def on(self, day: str, clock: str = "09:00"):
        """Serve the home on a day: ``with world.on("2026-11-25"): …``."""
        self.here = self.home.later(self.clock(day, clock))
        return serving(self.here, port=self.port)

    def someone(self, username: str = "", device: dict = DESK) -> Person:
        person = Person(self.browser, self.here, device)
        self.people.append(person)
        if username:
            person.signs_in(username, *([OWN] if username in {"bulestari", "rini"} else []))
        return person

    @staticmethod
    def clock(day: str, clock: str) -> datetime:
        return datetime.fromisoformat(f"{day}T{clock}:00").replace(tzinfo=WIB)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def till(self, play: Playwright, profile: Path, day: str) -> Iterator[BrowserContext]:
        """A phone whose own clock shows the same day."""
        ahead = self.clock(day, "09:00") - datetime.now(UTC)
        with browser_at(profile, PHONE, play=play) as context:
            shift = f"{{ const now = Date.now; Date.now = () => now() + {ahead.total_seconds() * 1000:.0f} }}"
            context.add_init_script(shift)
            yield context


@pytest.fixture
def world(browser: Browser, tmp_path: Path) -> Iterator[World]:
    with home(tmp_path / "rumah") as place:
        place.seed()
        made = World(browser, place)
        yield made
        faults = [fault for person in made.people for fault in person.faults]
        for person in made.people:
            person.context.close()
        assert faults == []


def saves(page: Page, button: str, said: str) -> None:
    try:
        page.get_by_role("button", name=button, exact=True).click(timeout=10_000)
        page.get_by_text(said).first.wait_for(timeout=10_000)
    except Exception as error:
        raise AssertionError(f"{said!r} is not said at {page.url}:\n{page.locator('main').inner_text()}") from error


def fits(person: Person) -> None:
    assert axe.overflow(person.page) == 0, person.page.url


def joins(world: World, manager: Person, name: str, role: str, username: str) -> Person:
    """Somebody is invited and makes her account from the link."""
    page = manager.opens("/kantor/jaringan/orang/undang/")
    page.get_by_label("Nama orang").fill(name)
    page.get_by_label(role, exact=True).check()
    page.get_by_role("button", name="Buat tautan undangan").click()
    link = page.locator("#tautan").input_value()
    guest = world.someone()
    page = guest.opens(link.removeprefix(world.here.url))
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(OWN)
    page.get_by_role("button", name="Buat akun").click()
    page.wait_for_url("**/akun/login/**")
    guest.signs_in(username, OWN)
    return guest


def paper(person: Person, kind: str, lines: list[tuple[str, int]], **ends: str) -> None:
    """A paper about lots: from where to where, each lot with its pieces, issued."""
    page = person.opens(f"/kantor/titipan/surat/baru/{kind}/")
    for label, value in ends.items():
        page.get_by_label(label, exact=True).select_option(label=value)
    page.get_by_role("button", name="Lanjut mengisi barang").click()
    for code, pieces in lines:
        page.get_by_label("Kode titipan").fill(code.lower())
        page.get_by_label("Jumlah").fill(str(pieces))
        page.get_by_role("button", name="Tambah", exact=True).click()
        page.locator(".cell-sub", has_text=code).wait_for()
    page.get_by_role("button", name="Terbitkan").click()


def sells(page: Page, code: str, pieces: int) -> str:
    """A sale of one lot for cash; the number on the receipt."""
    page.locator("#cari").fill(f"{pieces}*{code}")
    page.locator("#cari").press("Enter")
    page.keyboard.press("F9") if page.locator("kbd", has_text="F9").count() else page.locator(
        ".paybar .primary"
    ).click()
    page.locator("form.cash button[type=submit]").click()
    number = page.locator("#nomor")
    expect(number).to_be_visible()
    text = number.inner_text()
    page.keyboard.press("Escape")
    page.locator("#cari").wait_for()
    return text


def closes(page: Page, counted: int) -> None:
    """Takings go to the office, the shift is closed by counting what is left in the drawer."""
    page.locator(".ways button").nth(2).click()
    page.get_by_role("button", name="Kas keluar").click()
    page.locator("dialog input.input").first.fill(str(counted))
    page.locator("dialog select").select_option("office")
    page.locator("dialog input[type=text]").last.fill("Hasil jual ke kantor")
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("dialog")).to_have_count(0)
    page.get_by_role("button", name="Tutup giliran").click()
    page.locator("#hitung").fill("100000")
    page.locator("dialog button[type=submit]").click()
    page.get_by_role("heading", name="Giliran ditutup").wait_for()
    sent(page)


def till_code(manager: Person, name: str, place: str = "") -> str:
    page = manager.opens("/kantor/kasir/mesin/pasang/")
    page.get_by_label("Nama perangkat").fill(name)
    if place:
        page.get_by_label("Menjual dari").select_option(label=place)
    page.get_by_role("button", name="Buat kode").click()
    return page.locator(".pairing-code").inner_text().strip()


def settles(treasurer: Person, manager: Person, until: str) -> None:
    """Drawn up and checked by one, approved by another."""
    page = treasurer.opens("/kantor/bagi-hasil/baru/")
    page.get_by_label("Sampai dengan tanggal").fill(until)
    page.get_by_label("Semua produsen").check()
    page.locator("main form button.primary").click()
    page.get_by_text("tersusun").wait_for()
    saves(page, "Cocokkan dengan buku", "Menunggu persetujuan orang kedua")
    page = manager.opens("/kantor/bagi-hasil/")
    page.locator("main .cell-title").first.click()
    saves(page, "Setujui", "Disetujui")


def books_fit(person: Person, world: World) -> None:
    """The treasurer asks the books, and so does the command; both find everything in place."""
    page = person.opens("/kantor/buku/periksa/")
    saves(page, "Periksa sekarang", "Pemeriksaan dimulai")
    for _ in range(60):
        if page.get_by_text("Buku cocok").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.get_by_text("Buku cocok").first.wait_for()
    assert json.loads(world.here.run("verify", "--json").stdout)["findings"] == []


def text_of(page: Page) -> Callable[[str], str]:
    return lambda where: re.sub(r"\s+", " ", page.locator(where).inner_text())


def test_ten_jars_from_the_groups_hands_to_the_last_rupiah(world: World, play: Playwright, tmp_path: Path):
    with world.on("2026-11-25"):
        ratna, sekar = world.someone("ratna"), world.someone("sekar", PHONE)
        joins(world, ratna, TREASURER, "bendahara", "bulestari")
        rini = joins(world, ratna, CASHIER, "kasir", "rini")
        page = rini.opens("/kantor/kasir/pin/")
        page.get_by_label("PIN baru").fill(PIN)
        page.get_by_label("Ulangi PIN").fill(PIN)
        saves(page, "Simpan PIN", "PIN kasir disimpan")

        # Stand 3, shelf B; terms of 85 % for the producer and 5 % for the unit.
        page = ratna.opens("/kantor/galeri/pusat/baru/")
        page.get_by_label("Nama pusat kerajinan").fill("Pusat Kerajinan Singosari")
        page.get_by_role("button", name="Simpan").click()
        page.get_by_label("Nomor stan").fill("3")
        page.get_by_role("button", name="Simpan").click()
        page.get_by_label("Nama rak").fill("B")
        saves(page, "Tambahkan", "rak B ditambahkan")
        page = sekar.opens("/kantor/titipan/kesepakatan/usul/")
        page.get_by_label("Berlaku untuk").select_option(label="Unit Singosari")
        page.get_by_label("Persentase itu (%)").fill("85")
        page.get_by_label("Bagian unit (%)").fill("5")
        saves(page, "Kirim usulan", "Usulan dikirim")
        page = ratna.opens("/kantor/titipan/kesepakatan/")
        page.get_by_role("link", name="Unit Singosari").click()
        saves(page, "Sepakati", "Kesepakatan berlaku sejak")

        # The group hands ten jars to its unit: eight fresh ones, two of an older batch.
        page = sekar.opens("/kantor/produk/baru/")
        page.get_by_label("Produsen").select_option(index=1)
        page.get_by_label("Nama produk").fill(JARS)
        page.get_by_label("Harga eceran").fill("20.000")
        page.get_by_label("Satuan jual").fill("stoples")
        page.get_by_role("button", name="Simpan dan tambah foto").click()
        page.wait_for_url("**/foto/")
        page = sekar.opens("/kantor/titipan/surat/baru/nota/")
        page.get_by_label("Yang menyerahkan").fill("Bu Tini")
        page.get_by_role("button", name="Lanjut mengisi barang").click()
        for pieces, good_until in ((8, "2027-03-01"), (2, "2026-12-05")):
            page.get_by_label("Kode, barcode").fill("stoples")
            page.get_by_label("Jumlah").fill(str(pieces))
            page.get_by_label("Harga rak (Rp)").fill("20.000")
            page.get_by_label("Kedaluwarsa").fill(good_until)
            page.get_by_role("button", name="Tambah", exact=True).click()
            page.wait_for_load_state()
        saves(page, "Terbitkan", "NT-2026-0001 dibuat")
        fresh, older = re.findall(r"\bT[0-9A-Z]{5}\b", text_of(page)("main"))[:2]

        # The unit brings them with a delivery note; the gallery counts and takes them.
        paper(sekar, "jalan", [(fresh, 8), (older, 2)], Ke="Stan 3, rak B")
        page = ratna.opens("/kantor/titipan/")
        page.get_by_role("link", name="Terima", exact=True).click()
        saves(page, "Terima", "Semua barang diterima")

    # The power is out: three are sold on the phone.
    with world.till(play, tmp_path / "galeri", "2026-11-26") as context:
        with world.on("2026-11-26"):
            page = pairs(context, world.url, till_code(world.someone("ratna"), "HP galeri"), who=CASHIER)
            sent(page)
        first = sells(page, fresh, 2)
        sells(page, fresh, 1)
        expect(page.locator(".status")).to_contain_text("2 belum terkirim")
        with world.on("2026-11-26", "15:00"):
            page.evaluate("dispatchEvent(new Event('online'))")
            sent(page)
            closes(page, 60_000)

    # Four travel to a fair; two are sold there without a line, two come back and are counted.
    with world.till(play, tmp_path / "pameran", "2026-11-28") as context:
        with world.on("2026-11-28", "06:00"):
            ratna = world.someone("ratna")
            page = ratna.opens("/kantor/pameran/baru/")
            page.get_by_label("Nama pameran").fill("Pasar Minggu Ijen")
            page.get_by_label("Mulai").fill("2026-11-28")
            page.get_by_label("Selesai").fill("2026-11-29")
            page.get_by_role("button", name="Simpan").click()
            page.locator("tr", has_text=fresh).locator("input").fill("4")
            saves(page, "Simpan daftar", "Daftar bawaan tersimpan")
            page.get_by_role("link", name="Berangkatkan").click()
            page.get_by_label("Pembawa barang").fill("Pak Slamet")
            saves(page, "Berangkatkan", "Berangkat: surat jalan")
            page = pairs(context, world.url, till_code(ratna, "HP pameran", "Pasar Minggu Ijen"), who=CASHIER)
            sent(page)
        sells(page, fresh, 2)
        expect(page.locator(".status")).to_contain_text("1 belum terkirim")
        with world.on("2026-11-28", "18:00"):
            page.evaluate("dispatchEvent(new Event('online'))")
            sent(page)
            closes(page, 40_000)
            ratna = world.someone("ratna")
            page = ratna.opens("/kantor/pameran/")
            page.get_by_role("link", name="Pasar Minggu Ijen").click()
            page.get_by_role("link", name="Hitung kembali").click()
            page.get_by_label(JARS).fill("2")
            page.get_by_label("Kembali ke").select_option(label="Stan 3, rak B")
            saves(page, "Simpan hitungan", "Terhitung")
            result = text_of(page)(".table")
            assert re.search(r"Dibawa 4 Laku 2 Pulang 2|\b4 2 2\b", result), result
            ratna.photographs("jars-pameran")

    # Month's end: five sold, Rp85.000 for the group; a second person approves, the treasurer pays, Tini signs.
    with world.on("2026-12-01"):
        ratna, lestari = world.someone("ratna"), world.someone("bulestari")
        settles(lestari, ratna, "2026-11-30")
        page = lestari.opens("/kantor/laporan/")
        page.locator("main .cell-title").first.click()
        assert "Rp85.000" in text_of(page)("main")
        ratna.opens(page.url.removeprefix(world.url))
        assert ratna.page.get_by_role("link", name="Bayar", exact=True).count() == 0  # whoever approved pays nobody
        page.get_by_role("link", name="Bayar", exact=True).click()
        page.get_by_label("Diterima oleh").fill("Bu Tini")
        saves(page, "Catat pembayaran", "Tercatat: kuitansi")
        lestari.photographs("jars-dibayar")
        books_fit(lestari, world)

    # A buyer brings back one jar that is already paid for.
    with world.on("2026-12-03"):
        rini, ratna = world.someone("rini"), world.someone("ratna")
        page = ratna.opens("/kantor/kasir/pin/")
        page.get_by_label("PIN baru").fill(SECOND_PIN)
        page.get_by_label("Ulangi PIN").fill(SECOND_PIN)
        saves(page, "Simpan PIN", "PIN kasir disimpan")
        page = rini.opens(f"/kantor/kasir/?struk={first}&dari=2026-11-26&sampai=2026-12-03")
        page.get_by_role("link", name="Terima pengembalian").click()
        page.get_by_label(JARS).fill("1")
        page.get_by_label("Alasan").fill("Tutup stoples retak")
        page.get_by_label(re.compile("^Orang kedua")).select_option(label="Ratna Pengelola")
        page.get_by_label("PIN orang kedua").fill(SECOND_PIN)
        saves(page, "Catat pengembalian", "Pengembalian dicatat")

    # Two jars expire; they are written off with a paper.
    with world.on("2026-12-07"):
        ratna = world.someone("ratna")
        page = ratna.opens("/kantor/titipan/kedaluwarsa/")
        page.get_by_role("button", name="Hapus dengan berita acara").first.click()
        page.locator(".cell-sub", has_text=older).wait_for()
        page.get_by_role("button", name="Terbitkan").click()
        page.get_by_text("dibuat").first.wait_for()

    # The next statement says it all, in words Tini can read on her phone.
    with world.on("2027-01-02"):
        ratna, lestari, tini = world.someone("ratna"), world.someone("bulestari"), world.someone("tini", PHONE)
        settles(lestari, ratna, "2026-12-31")
        page = tini.opens("/kantor/laporan/")
        page.locator("main .cell-title").first.click()
        said = text_of(page)("main")
        for words in (
            f"1 buah {JARS} yang dulu laku dikembalikan pembeli: bagian Anda Rp17.000 dipotong di sini.",
            f"2 buah {JARS} kedaluwarsa dan disisihkan dengan berita acara.",
            "Rp17.000 dibawa ke laporan berikut. Anda tidak perlu membayar apa pun.",
            "Yang harus dibayar pada laporan lalu Rp85.000",
        ):
            assert words in said, (words, said)
        fits(tini)
        tini.photographs("jars-laporan")
        page = lestari.opens("/kantor/laporan/")
        page.locator("main .cell-title").first.click()
        message = page.locator(".message-text").inner_text()
        assert "1 buah" in message
        stranger = world.someone("", PHONE)
        page = stranger.opens("/" + message.strip().splitlines()[-1].split("/", 3)[3])
        page.get_by_text("Asli").first.wait_for()
        assert "kedaluwarsa" in text_of(page)("main")
        fits(stranger)
        stranger.photographs("jars-cek")
        page = tini.opens(f"/kantor/titipan/cari/?q={fresh}")
        assert "4 masih ada" in text_of(page)(".figures")  # 8 − 3 − 2 + 1
        books_fit(lestari, world)
