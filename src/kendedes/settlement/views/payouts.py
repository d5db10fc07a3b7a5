"""Payouts: recording, receipts, taking back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.settlement import actions, forms, press
from kendedes.settlement.models import Payout, Statement
from kendedes.settlement.queries import paid_of


@office(Right.SETTLE)
def pay(request: OfficeRequest, pk: int) -> HttpResponse:
    """Record that the money was handed over or sent."""
    rows = Statement.objects.allowed(request.user, Right.SETTLE).select_related("settlement", "producer__village")
    statement = get_object_or_404(rows, pk=pk)
    left = statement.due - paid_of(statement)
    today = timezone.localdate()
    form = forms.PayForm(request.POST or None, left=max(left, 0), today=today)
    if request.method == "POST" and form.is_valid():
        payout = actions.pay_out(statement=statement, at=timezone.now(), by=request.user, **form.cleaned_data)
        messages.success(request, _("Tercatat: kuitansi %(number)s.") % {"number": payout.number})
        return redirect("settlement:statement", pk=pk)
    return render(request, "settlement/pay.html", {"form": form, "statement": statement, "left": left})


@office(Right.SEE_STATEMENTS)
def receipt(request: OfficeRequest, pk: int) -> HttpResponse:
    """The kuitansi to sign."""
    payout = get_object_or_404(
        Payout.objects.visible_to(request.user).select_related("statement", "recorded_by"), pk=pk
    )
    answer = HttpResponse(press.receipt(payout), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="kuitansi-{payout.number.replace("/", "-")}.pdf"'
    return answer


@office(Right.SETTLE)
@require_POST
def undo(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a wrong payout back."""
    rows = Payout.objects.allowed(request.user, Right.SETTLE).select_related("statement__settlement__association")
    payout = get_object_or_404(rows, pk=pk)
    actions.undo_payout(payout=payout, at=timezone.now(), by=request.user, paid_on=timezone.localdate())
    messages.success(request, _("Pembayaran dibatalkan dengan catatan tandingan."))
    return redirect("settlement:statement", pk=payout.statement_id)
