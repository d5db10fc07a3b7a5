"""Rounds: open, prepare, score, close, minutes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association, Unit
from kendedes.network.queries import may, scope
from kendedes.network.rules import Right
from kendedes.ovop import actions, forms, press, queries, words
from kendedes.ovop.models import Assessor, Candidate, Round, Rubric


def _running(request: OfficeRequest, pk: int) -> Round:
    """A round this person may run, or 404."""
    rounds = Round.objects.allowed(request.user, Right.RUN_ROUNDS).select_related(
        "rubric", "unit__district", "association"
    )
    return get_object_or_404(rounds, pk=pk)


@office(Right.SEE_PRODUCTS)
def home(request: OfficeRequest) -> HttpResponse:
    """Rounds, and the sheets that wait for this person."""
    if not may(request.user, Right.SEE_PRODUCTS):
        raise Http404
    context = {
        "rounds": queries.rounds_of(request.user),
        "waiting": queries.sheets_to_fill(request.user),
        "may_open": may(request.user, Right.RUN_ROUNDS),
    }
    return render(request, "ovop/home.html", context)


@office(Right.RUN_ROUNDS)
def new(request: OfficeRequest) -> HttpResponse:
    """Open a round of a unit or of the regency."""
    found = scope(request.user, Right.RUN_ROUNDS)
    if not found:
        raise Http404
    units = Unit.objects.allowed(request.user, Right.RUN_ROUNDS).select_related("district", "association")
    rubrics = Rubric.objects.visible_to(request.user).filter(complete=True)
    form = forms.RoundForm(request.POST or None, units=units, rubrics=rubrics, regency=bool(found.associations))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        unit = data["unit"]
        association = unit.association if unit else get_object_or_404(Association, pk__in=found.associations)
        made = actions.open_round(
            association=association, unit=unit, rubric=data["rubric"], title=data["title"], period=data["period"],
            method=data["method"], minimum_assessors=data["minimum_assessors"], place=data["place"],
            at=timezone.now(), by=request.user,
        )  # fmt: skip
        messages.success(request, _("Putaran dibuka. Pilih calon dan penilainya."))
        return redirect("ovop:round", pk=made.pk)
    return render(request, "ovop/round_new.html", {"form": form, "has_rubric": rubrics.exists()})


@office(Right.SEE_PRODUCTS)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """How a round stands."""
    seen = Round.objects.visible_to(request.user) | Round.objects.filter(assessors__user_id=request.user.pk or 0)
    round_ = get_object_or_404(seen.select_related("rubric", "unit__district", "association").distinct(), pk=pk)
    seats = list(Assessor.objects.filter(round=round_).select_related("user"))
    runs = queries.may_run(request.user, round_)
    own_seat = next((seat for seat in seats if seat.user_id == request.user.pk), None)
    # Others' points stay hidden from an assessor until the round is closed: nobody copies a neighbour's sheet.
    open_points = round_.state == Round.State.CLOSED or (runs and own_seat is None)
    standings = queries.standings(round_, timezone.now())
    if not open_points:
        standings.sort(key=lambda s: s.candidate.product.name_id)
    context = {
        "round": round_, "standings": standings, "seats": seats, "runs": runs, "own_seat": own_seat,
        "open_points": open_points, "gate_why": words.GATE_WHY,
        "own_done": {s.candidate_id for s in own_seat.submissions.all()} if own_seat else set(),
    }  # fmt: skip
    return render(request, "ovop/round.html", context)


@office(Right.RUN_ROUNDS)
def candidates(request: OfficeRequest, pk: int) -> HttpResponse:
    """Choose products to put up."""
    round_ = _running(request, pk)
    products = queries.eligible(round_, request.user)
    if request.method == "POST":
        chosen = [p for p in products if str(p.pk) in set(request.POST.getlist("product"))]
        made = actions.add_candidates(round_=round_, products=chosen, at=timezone.now(), by=request.user)
        messages.success(request, _("%(count)s calon ditambahkan.") % {"count": len(made)})
        return redirect("ovop:round", pk=pk)
    return render(request, "ovop/round_candidates.html", {"round": round_, "products": products})


@office(Right.RUN_ROUNDS)
@require_POST
def candidate_out(request: OfficeRequest, pk: int, candidate: int) -> HttpResponse:
    """Take a product out again."""
    round_ = _running(request, pk)
    row = get_object_or_404(Candidate, round=round_, pk=candidate)
    actions.remove_candidate(candidate=row, at=timezone.now(), by=request.user)
    return redirect("ovop:round", pk=pk)


@office(Right.RUN_ROUNDS)
@require_POST
def gate(request: OfficeRequest, pk: int, candidate: int) -> HttpResponse:
    """A person's finding on a gate."""
    round_ = _running(request, pk)
    row = get_object_or_404(Candidate, round=round_, pk=candidate)
    form = forms.GateForm(request.POST)
    if not form.is_valid() or form.cleaned_data["gate"] not in {g.code for g in round_.rubric.parsed().gates}:
        raise Http404
    actions.check_gate(candidate=row, at=timezone.now(), by=request.user, **form.cleaned_data)
    return redirect("ovop:round", pk=pk)


@office(Right.RUN_ROUNDS)
def assessors(request: OfficeRequest, pk: int) -> HttpResponse:
    """Name the assessors."""
    round_ = _running(request, pk)
    people = queries.possible_assessors(round_)
    chosen = list(round_.assessors.values_list("user_id", flat=True))
    form = forms.AssessorsForm(request.POST or None, people=people, initial={"assessors": chosen})
    if request.method == "POST" and form.is_valid():
        actions.set_assessors(round_=round_, users=form.cleaned_data["assessors"], at=timezone.now(), by=request.user)
        return redirect("ovop:round", pk=pk)
    return render(request, "ovop/round_assessors.html", {"round": round_, "form": form})


@office(Right.RUN_ROUNDS)
@require_POST
def start(request: OfficeRequest, pk: int) -> HttpResponse:
    """Sheets may be handed in from here."""
    actions.start_scoring(round_=_running(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Penilaian dimulai. Para penilai melihat lembarnya di halaman depan."))
    return redirect("ovop:round", pk=pk)


@office(Right.RUN_ROUNDS)
@require_POST
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    """Decide and minute."""
    awards = actions.close_round(round_=_running(request, pk), at=timezone.now(), by=request.user)
    starred = sum(1 for a in awards if a.stars)
    messages.success(
        request,
        _("Putaran ditutup: %(starred)s dari %(all)s calon berbintang.") % {"starred": starred, "all": len(awards)},
    )
    return redirect("ovop:round", pk=pk)


@office(Right.RUN_ROUNDS)
@require_POST
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    """End without a decision."""
    round_ = _running(request, pk)
    form = forms.ReasonForm(request.POST)
    if form.is_valid():
        actions.cancel_round(round_=round_, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user)
        return redirect("ovop:home")
    messages.error(request, _("Tuliskan alasan pembatalan."))
    return redirect("ovop:round", pk=pk)


@office(Right.RUN_ROUNDS)
def minutes(request: OfficeRequest, pk: int) -> HttpResponse:
    """The berita acara as PDF; also before closing, marked as a draft."""
    round_ = _running(request, pk)
    data = queries.minutes(round_, timezone.now())
    response = HttpResponse(press.minutes(data), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="berita-acara-{round_.pk}.pdf"'
    return response
