"""What a person sends: a file for a unit, and what its columns mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Unit
from kendedes.products.intake import texts


class UploadForm(forms.Form):
    """One sheet for one unit. The unit is not asked where there is only one."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    file = forms.FileField(label=_("Lembar kerja"), allow_empty_file=True)

    def __init__(self, *args: Any, units: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.fields["unit"]
        if isinstance(chosen, forms.ModelChoiceField):
            chosen.queryset = units
            chosen.choices = [(unit.pk, str(unit)) for unit in units]
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.ods,.csv,.txt,.tsv"
        self.fields["file"].help_text = _("xlsx, ods, atau csv; paling banyak %(rows)s produk, %(mb)s MB.") % {
            "rows": settings.ENV.import_rows, "mb": settings.ENV.import_mb,
        }  # fmt: skip
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.initial["unit"] = units[0].pk


def field_choices() -> list[tuple[str, str]]:
    """What a column may mean, for a select: the two ways of not using it first."""
    return [(code, str(label)) for code, label in texts.FIELDS.items()]
