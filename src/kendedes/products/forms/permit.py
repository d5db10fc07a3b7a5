"""A permit, its verification, its file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kendedes.products.forms.fields import DateInput
from kendedes.products.models import Permit


class PermitForm(forms.Form):
    """What stands on the certificate."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=Permit.Kind.choices)
    number = forms.CharField(label=_("Nomor"), max_length=60)
    holder = forms.CharField(label=_("Nama pemegang"), max_length=120, required=False)
    valid_until = forms.DateField(
        label=_("Berlaku sampai"),
        required=False,
        widget=DateInput,
        help_text=_("Kosongkan bila tidak tertulis; untuk P-IRT dibaca dari nomornya."),
    )
    for_all = forms.BooleanField(
        label=_("Berlaku untuk semua produk produsen ini"),
        required=False,
        help_text=_("Seperti NIB; P-IRT biasanya untuk satu produk."),
    )

    def texts(self) -> dict[str, Any]:
        """What was typed, without the reach."""
        return {name: self.cleaned_data[name] for name in ("kind", "number", "holder", "valid_until")}


class VerifyForm(forms.Form):
    """Where and when the number was found."""

    on = forms.DateField(label=_("Diperiksa tanggal"), widget=DateInput)
    url = forms.URLField(label=_("Halaman resmi tempat nomor ini ditemukan"), max_length=300, assume_scheme="https")


class FileForm(forms.Form):
    file = forms.FileField(label=_("Sertifikat (PDF atau foto, paling besar 10 MB)"))
