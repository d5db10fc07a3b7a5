"""What people type about terms, papers and goods. Cleans input only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kendedes.consignment.models import Line, Paper
from kendedes.consignment.queries.spots import Spot
from kendedes.consignment.rules.pricing import gallery_part
from kendedes.ledger.models import Place, Terms
from kendedes.network.models import Producer, Unit
from kendedes.products.models import Product
from kendedes.ui.fields import DateField, PercentField, RupiahField

Kind = Paper.Kind
_GROUPS = {
    Place.Kind.STORE: _("Galeri"),
    Place.Kind.SHELF: _("Galeri"),
    Place.Kind.EVENT: _("Pameran"),
    Place.Kind.UNIT: _("Unit"),
}
DEDUCTIONS = 3


def _choices(spots: Sequence[Spot], *, mine: bool, kinds: Sequence[str] = ()) -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for spot in spots:
        if (spot.mine or not mine) and (not kinds or spot.kind in kinds):
            groups.setdefault(str(_GROUPS[Place.Kind(spot.kind)]), []).append((spot.key, spot.name))
    if sum(len(found) for found in groups.values()) == 1:
        return [pair for found in groups.values() for pair in found]
    return [("", _("Pilih tempat")), *groups.items()]


class PaperForm(forms.Form):
    """From where to where; which ends a paper has depends on its kind."""

    source = forms.ChoiceField(label=_("Dari"))
    target = forms.ChoiceField(label=_("Ke"))
    giver = forms.CharField(label=_("Yang menyerahkan"), max_length=80, required=False)
    taker = forms.CharField(label=_("Yang menerima"), max_length=80, required=False)
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)

    def __init__(self, *args: Any, kind: str, spots: Sequence[Spot], **options: Any) -> None:
        super().__init__(*args, **options)
        source, target = self.fields["source"], self.fields["target"]
        assert isinstance(source, forms.ChoiceField)  # noqa: S101 - tells the type checker
        assert isinstance(target, forms.ChoiceField)  # noqa: S101
        inside = (Place.Kind.SHELF, Place.Kind.STORE) if kind == Kind.SWAP else ()
        source.choices = _choices(spots, mine=True, kinds=inside)
        target.choices = _choices(spots, mine=kind in {Kind.NOTE, Kind.SWAP}, kinds=inside)
        if kind == Kind.NOTE:
            del self.fields["source"]
            self.fields["target"].label = _("Disimpan di")
        elif kind not in {Kind.DELIVERY, Kind.SWAP}:
            del self.fields["target"]
        if kind == Kind.COUNT:
            self.fields["source"].label = _("Tempat yang dihitung")
        if kind in {Kind.COUNT, Kind.SWAP, Kind.WRITE_OFF}:
            del self.fields["giver"], self.fields["taker"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("source") and data.get("source") == data.get("target"):
            self.add_error("target", _("Tujuan harus berbeda dari asal."))
        return data


class LotLineForm(forms.Form):
    """One line of a paper about lots: a scanned code or words, and how many."""

    code = forms.CharField(label=_("Kode titipan atau nama barang"), max_length=200)
    quantity = forms.IntegerField(label=_("Jumlah"), min_value=1, max_value=1_000_000, initial=1)
    becomes = forms.ChoiceField(label=_("Sebab"), choices=Line.Becomes.choices, required=False)

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs |= {"list": "goods", "autofocus": True, "autocomplete": "off"}
        self.fields["quantity"].widget.attrs["inputmode"] = "numeric"
        if kind != Kind.WRITE_OFF:
            del self.fields["becomes"]


class GoodsLineForm(forms.Form):
    """One line of a nota titipan."""

    code = forms.CharField(label=_("Kode, barcode, atau nama produk"), max_length=200)
    quantity = forms.IntegerField(label=_("Jumlah"), min_value=1, max_value=1_000_000)
    price = RupiahField(label=_("Harga rak (Rp)"), required=False, least=1)
    maker_price = RupiahField(
        label=_("Harga produsen (Rp)"),
        required=False,
        least=1,
        help_text=_("Cukup salah satu harga; yang lain dihitung."),
    )
    expires_on = DateField(label=_("Kedaluwarsa"), required=False)
    made_on = DateField(label=_("Dibuat"), required=False)
    minimum_price = RupiahField(label=_("Harga terendah (Rp)"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs |= {"list": "goods", "autofocus": True, "autocomplete": "off"}
        self.fields["quantity"].widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("made_on") and data.get("expires_on") and data["expires_on"] < data["made_on"]:
            self.add_error("expires_on", _("Kedaluwarsa sebelum tanggal dibuat."))
        data["minimum_price"] = data.get("minimum_price") or 0
        return data


def whole_numbers(data: Any, prefix: str, rows: Sequence[int]) -> dict[int, int]:
    """What was typed into the boxes ``prefix-3``: only boxes with a whole number from 0 up count."""
    found = {}
    for pk in rows:
        text = str(data.get(f"{prefix}-{pk}", "")).strip()
        if text.isascii() and text.isdecimal() and len(text) <= 7:
            found[pk] = int(text)
    return found


class PriceForm(forms.Form):
    price = RupiahField(label=_("Harga rak baru (Rp)"), least=1)
    minimum_price = RupiahField(label=_("Harga terendah (Rp)"), required=False)
    reason = forms.CharField(label=_("Alasan"), max_length=120)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["minimum_price"] = data.get("minimum_price") or 0
        if data.get("price") and data["minimum_price"] > data["price"]:
            self.add_error("minimum_price", _("Harga terendah melebihi harga rak."))
        return data


_BEARS = [(10_000, _("produsen seluruhnya")), (5_000, _("dibagi dua")), (0, _("galeri seluruhnya"))]
_PERIODS = [(7, _("7 hari")), (14, _("14 hari")), (30, _("30 hari"))]


class TermsForm(forms.Form):
    """A version of terms as people say it: whose percentage, what else is kept, who bears what is not sold."""

    scope = forms.ChoiceField(label=_("Berlaku untuk"))
    valid_from = DateField(label=_("Berlaku sejak"))
    mode = forms.ChoiceField(label=_("Cara"), choices=Terms.Modes.choices)
    named_side = forms.ChoiceField(
        label=_("Persentase menyebut"),
        choices=Terms.Side.choices,
        widget=forms.RadioSelect,
        initial=Terms.Side.PRODUCER,
    )
    named_bp = PercentField(
        label=_("Persentase itu (%)"),
        required=False,
        help_text=_("Misalnya bagian produsen 85, atau bagian galeri 15."),
    )
    unit_bp = PercentField(label=_("Bagian unit (%)"), required=False)
    markup = forms.BooleanField(
        label=_("Produsen menentukan harganya; galeri menambahkan di atasnya"), required=False,
        help_text=_("Persentase di atas lalu dihitung dari harga produsen."),
    )  # fmt: skip
    markup_bp = PercentField(label=_("Tambahan harga (%)"), required=False)
    gallery_each = RupiahField(label=_("Untuk galeri, tiap buah (Rp)"), required=False)
    unit_each = RupiahField(label=_("Untuk unit, tiap buah (Rp)"), required=False)
    dues_month = RupiahField(
        label=_("Iuran tetap tiap bulan (Rp)"), required=False,
        help_text=_("Dipotong sekali sebulan pada laporan bagi hasil, selama barangnya ada di galeri."),
    )  # fmt: skip
    period_days = forms.TypedChoiceField(label=_("Dibayar tiap"), coerce=int, choices=_PERIODS, initial=30)
    hold_days = forms.IntegerField(
        label=_("Ditahan (hari)"), min_value=0, max_value=90, initial=0,
        help_text=_("Hasil jual baru dibayarkan setelah sekian hari, untuk menunggu pengembalian."),
    )  # fmt: skip
    expiry_producer_bp = forms.TypedChoiceField(
        label=_("Kedaluwarsa ditanggung"), coerce=int, choices=_BEARS, initial=10_000
    )
    damage_producer_bp = forms.TypedChoiceField(label=_("Kerusakan ditanggung"), coerce=int, choices=_BEARS, initial=0)
    loss_producer_bp = forms.TypedChoiceField(label=_("Kehilangan ditanggung"), coerce=int, choices=_BEARS, initial=0)
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)

    def __init__(
        self, *args: Any, whole: bool, units: QuerySet[Unit], producers: QuerySet[Producer], products: QuerySet[Product],
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.bodies: dict[str, Any] = {f"unit:{u.pk}": u for u in units}
        self.bodies |= {f"producer:{p.pk}": p for p in producers} | {f"product:{p.pk}": p for p in products}
        groups: list[Any] = [("association", _("seluruh asosiasi"))] if whole else [("", _("Pilih"))]
        for prefix, label in (("unit", _("Unit")), ("producer", _("Produsen")), ("product", _("Produk"))):
            pairs = [(key, str(body)) for key, body in self.bodies.items() if key.startswith(f"{prefix}:")]
            if pairs:
                groups.append((label, pairs))
        self.fields["scope"].choices = groups  # type: ignore[attr-defined]
        for n in range(1, DEDUCTIONS + 1):
            self.fields[f"cut_name_{n}"] = forms.CharField(label=_("Potongan"), max_length=40, required=False)
            self.fields[f"cut_bp_{n}"] = PercentField(label=_("Besarnya (%)"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        mode, unit_bp = data.get("mode"), data.get("unit_bp") or 0
        named = data.get("named_bp")
        if mode == Terms.Modes.PURCHASE:
            data["gallery_bp"], data["unit_bp"], data["dues_month"] = 0, 0, 0
            if data.get("markup_bp") is None:
                self.add_error("markup_bp", _("Untuk beli putus, isi tambahan harga di atas harga beli."))
        elif named is None and not data.get("markup"):
            self.add_error("named_bp", _("Isi persentasenya, atau pilih tambahan di atas harga produsen."))
        else:
            part = 0 if named is None else gallery_part(str(data.get("named_side")), named, unit_bp)
            if part is None:
                self.add_error("named_bp", _("Bersama bagian unit, persentase ini melebihi 100."))
            data["gallery_bp"], data["unit_bp"] = part or 0, unit_bp
        cuts = [(data.get(f"cut_name_{n}"), data.get(f"cut_bp_{n}")) for n in range(1, DEDUCTIONS + 1)]
        if any(bool(name) != bool(bp) for name, bp in cuts):
            self.add_error("cut_name_1", _("Tiap potongan perlu nama dan persentase."))
        data["deductions"] = [[name, bp] for name, bp in cuts if name and bp]
        if sum(bp for _name, bp in data["deductions"]) > 10_000:
            self.add_error("cut_name_1", _("Potongan melebihi bagian produsen."))
        return data

    def values(self) -> dict[str, Any]:
        """The fields of a version of terms."""
        data = self.cleaned_data
        numbers = ("gallery_each", "unit_each", "markup_bp", "dues_month")
        kept = (
            "mode", "named_side", "gallery_bp", "unit_bp", "markup", "deductions", "period_days", "hold_days",
            "expiry_producer_bp", "damage_producer_bp", "loss_producer_bp", "note",
        )  # fmt: skip
        return {name: data[name] for name in kept} | {name: data.get(name) or 0 for name in numbers}

    def body(self) -> dict[str, Any]:
        """The scope as the action wants it."""
        key = self.cleaned_data["scope"]
        prefix = key.partition(":")[0]
        return {} if prefix == "association" else {prefix: self.bodies[key]}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=200)


class DifferenceForm(forms.Form):
    way = forms.CharField(max_length=10)
    note = forms.CharField(label=_("Catatan"), max_length=200, required=False)
