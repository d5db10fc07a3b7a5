"""What people type about settlements and payouts. Cleans input only."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kendedes.settlement.models import Payout
from kendedes.ui.fields import DateField, RupiahField


class DrawForm(forms.Form):
    ends_on = DateField(
        label=_("Sampai dengan tanggal"), help_text=_("Hari terakhir yang dihitung; harus sudah lewat.")
    )
    everybody = forms.BooleanField(
        label=_("Semua produsen, apa pun masa bayar yang disepakati"), required=False
    )  # fmt: skip


class AccountForm(forms.Form):
    bank = forms.CharField(label=_("Bank"), max_length=40, help_text=_("Misalnya Bank Jatim, BRI."))
    number = forms.CharField(
        label=_("Nomor rekening"), max_length=34,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Disimpan tersandi; di layar hanya empat angka terakhir yang tampak."),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Ulangi nomor rekening"), max_length=34,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    holder = forms.CharField(label=_("Atas nama"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean_number(self) -> str:
        return self._digits("number")

    def clean_again(self) -> str:
        return self._digits("again")

    def _digits(self, name: str) -> str:
        """Spaces, dots and dashes are how people write it; a number has 6 to 20 digits."""
        text = re.sub(r"[\s.\-]", "", self.cleaned_data[name])
        if not re.fullmatch(r"[0-9]{6,20}", text):
            raise forms.ValidationError(_("Nomor rekening terdiri dari 6 sampai 20 angka."))
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("number") and data.get("again") and data["number"] != data["again"]:
            self.add_error("again", _("Kedua nomor tidak sama."))
        data.pop("again", None)
        return data


class RevealForm(forms.Form):
    reason = forms.CharField(label=_("Untuk apa nomor ini dibuka?"), max_length=160)


class EraseForm(forms.Form):
    reason = forms.CharField(label=_("Atas permintaan siapa, atau mengapa?"), max_length=160)


class PayForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    amount = RupiahField(label=_("Jumlah (Rp)"), least=1)
    method = forms.ChoiceField(label=_("Cara"), choices=Payout.Method.choices, widget=forms.RadioSelect)
    paid_on = DateField(label=_("Tanggal"))
    received_by = forms.CharField(label=_("Diterima oleh"), max_length=80, required=False)
    reference = forms.CharField(
        label=_("Nomor rujukan transfer"), max_length=80, required=False, help_text=_("Dari bukti transfer bank.")
    )
    photo = forms.FileField(
        label=_("Foto kuitansi bertanda tangan atau bukti transfer"), required=False,
        help_text=_("JPEG, PNG, HEIC, atau PDF, paling besar 10 MB. Boleh menyusul."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,application/pdf"}),
    )  # fmt: skip

    def __init__(self, *args: Any, left: int, today: date, **options: Any) -> None:
        options.setdefault("initial", {})
        options["initial"] = {
            "key": uuid.uuid4(), "amount": left, "method": Payout.Method.CASH, "paid_on": today, **options["initial"],
        }  # fmt: skip
        super().__init__(*args, **options)
        self.today = today

    def clean_paid_on(self) -> date:
        day: date = self.cleaned_data["paid_on"]
        if day > self.today:
            raise forms.ValidationError(_("Tanggal belum tiba."))
        return day
