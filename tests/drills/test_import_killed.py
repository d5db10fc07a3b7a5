"""An import that is killed stores all of a file or nothing, and run again gives what an undisturbed one gives.

Control: the same judgement, on a home where half the rows were stored by hand, says so.
"""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest
import xlsxwriter

from kendedes.testing.server import COMMAND, Home, home

ROWS = 120
KILLS = 5


def sheet(path: Path) -> Path:
    """A tidy sheet of the unit Singosari: fictional groups, ``ROWS`` products."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Produk")
    page.write_row(0, 0, ["Kelompok", "Desa", "Nama produk", "Berat bersih", "Harga"])
    for n in range(ROWS):
        page.write_row(
            n + 1,
            0,
            [f"Kelompok Uji {n % 6} (fiktif)", "Toyomarto", f"Keripik rasa nomor {n}", "100 gr", 10_000 + 500 * n],
        )
    book.close()
    return path


def counted(place: Home) -> tuple[int, int, int, int]:
    """Products, variants, prices, entries about products."""
    code = (
        "from kendedes.products.models import *; from kendedes.journal.models import *;"
        "print(Product.objects.count(), Variant.objects.count(), Price.objects.count(),"
        " Subject.objects.filter(kind='products.product').values('object_id').distinct().count())"
    )
    words = place.run("manage", "shell", "--no-imports", "-c", code).stdout.split()
    return tuple(int(w) for w in words[-4:])  # type: ignore[return-value]


def whole(counts: tuple[int, int, int, int]) -> bool:
    """Nothing, or everything of the file."""
    return counts in {(0, 0, 0, 0), (ROWS, ROWS, ROWS, ROWS)}


@pytest.mark.slow
def test_a_killed_import_is_whole_or_nothing_and_the_next_run_completes_it(tmp_path):
    file = sheet(tmp_path / "singosari.xlsx")
    with home(tmp_path / "rumah") as place:
        place.seed()
        place.run("import", str(file), "--unit", "SGS", "--dry-run")
        began = time.monotonic()
        place.run("import", str(file), "--unit", "SGS", "--dry-run")
        usual = time.monotonic() - began
        seen = set()
        for turn in range(KILLS):
            process = subprocess.Popen(
                [*COMMAND, "import", str(file), "--unit", "SGS"],
                env=place.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
            time.sleep(usual * (0.55 + 0.12 * turn))
            process.send_signal(signal.SIGKILL)
            process.wait()
            counts = counted(place)
            seen.add(counts)
            assert whole(counts), counts

        done = place.run("import", str(file), "--unit", "SGS", "--json")

        assert counted(place) == (ROWS, ROWS, ROWS, ROWS)
        assert json.loads(done.stdout)
        again = place.run("import", str(file), "--unit", "SGS")
        assert again.returncode == 0
        assert counted(place) == (ROWS, ROWS, ROWS, ROWS)


@pytest.mark.slow
def test_the_judgement_notices_a_file_stored_by_half(tmp_path):
    half = tmp_path / "half.xlsx"
    book = xlsxwriter.Workbook(str(half))
    page = book.add_worksheet("Produk")
    page.write_row(0, 0, ["Kelompok", "Desa", "Nama produk", "Berat bersih", "Harga"])
    page.write_row(1, 0, ["Kelompok Uji 0 (fiktif)", "Toyomarto", "Keripik rasa nomor 0", "100 gr", 10_000])
    book.close()
    with home(tmp_path / "rumah") as place:
        place.seed()
        place.run("import", str(half), "--unit", "SGS")

        assert not whole(counted(place))
