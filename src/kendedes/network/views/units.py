"""Units: the list, one unit, its legal forms."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.base.refusal import Refusal
from kendedes.network import actions, queries
from kendedes.network.door import office, person
from kendedes.network.forms import LegalFormForm, NewUnitForm, UnitEditForm
from kendedes.network.models import Association, LegalForm, LegalKind, Membership, Unit
from kendedes.network.queries.bodies import unit_rows
from kendedes.network.rules import Right


@office(Right.SEE_PRODUCTS)
def units(request: HttpRequest) -> HttpResponse:
    """Units of the own part, with their form in law and what they have."""
    user = person(request)
    rows = unit_rows(user, timezone.localdate())
    may_add = bool(queries.scope(user, Right.EDIT_NETWORK).associations)
    return render(request, "network/units.html", {"rows": rows, "may_add": may_add})


@office(Right.SEE_PRODUCTS)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit."""
    user = person(request)
    found = get_object_or_404(
        Unit.objects.visible_to(user).select_related("district__parent", "association", "predecessor__district"), pk=pk
    )
    forms = LegalForm.objects.filter(unit__in=[pk, found.predecessor_id or pk]).order_by("-valid_from")
    people = Membership.objects.visible_to(user).current(timezone.now()).filter(unit=found).select_related("user")
    context = {
        "unit": found, "forms": [f for f in forms if f.unit_id == pk], "earlier": [f for f in forms if f.unit_id != pk],
        "today": timezone.localdate(), "people": people,
        "editable": queries.scope(user, Right.EDIT_NETWORK).covers(found),
        "personal": queries.scope(user, Right.SEE_PERSONAL).covers(found),
        "may_invite": queries.scope(user, Right.MANAGE_PEOPLE).covers(found),
        "producers": found.producers.filter(ended_on=None).select_related("village"),
    }  # fmt: skip
    return render(request, "network/unit.html", context)


def _association(request: HttpRequest) -> Association:
    """The association in which a unit may be added: the one asked for, else the only or first one."""
    mine = queries.scope(person(request), Right.EDIT_NETWORK).associations
    if not mine:
        raise PermissionDenied
    rows = Association.objects.filter(pk__in=mine).order_by("pk")
    asked = request.GET.get("asosiasi", "")
    return get_object_or_404(rows, slug=asked) if asked else rows[0]


@office(Right.EDIT_NETWORK)
def unit_new(request: HttpRequest) -> HttpResponse:
    """A new unit."""
    association = _association(request)
    form = NewUnitForm(request.POST or None, association=association)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["form"] = LegalKind(data.pop("kind"))
        try:
            made = actions.create_unit(association=association, at=timezone.now(), by=person(request), **data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(unit)s ditambahkan.") % {"unit": made})
            return redirect("network:unit", pk=made.pk)
    return render(request, "network/form.html", {"form": form, "title": _("Tambah unit"), "back": "network:units"})


@office(Right.EDIT_NETWORK)
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Contact, address, phase-out day, and which unit it follows."""
    found = get_object_or_404(
        Unit.objects.allowed(person(request), Right.EDIT_NETWORK).select_related("district"), pk=pk
    )
    names = ("whatsapp", "address", "phased_out_on", "predecessor")
    others = Unit.objects.filter(association=found.association_id).exclude(pk=pk).select_related("district")
    form = UnitEditForm(request.POST or None, others=others, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_unit(unit=found, at=timezone.now(), by=person(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("predecessor", str(refusal))
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("network:unit", pk=pk)
    context = {"form": form, "title": _("Ubah %(unit)s") % {"unit": found}, "here": found, "crumb": "network:unit"}
    return render(request, "network/form.html", context)


@office(Right.EDIT_NETWORK)
def unit_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit becomes something else in law."""
    found = get_object_or_404(
        Unit.objects.allowed(person(request), Right.EDIT_NETWORK).select_related("district"), pk=pk
    )
    form = LegalFormForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "kind": LegalKind(form.cleaned_data["kind"])}
        try:
            actions.add_legal_form(unit=found, at=timezone.now(), by=person(request), **data)
        except Refusal as refusal:
            form.add_error("valid_from", str(refusal))
        else:
            messages.success(request, _("Bentuk hukum baru dicatat."))
            return redirect("network:unit", pk=pk)
    title = _("Bentuk hukum baru %(unit)s") % {"unit": found}
    return render(request, "network/form.html", {"form": form, "title": title, "here": found, "crumb": "network:unit"})


@office(Right.EDIT_NETWORK)
def unit_form_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend a legal form that was written down wrong."""
    user = person(request)
    rows = LegalForm.objects.filter(unit__in=Unit.objects.allowed(user, Right.EDIT_NETWORK))
    held = get_object_or_404(rows.select_related("unit__district"), pk=pk)
    names = ("kind", "name", "basis", "valid_from")
    form = LegalFormForm(request.POST or None, initial={name: getattr(held, name) for name in names})
    form.fields["kind"].label = _("Bentuk")
    form.fields["valid_from"].help_text = _("Bentuk sebelumnya berakhir sehari sebelum hari ini.")
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "kind": LegalKind(form.cleaned_data["kind"])}
        try:
            actions.correct_legal_form(form=held, at=timezone.now(), by=user, **data)
        except Refusal as refusal:
            form.add_error("valid_from", str(refusal))
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("network:unit", pk=held.unit_id)
    title = _("Perbaiki bentuk hukum %(unit)s") % {"unit": held.unit}
    context = {"form": form, "title": title, "here": held.unit, "crumb": "network:unit"}
    return render(request, "network/form.html", context)
