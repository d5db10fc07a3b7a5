"""Dues of the units: asked, paid, receipted."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.base.refusal import Refusal
from kendedes.gallery import actions, forms, press
from kendedes.gallery.models import Call, Due, Receipt
from kendedes.gallery.queries import dues
from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association, Unit
from kendedes.network.queries import scope
from kendedes.network.rules import Right


@office(Right.SEE_STATEMENTS)
def listing(request: OfficeRequest) -> HttpResponse:
    """What was asked and what came."""
    context = {"rows": dues.call_rows(request.user), "may_run": request.may(Right.RUN_GALLERY), "shows_dues": True}
    return render(request, "gallery/dues.html", context)


@office(Right.RUN_GALLERY)
def new(request: OfficeRequest) -> HttpResponse:
    """Ask the units."""
    mine = scope(request.user, Right.RUN_GALLERY).associations
    association = get_object_or_404(Association.objects.filter(pk__in=mine).order_by("pk")[:1])
    units = Unit.objects.filter(association=association).select_related("district").order_by("district__name")
    facings = dues.facings_of(association, timezone.localdate())
    form = forms.CallForm(request.POST or None, units=units, facings=facings)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_dues(
                association=association, name=form.cleaned_data["name"], due_on=form.cleaned_data["due_on"],
                amounts=form.amounts(), at=timezone.now(), by=request.user,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("gallery:call", pk=made.pk)
    return render(request, "gallery/call_new.html", {"form": form})


@office(Right.SEE_STATEMENTS)
def call(request: OfficeRequest, pk: int) -> HttpResponse:
    """One call: each unit in sight with what it has paid."""
    rows = list(dues.dues_of(request.user).filter(call=pk).prefetch_related("receipts"))
    row = get_object_or_404(Call.objects.filter(pk__in={due.call_id for due in rows}))
    takes = scope(request.user, Right.SETTLE).covers(row.association)
    totals = sum(d.amount for d in rows), sum(d.paid for d in rows)
    context = {"call": row, "rows": rows, "takes": takes, "totals": totals, "today": timezone.localdate()}
    return render(request, "gallery/call.html", context)


@office(Right.SETTLE)
def receive(request: OfficeRequest, pk: int) -> HttpResponse:
    """A unit pays; the kuitansi is made at once."""
    rows = Due.objects.allowed(request.user, Right.SETTLE).select_related("call__association", "unit__district")
    due = get_object_or_404(rows, pk=pk)
    left = due.amount - sum(due.receipts.values_list("amount", flat=True))
    initial = {"amount": left, "payer": str(due.unit), "key": uuid.uuid4()}
    form = forms.ReceiptForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.receive_dues(due=due, at=timezone.now(), by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("amount", str(refusal))
        else:
            messages.success(request, _("Kuitansi %(number)s dibuat.") % {"number": made})
            return redirect("gallery:call", pk=due.call_id)
    return render(request, "gallery/receive.html", {"form": form, "due": due, "left": left})


@office(Right.SEE_STATEMENTS)
def receipt(request: OfficeRequest, pk: int) -> HttpResponse:
    """The kuitansi as PDF."""
    rows = Receipt.objects.visible_to(request.user)
    row = get_object_or_404(
        rows.select_related("association__region", "due__unit__district", "due__call", "posting__entry__by"), pk=pk
    )
    response = HttpResponse(press.receipt(dues.receipt_paper(row)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row}.pdf"'
    return response
