"""A product, its packs, what is to be mended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Producer
from kendedes.products.actions import Pack, PriceAsked
from kendedes.products.forms.fields import CategoryField, PriceField
from kendedes.products.models import Product, Variant
from kendedes.products.words import FIX_FIELDS

TEXTS = [
    "name_id", "category", "story_id", "name_en", "story_en", "materials", "local_percent", "local_scope", "capacity",
    "capacity_unit", "shelf_life_days", "minimum_order", "lead_time_days",
]  # fmt: skip
MOST_RUPIAH = 10_000_000_000
MOST = 1_000_000


class NewForm(forms.Form):
    """What is needed to begin: the rest is added on the product's own page."""

    producer = forms.ModelChoiceField(Producer.objects.none(), label=_("Produsen"), empty_label=_("Pilih produsen"))
    name_id = forms.CharField(label=_("Nama produk"), max_length=120)
    category = CategoryField(label=_("Kategori"), required=False, help_text=_("Kosongkan bila namanya sudah jelas."))
    story_id = forms.CharField(
        label=_("Cerita"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dua atau tiga kalimat: apa, dari bahan apa, siapa yang membuat."),
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Satuan jual"), max_length=20, required=False, help_text=_("misalnya bungkus, botol, lembar")
    )
    net_value = forms.IntegerField(label=_("Isi bersih"), min_value=1, max_value=MOST, required=False)
    net_unit = forms.ChoiceField(label=_("Satuan isi"), choices=[("", "–"), *Variant.NetUnit.choices], required=False)
    retail = PriceField(label=_("Harga eceran"))
    another = forms.BooleanField(label=_("Ini memang produk lain"), required=False)

    def __init__(self, *args: Any, producers: QuerySet[Producer], asks_another: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["producer"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = producers
        if not asks_another:
            del self.fields["another"]

    def clean(self) -> dict[str, Any]:
        """A weight needs its unit."""
        data = super().clean() or {}
        if data.get("net_value") and not data.get("net_unit"):
            self.add_error("net_unit", _("Pilih satuannya."))
        return data

    def pack(self) -> Pack:
        """The first pack."""
        data = self.cleaned_data
        return Pack(
            unit=data["unit"], net_value=data["net_value"], net_unit=data["net_unit"], retail=data["retail"]
        )  # fmt: skip


class ProductForm(forms.ModelForm[Product]):
    """The texts and facts of a product."""

    category = CategoryField(label=_("Kategori"))
    version = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    class Meta:
        model = Product
        fields = TEXTS
        widgets = {
            "story_id": forms.Textarea(attrs={"rows": 6}),
            "story_en": forms.Textarea(attrs={"rows": 5, "lang": "en"}),
            "name_en": forms.TextInput(attrs={"lang": "en"}),
        }
        labels = {"local_percent": _("Kandungan lokal (%)"), "capacity_unit": _("Satuan")}
        help_texts = {
            "story_id": _("Apa, dari bahan apa, siapa yang membuat, apa yang khas. Paling banyak 3.000 huruf."),
            "materials": _("Pisahkan dengan koma: tempe, tepung sagu, bawang putih."),
            "capacity": _("Berapa banyak bisa dibuat sebulan."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("capacity", "shelf_life_days", "minimum_order", "lead_time_days"):
            field = self.fields[name]
            assert isinstance(field, forms.IntegerField)  # noqa: S101 - tells the type checker
            field.max_value = MOST
            field.widget.attrs["max"] = MOST

    def clean(self) -> dict[str, Any]:
        """Shares are at most 100; huge numbers are slips of the hand."""
        data = super().clean() or {}
        if (data.get("local_percent") or 0) > 100:
            self.add_error("local_percent", _("Paling banyak 100."))
        for name in ("capacity", "shelf_life_days", "minimum_order", "lead_time_days"):
            if (data.get(name) or 0) > MOST:
                self.add_error(name, _("Angka ini terlalu besar."))
        if data.get("local_percent") is not None and not data.get("local_scope"):
            self.add_error("local_scope", _("Pilih asal bahannya."))
        return data

    def texts(self) -> dict[str, Any]:
        """What was typed, without the version."""
        return {name: self.cleaned_data[name] for name in TEXTS}


class PackForm(forms.Form):
    """A pack with what it costs now."""

    name = forms.CharField(
        label=_("Nama kemasan"), max_length=80, required=False, help_text=_("misalnya Kecil, Rasa pedas")
    )
    unit = forms.CharField(
        label=_("Satuan jual"), max_length=20, required=False, help_text=_("misalnya bungkus, botol, lembar")
    )
    net_value = forms.IntegerField(label=_("Isi bersih"), min_value=1, max_value=MOST, required=False)
    net_unit = forms.ChoiceField(label=_("Satuan isi"), choices=[("", "–"), *Variant.NetUnit.choices], required=False)
    barcode = forms.RegexField(
        r"^\d{8,14}$",
        label=_("Barcode"),
        max_length=14,
        required=False,
        error_messages={"invalid": _("8 sampai 14 angka.")},
    )
    retail = PriceField(label=_("Harga eceran"))
    on_request = forms.BooleanField(label=_("Harga ditanyakan ke pembuatnya"), required=False)
    wholesale = PriceField(label=_("Harga grosir"))
    minimum = forms.IntegerField(label=_("Jumlah minimum grosir"), min_value=1, max_value=MOST, required=False)

    def clean(self) -> dict[str, Any]:
        """A weight needs its unit, a price is given or asked for."""
        data = super().clean() or {}
        if data.get("net_value") and not data.get("net_unit"):
            self.add_error("net_unit", _("Pilih satuannya."))
        if data.get("on_request") and data.get("retail"):
            self.add_error("on_request", _("Isi harga atau pilih ini, jangan keduanya."))
        return data

    def pack(self, code: str) -> Pack:
        """The pack as the action takes it."""
        data = self.cleaned_data
        wholesale = data["wholesale"]
        if wholesale is not None:
            wholesale = PriceAsked(wholesale.low, wholesale.high, data["minimum"])
        return Pack(
            code=code, name=data["name"], unit=data["unit"], net_value=data["net_value"], net_unit=data["net_unit"],
            barcode=data["barcode"], retail=PriceAsked(None) if data["on_request"] else data["retail"], wholesale=wholesale,
        )  # fmt: skip


class FixForm(forms.Form):
    """One note a part of the product; at least one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in FIX_FIELDS.items():
            self.fields[name] = forms.CharField(
                label=label, max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )

    def fixes(self) -> list[tuple[str, str]]:
        """[(field, note)] of what was filled in."""
        return [(name, self.cleaned_data[name]) for name in FIX_FIELDS if self.cleaned_data[name]]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)


class PhotoForm(forms.Form):
    """Words for a photo."""

    alt_id = forms.CharField(
        label=_("Keterangan foto"),
        max_length=200,
        required=False,
        help_text=_("Apa yang terlihat, untuk orang yang tidak melihat fotonya."),
    )
    alt_en = forms.CharField(label=_("Keterangan foto (Inggris)"), max_length=200, required=False)
