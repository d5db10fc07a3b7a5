"""Payouts: recording, receipts, taking back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.products import documents
from kendedes.settlement import actions, forms, press
from kendedes.settlement.models import Payout, PayoutEvidence, Statement
from kendedes.settlement.queries import banks, paid_of


@office(Right.SETTLE)
def pay(request: OfficeRequest, pk: int) -> HttpResponse:
    """Record that the money was handed over or sent."""
    rows = Statement.objects.allowed(request.user, Right.SETTLE).select_related("settlement", "producer__village")
    statement = get_object_or_404(rows, pk=pk)
    left = statement.due - paid_of(statement)
    today = timezone.localdate()
    form = forms.PayForm(request.POST or None, request.FILES or None, left=max(left, 0), today=today)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        photo = data.pop("photo")
        payout = actions.pay_out(statement=statement, at=timezone.now(), by=request.user, **data)
        messages.success(request, _("Tercatat: kuitansi %(number)s.") % {"number": payout.number})
        if photo:
            _keep(request, payout, photo)
        return redirect("settlement:statement", pk=pk)
    now = timezone.now()
    account = banks.accounts_for([statement.producer]).get(statement.producer_id)
    context = {
        "form": form, "statement": statement, "left": left, "account": account,
        "cooling": account is not None and account.cooling(request.user, now),
    }  # fmt: skip
    return render(request, "settlement/pay.html", context)


def _keep(request: OfficeRequest, payout: Payout, photo: UploadedFile[Any]) -> None:
    """The money was paid whatever becomes of the photo: a refused one is said, not raised."""
    name = (photo.name or "kuitansi")[:100]
    try:
        if (photo.size or 0) > documents.MAX_FILE:
            raise documents.FileRefused(name=name)
        actions.keep_evidence(payout=payout, data=photo.read(), name=name, at=timezone.now(), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Foto bukti disimpan."))


@require_POST
@office(Right.SETTLE)
def evidence(request: OfficeRequest, pk: int) -> HttpResponse:
    """The photo of a signed receipt, later."""
    payout = get_object_or_404(Payout.objects.allowed(request.user, Right.SETTLE).select_related("statement"), pk=pk)
    if (photo := request.FILES.get("photo")) is not None:
        _keep(request, payout, photo)
    else:
        messages.warning(request, _("Pilih dahulu fotonya."))
    return redirect("settlement:statement", pk=payout.statement_id)


@office(Right.SEE_STATEMENTS)
def evidence_file(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The photo, for whoever may see the statement."""
    found = get_object_or_404(PayoutEvidence.objects.visible_to(request.user).select_related("payout"), pk=pk)
    return documents.answer(found.file, f"bukti-{found.payout.number.replace('/', '-')}-{found.pk}")


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
