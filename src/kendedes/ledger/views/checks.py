"""Whether the books fit, and closing them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.ledger import actions, forms
from kendedes.ledger.models import Period, VerifyRun
from kendedes.ledger.tasks import check_now
from kendedes.ledger.views.common import own
from kendedes.network.door import OfficeRequest, office
from kendedes.network.queries import may
from kendedes.network.rules import Right


@office(Right.SEE_MONEY)
def verify(request: OfficeRequest) -> HttpResponse:
    """The last check, and a button for the next: it runs in the background and may take a minute."""
    association = own(request, Right.SEE_MONEY)
    if request.method == "POST":
        check_now.enqueue()
        messages.success(request, _("Pemeriksaan dimulai. Muat ulang halaman ini sebentar lagi."))
        return redirect("ledger:verify")
    last = VerifyRun.objects.first()
    head = next((h for h in last.report["heads"] if h["association"] == association.pk), None) if last else None
    return render(request, "ledger/verify.html", {"last": last, "head": head, "runs": VerifyRun.objects.all()[:12]})


@office(Right.SEE_MONEY)
def periods(request: OfficeRequest) -> HttpResponse:
    """Closed periods, and closing the next."""
    association = own(request, Right.SEE_MONEY)
    may_close = may(request.user, Right.CLOSE_PERIOD)
    form = forms.CloseForm(request.POST or None, today=timezone.localdate()) if may_close else None
    if request.method == "POST" and form is not None and form.is_valid():
        closed = actions.close_period(
            association=own(request, Right.CLOSE_PERIOD), ends_on=form.cleaned_data["ends_on"], at=timezone.now(),
            by=request.user, today=timezone.localdate(),
        )  # fmt: skip
        messages.success(request, _("Masa buku %(period)s ditutup.") % {"period": closed})
        return redirect("ledger:periods")
    rows = Period.objects.filter(association=association).select_related("closed_by", "posting__entry")
    return render(request, "ledger/periods.html", {"rows": rows, "form": form})
