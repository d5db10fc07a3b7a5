"""Reading and judging a 5,000-row sheet against python-calamine merely reading its cells: CPU, children included.

    ./kendedes dev python bench/intake/run.py [--rows 5000] [--json]

Both read the same generated xlsx, another one each time (14 columns, fictional producers in the real villages of Kecamatan Wajak). "judge" is
everything an import does before a person confirms: checking the zip, decoding in the bounded child, finding the header,
reading prices, weights, phones, dates and shares, looking up villages, comparing with what is stored. It runs in a
fresh database: once empty (all rows new), once with one sheet's products stored: that sheet again (all unchanged), and
the other sheets against it (groups known, products new).
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="kendedes-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
os.environ["KENDEDES_HOME"] = HOME
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402

django.setup()

import xlsxwriter  # noqa: E402
from django.core.management import call_command  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from kendedes.network.places import load  # noqa: E402
from kendedes.products.actions import ensure_categories  # noqa: E402
from kendedes.products.intake import actions  # noqa: E402
from kendedes.products.intake.assess import assess  # noqa: E402
from kendedes.products.intake.reading import files  # noqa: E402
from kendedes.testing import regency  # noqa: E402
from kendedes.testing.cast import AT  # noqa: E402

HEADERS = ["No", "Nama Kelompok", "Desa", "Nama Produk", "Berat bersih", "Satuan", "Harga (Rp)", "Harga grosir", "Min grosir", "Bahan baku", "% lokal", "Kapasitas/bln", "Izin", "No HP"]  # fmt: skip
GOODS = ["Keripik", "Sambal", "Jenang", "Kopi", "Tikar", "Tas", "Madu", "Sirup", "Kue", "Abon", "Batik", "Topeng"]
OF = ["apel", "tempe", "singkong", "bawang", "mendong", "hutan", "jahe", "nangka", "pandan", "kelapa", "salak", "lele"]
KINDS = ["pedas", "manis", "asli", "gurih", "spesial", "merah", "putih", "kecil", "besar", "halus"]


def sheet(rows: int, seed: int) -> bytes:
    """A sheet as units fill them: groups of up to nine rows, prices and weights in many spellings; ``seed``: which one."""
    chance = random.Random(seed)
    villages = [v.name for v in load().villages_of("35.07.08")]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("DATA PRODUK")
        page.write(0, 0, "DAFTAR PRODUK UPK KECAMATAN WAJAK")
        page.write_row(2, 0, HEADERS)
        group = village = phone = ""
        for n in range(rows):
            first = n % 9 == 0
            if first:
                group, village = f"Kelompok Fiktif {n // 9 + 1}", chance.choice(villages)
                phone = f"0812 9{chance.randrange(100, 999)} {chance.randrange(1000, 9999)}"
            price = chance.randrange(10, 400) * 500
            written = chance.choice(
                [price, f"Rp {price:,}".replace(",", "."), f"Rp{price:,},-".replace(",", "."), f"{price}"]
            )
            name = f"{chance.choice(GOODS)} {chance.choice(OF)} {chance.choice(KINDS)} {chance.choice(OF)} {n % 9}"
            page.write_row(n + 3, 0, [
                n // 9 + 1 if first else "", group if first else "", village if first else "", name,
                chance.choice(["100 gr", "250 g", "½ kg", "1,5 kg", "120 ml"]), chance.choice(["bks", "pak", "botol", "pcs"]),
                written, round(price * 0.9) if n % 3 else "", 10 if n % 3 else "", f"{chance.choice(OF)}, gula, garam",
                chance.choice(["90%", 0.8, "seluruhnya", 75]), f"{chance.randrange(1, 90) * 20} bks",
                f"P-IRT 2{chance.randrange(10**11, 10**12)}1-28" if n % 4 == 0 else "", phone if first else "",
            ])  # fmt: skip
    return buffer.getvalue()


def cpu() -> float:
    """Seconds of CPU of this process and its ended children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def median(work: Callable[[bytes], object], sheets: list[bytes]) -> float:
    """The median CPU over ``sheets``, each read once: no text read before helps by a cache. The first is a warm-up."""
    spent = []
    for data in sheets:
        begun = cpu()
        work(data)
        spent.append(cpu() - begun)
    return statistics.median(spent[1:])


def calamine(data: bytes) -> int:
    """The peer: open the workbook and read every cell."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    regency.all_places()
    ensure_categories()
    unit = regency.units([("WJK", "35.07.08")])["WJK"]
    sheets = [sheet(options.rows, 5000 + n) for n in range(options.times + 1)]
    data = sheets[0]

    def whole(data: bytes) -> dict[str, int]:
        return dict(assess(unit=unit, book=files.read("wajak.xlsx", data)).verdict.count())

    peer = median(calamine, sheets)
    fresh = median(whole, sheets)
    new = whole(data)
    batch = actions.receive(unit=unit, name="wajak.xlsx", data=data, at=AT, by=None)
    begun = cpu()
    actions.confirm(batch=batch, at=AT, by=None)
    storing = cpu() - begun
    again = whole(data)
    stored = median(whole, [data] * (options.times + 1))
    other = median(whole, sheets[1:])
    result = {
        "rows": options.rows, "file_kb": len(data) // 1024, "calamine_s": round(peer, 4),
        "judge_new_s": round(fresh, 4), "ratio_new": round(fresh / peer, 2), "outcomes_new": new,
        "judge_stored_s": round(stored, 4), "ratio_stored": round(stored / peer, 2), "outcomes_stored": again,
        "judge_other_s": round(other, 4), "ratio_other": round(other / peer, 2),
        "store_s": round(storing, 2), "limit": 10,
    }  # fmt: skip
    if options.json:
        print(json.dumps(result, indent=1))
    else:
        for name, value in result.items():
            print(f"{name:16} {value}")
    return 0 if max(result["ratio_new"], result["ratio_stored"], result["ratio_other"]) <= 10 else 1


if __name__ == "__main__":
    try:
        code = main()
    finally:
        import shutil

        shutil.rmtree(Path(HOME), ignore_errors=True)
    sys.exit(code)
