"""Rupiah as people write them."""

import pytest
from django.core.exceptions import ValidationError

from kendedes.ui.fields import RupiahField


@pytest.mark.parametrize(("text", "amount"), [("15.000", 15_000), ("Rp15.000", 15_000), ("85000", 85_000), ("0", 0)])
def test_amounts_are_read_as_written(text, amount):
    assert RupiahField().clean(text) == amount


@pytest.mark.parametrize(
    ("text", "says"),
    [("99", "Paling sedikit Rp100."), ("20.001", "Paling banyak Rp20000."), ("dua", "Tulis rupiah dengan angka")],
)
def test_too_little_too_much_and_words_are_refused_in_words(text, says):
    with pytest.raises(ValidationError) as refused:
        RupiahField(least=100, most=20_000).clean(text)
    assert says in str(refused.value.messages[0])
