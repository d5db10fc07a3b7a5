"""In which drawer cash of an order lies: a field that every form about such cash has."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kendedes.sales.models import Shift


class DrawerField(forms.ModelChoiceField[Shift]):
    """A running shift, as the till it belongs to."""

    def label_from_instance(self, obj: Shift) -> str:
        """The till as it stands there, and who answers for it."""
        who = f" ({obj.cashier.user})" if obj.cashier else ""
        return gettext("laci %(till)s%(who)s") % {"till": obj.device, "who": who}


class DrawerForm(forms.Form):
    """``drawer`` says in which till's drawer cash lies; empty, or without a shift that runs: in the gallery's cash box."""

    drawer = DrawerField(
        label=_("Bila tunai, uangnya di"), queryset=Shift.objects.none(), required=False, empty_label=_("kas galeri"),
        help_text=_("Giliran kasir yang dipilih menghitungnya pada slip Z."),
    )  # fmt: skip

    def __init__(self, *args: Any, drawers: tuple[Any, Any], **options: Any) -> None:
        open_, own = drawers
        options["initial"] = {"drawer": own, **options.get("initial", {})}
        super().__init__(*args, **options)
        field: Any = self.fields["drawer"]
        field.queryset = open_
        if not open_ and not self.data.get("drawer"):  # a drawer that was counted meanwhile is refused in words
            del self.fields["drawer"]
