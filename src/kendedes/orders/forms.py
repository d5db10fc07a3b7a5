"""What buyers and the office type about orders. Cleans input only."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kendedes.base.format import rupiah
from kendedes.base.phone import e164
from kendedes.gallery.models import Stand
from kendedes.orders.fields import DrawerForm
from kendedes.orders.models import Order, Rate, ShopRules
from kendedes.orders.rules.promising import MOST_LINES, MOST_PIECES, shipping
from kendedes.ui.fields import RupiahField

Way, Pay = Order.Way, Order.Pay
FAR = "lain"
MOST_SHIPPING = 10_000_000  # rupiah: more is a slip of the hand


class PutForm(forms.Form):
    """One pack into the basket."""

    kemasan = forms.IntegerField(min_value=1, max_value=10**15)
    jumlah = forms.IntegerField(min_value=1, max_value=9_999)


class CheckoutForm(forms.Form):
    """The one page of ordering. ``situs`` is for programs that fill in everything: people do not see it."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    situs = forms.CharField(required=False, max_length=200)
    name = forms.CharField(
        label=_("Nama"), min_length=2, max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Nomor WhatsApp"), max_length=25, help_text=_("Untuk mengabari bila pesanan siap."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Surel"), required=False, max_length=120, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )  # fmt: skip
    way = forms.ChoiceField(label=_("Cara menerima"), widget=forms.RadioSelect)
    stand = forms.ModelChoiceField(label=_("Ambil di"), queryset=Stand.objects.none(), required=False, empty_label=None)
    rate = forms.ChoiceField(label=_("Dikirim ke"), required=False)
    regency = forms.CharField(label=_("Kabupaten/kota lain"), required=False, max_length=60)
    address = forms.CharField(
        label=_("Alamat lengkap"), required=False, max_length=300, help_text=_("Jalan, nomor, RT/RW, desa, kecamatan, kode pos."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )  # fmt: skip
    pay = forms.ChoiceField(label=_("Cara membayar"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Catatan"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_(
            "Saya setuju data ini dipakai galeri untuk pesanan ini saja. Data dihapus atas permintaan lewat WhatsApp galeri."
        )
    )

    def __init__(
        self, *args: Any, rules: ShopRules, stands: Sequence[Stand], rates: Sequence[Rate], grams: int, **options: Any
    ) -> None:
        options["initial"] = {"kunci": uuid.uuid4(), "way": Way.PICKUP, **options.get("initial", {})}
        super().__init__(*args, **options)
        self._ways(rules, grams, rates)
        place: Any = self.fields["stand"]
        place.queryset = Stand.objects.filter(pk__in=[stand.pk for stand in stands]).select_related("venue")
        if stands:
            self.initial.setdefault("stand", stands[0].pk)

    def _ways(self, rules: ShopRules, grams: int, rates: Sequence[Rate]) -> None:
        fee = f" (+{rupiah(rules.round_fee)})" if rules.round_fee else ""
        ways = [
            (rules.pickup, Way.PICKUP, gettext("Ambil sendiri di galeri")),
            (rules.courier, Way.COURIER, gettext("Dikirim kurir")),
            (rules.round, Way.ROUND, f"{gettext('Diantar keliling unit')}{fee}"),
        ]
        pays = [
            (rules.qris, Pay.QRIS, gettext("QRIS")),
            (rules.transfer and bool(rules.bank_number), Pay.TRANSFER, gettext("Transfer bank")),
            (rules.cash, Pay.CASH, gettext("Tunai saat mengambil")),
            (rules.gateway, Pay.GATEWAY, gettext("Bayar otomatis (kartu, dompet digital)")),
        ]
        self._choices("way", [(value, label) for offered, value, label in ways if offered])
        self._choices("pay", [(value, label) for offered, value, label in pays if offered])
        self._choices(
            "rate",
            [
                *((str(r.pk), f"{r.regency} – {r.courier} {rupiah(shipping(grams, r.first_kg, r.next_kg))}") for r in rates),
                (FAR, gettext("Kota lain: ongkosnya kami kabari")),
            ],
        )  # fmt: skip

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        if choices:
            self.initial.setdefault(name, choices[0][0])

    def clean_phone(self) -> str:
        number = e164(self.cleaned_data["phone"].strip())
        if number is None:
            raise forms.ValidationError(_("Nomor ini tidak terbaca. Contoh: 0812 3456 7890."))
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        way, pay = data.get("way"), data.get("pay")
        if way == Way.PICKUP and self.fields["stand"].queryset.exists() and not data.get("stand"):  # type: ignore[attr-defined]
            self.add_error("stand", _("Pilih tempat mengambil."))
        if way in {Way.COURIER, Way.ROUND} and len(data.get("address") or "") < 10:
            self.add_error("address", _("Tulis alamat lengkapnya."))
        if way == Way.COURIER and data.get("rate", FAR) in {FAR, ""} and not data.get("regency"):
            self.add_error("regency", _("Tulis kabupaten atau kotanya."))
        if way in {Way.COURIER, Way.ROUND} and pay == Pay.CASH:
            self.add_error("pay", _("Tunai hanya untuk yang mengambil sendiri."))
        return data

    @property
    def rate_number(self) -> int | None:
        """The chosen row of the couriers' table."""
        chosen = self.cleaned_data.get("rate") or FAR
        return None if chosen == FAR else int(chosen)


def seen_lines(data: Mapping[str, Any]) -> list[tuple[int, int, int]]:
    """``[(pack, pieces, price)]`` as the page that was sent showed them; nonsense is left out."""
    found = []
    for name in data:
        if name.startswith("h-") and name[2:].isascii() and name[2:].isdigit() and len(name) < 18:
            price, pieces = str(data[name]), str(data.get(f"n-{name[2:]}", ""))
            if all(t.isascii() and t.isdigit() and 0 < len(t) < 13 for t in (price, pieces)):
                found.append((int(name[2:]), min(int(pieces), MOST_PIECES + 1), int(price)))
    return found[: MOST_LINES + 1]


def amounts(data: Mapping[str, Any]) -> dict[int, int]:
    """``{pack: pieces}`` of a posted basket page; 0 takes a pack out."""
    found = {}
    for name in data:
        number, value = name[2:], str(data[name]).strip()
        if name.startswith("n-") and all(t.isascii() and t.isdigit() and 0 < len(t) < 16 for t in (number, value)):
            found[int(number)] = min(int(value), 9_999)
    return found


class PhoneForm(forms.Form):
    """The last four digits of the number an order was placed with."""

    digits = forms.CharField(
        label=_("Empat angka terakhir nomor WhatsApp Anda"), min_length=4, max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "pattern": "[0-9]{4}"}),
    )  # fmt: skip


class ProofForm(forms.Form):
    """A photo of a transfer."""

    file = forms.FileField(label=_("Foto bukti transfer"), widget=forms.ClearableFileInput(attrs={"accept": "image/*"}))


class AnswerForm(forms.Form):
    """What a maker says."""

    line = forms.IntegerField(min_value=1, max_value=10_000)
    step = forms.ChoiceField(choices=[(x, x) for x in ("confirmed", "proposed", "ready", "declined")])
    on = forms.DateField(required=False)


class CashForm(DrawerForm):
    """Money that comes or goes, perhaps as cash. ``key``: of the form; sent twice it counts once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"key": uuid.uuid4(), **options.get("initial", {})}
        super().__init__(*args, **options)


class MoneyForm(CashForm):
    """Money that was found."""

    kind = forms.ChoiceField(
        label=_("Masuk lewat"),
        choices=[(Pay.QRIS, _("QRIS")), (Pay.TRANSFER, _("transfer bank")), (Pay.CASH, _("tunai"))],
    )
    amount = RupiahField(label=_("Jumlah (Rp)"), least=1)
    ref = forms.CharField(label=_("Rujukan"), required=False, max_length=64)
    field_order = ("kind", "drawer", "amount", "ref")


class HandForm(CashForm):
    """Goods leave."""

    scanned = forms.CharField(
        label=_("Pindai label (boleh dikosongkan)"), required=False, max_length=600,
        help_text=_("Kode titipan, dipisah spasi. Kosong: yang kedaluwarsa lebih dulu."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip
    rest = forms.ChoiceField(
        label=_("Sisa dibayar dengan"), required=False,
        choices=[(Pay.CASH, _("tunai")), (Pay.QRIS, _("QRIS")), (Pay.TRANSFER, _("transfer bank"))],
    )  # fmt: skip
    tracking = forms.CharField(label=_("Nomor resi"), required=False, max_length=40)
    in_hand = forms.BooleanField(
        label=_("Barangnya ada di tangan walau buku berkata lain (menjadi tugas)"), required=False
    )

    def codes(self) -> list[str]:
        """The scanned labels."""
        return str(self.cleaned_data["scanned"]).upper().replace(",", " ").split()


class DaysForm(forms.Form):
    """Days of an export; without them the last twelve months."""

    since = forms.DateField(required=False)
    until = forms.DateField(required=False)

    def days(self, today: date) -> tuple[date, date]:
        """(first, last), the earlier one first."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        since, until = said.get("since") or today - timedelta(days=365), said.get("until") or today
        return min(since, until), max(since, until)


class ReasonForm(forms.Form):
    """Why an order ends."""

    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)


class ShippingForm(forms.Form):
    """The price of sending, where the table had none."""

    courier = forms.CharField(label=_("Kurir"), max_length=40)
    amount = RupiahField(label=_("Ongkos kirim (Rp)"), most=MOST_SHIPPING)


class BackForm(CashForm):
    """Money, or pieces and money, that go back."""

    kind = forms.ChoiceField(
        label=_("Uang dikembalikan lewat"),
        choices=[(Pay.CASH, _("tunai")), (Pay.TRANSFER, _("transfer bank")), (Pay.QRIS, _("QRIS"))],
    )
    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)
    field_order = ("kind", "drawer", "reason")


class ShopForm(forms.ModelForm[ShopRules]):
    """How the shop behaves."""

    class Meta:
        model = ShopRules
        fields = (
            "is_open", "pickup", "courier", "round", "round_note", "round_fee", "qris", "transfer", "cash", "gateway", "bank",
            "bank_number", "bank_holder", "hold_qris", "hold_transfer", "hold_cash", "down_percent", "mail_from",
            "answer_hours", "quote_days", "silent_days",
        )  # fmt: skip


class RateForm(forms.Form):
    """A row of the couriers' table."""

    regency = forms.CharField(label=_("Kabupaten/kota"), max_length=60)
    courier = forms.CharField(label=_("Kurir"), max_length=40)
    first_kg = RupiahField(label=_("1 kg pertama (Rp)"), most=MOST_SHIPPING, help_text=_("0: hapus baris ini"))
    next_kg = RupiahField(label=_("Tiap kg berikutnya (Rp)"), most=MOST_SHIPPING)
    days = forms.CharField(label=_("Perkiraan hari"), max_length=20, required=False)


class QuotaForm(forms.Form):
    """How many pieces of each pack the site may promise from a stand."""

    stand = forms.ModelChoiceField(label=_("Stan"), queryset=Stand.objects.none())
    most = forms.IntegerField(
        label=_("Paling banyak tiap kemasan"), min_value=0, max_value=10**6, required=False, help_text=_("Kosong: semua.")
    )  # fmt: skip

    def __init__(self, *args: Any, stands: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["stand"]
        field.queryset = stands


class WordingForm(forms.Form):
    """A text of a message."""

    subject = forms.CharField(label=_("Judul surel"), max_length=120, required=False)
    text = forms.CharField(
        label=_("Isi"), max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Kosong: kembali ke teks bawaan."),
    )  # fmt: skip
