"""What people type about stories. Cleans input only."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kendedes.products.models import Product
from kendedes.stories.models import Story, StoryPhoto
from kendedes.stories.rules import texts

MOST_PRODUCTS = 40


class StoryForm(forms.ModelForm[Story]):
    tags = forms.CharField(
        label=_("Label"), required=False, max_length=500, help_text=_("Dipisah koma, misalnya: tempe, pelatihan")
    )
    codes = forms.CharField(
        label=_("Tentang produk"), required=False, max_length=1000,
        help_text=_("Kode produk dipisah koma atau spasi. Cerita ini muncul di halaman produknya."),
    )  # fmt: skip

    class Meta:
        model = Story
        fields = ["kind", "title_id", "lead_id", "body_id", "author", "slug", "title_en", "lead_en", "body_en", "position", "old_address"]  # fmt: skip
        widgets = {
            "body_id": forms.Textarea(attrs={"rows": 18}), "body_en": forms.Textarea(attrs={"rows": 10}),
            "lead_id": forms.Textarea(attrs={"rows": 2}), "lead_en": forms.Textarea(attrs={"rows": 2}),
        }  # fmt: skip
        help_texts = {
            "slug": _("Kosongkan: dibuat dari judul. Tidak berubah lagi sesudah terbit."),
            "position": _("Untuk halaman: yang kecil di depan."),
            "lead_id": _("Satu dua kalimat untuk daftar dan pencarian. Kosong: awal isi."),
        }

    def __init__(self, *args: Any, association: Any, **options: Any) -> None:
        self.association = association
        story = options.get("instance")
        if story is not None:
            options["initial"] = {
                "tags": ", ".join(story.tags),
                "codes": ", ".join(story.products.order_by("code").values_list("code", flat=True)),
                **options.get("initial", {}),
            }
        super().__init__(*args, **options)
        self.fields["slug"].required = False
        self.fields["position"].required = False
        self.fields["old_address"].required = False

    def clean_tags(self) -> list[str]:
        """A list from the text."""
        return texts.tags(self.cleaned_data["tags"])

    def clean_position(self) -> int:
        """Nothing typed is 0."""
        return int(self.cleaned_data.get("position") or 0)

    def clean_codes(self) -> list[Product]:
        """Products from their codes; unknown ones are named."""
        wanted = list(dict.fromkeys(re.findall(r"[^\s,;]+", self.cleaned_data["codes"].upper())))
        if len(wanted) > MOST_PRODUCTS:
            raise ValidationError(_("Paling banyak %(most)s produk."), params={"most": MOST_PRODUCTS})
        found = {p.code: p for p in Product.objects.filter(association=self.association, code__in=wanted)}
        unknown = [code for code in wanted if code not in found]
        if unknown:
            raise ValidationError(_("Kode tidak dikenal: %(codes)s"), params={"codes": ", ".join(unknown[:5])})
        return [found[code] for code in wanted]

    def values(self) -> dict[str, Any]:
        """What the deeds take."""
        found = dict(self.cleaned_data)
        found["products"] = found.pop("codes")
        return found

    def validate_unique(self) -> None:
        """The deed refuses a taken address in its own words."""


class PhotoForm(forms.ModelForm[StoryPhoto]):
    photo = forms.FileField(label=_("Foto"))

    class Meta:
        model = StoryPhoto
        fields = ["caption_id", "caption_en"]


class ScheduleForm(forms.Form):
    publish_at = forms.DateTimeField(
        label=_("Terbit pada"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Paling lambat satu jam sesudahnya cerita ini terbit sendiri."),
    )  # fmt: skip

    def when(self) -> datetime:
        """The moment, with its zone."""
        found: datetime = self.cleaned_data["publish_at"]
        return found


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Yang perlu diperbaiki"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Komentar"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class ImportForm(forms.Form):
    file = forms.FileField(label=_("Berkas ekspor Blogger (.xml atau feed.atom)"))
