"""Forms of sales: clean input, nothing more."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kendedes.ledger.models import Lot, Place
from kendedes.ledger.rules.codes import read_lot_code
from kendedes.network.models import Association, Producer, Unit
from kendedes.products.models import Product
from kendedes.sales.models import Cashier, PayKind, TillRules
from kendedes.sales.queries.office import LineView
from kendedes.ui.fields import DateField

_MARK = re.compile(r"(?:K\d{1,6}-)?(\d{1,9})-([0-9a-f]{8})", re.ASCII | re.IGNORECASE)
MOST_LINES = 8


class PairForm(forms.Form):
    """A new till."""

    name = forms.CharField(
        label=_("Nama perangkat"), max_length=60, help_text=_("Misalnya: HP Bu Sri, tablet pintu depan.")
    )
    place = forms.ModelChoiceField(
        label=_("Menjual dari"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("Galeri: semua rak, lalu gudang"),
    )

    def __init__(self, *args: Any, association: Association, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Place.objects.filter(association=association, kind__in=(Place.Kind.EVENT, Place.Kind.STORE))
        field: Any = self.fields["place"]
        field.queryset = places.order_by("kind", "name")


class ImportForm(forms.Form):
    """The export of a till."""

    file = forms.FileField(
        label=_("Berkas ekspor kasir"), help_text=_("kendedes-K3-1-41.ndjson, dari layar kasir yang terkunci")
    )


class RulesForm(forms.ModelForm[TillRules]):
    """How tills behave."""

    class Meta:
        model = TillRules
        fields = (
            "second_person_above", "rounding", "noncash_offline_sale", "noncash_offline_total", "qris_static", "qris_dynamic",
            "footer",
        )  # fmt: skip
        help_texts = {
            "qris_dynamic": _(
                "Kode dengan jumlah dibuat dari kode statis. Tidak semua penyedia menerimanya, dan tidak ada kabar otomatis: "
                "kasir tetap harus melihat pembayaran masuk."
            )
        }


class DiscountForm(forms.Form):
    """What tills may take off."""

    code = forms.RegexField(
        r"^[A-Za-z0-9]{2,20}$", label=_("Kode di struk"), help_text=_("Huruf dan angka saja, misalnya PAMERAN10.")
    )
    name = forms.CharField(label=_("Nama"), max_length=60)
    percent = forms.IntegerField(label=_("Potongan (%)"), min_value=1, max_value=100)
    since = DateField(label=_("Mulai"))
    until = DateField(label=_("Sampai dengan"), required=False, help_text=_("Kosong: sampai diakhiri."))
    place = forms.ModelChoiceField(
        label=_("Berlaku di"), queryset=Place.objects.none(), required=False, empty_label=_("Semua kasir")
    )
    limit = forms.ChoiceField(
        label=_("Barang"), required=False,
        help_text=_("Bagian produsen, unit, dan galeri dihitung dari harga setelah potongan."),
    )  # fmt: skip

    def __init__(self, *args: Any, association: Association, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.queryset = Place.objects.filter(association=association, kind=Place.Kind.EVENT).order_by("-pk")
        here = {"association": association}
        groups = (
            (_("Unit"), Unit.objects.filter(**here).select_related("district")),
            (_("Produsen"), Producer.objects.filter(ended_on=None, **here)),
            (_("Produk"), Product.objects.filter(**here).exclude(state="discontinued")),
        )
        self.bodies: dict[str, Unit | Producer | Product] = {}
        choices: list[Any] = [("", _("semua barang"))]
        for label, rows in groups:
            found = {f"{row._meta.model_name}:{row.pk}": row for row in rows}
            self.bodies |= found
            choices.append((label, [(key, str(row)) for key, row in found.items()]))
        self.fields["limit"].choices = choices  # type: ignore[attr-defined]

    def clean_limit(self) -> Unit | Producer | Product | None:
        return self.bodies.get(self.cleaned_data["limit"])

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).upper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("Hari terakhir sebelum hari pertama."))
        return data


class PinForm(forms.Form):
    """One's own PIN."""

    pin = forms.CharField(
        label=_("PIN baru"), min_length=6, max_length=6, help_text=_("Enam angka."),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "new-password", "pattern": "[0-9]{6}"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Ulangi PIN"),
        max_length=6,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("pin") != data.get("again"):
            raise ValidationError(_("Kedua PIN tidak sama."))
        return data


class RefundForm(forms.Form):
    """Pieces of a sale that come back: one number a line."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Uang dikembalikan"), choices=PayKind.choices, initial=PayKind.CASH)
    reason = forms.CharField(label=_("Alasan"), max_length=200)
    approver = forms.ModelChoiceField(label=_("Orang kedua"), queryset=Cashier.objects.none(), required=False)
    pin = forms.CharField(
        label=_("PIN orang kedua"), required=False, max_length=6,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: list[LineView], approvers: QuerySet[Cashier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [row for row in lines if row.left]
        for row in self.lines:
            self.fields[f"line_{row.line.number}"] = forms.IntegerField(
                label=row.line.name, min_value=0, max_value=row.left, required=False,
                help_text=_("paling banyak %(left)s") % {"left": row.left},
            )  # fmt: skip
        self.order_fields([*(f"line_{row.line.number}" for row in self.lines)])
        approver: Any = self.fields["approver"]
        approver.queryset = approvers

    def pieces(self) -> dict[int, int]:
        """Pieces by line, those above none."""
        found = {row.line.number: self.cleaned_data.get(f"line_{row.line.number}") or 0 for row in self.lines}
        return {number: quantity for number, quantity in found.items() if quantity}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.pieces():
            raise ValidationError(_("Isi berapa yang dikembalikan."))
        return data


class LotField(forms.CharField):
    """The code on a label; cleans to the lot."""

    def __init__(self, **options: Any) -> None:
        self.lots: QuerySet[Lot] = Lot.objects.none()
        super().__init__(
            **{"max_length": 20, "widget": forms.TextInput(attrs={"autocapitalize": "characters"}), **options}
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        lot = self.lots.filter(code=read_lot_code(text) or "").first()
        if lot is None:
            raise ValidationError(_("Kode titipan %(code)s tidak ada."), params={"code": text})
        return lot


class AssignForm(forms.Form):
    """Whose goods an unknown line is."""

    lot = LotField(label=_("Kode titipan"), help_text=_("Pindai atau ketik kode pada label, misalnya T00012."))

    def __init__(self, *args: Any, lots: QuerySet[Lot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lot"]
        field.lots = lots


class SettleForm(forms.Form):
    """How a task was settled."""

    note = forms.CharField(label=_("Catatan penyelesaian"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    book = forms.BooleanField(label=_("Bukukan selisihnya ke akun selisih kas"), required=False)


class AsideForm(forms.Form):
    """Why an event means nothing for the books."""

    reason = forms.CharField(label=_("Alasan dikesampingkan"), max_length=200)


class PaperForm(forms.Form):
    """A receipt of a lost till, typed in from paper."""

    receipt = forms.CharField(
        label=_("Nomor struk"), max_length=40, help_text=_("Seperti tercetak, misalnya K3-000041-9f2c41aa.")
    )
    at = forms.DateTimeField(
        label=_("Tanggal dan jam di struk"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    kind = forms.ChoiceField(label=_("Dibayar"), choices=PayKind.choices, initial=PayKind.CASH)

    def __init__(self, *args: Any, lots: QuerySet[Lot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(MOST_LINES):
            lot = LotField(label=_("Kode titipan"), required=False)
            lot.lots = lots
            self.fields[f"lot_{n}"] = lot
            self.fields[f"name_{n}"] = forms.CharField(label=_("Nama barang"), max_length=120, required=False)
            self.fields[f"qty_{n}"] = forms.IntegerField(
                label=_("Jumlah"), min_value=1, max_value=100_000, required=False
            )
            self.fields[f"price_{n}"] = forms.IntegerField(
                label=_("Harga satuan"), min_value=0, max_value=10**9, required=False
            )

    def rows(self) -> list[list[Any]]:
        """The fields of each line, for the page."""
        return [[self[f"{name}_{n}"] for name in ("lot", "name", "qty", "price")] for n in range(MOST_LINES)]

    def lines(self) -> list[tuple[Lot | None, str, int, int]]:
        """(lot, name, pieces, price) of the filled lines."""
        found = []
        for n in range(MOST_LINES):
            lot, name, qty, price = (self.cleaned_data.get(f"{part}_{n}") for part in ("lot", "name", "qty", "price"))
            if qty and price is not None and (lot or name):
                found.append((lot, str(name or lot), qty, price))
        return found

    def clean_receipt(self) -> tuple[int, str]:
        found = _MARK.fullmatch(self.cleaned_data["receipt"].strip())
        if found is None:
            raise ValidationError(_("Tulis lengkap dengan delapan huruf terakhirnya."))
        return int(found[1]), found[2].lower()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.lines():
            raise ValidationError(_("Isi paling sedikit satu baris: jumlah, harga, dan kode titipan atau nama."))
        return data
