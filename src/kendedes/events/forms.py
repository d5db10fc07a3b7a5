"""What people type about fairs. Cleans input only."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kendedes.events.models import Event, Lead
from kendedes.ledger.models import Place
from kendedes.ui.fields import DateField

MOST = 100_000  # pieces of one line


class EventForm(forms.ModelForm[Event]):
    class Meta:
        model = Event
        fields = ["name", "host", "where", "starts_on", "ends_on"]
        field_classes = {"starts_on": DateField, "ends_on": DateField}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        start, end = found.get("starts_on"), found.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("Selesai tidak boleh sebelum mulai."))
        return found


class ProposeForm(forms.Form):
    room = forms.IntegerField(label=_("Muatan (buah)"), min_value=1, max_value=MOST, initial=200)


class TripForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    carrier = forms.CharField(label=_("Pembawa barang"), max_length=80, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"key": uuid.uuid4(), **options.get("initial", {})}
        super().__init__(*args, **options)


class BackForm(TripForm):
    into = forms.ModelChoiceField(
        queryset=Place.objects.none(), label=_("Kembali ke"), help_text=_("Dari sini barang dibagi lagi ke rak.")
    )

    def __init__(self, *args: Any, places: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = places


class LeadForm(forms.ModelForm[Lead]):
    class Meta:
        model = Lead
        fields = ["name", "wants", "contact", "consented"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("contact") and not found.get("consented"):
            self.add_error("consented", _("Kontak hanya dicatat bila orangnya bersedia dihubungi."))
        return found


_PACK = re.compile(r"n-(\d{1,12})-(\d{1,12})\Z")
_COUNT = re.compile(r"n-(\d{1,12})\Z")


def pack_lines(data: Mapping[str, Any]) -> dict[tuple[int, int], int]:
    """``{(lot, source): pieces}`` of a posted page of the pack list; an empty field is 0, what is no number is left out."""
    found = {}
    for name, value in data.items():
        if match := _PACK.match(name):
            quantity = 0 if not str(value).strip() else _pieces(value)
            if quantity is not None:
                found[int(match[1]), int(match[2])] = quantity
    return found


def counts(data: Mapping[str, Any], allowed: Iterable[int]) -> dict[int, int]:
    """``{lot: pieces}`` of a posted count; an empty field is not counted."""
    known = set(allowed)
    found = {}
    for name, value in data.items():
        if (match := _COUNT.match(name)) and int(match[1]) in known:
            quantity = _pieces(value)
            if quantity is not None:
                found[int(match[1])] = quantity
    return found


def _pieces(value: object) -> int | None:
    text = str(value).strip()
    return min(int(text), MOST) if text.isascii() and text.isdigit() and len(text) < 10 else None
