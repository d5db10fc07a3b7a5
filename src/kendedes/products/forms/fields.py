"""Fields that read what people write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kendedes.base import money
from kendedes.products.actions import PriceAsked
from kendedes.products.models import Category


class PriceField(forms.CharField):
    """``15.000``, ``Rp15.000–20.000``, ``15rb``: whole rupiah as a PriceAsked, None when empty."""

    default_error_messages = {"price": _("Tulis rupiah, misalnya 15.000 atau 15.000–20.000.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 60, "required": False, "strip": True, **options})
        self.widget.attrs.setdefault("inputmode", "text")
        self.widget.attrs.setdefault("placeholder", "15.000")

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        told = money.price(text)
        if told.value is None or told.kept or told.value.per:
            raise ValidationError(self.error_messages["price"], code="price")
        found = told.value
        return PriceAsked(found.low, None if found.fixed else found.high)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, PriceAsked):
            return price_text(value.low, value.high)
        return value

    def run_validators(self, value: Any) -> None:
        """Length was checked on the text."""


def price_text(low: int | None, high: int | None) -> str:
    """A price as it is typed: ``15.000–20.000``."""
    if low is None:
        return ""
    text = f"{low:,}".replace(",", ".")
    return f"{text}–{high:,}".replace(",", ".") if high else text


class CategoryField(forms.ModelChoiceField[Category]):
    """Categories under their parents, in the reader's language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Category.objects.select_related("parent").order_by("position"), **options)
        self.empty_label = str(_("Pilih kategori"))

    def label_from_instance(self, obj: Category) -> str:
        from django.utils.translation import get_language  # noqa: PLC0415 - the language of this request

        name = obj.name_en if (get_language() or "id").startswith("en") else obj.name_id
        return f"\N{EM SPACE}{name}" if obj.parent_id else name


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)
