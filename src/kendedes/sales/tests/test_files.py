"""Lines of sales as a file."""

from __future__ import annotations

import csv
import io

from django.core.management import call_command

from kendedes.sales.tests.till import Till, line


def test_lines_of_sales_are_written_with_what_the_till_said(shop, till: Till, tmp_path):
    till.write("shift.open", {"float": 0})
    till.sell(line(shop.lot.code, 3, 15_000, discount=5_000), line("8991234", 1, 2_000, name="=SUM(A1)"))
    status, _ = till.send()
    assert status == 200

    call_command("export", "penjualan", out=tmp_path / "p.csv", association="kendedes", stdout=io.StringIO())

    found = list(csv.DictReader(io.StringIO((tmp_path / "p.csv").read_text(encoding="utf-8-sig"))))
    assert [
        [row[name] for name in ("struk", "baris", "titipan", "buah", "harga", "potongan", "jumlah")] for row in found
    ] == [
        [till.receipt(2), "1", shop.lot.code, "3", "15000", "5000", "40000"],
        [till.receipt(2), "2", "", "1", "2000", "0", "2000"],
    ]
    assert (found[0]["pemilik"], found[1]["barang"]) == (shop.cast.tempe.name, "'=SUM(A1)")
