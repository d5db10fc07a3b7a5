"""Rubrics: presets, copies, completion."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association
from kendedes.network.queries import associations_of, scope
from kendedes.network.rules import Right
from kendedes.ovop import actions, forms, words
from kendedes.ovop.models import Rubric
from kendedes.ovop.rules.rubric import GATES, STEPS, problems


def _managed(request: OfficeRequest) -> Association:
    """The association whose rubrics this person manages, or 404."""
    return get_object_or_404(Association, pk__in=scope(request.user, Right.MANAGE_RUBRICS).associations)


@office(Right.SEE_PRODUCTS)
def listing(request: OfficeRequest) -> HttpResponse:
    """Presets and own rubrics."""
    if not associations_of(request.user, Right.SEE_PRODUCTS):
        raise Http404
    rubrics = list(Rubric.objects.visible_to(request.user).order_by("association", "code", "-version"))
    context = {
        "own": [r for r in rubrics if r.association_id],
        "presets": [r for r in rubrics if not r.association_id],
        "manages": bool(scope(request.user, Right.MANAGE_RUBRICS)),
    }
    return render(request, "ovop/rubrics.html", context)


@office(Right.SEE_PRODUCTS)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """One rubric with what it lacks."""
    rubric = get_object_or_404(Rubric.objects.visible_to(request.user), pk=pk)
    definition = rubric.parsed()
    manages = scope(request.user, Right.MANAGE_RUBRICS)
    context = {
        "rubric": rubric,
        "definition": definition,
        "gaps": [(gap.where, words.PROBLEMS[gap.what]) for gap in problems(definition)],
        "steps": words.STEPS,
        "gate_kinds": words.GATE_KINDS,
        "manages": bool(manages),
        "editable": rubric.association_id in manages.associations and rubric.in_use_since is None,
    }
    return render(request, "ovop/rubric.html", context)


@office(Right.MANAGE_RUBRICS)
@require_POST
def copy(request: OfficeRequest, pk: int) -> HttpResponse:
    """The association's own copy, to complete."""
    association = _managed(request)
    rubric = get_object_or_404(Rubric.objects.visible_to(request.user), pk=pk)
    made = actions.copy_rubric(rubric=rubric, association=association, at=timezone.now(), by=request.user)
    messages.success(
        request, _("Rubrik disalin sebagai versi %(version)s; sekarang dapat dilengkapi.") % {"version": made.version}
    )
    return redirect("ovop:rubric-edit", pk=made.pk)


@office(Right.MANAGE_RUBRICS)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Complete or change a rubric that is not in use."""
    mine = scope(request.user, Right.MANAGE_RUBRICS).associations
    rubric = get_object_or_404(Rubric.objects.filter(association__in=mine), pk=pk)
    if rubric.in_use_since is not None:
        raise actions.RubricInUse
    definition = rubric.parsed()
    initial = {"validity_months": definition.validity_months, "bands": forms.bands_text(definition)}
    form = forms.RubricForm(request.POST or None, instance=rubric, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        typed = forms.read_definition(request.POST.dict(), data["bands"], data["validity_months"])
        fields = {name: data[name] for name in ("title_id", "title_en", "source", "source_url")}
        saved = actions.change_rubric(rubric=rubric, definition=typed, at=timezone.now(), by=request.user, **fields)
        if "more" in request.POST:
            return redirect("ovop:rubric-edit", pk=pk)
        text = _("Rubrik lengkap dan siap dipakai.") if saved.complete else _("Disimpan. Rubrik belum lengkap.")
        messages.success(request, text)
        return redirect("ovop:rubric", pk=pk)
    sections = [
        (n, s, [(c, x, forms.levels_text(x)) for c, x in enumerate(s.criteria)], len(s.criteria))
        for n, s in enumerate(definition.sections)
    ]
    context = {
        "rubric": rubric, "form": form, "sections": sections, "next_section": len(definition.sections),
        "gates": list(enumerate(definition.gates)), "next_gate": len(definition.gates),
        "steps": [(key, words.STEPS[key]) for key in STEPS], "gate_kinds": [(key, words.GATE_KINDS[key]) for key in GATES],
        "gaps": [(gap.where, words.PROBLEMS[gap.what]) for gap in problems(definition)],
    }  # fmt: skip
    return render(request, "ovop/rubric_edit.html", context)
