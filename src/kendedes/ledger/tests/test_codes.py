from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kendedes.ledger.rules.codes import _LETTERS, lot_code, read_lot_code


def test_the_first_lot():
    assert lot_code(1) == "T00012"
    assert read_lot_code(" t0001-2 ") == "T00012"
    assert read_lot_code("TOOO12") == "T00012"


@given(st.integers(1, 10**9))
def test_a_code_reads_back(number):
    assert read_lot_code(lot_code(number)) == lot_code(number)


@given(st.integers(1, 10**7), st.data())
def test_one_wrong_letter_or_two_swapped_are_noticed(number, data):
    code = lot_code(number)
    place = data.draw(st.integers(1, len(code) - 1))
    wrong = data.draw(st.sampled_from([x for x in _LETTERS if x != code[place]]))
    swapped = code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :]

    assert read_lot_code(code[:place] + wrong + code[place + 1 :]) is None
    if place > 1 and swapped != code and place < len(code) - 1:
        assert read_lot_code(swapped) is None
