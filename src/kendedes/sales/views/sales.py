"""Sales and shifts as the office sees them."""

from __future__ import annotations

import time
import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.base.refusal import Refusal
from kendedes.network.door import OfficeRequest, office
from kendedes.network.queries import scope
from kendedes.network.rules import Right
from kendedes.sales import actions, forms
from kendedes.sales.actions.shifts import totals
from kendedes.sales.models import Cashier, CashMove, Device, Refund, Sale, Shift
from kendedes.sales.queries import office as queries
from kendedes.sales.queries.receipts import by_receipt
from kendedes.sales.views.common import association_for, moments, span, tabs
from kendedes.ui.limits import take, too_many

PAGE = 50


@office(Right.SELL)
def listing(request: OfficeRequest) -> HttpResponse:
    """Sales of some days; a receipt number leads to its sale."""
    number = request.GET.get("struk", "").strip()
    if number:
        found = by_receipt(association_for(request.user, Right.SELL), number)
        if found is not None:
            return redirect("sales:sale", pk=found.pk)
    start, end = span(request, days=7)
    rows = queries.sales_between(request.user, *moments(start, end))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page, "tally": queries.tally(rows), "start": start, "end": end, "number": number,
        **tabs(request),
    }  # fmt: skip
    return render(request, "sales/sales.html", context)


@office(Right.SELL)
def sale(request: OfficeRequest, pk: int) -> HttpResponse:
    """One sale: lines with their owners, payments, what came back."""
    row = get_object_or_404(
        Sale.objects.visible_to(request.user)
        .select_related("device", "cashier__user", "approved_by__user", "shift__device", "entry__by"),
        pk=pk,
    )  # fmt: skip
    lines = queries.lines_of(row)
    context = {
        "sale": row, "lines": lines, "payments": row.entry.payments.all(), "left": any(line.left for line in lines),
        "refunds": Refund.objects.filter(sale=row).select_related("cashier__user", "entry__by"),
        "assigns": scope(request.user, Right.APPROVE_SALE).covers(row.association),
        "money": scope(request.user, Right.SEE_MONEY).covers(row.association),
    }  # fmt: skip
    return render(request, "sales/sale.html", context)


@office(Right.SELL)
def refund(request: OfficeRequest, pk: int) -> HttpResponse:
    """A buyer brings something back to the office."""
    row = get_object_or_404(
        Sale.objects.allowed(request.user, Right.SELL).select_related("device", "association"), pk=pk
    )  # fmt: skip
    approvers = Cashier.objects.current().filter(association=row.association).exclude(user=request.user)
    form = forms.RefundForm(
        request.POST or None, lines=queries.lines_of(row), approvers=approvers.select_related("user"),
        initial={"key": uuid.uuid4()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if data["approver"] and (wait := take("second-pin", str(data["approver"].pk), "5/300s", time.time())):
            return too_many(request, wait)  # type: ignore[return-value]
        try:
            actions.refund_at_desk(
                sale=row, pieces=form.pieces(), kind=data["kind"], reason=data["reason"], key=data["key"],
                at=timezone.now(), by=request.user, approver=data["approver"], pin=data["pin"],
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pengembalian dicatat."))
            return redirect("sales:sale", pk=row.pk)
    return render(request, "sales/refund.html", {"form": form, "sale": row})


@office(Right.APPROVE_SALE)
def assign(request: OfficeRequest, pk: int, number: int) -> HttpResponse:
    """Unknown goods get their owner."""
    row = get_object_or_404(
        Sale.objects.allowed(request.user, Right.APPROVE_SALE).select_related("device", "association"), pk=pk
    )  # fmt: skip
    line = get_object_or_404(row.lines.filter(lot=None), number=number)
    form = forms.AssignForm(request.POST or None, lots=row.association.lots.all())
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign_line(line=line, lot=form.cleaned_data["lot"], at=timezone.now(), by=request.user)
        except Refusal as refusal:
            form.add_error("lot", str(refusal))
        else:
            messages.success(request, _("Barang itu sekarang tercatat pada pemiliknya."))
            return redirect("sales:sale", pk=row.pk)
    return render(request, "sales/assign.html", {"form": form, "sale": row, "line": line})


@office(Right.APPROVE_SALE)
def shifts(request: OfficeRequest) -> HttpResponse:
    """Shifts, newest first."""
    rows = Shift.objects.visible_to(request.user).select_related("device", "cashier__user", "close")
    page = Paginator(rows.order_by("-entry"), PAGE).get_page(request.GET.get("page"))
    return render(request, "sales/shifts.html", {"page_obj": page, **tabs(request)})


@office(Right.APPROVE_SALE)
def shift(request: OfficeRequest, pk: int) -> HttpResponse:
    """One shift: its Z slip beside what the till printed."""
    row = get_object_or_404(
        Shift.objects.visible_to(request.user).select_related("device", "cashier__user", "close__cashier__user"), pk=pk
    )  # fmt: skip
    found = totals(row)
    context = {
        "shift": row, "totals": found, "orders": sum(found.orders), "moves": CashMove.objects.filter(shift=row).select_related("cashier__user"),
        "sales": Sale.objects.filter(shift=row).count(), "refunds": Refund.objects.filter(shift=row).count(),
    }  # fmt: skip
    return render(request, "sales/shift.html", context)


@office(Right.MANAGE_TILLS)
def paper(request: OfficeRequest, pk: int) -> HttpResponse:
    """A receipt of a till that is gone."""
    device = get_object_or_404(
        Device.objects.allowed(request.user, Right.MANAGE_TILLS).select_related("association"), pk=pk
    )  # fmt: skip
    form = forms.PaperForm(request.POST or None, lots=device.association.lots.all())
    if request.method == "POST" and form.is_valid():
        seq, mark = form.cleaned_data["receipt"]
        lines = [
            actions.LineSold(lot, name, qty, price, code=lot.code if lot else "")
            for lot, name, qty, price in form.lines()
        ]
        try:
            made = actions.recover_sale(
                device=device, seq=seq, mark=mark, lines=lines, at=form.cleaned_data["at"], by=request.user,
                payments=[actions.Money(form.cleaned_data["kind"], sum(line.total for line in lines))],
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("receipt", str(refusal))
        else:
            messages.success(request, _("Struk %(receipt)s dicatat dari kertas.") % {"receipt": made.receipt})
            return redirect("sales:till", pk=pk)
    return render(request, "sales/paper.html", {"form": form, "device": device})
