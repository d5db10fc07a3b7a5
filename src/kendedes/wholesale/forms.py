"""What buyers, makers and the office type. Cleans input only."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kendedes.base.format import number as written
from kendedes.base.phone import e164
from kendedes.orders.fields import DrawerForm
from kendedes.orders.models import Order
from kendedes.products.models import Category
from kendedes.ui.fields import DateField, RupiahField
from kendedes.wholesale.models import Buyer, BuyerNote, Enquiry, Paper

MOST_PIECES = 10_000
WAYS = [(Order.Pay.TRANSFER, _("transfer bank")), (Order.Pay.QRIS, _("QRIS")), (Order.Pay.CASH, _("tunai"))]
TIERS = 5


def kinds(products: Any) -> Any:
    """Categories of some products."""
    return Category.objects.filter(products__in=products).distinct()


class KindForm(forms.Form):
    """Where makers are looked for."""

    category = forms.ModelChoiceField(label=_("Kategori"), queryset=Category.objects.none())

    def __init__(self, *args: Any, products: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        category: Any = self.fields["category"]
        category.queryset = kinds(products)


class PhoneField(forms.CharField):
    """A number in E.164."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
        super().__init__(**{"max_length": 25, "widget": widget, "label": _("Nomor WhatsApp"), **options})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        found = e164(text) if text else ""
        if text and not found:
            raise ValidationError(_("Nomor ini tidak terbaca."), code="phone")
        return found or ""


class AskForm(forms.Form):
    """What is wanted. Shared by the public page and the office."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.CharField(
        label=_("Barang apa"), min_length=3, max_length=300, help_text=_("Misalnya: topeng suvenir kecil, dus polos, ada logo.")
    )  # fmt: skip
    quantity = forms.IntegerField(
        label=_("Berapa buah"), min_value=1, max_value=MOST_PIECES, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )  # fmt: skip
    wanted_on = DateField(label=_("Dibutuhkan tanggal"))
    category = forms.ModelChoiceField(label=_("Kategori"), queryset=Category.objects.none(), required=False)
    place = forms.CharField(label=_("Dikirim ke"), max_length=120, required=False, help_text=_("Kota atau kabupaten."))
    ceiling = RupiahField(label=_("Harga tertinggi per buah (Rp)"), required=False, least=1)
    sample = forms.BooleanField(label=_("Saya ingin melihat contoh dahulu"), required=False)
    note = forms.CharField(
        label=_("Keterangan lain"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, products: Any, **options: Any) -> None:
        options["initial"] = {"kunci": uuid.uuid4(), **options.get("initial", {})}
        super().__init__(*args, **options)
        category: Any = self.fields["category"]
        category.queryset = kinds(products)


class PublicAskForm(AskForm):
    """A visitor's. ``situs`` is for programs that fill in everything: people do not see it."""

    situs = forms.CharField(required=False, max_length=200)
    name = forms.CharField(
        label=_("Nama Anda"), min_length=2, max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )  # fmt: skip
    organisation = forms.CharField(
        label=_("Hotel, toko, atau lembaga"), max_length=80, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip
    phone = PhoneField()
    email = forms.EmailField(
        label=_("Surel"), required=False, max_length=120, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )  # fmt: skip
    consent = forms.BooleanField(label=_("Data ini boleh dipakai galeri untuk menjawab permintaan saya"))
    keep = forms.BooleanField(
        label=_("Simpan kontak saya untuk permintaan berikutnya (dapat dihapus kapan saja)"), required=False
    )


class OfficeAskForm(AskForm):
    """Typed in by the office: for a known buyer, or a new one."""

    source = forms.ChoiceField(label=_("Lewat"), choices=Enquiry.Source.choices, initial=Enquiry.Source.CHAT)
    buyer = forms.ModelChoiceField(
        label=_("Pembeli yang sudah dikenal"), queryset=Buyer.objects.none(), required=False, empty_label=_("Pembeli baru")
    )  # fmt: skip
    name = forms.CharField(label=_("Nama kontak"), max_length=80, required=False)
    organisation = forms.CharField(label=_("Hotel, toko, atau lembaga"), max_length=80, required=False)
    phone = PhoneField(required=False)
    keep = forms.BooleanField(label=_("Pembeli setuju kontaknya disimpan"), required=False)

    def __init__(self, *args: Any, buyers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        buyer: Any = self.fields["buyer"]
        buyer.queryset = buyers
        self.fields["sample"].label = _("Minta contoh dahulu")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("buyer") and not (data.get("name") and data.get("phone")):
            raise ValidationError(_("Pilih pembeli, atau tulis nama dan nomornya."), code="buyer")
        return data


class BuyerForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis"), choices=Buyer.Kind.choices, initial=Buyer.Kind.ORGANISATION)
    name = forms.CharField(label=_("Nama"), min_length=2, max_length=80)
    contact = forms.CharField(label=_("Nama kontak"), max_length=80, required=False)
    phone = PhoneField(required=False)
    email = forms.EmailField(label=_("Surel"), max_length=120, required=False)
    address = forms.CharField(
        label=_("Alamat"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    language = forms.ChoiceField(label=_("Bahasa"), choices=[("id", "Indonesia"), ("en", "English")])
    consent = forms.BooleanField(
        label=_("Ia setuju kontaknya disimpan"), required=False,
        help_text=_("Tanpa ini kontak dihapus setengah tahun setelah kejadian terakhir."),
    )  # fmt: skip


class NoteForm(forms.Form):
    kind = forms.ChoiceField(label=_("Bentuk"), choices=BuyerNote.Kind.choices)
    text = forms.CharField(label=_("Yang dibicarakan"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class StepForm(forms.Form):
    step = forms.CharField(label=_("Langkah berikut"), max_length=120, required=False)
    on = DateField(label=_("Pada tanggal"), required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=200)


class QuoteForm(forms.Form):
    """The terms of a quote; its lines are read by ``lines_in``."""

    valid_until = DateField(label=_("Berlaku sampai"))
    down_percent = forms.IntegerField(label=_("Uang muka (%)"), min_value=0, max_value=100)
    way = forms.ChoiceField(label=_("Cara menerima"), choices=Order.Way.choices)
    shipping = RupiahField(label=_("Ongkos kirim (Rp)"), required=False)
    delivery = forms.CharField(label=_("Keterangan pengiriman"), max_length=200, required=False)
    note = forms.CharField(
        label=_("Catatan untuk pembeli"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip


class LineForm(forms.Form):
    """One maker's row; ``prefix``: the pack's number."""

    quantity = forms.IntegerField(label=_("Jumlah"), min_value=0, max_value=MOST_PIECES, required=False)
    price = RupiahField(label=_("Harga"), required=False)
    ready_on = DateField(label=_("Siap"), required=False)
    sample = RupiahField(label=_("Harga contoh"), required=False)
    with_sample = forms.BooleanField(label=_("sertakan contoh"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("quantity") and not (data.get("price") and data.get("ready_on")):
            raise ValidationError(_("Tulis harga dan tanggal siap."), code="line")
        return data


class TierForm(forms.Form):
    """What a maker agreed for large quantities."""

    is_open = forms.BooleanField(label=_("Ikut dibagi bila ada permintaan"), required=False)
    minimum = forms.IntegerField(label=_("Pesanan minimum"), min_value=1, max_value=MOST_PIECES, required=False)
    lead_days = forms.IntegerField(label=_("Waktu pengerjaan (hari)"), min_value=1, max_value=365, required=False)
    capacity = forms.IntegerField(label=_("Sanggup per bulan"), min_value=1, max_value=100_000, required=False)
    sample_price = RupiahField(label=_("Harga satu contoh (Rp)"), required=False, most=1_000_000_000)
    note = forms.CharField(label=_("Kesepakatan lain"), max_length=200, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in range(1, TIERS + 1):
            self.fields[f"from_{n}"] = forms.IntegerField(
                label=_("Mulai jumlah"), min_value=1, max_value=MOST_PIECES, required=False
            )
            self.fields[f"price_{n}"] = RupiahField(label=_("Harga per buah (Rp)"), required=False, least=1)

    def tiers(self) -> list[tuple[int, int]]:
        """(from, price) of the rows that are filled in."""
        data: Mapping[str, Any] = self.cleaned_data
        rows = [(data[f"from_{n}"], data[f"price_{n}"]) for n in range(1, TIERS + 1)]
        return [(quantity, price) for quantity, price in rows if quantity and price]

    def rows(self) -> list[tuple[Any, Any]]:
        """Pairs of fields, for the page."""
        return [(self[f"from_{n}"], self[f"price_{n}"]) for n in range(1, TIERS + 1)]


class MoneyForm(DrawerForm):
    """Money that came in."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    amount = RupiahField(label=_("Uang diterima (Rp)"), least=1)
    kind = forms.ChoiceField(label=_("Cara"), initial=Order.Pay.TRANSFER, choices=WAYS)
    paper = forms.ModelChoiceField(
        label=_("Untuk"), queryset=Paper.objects.none(), required=False, empty_label=_("pesanan seluruhnya")
    )
    ref = forms.CharField(label=_("Nomor rujukan"), max_length=64, required=False)
    field_order = ("kunci", "paper", "amount", "kind", "drawer", "ref")

    def __init__(self, *args: Any, papers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["paper"]
        field.queryset = papers
        field.label_from_instance = lambda paper: gettext("faktur %(code)s") % {"code": paper.code}
        if not papers and not self.data.get("paper"):
            del self.fields["paper"]


class PiecesForm(forms.Form):
    """So many pieces of lines, in ``n-NUMBER``; a field left empty is none. ``lines``: (number, name, most, proposed)."""

    def __init__(self, *args: Any, lines: Sequence[tuple[int, str, int, int]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.numbers = [number for number, *_ in lines]
        for number, name, most, proposed in lines:
            field = forms.IntegerField(
                label=name, min_value=0, max_value=most, required=False, initial=proposed or None,
                help_text=gettext("paling banyak %(most)s") % {"most": written(most)},
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
            self.fields[f"n-{number}"] = field

    def pieces(self) -> dict[int, int] | None:
        """``{line number: pieces}``; None when the form had no such field: everything."""
        if not any(f"n-{number}" in self.data for number in self.numbers):
            return None
        return {n: k for n in self.numbers if (k := self.cleaned_data.get(f"n-{n}"))}

    def rows(self) -> list[Any]:
        """Its fields, for the page."""
        return [self[f"n-{number}"] for number in self.numbers]


class DeliverForm(PiecesForm):
    """A part leaves."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    tracking = forms.CharField(label=_("Nomor resi atau pembawa"), max_length=40, required=False)
    shipping = RupiahField(
        label=_("Ongkos kirim kiriman ini (Rp)"), required=False, help_text=_("Kosong: menurut nilai barangnya.")
    )
    billed = forms.BooleanField(label=_("Terbitkan faktur untuk kiriman ini"), required=False, initial=True)


class TakeBackForm(PiecesForm):
    """A parcel comes back."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Alasan"), max_length=200)
    with_shipping = forms.BooleanField(label=_("Ongkos kirimnya ikut dibatalkan"), required=False)


class CallOffForm(PiecesForm):
    """The rest is not wanted any more. ``seen``: how many pieces were left when she decided."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Alasan dan dengan siapa disepakati"), max_length=200, help_text=_("Pembeli dan galeri sama-sama setuju.")
    )  # fmt: skip


class GiveBackForm(DrawerForm):
    """Money goes back."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Cara"), choices=WAYS)
    field_order = ("kunci", "kind", "drawer")


class MakerForm(forms.Form):
    """A maker's answer: a step, or how many are made."""

    line = forms.IntegerField(min_value=1, max_value=999)
    step = forms.ChoiceField(choices=[(s, s) for s in ("confirmed", "proposed", "ready", "declined", "made")])
    on = DateField(required=False)
    pieces = forms.IntegerField(required=False, min_value=0, max_value=MOST_PIECES)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("step") == "made" and data.get("pieces") is None:
            raise ValidationError(_("Tulis jumlahnya."), code="pieces")
        return data
