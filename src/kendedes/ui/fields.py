"""Fields of forms that several floors use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kendedes.base.numbers import number

MOST = 10_000_000_000


class DateField(forms.DateField):
    """A day, by the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options})


class RupiahField(forms.CharField):
    """Whole rupiah as people write them (``15.000``, ``Rp15.000``); None when empty."""

    default_error_messages = {
        "rupiah": _("Tulis rupiah dengan angka, misalnya 15.000."),
        "least": _("Paling sedikit Rp%(least)s."),
        "most": _("Paling banyak Rp%(most)s."),
    }

    def __init__(self, *, least: int = 0, most: int = MOST, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**{"max_length": 20, "widget": widget, **options})
        self.least, self.most = least, most

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "").casefold().removeprefix("rp").strip(" .")
        if not text:
            return None
        amount = number(text, money=True)
        if amount is None or amount != int(amount) or amount > MOST:
            raise ValidationError(self.error_messages["rupiah"], code="rupiah")
        if amount > self.most:
            raise ValidationError(self.error_messages["most"], code="most", params={"most": self.most})
        if amount < self.least:
            raise ValidationError(self.error_messages["least"], code="least", params={"least": self.least})
        return int(amount)

    def validate(self, value: Any) -> None:
        """0 is an amount, not an empty field."""
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Length was checked on the text."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class PercentField(forms.CharField):
    """A percentage with up to two decimals (``12,5``) as basis points; None when empty."""

    default_error_messages = {"percent": _("Tulis persen antara 0 dan 100, misalnya 15 atau 12,5.")}

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"max_length": 8, "widget": widget, **options})

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "").removesuffix("%").strip()
        if not text:
            return None
        amount = number(text)
        if amount is None or not 0 <= amount <= 100 or (amount * 100) % 1:
            raise ValidationError(self.error_messages["percent"], code="percent")
        return int(amount * 100)

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Length was checked on the text."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        whole, rest = divmod(value, 100)
        return f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)
