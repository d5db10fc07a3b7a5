"""What a person says about a new key. Cleans input only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kendedes.api.models import Token

DAYS = ((30, _("30 hari")), (180, _("180 hari")), (365, _("1 tahun")))


class TokenForm(forms.Form):
    name = forms.CharField(label=_("Untuk apa"), max_length=60, help_text=_("Nama program atau situs yang memakainya."))
    scopes = forms.MultipleChoiceField(
        label=_("Boleh membaca"),
        choices=Token.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=["catalogue"],
    )
    days = forms.TypedChoiceField(label=_("Berlaku"), choices=DAYS, coerce=int, initial=180)


class HookForm(forms.Form):
    url = forms.URLField(
        label=_("Alamat penerima (https)"), max_length=300, assume_scheme="https",
        help_text=_("Program ini dikabari saat produk atau edisi terbit. Pesannya ditandatangani."),
    )  # fmt: skip
