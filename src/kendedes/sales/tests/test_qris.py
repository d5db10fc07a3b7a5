"""QRIS: the published checksum, a fictional merchant's code, and everything that is none."""

from __future__ import annotations

import pytest

from kendedes.sales.rules.qris import QrisFault, check_static, crc, with_amount

STATIC = (
    "00020101021126680016ID.CO.CONTOH.WWW011893600000000000000102150000000000000010303UMI51440014ID.CO.QRIS.WWW"
    "0215ID00000000000010303UMI5204594753033605802ID5913GALERI CONTOH6011KAB. MALANG6105651536304D400"
)
WITH_25000 = (
    "00020101021226680016ID.CO.CONTOH.WWW011893600000000000000102150000000000000010303UMI51440014ID.CO.QRIS.WWW"
    "0215ID00000000000010303UMI5204594753033605405250005802ID5913GALERI CONTOH6011KAB. MALANG6105651536304E8FF"
)


def test_the_checksum_is_the_published_one():
    assert crc("123456789") == "29B1"


def test_a_static_code_becomes_one_with_an_amount():
    assert with_amount(STATIC, 25_000) == WITH_25000


@pytest.mark.parametrize("amount", [0, -1, 10_000_001])
def test_amounts_outside_the_limit_are_refused(amount):
    with pytest.raises(QrisFault):
        with_amount(STATIC, amount)


@pytest.mark.parametrize("place", range(0, len(STATIC), 7))
def test_any_changed_letter_is_noticed(place):
    wrong = STATIC[:place] + ("0" if STATIC[place] != "0" else "1") + STATIC[place + 1 :]

    with pytest.raises(QrisFault):
        check_static(wrong)


@pytest.mark.parametrize("code", ["", "x", "0" * 600, "é" * 40, WITH_25000, STATIC[:-4] + "d4001"])
def test_what_is_no_static_code_is_refused(code):
    with pytest.raises(QrisFault):
        check_static(code)
