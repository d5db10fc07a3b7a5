"""What people type about the gallery. Cleans input only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kendedes.gallery.models import Receipt, Shelf, Stand
from kendedes.journal.models import User
from kendedes.network.models import Unit
from kendedes.ui.fields import DateField, RupiahField

WEEKDAYS = [
    ("1", _("Senin")), ("2", _("Selasa")), ("3", _("Rabu")), ("4", _("Kamis")), ("5", _("Jumat")), ("6", _("Sabtu")),
    ("7", _("Minggu")),
]  # fmt: skip


class VenueForm(forms.Form):
    name = forms.CharField(label=_("Nama pusat kerajinan"), max_length=80)
    address = forms.CharField(label=_("Alamat"), max_length=200, required=False)


class StandForm(forms.Form):
    number = forms.CharField(label=_("Nomor stan"), max_length=10)
    name = forms.CharField(label=_("Nama"), max_length=60, required=False)
    left = forms.IntegerField(label=_("Dari kiri"), min_value=0, max_value=200, required=False)
    top = forms.IntegerField(label=_("Dari atas"), min_value=0, max_value=200, required=False)
    width = forms.IntegerField(label=_("Lebar"), min_value=2, max_value=60, initial=4)
    height = forms.IntegerField(label=_("Panjang"), min_value=2, max_value=60, initial=3)


class ShelfForm(forms.Form):
    name = forms.CharField(label=_("Nama rak"), max_length=20, help_text=_("Misalnya A, B, atau “depan”."))
    facings = forms.IntegerField(
        label=_("Banyak muka"), min_value=0, max_value=60, initial=4,
        help_text=_("Satu muka memajang satu kemasan di barisan depan."),
    )  # fmt: skip
    worth = forms.TypedChoiceField(label=_("Letak"), coerce=int, choices=Shelf.Worth.choices, initial=Shelf.Worth.FAIR)


class ShelfChangeForm(ShelfForm):
    name = None  # type: ignore[assignment]


class FacingForm(forms.Form):
    number = forms.IntegerField(min_value=1, max_value=60)
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(Unit.objects.none(), required=False)
    starts_on = DateField(label=_("Sejak"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class DutyForm(forms.Form):
    user: forms.ModelChoiceField[User] = forms.ModelChoiceField(User.objects.none(), label=_("Penjaga"))
    weekdays = forms.MultipleChoiceField(
        label=_("Hari"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple, initial=[d for d, _label in WEEKDAYS]
    )
    starts_on = DateField(label=_("Sejak"))
    ends_on = DateField(label=_("Sampai"), required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("Tanggal ini sebelum tanggal mulai."))
        return data


class MandateForm(forms.Form):
    number = forms.CharField(label=_("Nomor surat"), max_length=80)
    giver = forms.CharField(label=_("Pemberi mandat"), max_length=120)
    about = forms.CharField(label=_("Tentang"), max_length=200, required=False)
    starts_on = DateField(label=_("Berlaku sejak"))
    ends_on = DateField(label=_("Sampai"), required=False)
    stands: forms.ModelMultipleChoiceField[Stand] = forms.ModelMultipleChoiceField(
        Stand.objects.none(), label=_("Stan"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, stands: QuerySet[Stand], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["stands"].queryset = stands  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("Tanggal ini sebelum tanggal mulai."))
        return data


class CallForm(forms.Form):
    """One amount for all units, and so much for each facing they fill; single ones may differ (fields ``unit-3``).

    ``facings``: how many each unit fills, by its number.
    """

    name = forms.CharField(
        label=_("Iuran untuk"), max_length=80, help_text=_("Misalnya “Desember 2026” atau “listrik triwulan IV”.")
    )
    due_on = DateField(label=_("Jatuh tempo"))
    amount = RupiahField(label=_("Tiap unit (Rp)"), least=0)
    each = RupiahField(
        label=_("Ditambah tiap muka rak (Rp)"), least=0, required=False,
        help_text=_("Dikalikan banyaknya muka rak yang diisi unit hari ini. Kosongkan bila tidak dipakai."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Iterable[Unit], facings: Mapping[int, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.units, self.facings = list(units), facings
        for unit in self.units:
            filled = _("mengisi %(n)s muka rak") % {"n": facings.get(unit.pk, 0)}
            self.fields[f"unit-{unit.pk}"] = RupiahField(label=unit.district.name, required=False, help_text=filled)

    def amounts(self) -> dict[Unit, int]:
        """What each unit is asked for."""
        usual, each = self.cleaned_data["amount"], self.cleaned_data["each"] or 0
        asked = {unit: self.cleaned_data.get(f"unit-{unit.pk}") for unit in self.units}
        return {
            unit: usual + each * self.facings.get(unit.pk, 0) if amount is None else amount
            for unit, amount in asked.items()
        }


class ReceiptForm(forms.Form):
    amount = RupiahField(label=_("Jumlah (Rp)"), least=1)
    payer = forms.CharField(label=_("Diterima dari"), max_length=80)
    into = forms.ChoiceField(label=_("Masuk ke"), choices=Receipt.Into.choices)
    key = forms.UUIDField(widget=forms.HiddenInput)


def weights(data: Any, known: Iterable[int]) -> dict[int, int]:
    """``{unit: weight}`` of the boxes ``bobot-3``; anything but a whole number from 0 to 9 is left out."""
    found = {}
    for unit in known:
        text = str(data.get(f"bobot-{unit}", "")).strip()
        if text.isascii() and text.isdecimal() and len(text) == 1:
            found[unit] = int(text)
    return found


class PaperFileForm(forms.Form):
    file = forms.FileField(
        label=_("Surat mandat (PDF atau foto, paling besar 10 MB)"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,application/pdf"}),
    )
