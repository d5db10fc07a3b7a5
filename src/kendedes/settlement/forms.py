"""What people type about settlements and payouts. Cleans input only."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kendedes.settlement.models import Payout


class DrawForm(forms.Form):
    ends_on = forms.DateField(
        label=_("Sampai dengan tanggal"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Hari terakhir yang dihitung; harus sudah lewat."),
    )  # fmt: skip
    everybody = forms.BooleanField(
        label=_("Semua produsen, apa pun masa bayar yang disepakati"), required=False
    )  # fmt: skip


class PayForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    amount = forms.IntegerField(label=_("Jumlah (Rp)"), min_value=1, max_value=10**12)
    method = forms.ChoiceField(label=_("Cara"), choices=Payout.Method.choices, widget=forms.RadioSelect)
    paid_on = forms.DateField(label=_("Tanggal"), widget=forms.DateInput(attrs={"type": "date"}))
    received_by = forms.CharField(label=_("Diterima oleh"), max_length=80, required=False)
    reference = forms.CharField(
        label=_("Nomor rujukan transfer"), max_length=80, required=False, help_text=_("Dari bukti transfer bank.")
    )

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
