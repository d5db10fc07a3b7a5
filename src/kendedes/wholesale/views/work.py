"""An accepted quote in work: money, new dates, parts that leave, come back or are called off, invoices, arrival."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.orders import actions as orders
from kendedes.orders.models import Order, Parcel
from kendedes.orders.queries.detail import drawers
from kendedes.orders.queries.parcels import gone_of
from kendedes.wholesale import actions, forms
from kendedes.wholesale.models import Paper
from kendedes.wholesale.queries.billing import rows_left, rows_of
from kendedes.wholesale.queries.board import order_of
from kendedes.wholesale.views.common import SELL, enquiry_of, said


def _order(request: OfficeRequest, pk: int) -> Order:
    order = order_of(enquiry_of(request, pk))
    if order is None:
        raise Http404
    return order


def _parcel(request: OfficeRequest, pk: int, number: int) -> Parcel:
    return get_object_or_404(
        Parcel.objects.select_related("order"), order=_order(request, pk), number=number, undoes=None
    )


@require_POST
@office(SELL)
def money(request: OfficeRequest, pk: int) -> HttpResponse:
    """It is there: down payment, the rest, or for one invoice."""
    order = _order(request, pk)
    form = forms.MoneyForm(
        request.POST, drawers=drawers(order, timezone.localdate()), papers=order.papers.filter(kind=Paper.Kind.INVOICE)
    )
    if form.is_valid():
        data = form.cleaned_data
        actions.take_money(
            order=order, kind=data["kind"], amount=data["amount"], ref=data["ref"], key=data["kunci"], at=timezone.now(),
            by=request.user, drawer=data.get("drawer"), paper=data.get("paper"),
        )  # fmt: skip
        messages.success(request, _("Uang tercatat."))
    else:
        messages.error(request, said(form))
    return redirect("wholesale:detail", pk=pk)


@require_POST
@office(SELL)
def give_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """What was paid too much goes back."""
    order = _order(request, pk)
    form = forms.GiveBackForm(request.POST, drawers=drawers(order, timezone.localdate()))
    if form.is_valid():
        data = form.cleaned_data
        orders.give_back(
            order=order,
            kind=data["kind"],
            key=data["kunci"],
            at=timezone.now(),
            by=request.user,
            drawer=data.get("drawer"),
        )
        messages.success(request, _("Uang kembali tercatat."))
    else:
        messages.error(request, said(form))
    return redirect("wholesale:detail", pk=pk)


@require_POST
@office(SELL)
def accept_date(request: OfficeRequest, pk: int, line: int) -> HttpResponse:
    """The date a maker proposed is taken over."""
    row = get_object_or_404(_order(request, pk).lines, number=line)
    orders.accept_date(line=row, at=timezone.now(), by=request.user)
    return redirect("wholesale:detail", pk=pk)


@require_POST
@office(SELL)
def deliver(request: OfficeRequest, pk: int) -> HttpResponse:
    """A part, or all that is left, leaves with its papers."""
    order = _order(request, pk)
    form = forms.DeliverForm(request.POST, lines=rows_left(gone_of(order)))
    if form.is_valid():
        data, pieces = form.cleaned_data, form.pieces()
        # What is sent without saying how many is everything, with its invoice.
        note = actions.deliver(
            order=order, tracking=data["tracking"], key=data["kunci"], at=timezone.now(), by=request.user, pieces=pieces,
            shipping=data["shipping"], billed=data["billed"] or pieces is None,
        )  # fmt: skip
        messages.success(
            request,
            _("Barang berangkat. Surat jalan %(code)s siap dicetak; bagian tiap produsen tercatat.")
            % {"code": note.code},
        )
    else:
        messages.error(request, said(form))
    return redirect("wholesale:detail", pk=pk)


@require_POST
@office(SELL)
def bill(request: OfficeRequest, pk: int) -> HttpResponse:
    """An invoice of all that was delivered since the last one."""
    paper = actions.bill(order=_order(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Faktur %(code)s siap dicetak.") % {"code": paper.code})
    return redirect("wholesale:detail", pk=pk)


@require_POST
@office(SELL)
def take_back(request: OfficeRequest, pk: int, number: int) -> HttpResponse:
    """A wrong delivery is taken back."""
    parcel = _parcel(request, pk, number)
    form = forms.TakeBackForm(request.POST, lines=rows_of(parcel))
    if form.is_valid():
        data = form.cleaned_data
        actions.take_back(
            parcel=parcel, pieces=form.pieces(), reason=data["reason"], with_shipping=data["with_shipping"], key=data["kunci"],
            at=timezone.now(), by=request.user,
        )  # fmt: skip
        messages.success(request, _("Kiriman ditarik kembali. Bagian produsen dan tagihan pembeli sudah berkurang."))
    else:
        messages.error(request, said(form))
    return redirect("wholesale:detail", pk=pk)


@require_POST
@office(SELL)
def call_off(request: OfficeRequest, pk: int) -> HttpResponse:
    """The rest is not delivered any more, as both agreed."""
    order = _order(request, pk)
    form = forms.CallOffForm(request.POST, lines=rows_left(gone_of(order)))
    if form.is_valid():
        data = form.cleaned_data
        orders.call_off(
            order=order,
            pieces=form.pieces(),
            reason=data["reason"],
            seen=data["seen"],
            at=timezone.now(),
            by=request.user,
        )
        messages.success(request, _("Sisa pesanan dibatalkan; pembeli tidak membayarnya."))
    else:
        messages.error(request, said(form))
    return redirect("wholesale:detail", pk=pk)


@require_POST
@office(SELL)
def arrived(request: OfficeRequest, pk: int) -> HttpResponse:
    """The buyer has everything that left."""
    orders.arrived(order=_order(request, pk), at=timezone.now(), by=request.user)
    return redirect("wholesale:detail", pk=pk)


@require_POST
@office(SELL)
def parcel_arrived(request: OfficeRequest, pk: int, number: int) -> HttpResponse:
    """The buyer has this part."""
    orders.parcel_arrived(parcel=_parcel(request, pk, number), at=timezone.now(), by=request.user)
    return redirect("wholesale:detail", pk=pk)
