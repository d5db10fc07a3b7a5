"""What people type about rubrics, rounds and sheets. Cleans input only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.network.models import Unit
from kendedes.ovop.models import Round, Rubric
from kendedes.ovop.rules.rubric import GATES, STEPS, Criterion, Definition

LIMIT = 40  # sections, criteria a section, gates: more is a slip of the hand


class RoundForm(forms.ModelForm[Round]):
    class Meta:
        model = Round
        fields = ["title", "period", "unit", "rubric", "method", "minimum_assessors", "place"]

    def __init__(
        self, *args: Any, units: QuerySet[Unit], rubrics: QuerySet[Rubric], regency: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        unit, rubric = self.fields["unit"], self.fields["rubric"]
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        assert isinstance(rubric, forms.ModelChoiceField)  # noqa: S101
        unit.queryset = units
        unit.required = not regency
        unit.label = _("Unit")
        unit.empty_label = _("seluruh kabupaten") if regency else None
        rubric.queryset = rubrics
        self.fields["place"].required = False


class AssessorsForm(forms.Form):
    assessors = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple, label=_("Penilai"),
        help_text=_("Sedikitnya dua orang. Siapa yang sudah menyerahkan lembar nilai tetap tercatat."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["assessors"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = people


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=200, label=_("Alasan"))


class GateForm(forms.Form):
    gate = forms.CharField(max_length=30)
    passed = forms.BooleanField(required=False)
    note = forms.CharField(max_length=200, required=False)


class SheetForm(forms.Form):
    """One field and one note a criterion; ``marks`` after cleaning."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], english: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.criteria = list(criteria)
        for criterion in self.criteria:
            choices = [(str(x.points), x.label.en if english else x.label.id) for x in criterion.levels]
            title = criterion.title.en if english else criterion.title.id
            self.fields[f"p-{criterion.code}"] = forms.ChoiceField(
                choices=choices, widget=forms.RadioSelect, label=title
            )
            self.fields[f"n-{criterion.code}"] = forms.CharField(
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"class": "input"}),
                label=_("Catatan atau bukti") if criterion.evidence else _("Catatan"),
            )

    @property
    def marks(self) -> dict[str, tuple[int, str]]:
        """``{criterion: (points, note)}``."""
        data = self.cleaned_data
        return {c.code: (int(data[f"p-{c.code}"]), data[f"n-{c.code}"]) for c in self.criteria}

    def rows(self) -> list[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        """Criterion, its choice, its note: for the template."""
        return [(c, self[f"p-{c.code}"], self[f"n-{c.code}"]) for c in self.criteria]


class RubricForm(forms.ModelForm[Rubric]):
    validity_months = forms.IntegerField(min_value=1, max_value=120, required=False, label=_("Masa berlaku (bulan)"))
    bands = forms.CharField(
        max_length=200, required=False, label=_("Batas bintang"),
        help_text=_("Nilai terendah tiap bintang, dari bintang terkecil, misalnya: 1=0, 2=50, 3=70, 4=80, 5=90"),
    )  # fmt: skip

    class Meta:
        model = Rubric
        fields = ["title_id", "title_en", "source", "source_url"]
        widgets = {"source": forms.Textarea(attrs={"rows": 3})}

    def clean_bands(self) -> list[dict[str, int]]:
        """``[{"stars", "minimum"}]``; raises for what is not ``star=points``."""
        text = self.cleaned_data["bands"]
        pairs = re.findall(r"([1-5])\s*=\s*(\d{1,4})", text)
        if re.sub(r"[1-5]\s*=\s*\d{1,4}|[\s,;]", "", text):
            raise forms.ValidationError(_("Tulis sebagai bintang=nilai, dipisah koma."), code="bands")
        return [{"stars": int(s), "minimum": int(m)} for s, m in pairs]


def bands_text(definition: Definition) -> str:
    """What ``RubricForm.bands`` shows."""
    return ", ".join(f"{b.stars}={b.minimum}" for b in definition.bands)


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,4}", text.strip()) else None


def _levels(text: str) -> list[dict[str, Any]]:
    levels = []
    for line in text.splitlines()[:12]:
        points, _sep, label = line.partition("|")
        value = _whole(points)
        if value is None:
            continue
        first, _sep, second = label.partition("|")
        levels.append(
            {"points": value, "label": {"id": first.strip()[:200], "en": second.strip()[:200] or first.strip()[:200]}}
        )
    return levels


def levels_text(criterion: Criterion) -> str:
    """A criterion's levels, one a line: ``points | Indonesian | English``."""
    return "\n".join(f"{x.points} | {x.label.id} | {x.label.en}" for x in criterion.levels)


def read_definition(data: Mapping[str, str], bands: list[dict[str, int]], validity: int | None) -> dict[str, Any]:
    """The definition typed on the rubric page: fields ``s0-code``, ``s0-c1-levels``, ``g0-kind`` and so on.

    A section or criterion without a title is left out: that is how one is removed.
    """
    sections = []
    for s in range(LIMIT):
        title = data.get(f"s{s}-title", "").strip()[:200]
        if not title:
            continue
        code = data.get(f"s{s}-code", "").strip()[:12] or chr(65 + s)
        sections.append(
            {
                "code": code,
                "title": {"id": title, "en": data.get(f"s{s}-title_en", "").strip()[:200] or title},
                "maximum": _whole(data.get(f"s{s}-maximum", "")),
                "criteria": _criteria(data, s, code),
            }
        )
    gates = []
    for g in range(LIMIT):
        title = data.get(f"g{g}-title", "").strip()[:200]
        kind = data.get(f"g{g}-kind", "manual")
        if title and kind in GATES:
            kinds = [k.strip() for k in data.get(f"g{g}-kinds", "").split(",") if k.strip()][:10]
            code = data.get(f"g{g}-code", "").strip()[:30] or f"syarat{g + 1}"
            gates.append(
                {
                    "code": code,
                    "kind": kind,
                    "title": {"id": title, "en": data.get(f"g{g}-title_en", "").strip() or title},
                    "kinds": kinds,
                }
            )
    return {"sections": sections, "gates": gates, "bands": bands, "validity_months": validity}


def _criteria(data: Mapping[str, str], section: int, code: str) -> list[dict[str, Any]]:
    criteria = []
    for c in range(LIMIT):
        name = f"s{section}-c{c}"
        title = data.get(f"{name}-title", "").strip()[:200]
        if not title:
            continue
        step = data.get(f"{name}-step", "")
        criteria.append(
            {
                "code": data.get(f"{name}-code", "").strip()[:12] or f"{code}{c + 1}",
                "title": {"id": title, "en": data.get(f"{name}-title_en", "").strip()[:200] or title},
                "maximum": _whole(data.get(f"{name}-maximum", "")),
                "evidence": f"{name}-evidence" in data,
                "step": step if step in STEPS else "",
                "levels": _levels(data.get(f"{name}-levels", "")),
            }
        )
    return criteria
