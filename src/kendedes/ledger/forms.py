"""What people type about the books. Cleans input only."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kendedes.ledger.models import Account
from kendedes.ui.fields import DateField, RupiahField


class DaysForm(forms.Form):
    since = DateField(label=_("Sejak"), required=False)
    until = DateField(label=_("Sampai"), required=False)

    def days(self, today: date) -> tuple[date, date]:
        """The days asked, both counted; this month when nothing sensible was asked."""
        found = self.cleaned_data if self.is_bound and self.is_valid() else {}
        until = found.get("until") or today
        since = found.get("since") or until.replace(day=1)
        return (since, until) if since <= until else (until, since)


class CloseForm(forms.Form):
    ends_on = DateField(
        label=_("Tutup sampai dengan"),
        help_text=_("Sesudah ditutup tidak dapat dibuka lagi. Kabar yang terlambat masuk ke hari berikutnya."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **{"initial": {"ends_on": today.replace(day=1) - timedelta(days=1)}, **options})


MOVES = {
    "deposit": (Account.Kind.CASH, Account.Kind.BANK, _("setor kas ke bank")),
    "withdraw": (Account.Kind.BANK, Account.Kind.CASH, _("ambil dari bank ke kas")),
    "qris": (Account.Kind.QRIS, Account.Kind.BANK, _("QRIS masuk ke rekening")),
    "transfer": (Account.Kind.TRANSFER, Account.Kind.BANK, _("transfer pembeli masuk ke rekening")),
    "cost": (Account.Kind.CASH, Account.Kind.EXPENSE, _("biaya dibayar dari kas")),
    "cost_bank": (Account.Kind.BANK, Account.Kind.EXPENSE, _("biaya dibayar dari bank")),
    "capital": (Account.Kind.CAPITAL, Account.Kind.CASH, _("modal atau saldo awal masuk kas")),
    "capital_bank": (Account.Kind.CAPITAL, Account.Kind.BANK, _("modal atau saldo awal masuk bank")),
}


class MoveForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(label=_("Apa"), choices=[(key, label) for key, (_s, _t, label) in MOVES.items()])
    amount = RupiahField(label=_("Jumlah (Rp)"), least=1)
    day = DateField(label=_("Tanggal"))
    why = forms.CharField(label=_("Keterangan"), max_length=120)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **{"initial": {"key": uuid.uuid4(), "day": today}, **options})
        self.today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("Tanggal belum tiba."))
        return day


def chart_lines(data: Any) -> dict[str, tuple[str, str]]:
    """``{kind: (code, name)}`` of a posted chart."""
    return {
        kind.value: (
            str(data.get(f"code-{kind.value}", "")).strip()[:20],
            str(data.get(f"name-{kind.value}", "")).strip()[:80],
        )
        for kind in Account.Kind
    }
