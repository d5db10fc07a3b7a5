"""An accepted quote in work: money, new dates, delivery, arrival."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.orders import actions as orders
from kendedes.orders.models import Order
from kendedes.orders.queries.detail import drawers
from kendedes.wholesale import actions, forms
from kendedes.wholesale.queries.board import order_of
from kendedes.wholesale.views.common import SELL, enquiry_of, said


def _order(request: OfficeRequest, pk: int) -> Order:
    order = order_of(enquiry_of(request, pk))
    if order is None:
        raise Http404
    return order


@require_POST
@office(SELL)
def money(request: OfficeRequest, pk: int) -> HttpResponse:
    """It is on the account: down payment or the rest."""
    order = _order(request, pk)
    form = forms.MoneyForm(request.POST, drawers=drawers(order, timezone.localdate()))
    if form.is_valid():
        data = form.cleaned_data
        orders.confirm_money(
            order=order, kind=data["kind"], amount=data["amount"], ref=data["ref"], key=data["kunci"], at=timezone.now(),
            by=request.user, drawer=data.get("drawer"),
        )  # fmt: skip
        messages.success(request, _("Uang tercatat."))
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
    """Everything leaves, with its papers."""
    form = forms.DeliverForm(request.POST)
    order = _order(request, pk)
    if form.is_valid():
        data = form.cleaned_data
        actions.deliver(order=order, tracking=data["tracking"], key=data["kunci"], at=timezone.now(), by=request.user)
        messages.success(
            request, _("Barang berangkat. Surat jalan dan faktur siap dicetak; bagian tiap produsen tercatat.")
        )
    return redirect("wholesale:detail", pk=pk)


@require_POST
@office(SELL)
def arrived(request: OfficeRequest, pk: int) -> HttpResponse:
    """The buyer has it."""
    orders.arrived(order=_order(request, pk), at=timezone.now(), by=request.user)
    return redirect("wholesale:detail", pk=pk)
