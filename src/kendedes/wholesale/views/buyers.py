"""The address book."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.wholesale import actions, forms
from kendedes.wholesale.models import Buyer
from kendedes.wholesale.queries.board import history_of
from kendedes.wholesale.queries.book import book
from kendedes.wholesale.views.common import SELL, association_of

FIELDS = ("kind", "name", "contact", "phone", "email", "address", "language")


def _buyer(request: OfficeRequest, pk: int) -> Buyer:
    return get_object_or_404(Buyer.objects.visible_to(request.user).select_related("association"), pk=pk)


@office(SELL)
def listing(request: OfficeRequest) -> HttpResponse:
    """Everybody in the book; ``bagian=janji``: whom something was promised for today or earlier."""
    part, text = request.GET.get("bagian", ""), request.GET.get("q", "").strip()[:60]
    today = timezone.localdate()
    rows = book(Buyer.objects.visible_to(request.user), text, today if part == "janji" else None)
    return render(request, "wholesale/office/buyers.html", {"rows": rows, "q": text, "part": part, "today": today})


@office(SELL)
def new(request: OfficeRequest) -> HttpResponse:
    """A new entry."""
    form = forms.BuyerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_buyer(
            association=association_of(request), at=timezone.now(), by=request.user, **form.cleaned_data
        )
        return redirect("wholesale:buyer", pk=made.pk)
    return render(request, "wholesale/office/buyer_form.html", {"form": form, "buyer": None})


@office(SELL)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Her data."""
    buyer = _buyer(request, pk)
    initial = {name: getattr(buyer, name) for name in FIELDS} | {"consent": buyer.consented_at is not None}
    form = forms.BuyerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_buyer(buyer=buyer, at=timezone.now(), by=request.user, **form.cleaned_data)
        return redirect("wholesale:buyer", pk=pk)
    return render(request, "wholesale/office/buyer_form.html", {"form": form, "buyer": buyer})


@office(SELL)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """Everything with her: enquiries, quotes, orders, notes, the next step."""
    buyer = _buyer(request, pk)
    return render(
        request, "wholesale/office/buyer.html",
        {
            "buyer": buyer, "enquiries": history_of(buyer), "notes": buyer.notes.select_related("by"), "note": forms.NoteForm(),
            "step": forms.StepForm(initial={"step": buyer.next_step, "on": buyer.next_on}), "today": timezone.localdate(),
        },
    )  # fmt: skip


@require_POST
@office(SELL)
def note(request: OfficeRequest, pk: int) -> HttpResponse:
    """What was spoken about."""
    form = forms.NoteForm(request.POST)
    buyer = _buyer(request, pk)
    if form.is_valid():
        actions.note_buyer(buyer=buyer, at=timezone.now(), by=request.user, **form.cleaned_data)
    else:
        messages.error(request, _("Tulis apa yang dibicarakan."))
    return redirect("wholesale:buyer", pk=pk)


@require_POST
@office(SELL)
def plan(request: OfficeRequest, pk: int) -> HttpResponse:
    """The next step and its day; empty: done."""
    form = forms.StepForm(request.POST)
    buyer = _buyer(request, pk)
    if form.is_valid():
        done = "selesai" in request.POST
        step, on = ("", None) if done else (form.cleaned_data["step"], form.cleaned_data["on"])
        actions.plan_step(buyer=buyer, step=step, on=on, at=timezone.now(), by=request.user)
    return redirect("wholesale:buyer", pk=pk)


@require_POST
@office(SELL)
def blank(request: OfficeRequest, pk: int) -> HttpResponse:
    """On her request everything personal goes."""
    actions.blank_buyer(buyer=_buyer(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Data pribadi pembeli ini sudah dihapus."))
    return redirect("wholesale:buyers")
