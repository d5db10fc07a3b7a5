"""``kendedes export`` of the books, and what is due worked out a second time from its files alone."""

from __future__ import annotations

import csv
import io
import json
import runpy
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from kendedes.ledger import actions as books
from kendedes.ledger import press
from kendedes.ledger.models import ShareLine
from kendedes.settlement import actions
from kendedes.testing.shop import AT, DAY

DUE = runpy.run_path(str(Path(__file__).parents[4] / "tools/due.py"))
FILES = ("bagi-hasil", "uang", "laporan")


def export(what: str, out: Path, **more) -> dict:
    said = io.StringIO()
    call_command("export", what, out=out, json=True, stdout=said, **{"association": "kendedes", **more})
    return json.loads(said.getvalue())


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.fixture
def settled(shop):
    """Sold, paid in part, brought back after, settled again."""
    sold = shop.sell((shop.lot, 3, 44_999))
    for ends, paid in ((10, 5_000), (50, 0)):
        last = DAY + timedelta(days=ends)
        drawn = actions.draw_up(
            association=shop.cast.association, ends_on=last, at=AT, by=shop.cast.sekar, today=last + timedelta(days=1)
        )
        actions.check(settlement=drawn, at=AT, by=shop.cast.sekar)
        actions.approve(settlement=drawn, digest=drawn.digest, at=AT, by=shop.cast.ratna)
        if paid:
            paper = drawn.statements.get()
            given = {"statement": paper, "method": "cash", "paid_on": DAY, "at": AT, "by": shop.cast.sekar}
            wrong = actions.pay_out(**given, amount=paid + 1)
            actions.undo_payout(payout=wrong, at=AT, by=shop.cast.sekar, paid_on=DAY)
            actions.pay_out(**given, amount=paid)
            line = ShareLine.objects.get(posting=sold.posting)
            books.refund(
                shop.case(),
                lines=[books.Returned(line.pk, 1)],
                payments=[(shop.till.pk, 14_999)],
                back_to=shop.shelf.pk,
            )
    return shop


def test_the_files_alone_say_what_every_paper_says(settled, tmp_path):
    for what in FILES:
        export(what, tmp_path / f"{what}.csv")

    assert DUE["differences"](tmp_path) == (2, [])
    papers = rows(tmp_path / "laporan.csv")
    assert [(p["harus_dibayar"], p["dibayarkan_pada_ini"]) for p in papers] == [("38249", "5000"), ("20500", "0")]


@pytest.mark.parametrize(
    ("what", "column"), [("bagi-hasil", "bersih"), ("uang", "rupiah"), ("laporan", "harus_dibayar")]
)
def test_a_rupiah_changed_in_any_file_is_named(settled, tmp_path, what, column):
    for name in FILES:
        export(name, tmp_path / f"{name}.csv")
    path = tmp_path / f"{what}.csv"
    found = rows(path)
    one = next(row for row in found if row.get("kejadian", "payout.pay") == "payout.pay")
    one[column] = str(int(one[column]) + 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0].keys())
        writer.writeheader()
        writer.writerows(found)

    looked, wrong = DUE["differences"](tmp_path)

    assert looked == 2
    assert wrong
    assert wrong[0].startswith("BH/202")


def test_payouts_and_what_undoes_them_are_told(settled, tmp_path):
    said = export("pembayaran", tmp_path / "p.xlsx")

    page = openpyxl.load_workbook(tmp_path / "p.xlsx").active
    found = [[cell.value for cell in row] for row in page.iter_rows()]
    assert said == {"what": "pembayaran", "file": str(tmp_path / "p.xlsx"), "rows": 3}
    assert [row[5] for row in found] == ["rupiah", 5001, -5001, 5000]
    assert [row[9] or "" for row in found] == ["membatalkan", "", found[1][1], ""]


def test_goods_and_money_carry_keys_and_days_narrow_them(settled, tmp_path):
    export("barang", tmp_path / "b.csv")
    said = export("uang", tmp_path / "u.csv", since=DAY + timedelta(days=1))

    assert said["rows"] == 0
    assert [(r["kunci_dari"], r["kunci_ke"], r["buah"]) for r in rows(tmp_path / "b.csv")] == [
        ("maker", "shelf:1", "10"), ("shelf:1", "sold", "3"), ("sold", "shelf:1", "1"),
    ]  # fmt: skip


def test_what_cannot_be_written_is_refused_and_leaves_no_file(settled, tmp_path, monkeypatch):
    for wrong in (
        {"what": "rahasia", "out": tmp_path / "x.csv"},
        {"what": "uang", "out": tmp_path / "x.exe"},
        {"what": "uang", "out": tmp_path / "tiada" / "x.csv"},
        {"what": "uang", "out": tmp_path / "x.csv", "association": "tiada"},
        {"what": "uang", "out": tmp_path / "x.csv", "association": ""},  # there are two
    ):
        with pytest.raises(CommandError) as refused:
            export(**wrong)
        assert refused.value.returncode == 2
    monkeypatch.setattr(press, "MOST_ROWS", 2)
    with pytest.raises(CommandError, match="Lebih dari 2 baris"):
        export("uang", tmp_path / "x.xlsx")

    assert list(tmp_path.iterdir()) == []


def test_a_unit_s_products_are_written_as_before(shop, tmp_path):
    said = io.StringIO()

    call_command("export", unit="SGS", out=tmp_path / "p.xlsx", json=True, stdout=said)

    assert json.loads(said.getvalue())["products"] == 1
