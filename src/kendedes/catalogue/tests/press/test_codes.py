"""Codes on printed pages, read back by other people's readers. Everything in the documents is fictional."""

from __future__ import annotations

import copy
import shutil

import pytest

from kendedes.catalogue.press import Paper, codes
from kendedes.catalogue.tests.press.reading import codes_by_zbar, codes_on


def test_every_code_is_read_back_from_the_printed_page(printed, short, tmp_path):
    wanted = {e["url"] for c in short["chapters"] for e in c["entries"]}

    found = set(codes_on(printed(short).path, tmp_path))

    assert found == wanted


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("layout", [1, 2, 4, 6])
def test_both_readers_read_every_code_of_every_paper_and_layout(printed, short, paper, layout, tmp_path):
    changed = copy.deepcopy(short)
    entries = [e for c in changed["chapters"] for e in c["entries"]]
    for number, entry in enumerate(entries):  # as long as addresses here are
        entry["url"] = f"https://galeri.kabupatenmalang.example.id/produk/keripik-tempe-sanan-{number}/"
    wanted = sorted(e["url"] for e in entries)

    report = printed(changed, paper=paper, layout=layout)

    assert sorted(codes_on(report.path, tmp_path)) == wanted
    if shutil.which("zbarimg"):
        assert sorted(codes_by_zbar(report.path, tmp_path)) == wanted
    assert not [f for f in report.findings if f.kind == "dense_code"]


def test_an_address_too_long_for_its_code_is_reported(printed, short):
    changed = copy.deepcopy(short)
    last = changed["chapters"][1]["entries"][-1]
    last["url"] = "https://galeri.example.id/produk/" + "sangat-panjang-" * 8 + "1/"

    report = printed(changed, paper=Paper.A5, layout=6)

    assert [(f.level, f.code, dict(f.facts)) for f in report.findings if f.kind == "dense_code"] == [
        ("warn", last["code"], {"letters": 155})
    ]


@pytest.mark.parametrize("length", [14, 15, 32, 40, 78, 79, 106, 150, 230])
def test_the_better_repair_is_taken_where_it_costs_no_larger_code(length):
    payload = "https://galeri.example.id/produk/".ljust(length, "k")[:length]
    columns, rows, _bits = codes.modules(payload)

    assert columns == rows
    assert codes.module_width(payload, 20) == pytest.approx(20 / columns)
    assert codes.level(payload) == ("L" if length in (15, 32, 78, 106, 150, 230) else "M")


def test_a_code_leads_to_whatsapp_only_with_consent(printed, short, tmp_path):
    changed = copy.deepcopy(short)
    entries = changed["chapters"][0]["entries"]
    changed["chapters"] = changed["chapters"][:1]
    for number, entry in enumerate(entries):
        entry["url"] = ""
        entry["contact"] = {"kind": "producer", "name": "Contoh", "whatsapp": "6281200000001"} if number == 0 else None

    report = printed(changed)
    found = codes_on(report.path, tmp_path)

    assert len(found) == 1
    assert found[0].startswith("https://wa.me/6281200000001?text=Halo%2C%20saya%20tertarik%20dengan%20")
    assert sum(f.kind == "no_contact" for f in report.findings) == len(entries) - 1
