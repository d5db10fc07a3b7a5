"""Drawing up, checking, approving."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association
from kendedes.network.queries import may, scope
from kendedes.network.rules import Right
from kendedes.settlement import actions, forms
from kendedes.settlement.models import Settlement
from kendedes.settlement.queries import pages, unreconciled


@office(Right.SEE_MONEY)
def listing(request: OfficeRequest) -> HttpResponse:
    """Every settlement, newest first."""
    context = {
        "rows": pages.settlements(request.user), "may_draw": may(request.user, Right.SETTLE),
        "keeps_bank": may(request.user, Right.KEEP_BANK),
    }  # fmt: skip
    return render(request, "settlement/list.html", context)


@office(Right.SETTLE)
def new(request: OfficeRequest) -> HttpResponse:
    """Draw up what is due up to a day."""
    association = _association(request)
    form = forms.DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.draw_up(
            association=association, at=timezone.now(), by=request.user, today=timezone.localdate(), **form.cleaned_data
        )
        messages.success(
            request, _("Perhitungan %(number)s tersusun. Periksa sebelum disetujui.") % {"number": made.number}
        )
        return redirect("settlement:detail", pk=made.pk)
    return render(request, "settlement/new.html", {"form": form})


@office(Right.SEE_MONEY)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """One settlement: its papers, what adds up, what waits."""
    settlement = get_object_or_404(Settlement.objects.visible_to(request.user).select_related("association"), pk=pk)
    rows = list(pages.papers(settlement))
    context = {
        "settlement": settlement, "rows": rows, "totals": pages.totals(rows),
        "differs": unreconciled(settlement.association) if settlement.open else [],
        "may_check": settlement.state == Settlement.State.DRAFT and may(request.user, Right.SETTLE),
        "may_approve": settlement.state == Settlement.State.CHECKED
        and may(request.user, Right.APPROVE_PAYOUT)
        and settlement.drawn_by_id != request.user.pk,
        "may_discard": settlement.open and may(request.user, Right.SETTLE),
        "may_pay": not settlement.open
        and may(request.user, Right.SETTLE)
        and settlement.approved_by_id != request.user.pk,
    }  # fmt: skip
    return render(request, "settlement/detail.html", context)


@office(Right.SETTLE)
@require_POST
def check(request: OfficeRequest, pk: int) -> HttpResponse:
    """Read against the books."""
    actions.check(settlement=_settling(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Cocok dengan buku. Menunggu persetujuan orang kedua."))
    return redirect("settlement:detail", pk=pk)


@office(Right.APPROVE_PAYOUT)
@require_POST
def approve(request: OfficeRequest, pk: int) -> HttpResponse:
    """The second person."""
    settlement = get_object_or_404(Settlement.objects.allowed(request.user, Right.APPROVE_PAYOUT), pk=pk)
    actions.approve(
        settlement=settlement, digest=request.POST.get("digest", ""), at=timezone.now(), by=request.user
    )  # fmt: skip
    messages.success(request, _("Disetujui. Laporan dapat dicetak dan dibayarkan."))
    return redirect("settlement:detail", pk=pk)


@office(Right.SETTLE)
@require_POST
def discard(request: OfficeRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    actions.discard(settlement=_settling(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Draf dibatalkan; penjualannya dapat dihitung lagi."))
    return redirect("settlement:list")


def _settling(request: OfficeRequest, pk: int) -> Settlement:
    return get_object_or_404(Settlement.objects.allowed(request.user, Right.SETTLE), pk=pk)


def _association(request: OfficeRequest) -> Association:
    """Whose money this person settles; the one of the address when there are several."""
    found = scope(request.user, Right.SETTLE).associations
    if not found:
        raise Http404
    own = request.association
    return own if own and own.pk in found else Association.objects.get(pk=min(found))
