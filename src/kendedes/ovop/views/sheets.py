"""Sheets: on the phone, on paper, typed in from paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.ovop import actions, forms, queries
from kendedes.ovop.models import Assessor, Candidate, Round
from kendedes.ovop.rules.scoring import asked


def _seat(request: OfficeRequest, candidate: Candidate) -> Assessor:
    """The seat whose sheet is filled: one's own, or (``?untuk=``) another's paper, for who runs the round."""
    wanted = request.GET.get("untuk", "")
    seats = Assessor.objects.filter(round=candidate.round).select_related("user")
    if wanted.isdigit() and queries.may_run(request.user, candidate.round):
        return get_object_or_404(seats, pk=int(wanted))
    return get_object_or_404(seats, user_id=request.user.pk)


def _candidate(pk: int) -> Candidate:
    rows = Candidate.objects.select_related("round__rubric", "product__category", "product__producer__village")
    return get_object_or_404(rows, pk=pk)


@office(Right.ASSESS)
def sheet(request: OfficeRequest, candidate: int) -> HttpResponse:
    """One candidate's sheet; filled again it becomes the next number."""
    row = _candidate(candidate)
    seat = _seat(request, row)
    criteria = asked(row.round.rubric.parsed(), row.product.category.slug)
    last = seat.submissions.filter(candidate=row).order_by("-number").first()
    initial: dict[str, str] = {}
    for code, mark in (last.marks if last else {}).items():
        initial |= {f"p-{code}": str(mark["points"]), f"n-{code}": mark["note"]}
    english = get_language() == "en"
    form = forms.SheetForm(request.POST or None, criteria=criteria, english=english, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.hand_in(candidate=row, assessor=seat.user, marks=form.marks, at=timezone.now(), by=request.user)
        messages.success(request, _("Lembar nilai “%(name)s” diserahkan.") % {"name": row.product.name_id})
        if seat.user_id != request.user.pk:
            return redirect("ovop:round", pk=row.round_id)
        rest = [c for c in queries.sheets_to_fill(request.user) if c.round_id == row.round_id]
        return redirect("ovop:sheet", candidate=rest[0].pk) if rest else redirect("ovop:round", pk=row.round_id)
    context = {
        "candidate": row, "seat": seat, "form": form, "last": last, "typing": seat.user_id != request.user.pk,
        "open": row.round.state == Round.State.SCORING,
        "tied": seat.conflicts.filter(candidate=row).first(),
    }  # fmt: skip
    return render(request, "ovop/sheet.html", context)


@office(Right.ASSESS)
@require_POST
def conflict(request: OfficeRequest, candidate: int) -> HttpResponse:
    """Declare a tie to the maker."""
    row = _candidate(candidate)
    seat = _seat(request, row)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tuliskan hubungan Anda dengan produsen."))
        return redirect("ovop:sheet", candidate=candidate)
    actions.declare_conflict(
        assessor=seat, candidate=row, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user
    )
    messages.success(request, _("Dicatat. Produk ini tidak Anda nilai."))
    return redirect("ovop:round", pk=row.round_id)


@office(Right.RUN_ROUNDS)
def blank(request: OfficeRequest, pk: int) -> HttpResponse:
    """Empty sheets of all candidates, to print: one page each."""
    rounds = Round.objects.allowed(request.user, Right.RUN_ROUNDS).select_related("rubric", "unit__district")
    round_ = get_object_or_404(rounds, pk=pk)
    definition = round_.rubric.parsed()
    rows = round_.candidates.select_related("product__category", "product__producer__village")
    pages = [(c, asked(definition, c.product.category.slug)) for c in rows]
    return render(request, "ovop/blank.html", {"round": round_, "pages": pages, "definition": definition})
