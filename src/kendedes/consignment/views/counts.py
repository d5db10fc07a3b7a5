"""Stok opname on a phone: blind, then the difference."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.consignment import actions, forms
from kendedes.consignment.models import Paper
from kendedes.consignment.queries import find, papers
from kendedes.consignment.views.papers import fillable, seen
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right

State = Paper.State


def _count(request: OfficeRequest, pk: int) -> Paper:
    paper = fillable(request, pk)
    if paper.kind != Paper.Kind.COUNT:
        raise Http404
    return paper


@office(Right.MOVE_STOCK)
def count(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write what lies there; several people may write at the same time, each box counts by itself."""
    paper = _count(request, pk)
    if paper.state in {State.DONE, State.CANCELLED}:
        return redirect("consignment:paper", pk=pk)
    lines = papers.lines_of(paper)
    if request.method == "POST":
        actions.enter_counts(
            paper=paper, counted=forms.whole_numbers(request.POST, "n", [line.pk for line in lines])
        )  # fmt: skip
        if "finish" in request.POST:
            actions.finish_count(paper=paper)
        else:
            messages.success(request, _("Hitungan disimpan."))
        return redirect("consignment:count", pk=pk)
    context = {
        "paper": paper, "lines": lines, "may": papers.may(request.user, paper), "blind": paper.state == State.DRAFT,
        "left": sum(1 for line in lines if line.counted is None), "differ": [line for line in lines if line.difference],
    }  # fmt: skip
    return render(request, "consignment/count.html", context)


@office(Right.MOVE_STOCK)
@require_POST
def also(request: OfficeRequest, pk: int) -> HttpResponse:
    """A lot that lies there though the books do not say so."""
    paper = _count(request, pk)
    text = request.POST.get("code", "")[:200]
    lot = find.lot_by_code(request.user, text)
    found = forms.whole_numbers(request.POST, "n", [0])
    if lot is None or lot.association_id != paper.association_id or 0 not in found:
        raise actions.UnknownGoods(text=text)
    actions.count_also(paper=paper, lot=lot, counted=found[0])
    return redirect("consignment:count", pk=pk)


@office(Right.MOVE_STOCK)
@require_POST
def again(request: OfficeRequest, pk: int) -> HttpResponse:
    """Count the lines that differ once more."""
    actions.count_again(paper=_count(request, pk))
    return redirect("consignment:count", pk=pk)


@office(Right.MOVE_STOCK)
@require_POST
def approve(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put the books right."""
    paper = seen(request, pk)
    if not papers.may(request.user, paper).approve:
        if paper.state == State.COUNTED or paper.kind != Paper.Kind.COUNT:
            raise Http404
        raise actions.PaperState(paper=str(paper), state=paper.get_state_display())
    made = actions.approve_count(paper=paper, at=timezone.now(), by=request.user)
    messages.success(request, _("%(paper)s disahkan; catatan sudah sesuai hitungan.") % {"paper": made})
    return redirect("consignment:paper", pk=pk)
