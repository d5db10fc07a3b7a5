"""Forms of the network: clean input, nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kendedes.base import phone as phones
from kendedes.journal.models import User
from kendedes.network.models import Association, Grant, LegalKind, Membership, Producer, Region, Unit
from kendedes.network.rules import Right, Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class PhoneField(forms.CharField):
    """A telephone number as people write it; cleans to digits with country code (``62812…``), or nothing."""

    default_error_messages = {"phone": _("Nomor ini belum bisa dibaca. Contoh: 0812-3456-7890.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"required": False, "max_length": 30, "widget": forms.TextInput(attrs={"inputmode": "tel"}), **options}
        )

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if not text:
            return ""
        number = phones.e164(text)
        if number is None:
            raise ValidationError(self.error_messages["phone"], code="phone")
        return number.lstrip("+")

    def prepare_value(self, value: Any) -> Any:
        return f"0{value[2:]}" if isinstance(value, str) and value.startswith("62") else value


class DateField(forms.DateField):
    """A day, by the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options})


class AssociationForm(forms.Form):
    """Name, contact, address and account of an association and its gallery: what its public site shows."""

    name = forms.CharField(label=_("Nama asosiasi"), max_length=120)
    gallery_name = forms.CharField(
        label=_("Nama galeri"), max_length=120, required=False,
        help_text=_("Tampil di kepala situs dan di sampul buku. Kosong berarti nama asosiasi."),
    )  # fmt: skip
    whatsapp = PhoneField(
        label=_("WhatsApp galeri"),
        help_text=_("Pembeli bertanya ke nomor ini bila produsen dan unitnya tidak menerbitkan nomor."),
    )
    address = forms.CharField(label=_("Alamat galeri"), max_length=200, required=False)
    about_id = forms.CharField(
        label=_("Tentang kami"), required=False, widget=forms.Textarea(attrs={"rows": 8}), max_length=6000,
        help_text=_("Siapa asosiasi ini dan apa yang dikerjakannya. Baris kosong memisahkan paragraf."),
    )  # fmt: skip
    about_en = forms.CharField(
        label=_("Tentang kami dalam bahasa Inggris"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        max_length=6000, help_text=_("Kosong berarti situs berbahasa Inggris memakai teks Indonesia."),
    )  # fmt: skip
    NAMES = ("name", "gallery_name", "whatsapp", "address", "about_id", "about_en")


class UnitForm(forms.Form):
    """What may change about a unit."""

    whatsapp = PhoneField(label=_("WhatsApp unit"))
    address = forms.CharField(label=_("Alamat kantor"), max_length=200, required=False)
    phased_out_on = DateField(
        label=_("Tidak menerima BLM (phase out) sejak"), required=False, help_text=_("Kosongkan bila masih menerima.")
    )


class UnitEditForm(UnitForm):
    """A unit that exists, with the one it follows."""

    predecessor = forms.ModelChoiceField(
        label=_("Pendahulu"), queryset=Unit.objects.none(), required=False, empty_label=_("tidak ada"),
        help_text=_("Unit yang pekerjaannya diteruskan unit ini, misalnya sesudah kecamatan dimekarkan."),
    )  # fmt: skip

    def __init__(self, *args: Any, others: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "predecessor", others)


class NewUnitForm(UnitForm):
    """A new unit with its first legal form."""

    field_order = [
        "district",
        "code",
        "kind",
        "form_name",
        "form_since",
        "basis",
        "whatsapp",
        "address",
        "phased_out_on",
    ]
    district = forms.ModelChoiceField(label=_("Kecamatan"), queryset=Region.objects.none())
    code = forms.CharField(
        label=_("Kode unit"), max_length=6, help_text=_("2–6 huruf, menjadi awal kode produk. Contoh: SGS."),
        validators=[RegexValidator(r"^[A-Za-z][A-Za-z0-9]{1,5}$", _("Pakai 2–6 huruf atau angka, mulai dengan huruf."))],
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Bentuk hukum sekarang"), choices=LegalKind.choices)
    form_name = forms.CharField(label=_("Nama resmi"), max_length=120, required=False)
    form_since = DateField(label=_("Bentuk ini berlaku sejak"))
    basis = forms.CharField(
        label=_("Dasar hukum"), max_length=200, required=False, help_text=_("Nomor akta, perdes, atau keputusan.")
    )

    def __init__(self, *args: Any, association: Association, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Region.objects.filter(parent=association.region_id).exclude(units__association=association)
        _choices(self, "district", free.order_by("name"))

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).upper()


class LegalFormForm(forms.Form):
    """What a unit becomes in law."""

    kind = forms.ChoiceField(label=_("Bentuk baru"), choices=LegalKind.choices, initial=LegalKind.BUMDESMA_LKD)
    name = forms.CharField(label=_("Nama resmi"), max_length=120)
    basis = forms.CharField(
        label=_("Dasar hukum"), max_length=200, required=False, help_text=_("Nomor akta, perdes, atau keputusan.")
    )
    valid_from = DateField(label=_("Berlaku sejak"), help_text=_("Bentuk yang sekarang berakhir sehari sebelumnya."))


class ProducerForm(forms.Form):
    """A producer: who, where, how many."""

    unit = forms.ModelChoiceField(label=pgettext_lazy("satu", "Unit"), queryset=Unit.objects.none(), required=False)
    name = forms.CharField(label=_("Nama kelompok atau usaha"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=Producer.Kind.choices, widget=forms.RadioSelect, initial="coached"
    )
    village = forms.ModelChoiceField(label=_("Desa/kelurahan"), queryset=Region.objects.none())
    about_id = forms.CharField(
        label=_("Cerita"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        help_text=_("Siapa mereka, sejak kapan, apa yang khas. Diterbitkan di katalog dan situs."),
    )  # fmt: skip
    about_en = forms.CharField(
        label=_("Cerita dalam bahasa Inggris"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    members_f = forms.IntegerField(label=_("Anggota perempuan"), min_value=0, max_value=99999, required=False)
    members_m = forms.IntegerField(label=_("Anggota laki-laki"), min_value=0, max_value=99999, required=False)
    workers_f = forms.IntegerField(label=_("Tenaga kerja perempuan"), min_value=0, max_value=99999, required=False)
    workers_m = forms.IntegerField(label=_("Tenaga kerja laki-laki"), min_value=0, max_value=99999, required=False)
    contact_name = forms.CharField(label=_("Nama kontak"), max_length=80, required=False)
    phone = PhoneField(label=_("Telepon/WhatsApp"), help_text=_("Tidak diterbitkan tanpa persetujuan yang tercatat."))
    address = forms.CharField(label=_("Alamat"), max_length=200, required=False)
    COUNTS = ("members_f", "members_m", "workers_f", "workers_m")
    PERSONAL = ("contact_name", "phone", "address")

    def __init__(
        self, *args: Any, units: QuerySet[Unit], villages: QuerySet[Region], personal: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "unit", units)
        _choices(self, "village", villages)
        village: Any = self.fields["village"]
        village.label_from_instance = _village_label
        if not personal:
            for name in self.PERSONAL:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.COUNTS:
            data[name] = data.get(name) or 0
        unit, village = data.get("unit"), data.get("village")
        if unit and village and village.parent_id != unit.district_id:
            self.add_error("village", gettext("Desa ini tidak termasuk kecamatan unit tersebut."))
        return data


def _village_label(region: Region) -> str:
    return f"{region.name} — {region.parent.name}" if region.parent else region.name


class ConsentForm(forms.Form):
    """Which contact a producer lets be published."""

    consent = forms.ChoiceField(
        label=_("Kontak yang boleh diterbitkan"), choices=Producer.Consent.choices, widget=forms.RadioSelect
    )
    consent_on = DateField(label=_("Tanggal persetujuan"), required=False)
    consent_by = forms.CharField(
        label=_("Disetujui oleh"),
        max_length=80,
        required=False,
        help_text=_("Nama orang dari kelompok yang menyetujui."),
    )


class InviteForm(forms.Form):
    """Whom to invite as what."""

    name = forms.CharField(label=_("Nama orang"), max_length=120)
    role = forms.ChoiceField(label=_("Peran"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(Membership.Roles.choices)
        field: Any = self.fields["role"]
        field.choices = [(role.value, names[role.value]) for role in roles]
        if len(roles) == 1:
            field.initial = roles[0].value


class NamesForm(forms.Form):
    """A person's own name and address."""

    name = forms.CharField(label=_("Nama"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Surel"), required=False, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Boleh dipakai untuk masuk. Kami tidak mengirim surat."),
    )  # fmt: skip


class AcceptForm(NamesForm):
    """The account an invitation makes."""

    field_order = ["name", "username", "email", "password"]
    username = forms.CharField(
        label=_("Nama pengguna"), max_length=40, min_length=3,
        help_text=_("Untuk masuk. Huruf kecil, angka, titik, atau garis; tanpa spasi."),
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", _("Pakai huruf kecil, angka, titik, atau garis."))],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Kata sandi"), max_length=200, strip=False,
        help_text=_("Sedikitnya 12 huruf. Empat kata acak mudah diingat dan sukar ditebak."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(gettext("Nama pengguna ini sudah dipakai. Pilih yang lain."))
        return username

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if password := data.get("password"):
            who = User(username=data.get("username", ""), name=data.get("name", ""), email=data.get("email") or "")
            try:
                validate_password(password, who)
            except ValidationError as error:
                self.add_error("password", error)
        return data


class BodyField(forms.ChoiceField):
    """One of a few associations and units, grouped; cleans to the body."""

    def __init__(self, *, bodies: Sequence[Association | Unit], label: StrOrPromise, **options: Any) -> None:
        self.bodies = {f"{body._meta.model_name}-{body.pk}": body for body in bodies}
        groups: dict[StrOrPromise, list[tuple[str, str]]] = {}
        for key, body in self.bodies.items():
            kind = _("Asosiasi") if isinstance(body, Association) else _("Unit")
            groups.setdefault(kind, []).append((key, str(body)))
        grouped = list(groups.items())
        choices = grouped[0][1] if len(grouped) == 1 else grouped
        empty = [] if len(self.bodies) == 1 else [("", "—")]
        super().__init__(label=label, choices=[*empty, *choices], **options)

    def clean(self, value: Any) -> Association | Unit:
        return self.bodies[super().clean(value)]


class GrantForm(forms.Form):
    """Which right is lent by whom to whom, from when until when."""

    field_order = ["giver", "receiver", "right", "since", "until"]
    right = forms.ChoiceField(label=_("Hak"), widget=forms.RadioSelect)
    since = DateField(label=_("Mulai"), required=False, help_text=_("Kosong berarti mulai sekarang."))
    until = DateField(label=_("Sampai dengan"), required=False, help_text=_("Kosong berarti sampai dicabut."))

    def __init__(
        self, *args: Any, givers: Sequence[Association | Unit], receivers: Sequence[Association | Unit],
        rights: Sequence[Right], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["giver"] = BodyField(bodies=givers, label=_("Yang meminjamkan"))
        self.fields["receiver"] = BodyField(
            bodies=receivers, label=_("Yang menerima"),
            help_text=_("Hak itu dipakai oleh orang yang sudah memilikinya di sana."),
        )  # fmt: skip
        self.order_fields(self.field_order)
        names = dict(Grant.Rights.choices)
        field: Any = self.fields["right"]
        field.choices = [(right.value, names[right.value]) for right in rights]


def _choices(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field: Any = form.fields[name]
    field.queryset = rows
