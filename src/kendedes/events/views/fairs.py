"""Fairs: planned, shown, their result, people who want more."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.events import actions, forms, press, queries
from kendedes.events.models import Event, Lead
from kendedes.events.views.common import pdf, running
from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association
from kendedes.network.queries import may, scope
from kendedes.network.rules import Right


@office(Right.SEE_STOCK)
def listing(request: OfficeRequest) -> HttpResponse:
    """Every fair, the newest first."""
    context = {
        "rows": Event.objects.visible_to(request.user).select_related("association"),
        "may_plan": may(request.user, Right.RUN_EVENTS),
    }
    return render(request, "events/list.html", context)


@office(Right.RUN_EVENTS)
def new(request: OfficeRequest) -> HttpResponse:
    """Plan a fair."""
    form = forms.EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        event = actions.plan_event(
            association=_association(request), at=timezone.now(), by=request.user, **form.cleaned_data
        )  # fmt: skip
        messages.success(request, _("Pameran tercatat. Susun daftar bawaannya."))
        return redirect("events:pack", pk=event.pk)
    return render(request, "events/form.html", {"form": form})


@office(Right.RUN_EVENTS)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Mend what was planned."""
    event = running(request, pk)
    form = forms.EventForm(request.POST or None, instance=Event.objects.get(pk=event.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_event(event=event, at=timezone.now(), by=request.user, **form.cleaned_data)
        return redirect("events:detail", pk=pk)
    return render(request, "events/form.html", {"form": form, "event": event})


@office(Right.SEE_STOCK)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """One fair: its goods, its papers, its result by owner. A unit or producer sees only her own part."""
    event = get_object_or_404(
        Event.objects.visible_to(request.user).select_related("association", "place"), pk=pk
    )  # fmt: skip
    runs = Event.objects.allowed(request.user, Right.RUN_EVENTS).filter(pk=pk).exists()
    owners = queries.result(event)
    if event.association_id not in scope(request.user, Right.SEE_STOCK).associations:
        found = scope(request.user, Right.SEE_STOCK)
        owners = [
            o for o in owners
            if o.lots[0].lot.unit_id in found.units or o.lots[0].lot.producer_id in found.producers
        ]  # fmt: skip
    context = {
        "event": event, "runs": runs, "owners": owners, "trips": event.trips.all() if runs else [],
        "packed": event.pack.count(), "gross": sum(o.gross for o in owners), "net": sum(o.net for o in owners),
        "sold": sum(o.sold for o in owners), "tills": queries.tills(event) if runs else [],
        "leads": Lead.objects.visible_to(request.user).filter(event=event), "lead_form": forms.LeadForm(),
    }  # fmt: skip
    return render(request, "events/detail.html", context)


@office(Right.SEE_MONEY)
def result_pdf(request: OfficeRequest, pk: int) -> HttpResponse:
    """The result to hand round before the truck is unloaded."""
    event = get_object_or_404(Event.objects.allowed(request.user, Right.SEE_MONEY).select_related("association"), pk=pk)
    return pdf(press.result(event, queries.result(event)), f"hasil-pameran-{event.pk}.pdf")


@office(Right.RUN_EVENTS)
@require_POST
def lead(request: OfficeRequest, pk: int) -> HttpResponse:
    """Somebody wants more."""
    event = running(request, pk)
    form = forms.LeadForm(request.POST)
    if not form.is_valid():
        errors = " ".join(str(e) for found in form.errors.values() for e in found)
        messages.error(request, errors)
        return redirect("events:detail", pk=pk)
    actions.note_lead(event=event, at=timezone.now(), by=request.user, **form.cleaned_data)
    messages.success(request, _("Peminat tercatat."))
    return redirect("events:detail", pk=pk)


@office(Right.RUN_EVENTS)
@require_POST
def lead_done(request: OfficeRequest, pk: int) -> HttpResponse:
    """Somebody answered."""
    found = get_object_or_404(Lead.objects.visible_to(request.user).select_related("event__association"), pk=pk)
    actions.lead_done(lead=found, at=timezone.now(), by=request.user)
    return redirect("events:detail", pk=found.event_id)


def _association(request: OfficeRequest) -> Association:
    found = scope(request.user, Right.RUN_EVENTS).associations
    if not found:
        raise Http404
    own = request.association
    return own if own and own.pk in found else Association.objects.get(pk=min(found))
