"""Setting up: venues, stands, shelves, mandates, the roster."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.gallery import actions, forms
from kendedes.gallery.models import Duty, Mandate, Shelf, Stand, Venue
from kendedes.gallery.views.plan import keepers_to_be
from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association
from kendedes.network.queries import scope
from kendedes.network.rules import Right
from kendedes.products import documents


def _page(request: OfficeRequest, form: Any, title: str, back: str, **more: Any) -> HttpResponse:
    return render(request, "gallery/form.html", {"form": form, "title": title, "back": back, **more})


def _stand(request: OfficeRequest, pk: int) -> Stand:
    rows = Stand.objects.allowed(request.user, Right.RUN_GALLERY).select_related(
        "venue__association", "place__association"
    )
    return get_object_or_404(rows, pk=pk)


@office(Right.RUN_GALLERY)
def venue_new(request: OfficeRequest) -> HttpResponse:
    """A building with stands."""
    mine = scope(request.user, Right.RUN_GALLERY).associations
    association = get_object_or_404(Association.objects.filter(pk__in=mine).order_by("pk")[:1])
    form = forms.VenueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_venue(association=association, at=timezone.now(), by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("gallery:stand-new", pk=made.pk)
    return _page(request, form, _("Pusat kerajinan baru"), "gallery:home")


@office(Right.RUN_GALLERY)
def venue_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Name and address."""
    venue = get_object_or_404(Venue.objects.allowed(request.user, Right.RUN_GALLERY), pk=pk)
    form = forms.VenueForm(request.POST or None, initial={"name": venue.name, "address": venue.address})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_venue(venue=venue, at=timezone.now(), by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("gallery:home")
    return _page(request, form, _("Ubah keterangan pusat kerajinan"), "gallery:home")


@office(Right.RUN_GALLERY)
def stand_new(request: OfficeRequest, pk: int) -> HttpResponse:
    """A stand of a venue."""
    venue = get_object_or_404(
        Venue.objects.allowed(request.user, Right.RUN_GALLERY).select_related("association"), pk=pk
    )
    form = forms.StandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {k: v for k, v in form.cleaned_data.items() if v is not None}
        try:
            made = actions.add_stand(venue=venue, at=timezone.now(), by=request.user, **given)
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, _("%(stand)s ditambahkan. Tambahkan raknya.") % {"stand": made})
            return redirect("gallery:stand", pk=made.pk)
    return _page(request, form, _("Stan baru"), "gallery:home", note=venue)


@office(Right.RUN_GALLERY)
def stand_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Its name and where it is drawn."""
    stand = _stand(request, pk)
    fields = ("name", "left", "top", "width", "height")
    form = forms.StandForm(request.POST or None, initial={name: getattr(stand, name) for name in fields})
    del form.fields["number"]
    if request.method == "POST" and form.is_valid():
        given = {k: v for k, v in form.cleaned_data.items() if v is not None}
        actions.change_stand(stand=stand, at=timezone.now(), by=request.user, **given)
        return redirect("gallery:stand", pk=pk)
    return _page(request, form, _("Ubah %(stand)s") % {"stand": stand}, "gallery:home")


@office(Right.RUN_GALLERY)
@require_POST
def stand_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """The stand is given up."""
    stand = actions.end_stand(stand=_stand(request, pk), on=timezone.localdate(), at=timezone.now(), by=request.user)
    messages.success(request, _("%(stand)s ditutup.") % {"stand": stand})
    return redirect("gallery:home")


@office(Right.RUN_GALLERY)
@require_POST
def shelf_new(request: OfficeRequest, pk: int) -> HttpResponse:
    """A shelf of a stand."""
    stand = _stand(request, pk)
    form = forms.ShelfForm(request.POST)
    if form.is_valid():
        made = actions.add_shelf(stand=stand, at=timezone.now(), by=request.user, **form.cleaned_data)
        messages.success(request, _("%(shelf)s ditambahkan.") % {"shelf": made})
        return redirect("gallery:stand", pk=pk)
    return _page(request, form, _("Rak baru"), "gallery:home", note=stand)


def _shelf(request: OfficeRequest, pk: int) -> Shelf:
    rows = Shelf.objects.allowed(request.user, Right.RUN_GALLERY)
    return get_object_or_404(rows.select_related("stand__venue__association", "place__association"), pk=pk)


@office(Right.RUN_GALLERY)
@require_POST
def shelf_change(request: OfficeRequest, pk: int) -> HttpResponse:
    """How many facings, how well seen."""
    shelf = _shelf(request, pk)
    form = forms.ShelfChangeForm(request.POST)
    if form.is_valid():
        actions.change_shelf(shelf=shelf, at=timezone.now(), by=request.user, **form.cleaned_data)
        return redirect("gallery:shelf", pk=pk)
    return _page(request, form, str(shelf), "gallery:home")


@office(Right.RUN_GALLERY)
@require_POST
def shelf_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """The shelf is given up."""
    shelf = actions.end_shelf(shelf=_shelf(request, pk), on=timezone.localdate(), at=timezone.now(), by=request.user)
    messages.success(request, _("%(shelf)s ditutup.") % {"shelf": shelf})
    return redirect("gallery:stand", pk=shelf.stand_id)


@office(Right.RUN_GALLERY)
@require_POST
def duty_new(request: OfficeRequest, pk: int) -> HttpResponse:
    """Somebody looks after the stand."""
    stand = _stand(request, pk)
    form = forms.DutyForm(request.POST, people=keepers_to_be(stand.venue.association))
    if form.is_valid():
        data = form.cleaned_data
        days = "".join(data.pop("weekdays"))
        actions.put_on_duty(stand=stand, weekdays=days, at=timezone.now(), by=request.user, **data)
        return redirect("gallery:stand", pk=pk)
    return _page(request, form, _("Penjaga %(stand)s") % {"stand": stand}, "gallery:home")


@office(Right.RUN_GALLERY)
@require_POST
def duty_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """Today is the last day of this duty."""
    rows = Duty.objects.allowed(request.user, Right.RUN_GALLERY).select_related("stand__venue__association", "user")
    duty = get_object_or_404(rows, pk=pk)
    actions.take_off_duty(duty=duty, on=timezone.localdate(), at=timezone.now(), by=request.user)
    return redirect("gallery:stand", pk=duty.stand_id)


@office(Right.SEE_STOCK)
def mandates(request: OfficeRequest) -> HttpResponse:
    """Papers by which the stands are run."""
    today = timezone.localdate()
    rows = Mandate.objects.visible_to(request.user).select_related("venue").prefetch_related("stands")
    context = {
        "rows": [(m, m.holds(today)) for m in rows], "today": today,
        "venues": Venue.objects.allowed(request.user, Right.RUN_GALLERY),
        "keeps": set(Mandate.objects.allowed(request.user, Right.RUN_GALLERY).values_list("pk", flat=True)),
        "form": forms.PaperFileForm(),
        "shows_dues": request.may(Right.SEE_STATEMENTS),
    }  # fmt: skip
    return render(request, "gallery/mandates.html", context)


@office(Right.RUN_GALLERY)
def mandate_new(request: OfficeRequest, pk: int) -> HttpResponse:
    """A paper that gives the right to run stands of a venue."""
    venue = get_object_or_404(
        Venue.objects.allowed(request.user, Right.RUN_GALLERY).select_related("association"), pk=pk
    )
    form = forms.MandateForm(request.POST or None, stands=Stand.objects.filter(venue=venue).select_related("venue"))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_mandate(venue=venue, at=timezone.now(), by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            return redirect("gallery:mandates")
    return _page(request, form, _("Mandat baru"), "gallery:mandates", note=venue)


@office(Right.RUN_GALLERY)
def mandate_file(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The paper itself: read and put by whoever runs the gallery."""
    rows = Mandate.objects.allowed(request.user, Right.RUN_GALLERY)
    row = get_object_or_404(rows.select_related("venue__association"), pk=pk)
    if request.method != "POST":
        return documents.answer(row.file, f"mandat-{row.pk}")
    file = request.FILES.get("file")
    name = (file.name or "mandat")[:100] if file else ""
    try:
        if file is None or (file.size or 0) > documents.MAX_FILE:
            raise documents.FileRefused(name=name)
        actions.keep_mandate_file(mandate=row, data=file.read(), name=name, at=timezone.now(), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Surat mandat disimpan; hanya pengelola yang dapat membukanya."))
    return redirect("gallery:mandates")
