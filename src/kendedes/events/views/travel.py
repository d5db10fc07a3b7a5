"""Goods travel: the pack list, departure, the count when they come back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.events import actions, forms, press, queries
from kendedes.events.models import Event, Trip
from kendedes.events.views.common import pdf, running
from kendedes.ledger.models import Lot, Place
from kendedes.ledger.queries import stock_at
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right


@office(Right.RUN_EVENTS)
def packing(request: OfficeRequest, pk: int) -> HttpResponse:
    """What to take: proposed by what sells and by turns of the units, changed by hand."""
    event = running(request, pk)
    today = timezone.localdate()
    choices = queries.offers(event, today)
    propose = forms.ProposeForm(request.POST if "room" in request.POST else None)
    if request.method == "POST":
        if "room" in request.POST:
            if propose.is_valid():
                lines = queries.proposal(event, propose.cleaned_data["room"], today)
                actions.set_pack(event=event, lines=lines, at=timezone.now(), by=request.user)
                return redirect("events:pack", pk=pk)
        else:
            allowed = [(c.lot.pk, c.source.pk) for c in choices]
            lines = forms.pack_lines(request.POST, allowed)
            actions.set_pack(event=event, lines=lines, at=timezone.now(), by=request.user)
            messages.success(request, _("Daftar bawaan tersimpan."))
            return redirect("events:detail", pk=pk)
    context = {"event": event, "choices": choices, "propose": propose, "pieces": sum(c.planned for c in choices)}
    return render(request, "events/pack.html", context)


@office(Right.RUN_EVENTS)
def out(request: OfficeRequest, pk: int) -> HttpResponse:
    """The goods leave."""
    event = running(request, pk)
    form = forms.TripForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        trip = actions.send_out(event=event, at=timezone.now(), by=request.user, **form.cleaned_data)
        messages.success(request, _("Berangkat: surat jalan %(number)s.") % {"number": trip.number})
        return redirect("events:detail", pk=pk)
    rows = event.pack.select_related("lot__producer", "source")
    return render(request, "events/out.html", {"event": event, "form": form, "rows": rows})


@office(Right.RUN_EVENTS)
def back(request: OfficeRequest, pk: int) -> HttpResponse:
    """A blind count: what the books say is not shown before it is saved."""
    event = running(request, pk)
    there = stock_at(event.association, event.place.key)
    lots = (
        Lot.objects.filter(pk__in=there).select_related("producer__unit__district").order_by("producer__name", "name")
    )
    places = Place.objects.filter(
        association=event.association_id, kind__in=(Place.Kind.STORE, Place.Kind.SHELF, Place.Kind.UNIT)
    )  # fmt: skip
    form = forms.BackForm(request.POST or None, places=places)
    typed = forms.counts(request.POST, there) if request.method == "POST" else {}
    if request.method == "POST" and form.is_valid():
        counted = [actions.Counted(lot, quantity) for lot, quantity in typed.items()]
        actions.count_back(event=event, counted=counted, at=timezone.now(), by=request.user, **form.cleaned_data)
        messages.success(request, _("Terhitung. Hasil setiap pemilik ada di bawah."))
        return redirect("events:detail", pk=pk)
    rows = [(lot, typed.get(lot.pk)) for lot in lots]
    context = {"event": event, "form": form, "rows": rows, "tills": queries.tills(event)}
    return render(request, "events/back.html", context)


@office(Right.RUN_EVENTS)
def paper(request: OfficeRequest, pk: int) -> HttpResponse:
    """The paper of a trip."""
    trips = Trip.objects.filter(event__in=Event.objects.allowed(request.user, Right.RUN_EVENTS))
    trip = get_object_or_404(trips.select_related("event__association", "made_by"), pk=pk)
    return pdf(press.trip(trip), f"{trip.number.replace('/', '-')}.pdf")
