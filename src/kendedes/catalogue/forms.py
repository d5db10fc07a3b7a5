"""What people type about editions. Cleans input only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kendedes.catalogue.models import Edition, MadeFile
from kendedes.network.models import Unit

LANGUAGES = [("id", _("Indonesia")), ("en", _("Inggris"))]
IMPRINT_LINES = 8


class OpenForm(forms.Form):
    """Which unit's next edition; the regency's where the person may."""

    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label=_("Unit"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = units


class CoverForm(forms.ModelForm[Edition]):
    """Title, cover, preface, imprint and how the book is laid out."""

    imprint_text = forms.CharField(
        label=_("Keterangan penerbitan"), required=False, max_length=1200, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu baris satu keterangan, misalnya “Penyusun: Tim katalog”."),
    )  # fmt: skip

    class Meta:
        model = Edition
        fields = [
            "title_id", "title_en", "cover_line", "preface_id", "preface_en", "preface_author", "preface_role",
            "opening_id", "opening_en", "paper", "layout",
        ]  # fmt: skip
        widgets = {
            "preface_id": forms.Textarea(attrs={"rows": 10}), "preface_en": forms.Textarea(attrs={"rows": 6}),
            "opening_id": forms.Textarea(attrs={"rows": 4}), "opening_en": forms.Textarea(attrs={"rows": 3}),
        }  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["imprint_text"].initial = "\n".join(f"{x['label']}: {x['value']}" for x in self.instance.imprint)
        if self.instance.is_regency:
            del self.fields["opening_id"], self.fields["opening_en"]

    def clean_imprint_text(self) -> list[dict[str, str]]:
        """``Label: value`` lines; a line without a colon or beyond the limit is refused."""
        lines = [line.strip() for line in self.cleaned_data["imprint_text"].splitlines() if line.strip()]
        if len(lines) > IMPRINT_LINES:
            raise forms.ValidationError(_("Paling banyak %(n)s baris."), params={"n": IMPRINT_LINES})
        pairs = [tuple(part.strip() for part in line.partition(":")[::2]) for line in lines]
        if any(not label or not value for label, value in pairs):
            raise forms.ValidationError(_("Tulis setiap baris sebagai “Keterangan: isi”."))
        return [{"label": label[:60], "value": value[:200]} for label, value in pairs]

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = dict(self.cleaned_data)
        imprint = cleaned.pop("imprint_text")
        return {**cleaned, "imprint": imprint}


class PrintForm(forms.Form):
    """Which book."""

    paper = forms.ChoiceField(label=_("Kertas"), choices=Edition.Paper.choices)
    layout = forms.TypedChoiceField(label=_("Tata letak"), choices=Edition.Layout.choices, coerce=int)
    target = forms.ChoiceField(
        label=_("Tujuan"), choices=MadeFile.Target.choices,
        help_text=_("Percetakan: CMYK, garis potong, lebihan 3 mm. Layar: kecil, bertautan, untuk WhatsApp dan situs."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Bahasa"), choices=LANGUAGES)


class ErratumForm(forms.Form):
    """One correction."""

    code = forms.ChoiceField(label=_("Produk"), required=False)
    field = forms.CharField(label=_("Bagian yang salah"), max_length=60, help_text=_("misalnya “harga eceran”"))
    old_text = forms.CharField(label=_("Tertulis"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    new_text = forms.CharField(label=_("Seharusnya"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    reason = forms.CharField(label=_("Alasan"), max_length=300)

    def __init__(self, *args: Any, entries: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", _("edisi ini sendiri")), *entries]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("old_text") and cleaned.get("old_text") == cleaned.get("new_text"):
            self.add_error("new_text", _("Sama dengan yang tertulis."))
        return cleaned


class BloggerForm(forms.Form):
    """How posts for Blogger are written."""

    code = forms.ChoiceField(label=_("Isi"), required=False)
    dialect = forms.ChoiceField(
        label=_("Bentuk berkas"),
        choices=[("takeout", _("Blogger sekarang (feed.atom)")), ("classic", _("Atom lama"))],
    )
    language = forms.ChoiceField(label=_("Bahasa"), choices=LANGUAGES)
    live = forms.BooleanField(label=_("Langsung terbit (tanpa centang: draf)"), required=False)

    def __init__(self, *args: Any, entries: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", _("seluruh edisi")), *entries]
