"""Goods travel: the pack list, departure, the count when they come back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.events import actions, forms, press, queries
from kendedes.events.models import Event, Trip
from kendedes.events.views.common import pdf, running
from kendedes.ledger.models import Lot, Place
from kendedes.ledger.queries import stock_at
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right

PAGE = 40  # lots of a pack list shown at a time


@office(Right.RUN_EVENTS)
def packing(request: OfficeRequest, pk: int) -> HttpResponse:
    """What to take: proposed by what sells and by turns of the units, changed by hand, a page at a time."""
    event = running(request, pk)
    today = timezone.localdate()
    propose = forms.ProposeForm(request.POST if "room" in request.POST else None)
    if request.method == "POST" and "room" not in request.POST:
        return _written(request, event)
    if request.method == "POST" and propose.is_valid():
        lines = queries.proposal(event, propose.cleaned_data["room"], today)
        actions.set_pack(event=event, lines=lines, at=timezone.now(), by=request.user)
        return redirect("events:pack", pk=pk)
    text = request.GET.get("q", "").strip()[:80]
    pieces = event.pack.aggregate(n=Sum("quantity"))["n"] or 0
    everything = "semua" in request.GET or not pieces
    found = queries.spots(event, today, text=text, listed=not everything and not text)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "event": event, "choices": queries.choices(list(page.object_list)), "page_obj": page, "propose": propose, "pieces": pieces,
        "text": text, "everything": everything,
    }  # fmt: skip
    return render(request, "events/pack.html", context)


def _written(request: OfficeRequest, event: Event) -> HttpResponse:
    """One page of the list is kept, also when somebody turns to another one or searches: nothing typed is lost."""
    typed = forms.pack_lines(request.POST)
    there = queries.standing(event, lots={lot for lot, _ in typed})
    lines = {spot: pieces for spot, pieces in typed.items() if there.get(spot, 0) > 0 or not pieces}
    actions.amend_pack(event=event, lines=lines, at=timezone.now(), by=request.user)
    said = request.POST
    if "turn" not in said:
        messages.success(request, _("Daftar bawaan tersimpan."))
        return redirect("events:detail", pk=event.pk)
    asked = {"q": said.get("q", "").strip()[:80], "page": said["turn"]}
    if said["turn"] == "listed":
        asked = {}
    elif "semua" in said or said["turn"] == "all":
        asked["semua"] = "1"
    query = urlencode({name: value for name, value in asked.items() if value and value not in {"all", "search"}})
    return redirect(f"{reverse('events:pack', args=[event.pk])}{'?' if query else ''}{query}")


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
