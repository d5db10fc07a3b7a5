"""A full disk refuses uploads in words and loses nothing; with room again the same deeds work.

On a small disk of its own. Control: the same deeds on the same server before the disk is filled.
"""

from __future__ import annotations

import http.cookiejar
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from kendedes.sales.tests.till import Answer, Till, line
from kendedes.testing.cast import PASSWORD
from kendedes.testing.server import Home, home, serving

DISK_MB, RESERVE_MB = 96, 24
SAYS = {"": "Ruang penyimpanan hampir penuh", "/en": "Storage is nearly full"}
HEADERS = "Kelompok;Desa;Nama produk;Berat;Harga;Foto"
ROW = "Kelompok Uji (fiktif);Toyomarto;Keripik {0};100 gr;10.000;{0}.jpg"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of DISK_MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or os.geteuid() != 0 or mount is None:
        pytest.skip("a small disk can only be mounted on Linux by root")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", place], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip(f"no disk may be mounted here: {done.stderr.decode()[:200]}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


class Someone:
    """A browser without a picture: cookies, forms, files."""

    form = "/akun/login/"

    def __init__(self, place: Home) -> None:
        self.place = place
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def opens(self, path: str, data: bytes | None = None, kind: str = "") -> tuple[int, str, str]:
        """Status, address where it ended, and the page."""
        request = urllib.request.Request(self.place.url + path, data, {"Content-Type": kind} if kind else {})
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.url.removeprefix(self.place.url), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, path, error.read().decode()

    def sends(self, path: str, **fields: object) -> tuple[int, str, str]:
        """The form of the page ``form`` with its hidden fields, to ``path``."""
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)"', self.opens(self.form)[2]))
        return self.opens(path, encode_multipart(BOUNDARY, {**hidden, **fields}), MULTIPART_CONTENT)


def photo(name: str, colour: str, side: int = 1200) -> io.BytesIO:
    """A photo of a few megabytes: noise does not shrink."""
    out = io.BytesIO()
    noise = Image.effect_noise((side, side), 90).convert("RGB")
    Image.blend(noise, Image.new("RGB", noise.size, colour), 0.2).save(out, "JPEG", quality=95)
    found = io.BytesIO(out.getvalue())
    found.name = name
    return found


def sheet(name: str, rows: int) -> io.BytesIO:
    lines = [ROW.format(name if n == 0 else f"{name} {n * n}") for n in range(rows)]
    found = io.BytesIO("\n".join([HEADERS, *lines]).encode())
    found.name = f"{name}.csv"
    return found


def held(place: Home) -> tuple[list[str], str]:
    """Every photo on the disk, and how many batches, products, photos, entries there are.

    Without the sizes for the site, which are made from a photo in the background whenever there is room.
    """
    files = [p for part in ("media", "kiriman") for p in (place.folder / part).rglob("*") if p.is_file()]
    files = [p for p in files if not re.search(r"/\.kerja-|-\d+\.\w+$", str(p))]
    code = (
        "from kendedes.products.models import *; from kendedes.journal.models import Entry;"
        "print(*(m.objects.count() for m in (ImportBatch, Product, Photo, Entry)))"
    )
    return sorted(map(str, files)), place.run("manage", "shell", "--no-imports", "-c", code).stdout.split("\n")[-2]


def wait_for(happens: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until
        time.sleep(0.3)


def fill(disk: Path, leave: int) -> None:
    """Leave only that many bytes."""
    with (disk / "sampah").open("ab") as file:
        while (free := shutil.disk_usage(disk).free) > leave:
            try:
                file.write(b"\0" * min(free - leave, 1 << 20))
                file.flush()
            except OSError:
                return


@pytest.mark.slow
def test_a_full_disk_refuses_uploads_in_words_and_with_room_again_they_work(disk):
    with home(disk / "rumah", KENDEDES_UPLOAD_RESERVE_MB=str(RESERVE_MB)) as place:
        place.seed()
        with serving(place):
            sekar = Someone(place)
            assert sekar.sends("/akun/login/", login="sekar", password=PASSWORD)[0] == 200
            sekar.form = "/kantor/impor/"

            def brings(name: str, language: str = "", rows: int = 1) -> tuple[int, str, str]:
                return sekar.sends(
                    f"{language}/kantor/impor/", file=sheet(name, rows), photos=[photo(f"{name}.jpg", "red")]
                )

            def hangs(colour: str, path: str) -> tuple[int, str, str]:
                return sekar.sends(path, photos=[photo("foto.jpg", colour)])

            status, review, _page = brings("apel")  # control
            assert (status, re.fullmatch(r"/kantor/impor/\d+/", review) is not None) == (200, True)
            status, _path, page = sekar.sends(f"{review}simpan/")
            _status, waiting, _page = brings("jeruk", rows=300)
            product = re.search(r'href="(/kantor/produk/\d+/)"', page)[1]
            status, _path, page = hangs("green", f"{product}foto/")
            assert (status, "1 foto disimpan." in page) == (200, True)
            wait_for(lambda: not any("apel" in name for name in held(place)[0]))  # stored: its upload is cleared away

            for leave in (RESERVE_MB << 19, 0):  # half the reserve; nothing at all
                fill(disk, leave)
                before = held(place)
                for language, words in SAYS.items():
                    status, _path, page = hangs("blue", f"{language}{product}foto/")
                    assert (status, words in page) == (200, True), (leave, language)
                    status, _path, page = brings("salak", language)
                    assert (status, words in page) == (422, True), (leave, language)
                if not leave:  # what was taken in before cannot be stored now
                    status, _path, page = sekar.sends(f"{waiting}simpan/")
                    assert (status, "Ruang penyimpanan penuh" in page) == (503, True)
                after = held(place)
                assert (set(after[0]) ^ set(before[0]), after[1]) == (set(), before[1])
                for path in ("/", "/kantor/", "/kantor/produk/", product, review):
                    assert sekar.opens(path)[0] == 200, (leave, path)

            (disk / "sampah").unlink()
            page = sekar.sends(f"{waiting}simpan/")[2]
            assert "Tersimpan: " in page
            status, _path, page = hangs("blue", f"{product}foto/")
            assert (status, "1 foto disimpan." in page) == (200, True)
            status, review, page = brings("salak")
            assert (status, "1 produk siap disimpan." in page) == (200, True)
            status, _path, page = sekar.sends(f"{review}simpan/")
            assert "Tersimpan: 1 produk baru" in page


def speaks(place: Home, heard: list[tuple[int, str | None]]):
    """A till's way to the server; ``heard``: statuses with their ``Retry-After``."""

    def speak(method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        data = (body if isinstance(body, str) else json.dumps(body)).encode() if method == "POST" else None
        sent = {**headers, "Content-Type": "application/json"}
        request = urllib.request.Request(place.url + path, data, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                heard.append((answer.status, answer.headers["Retry-After"]))
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            heard.append((error.code, error.headers["Retry-After"]))
            return error.code, json.loads(error.read())

    return speak


READ = ("/", "/produk/", "/sehat/")
MOST = 4000  # sales until a full disk must have been felt: what the database had set aside is used up first


@pytest.mark.slow
def test_on_a_full_disk_sales_wait_reading_goes_on_and_with_room_again_all_of_them_arrive(disk):
    with home(disk / "rumah") as place:
        place.seed()
        counter = [sys.executable, "-m", "kendedes.testing.counter", "--pair", "1", "--goods", "3"]
        made = json.loads(subprocess.run(counter, env=place.env, check=True, stdout=subprocess.PIPE).stdout)
        with serving(place):
            heard: list[tuple[int, str | None]] = []
            till = Till(speaks(place, heard))
            till.pair(made["codes"][0])
            till.write("shift.open", {"float": 100_000})
            till.sell(line(made["lots"][0]["lot"], 1, made["lots"][0]["price"]))
            till.send()
            assert till.disk.acked == 2  # control: with room they arrive
            visitor, until = Someone(place), time.monotonic() + 120
            while visitor.opens("/")[0] != 200 and time.monotonic() < until:
                time.sleep(0.5)  # the site of a new home is being made
            assert [visitor.opens(path)[0] for path in READ] == [200, 200, 200]  # control
            fill(disk, 0)
            while till.disk.acked == len(till.disk.texts) and len(till.disk.texts) < MOST:
                for _ in range(100):
                    till.sell(line(made["lots"][1]["lot"], 1, made["lots"][1]["price"]))
                till.send()
            status, again = heard[-1]
            assert (status, again is not None) == (503, True), heard[-5:]
            assert not till.stopped
            acked, made_events = till.disk.acked, len(till.disk.texts)
            assert till.get("head")[1]["acked_seq"] == acked  # the till knows what is kept
            assert [visitor.opens(path)[0] for path in READ] == [200, 200, 200]
            (disk / "sampah").unlink()
            till.sync(100)
            assert till.disk.acked == made_events  # nothing to repair, nothing lost
        told = json.loads(place.run("verify", "--json").stdout)
        assert (told["fits"], told["findings"]) == (True, [])
        code = "from kendedes.sales.models import RawEvent; print(RawEvent.objects.count())"
        assert int(place.run("manage", "shell", "--no-imports", "-c", code).stdout.split()[-1]) == made_events
