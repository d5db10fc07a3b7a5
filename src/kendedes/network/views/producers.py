"""Producers: the list, one producer, what it consents to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.network import actions, queries
from kendedes.network.door import office, person
from kendedes.network.forms import ConsentForm, ProducerForm
from kendedes.network.models import Association, Membership, Producer, Unit
from kendedes.network.queries.bodies import producer_rows, villages_of
from kendedes.network.rules import Right


@office(Right.SEE_PRODUCTS)
def producers(request: HttpRequest) -> HttpResponse:
    """Producers of the own part; search, one unit, consent missing."""
    user = person(request)
    asked = request.GET
    unit = asked.get("unit", "")
    number = int(unit) if unit.isdigit() and len(unit) < 10 else None
    rows = producer_rows(user, text=asked.get("q", "").strip()[:80], unit=number, consent=asked.get("consent", ""))
    context = {
        "page_obj": Paginator(rows, 30).get_page(asked.get("page")),
        "units": Unit.objects.visible_to(user).select_related("district"),
        "q": asked.get("q", ""), "unit": number, "consent": asked.get("consent", ""),
        "may_add": queries.may(user, Right.EDIT_NETWORK),
    }  # fmt: skip
    return render(request, "network/producers.html", context)


def _mine(request: HttpRequest, pk: int, right: Right) -> Producer:
    rows = Producer.objects.allowed(person(request), right)
    return get_object_or_404(rows.select_related("unit__district", "village__parent", "association"), pk=pk)


@office(Right.SEE_PRODUCTS)
def producer(request: HttpRequest, pk: int) -> HttpResponse:
    """One producer; phone and address only for who may see personal data."""
    user = person(request)
    found = _mine(request, pk, Right.SEE_PRODUCTS)
    people = Membership.objects.visible_to(user).current(timezone.now()).filter(producer=found).select_related("user")
    own = Membership.objects.current(timezone.now()).filter(producer=found, user=user).exists()
    context = {
        "producer": found,
        "editable": queries.scope(user, Right.EDIT_NETWORK).covers(found),
        "personal": own or queries.scope(user, Right.SEE_PERSONAL).covers(found),
        "may_invite": queries.scope(user, Right.MANAGE_PEOPLE).covers(found),
        "people": people,
    }
    return render(request, "network/producer.html", context)


def _form(request: HttpRequest, *, initial: dict[str, Any], personal: bool) -> ProducerForm:
    user = person(request)
    units = Unit.objects.allowed(user, Right.EDIT_NETWORK).select_related("district")
    form = ProducerForm(
        request.POST or None, units=units, villages=villages_of(user), personal=personal, initial=initial
    )
    if not queries.scope(user, Right.EDIT_NETWORK).associations:
        form.fields["unit"].required = True
    return form


@office(Right.EDIT_NETWORK)
def producer_new(request: HttpRequest) -> HttpResponse:
    """A new producer of a unit, or of the association outside every unit."""
    user = person(request)
    units = Unit.objects.allowed(user, Right.EDIT_NETWORK)
    asked = request.GET.get("unit", "")
    initial = {"unit": int(asked)} if asked.isdigit() and len(asked) < 10 else {}
    if not initial and units.count() == 1:
        initial = {"unit": units[0].pk}
    form = _form(request, initial=initial, personal=True)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        unit = data["unit"]
        association = unit.association if unit else _outside(request, data["village"].parent.parent_id)
        try:
            made = actions.create_producer(association=association, at=timezone.now(), by=user, **data)
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("%(name)s ditambahkan.") % {"name": made})
            return redirect("network:producer", pk=made.pk)
    return render(request, "network/producer_form.html", {"form": form, "title": _("Tambah produsen")})


def _outside(request: HttpRequest, region: str) -> Association:
    mine = queries.scope(person(request), Right.EDIT_NETWORK).associations
    return get_object_or_404(Association, pk__in=mine, region=region)


@office(Right.EDIT_NETWORK)
def producer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a producer. The unit stays: goods and history hang on it."""
    found = _mine(request, pk, Right.EDIT_NETWORK)
    personal = Producer.objects.allowed(person(request), Right.SEE_PERSONAL).filter(pk=pk).exists()
    names = ("name", "kind", "about_id", "about_en", *ProducerForm.COUNTS, *ProducerForm.PERSONAL)
    initial = {name: getattr(found, name) for name in names} | {"unit": found.unit_id, "village": found.village_id}
    form = _form(request, initial=initial, personal=personal)
    form.fields["unit"].disabled = True
    if request.method == "POST" and form.is_valid():
        data = {key: value for key, value in form.cleaned_data.items() if key != "unit"}
        try:
            actions.change_producer(producer=found, at=timezone.now(), by=person(request), **data)
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("network:producer", pk=pk)
    title = _("Ubah %(name)s") % {"name": found}
    return render(request, "network/producer_form.html", {"form": form, "title": title, "here": found})


@office(Right.EDIT_NETWORK)
def producer_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Which contact may be published, since when, by whose word."""
    found = _mine(request, pk, Right.EDIT_NETWORK)
    initial = {
        "consent": found.consent, "consent_on": found.consent_on or timezone.localdate(), "consent_by": found.consent_by
    }  # fmt: skip
    form = ConsentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.record_consent(
                producer=found, consent=Producer.Consent(data["consent"]), on=data["consent_on"],
                given_by=data["consent_by"], at=timezone.now(), by=person(request),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Persetujuan dicatat."))
            return redirect("network:producer", pk=pk)
    title = _("Persetujuan kontak %(name)s") % {"name": found}
    return render(
        request, "network/form.html", {"form": form, "title": title, "here": found, "crumb": "network:producer"}
    )


@require_POST
@office(Right.EDIT_NETWORK)
def producer_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as no longer active, or active again."""
    found = _mine(request, pk, Right.EDIT_NETWORK)
    on = None if found.ended_on else timezone.localdate()
    actions.end_producer(producer=found, on=on, at=timezone.now(), by=person(request))
    return redirect("network:producer", pk=pk)
