"""Papers: begun, filled by scanning, issued, received, printed."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.consignment import actions, forms, press, words
from kendedes.consignment.models import Line, Paper
from kendedes.consignment.queries import find, papers, spots
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right

PER_PAGE = 30
Kind, State = Paper.Kind, Paper.State


@office(Right.SEE_STOCK)
def listing(request: OfficeRequest) -> HttpResponse:
    """Papers in sight, by kind and state."""
    kind, state = request.GET.get("jenis", ""), request.GET.get("status", "")
    rows = papers.papers_of(request.user, kind=kind, state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page, "kinds": Kind.choices, "states": State.choices, "kind": kind, "state": state, "badges": words.BADGES,
        "may_move": request.may(Right.MOVE_STOCK),
    }  # fmt: skip
    return render(request, "consignment/papers.html", context)


@office(Right.MOVE_STOCK)
def new(request: OfficeRequest, kind: str) -> HttpResponse:
    """From where to where; the lines come next."""
    association = spots.house_of(request.user)
    if association is None or kind not in Kind.values:
        raise Http404
    found = spots.spots(request.user, association)
    asked = {name: request.GET[name] for name in ("source", "target") if name in request.GET}
    form = forms.PaperForm(request.POST or None, kind=kind, spots=found, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            paper = actions.draft_between(
                association=association, kind=kind, at=timezone.now(), by=request.user, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("consignment:count" if kind == Kind.COUNT else "consignment:paper", pk=paper.pk)
    context = {"form": form, "label": Kind(kind).label, "about": words.ABOUT[kind], "kind": kind}
    return render(request, "consignment/paper_new.html", context)


def seen(request: OfficeRequest, pk: int) -> Paper:
    """A paper in sight, or one this person may fill or receive; else 404."""
    mine = Paper.objects.visible_to(request.user) | papers.drafts(request.user) | papers.to_receive(request.user)
    rows = Paper.objects.filter(pk__in=mine.order_by().values("pk"))
    related = (
        "association__region",
        "source",
        "target",
        "unit__district",
        "producer__village",
        "issued_by",
        "closed_by",
    )
    return get_object_or_404(rows.select_related(*related), pk=pk)


def fillable(request: OfficeRequest, pk: int) -> Paper:
    """A paper this person may fill, or 404."""
    paper = seen(request, pk)
    if not spots.moves(request.user, paper.source or paper.target):
        raise Http404
    return paper


@office(Right.SEE_STOCK)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """One paper; a draft takes lines here."""
    paper = seen(request, pk)
    if paper.kind == Kind.COUNT and paper.state in {State.DRAFT, State.COUNTED}:
        return redirect("consignment:count", pk=pk)
    may = papers.may(request.user, paper)
    context: dict[str, Any] = {
        "paper": paper, "lines": papers.lines_of(paper), "may": may, "badge": words.BADGES[paper.state], "key": uuid.uuid4(),
        "icon_name": words.ICONS[Kind(paper.kind)],
    }  # fmt: skip
    if may.fill:
        context |= _filling(request, paper)
        if request.method == "POST" and context["form"].is_valid() and _add(request, paper, context):
            return redirect("consignment:paper", pk=pk)
    elif request.method == "POST":
        raise Http404
    return render(request, "consignment/paper.html", context)


def _filling(request: OfficeRequest, paper: Paper) -> dict[str, Any]:
    """The form for the next line, and what may stand on it."""
    if paper.kind == Kind.NOTE:
        return {"form": forms.GoodsLineForm(request.POST or None), "packs": find.packs(request.user)[: find.MOST]}
    assert paper.source is not None  # noqa: S101 - every other kind has one
    here = find.lots_here(request.user, paper.source)
    return {
        "form": forms.LotLineForm(request.POST or None, kind=paper.kind),
        "here": here[: find.MOST],
        "all_here": here,
    }


def _add(request: OfficeRequest, paper: Paper, context: dict[str, Any]) -> bool:
    """Add the line; False when the words mean nothing or several things (then they are offered)."""
    form = context["form"]
    data = dict(form.cleaned_data)
    text = data.pop("code")
    try:
        if paper.kind == Kind.NOTE:
            packs = find.packs_matching(find.packs(request.user), text)
            context["options"] = [(p.code, f"{p.product.name_id} {p}", p.product.producer.name) for p in packs[:30]]
            if len(packs) == 1:
                actions.add_goods(paper=paper, variant=packs[0], on=timezone.localdate(), **data)
                return True
        else:
            here = find.matching(context["all_here"], text)
            context["options"] = [(h.lot.code, h.lot.name, h.lot.producer.name) for h in here[:30]]
            if len(here) == 1:
                actions.add_lot(paper=paper, lot=here[0].lot, **data)
                return True
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    if not context["options"]:
        form.add_error("code", str(actions.UnknownGoods(text=text)))
    return False


@office(Right.MOVE_STOCK)
@require_POST
def line_remove(request: OfficeRequest, pk: int, line: int) -> HttpResponse:
    """Take a line out of a draft."""
    paper = fillable(request, pk)
    actions.remove_line(paper=paper, line=get_object_or_404(Line, paper=paper, pk=line))
    return redirect("consignment:paper", pk=pk)


@office(Right.MOVE_STOCK)
@require_POST
def issue(request: OfficeRequest, pk: int) -> HttpResponse:
    """Number it and move the goods."""
    paper = actions.issue(paper=fillable(request, pk), at=timezone.now(), by=request.user, key=_key(request))
    messages.success(request, _("%(paper)s dibuat.") % {"paper": paper})
    return redirect("consignment:paper", pk=pk)


def _key(request: OfficeRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


@office(Right.MOVE_STOCK)
@require_POST
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    actions.cancel(paper=fillable(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Konsep dibatalkan."))
    return redirect("consignment:papers")


@office(Right.MOVE_STOCK)
def receive(request: OfficeRequest, pk: int) -> HttpResponse:
    """Count what arrived."""
    paper = get_object_or_404(papers.to_receive(request.user).select_related("association", "source", "target"), pk=pk)
    lines = papers.lines_of(paper)
    if request.method == "POST":
        received = forms.whole_numbers(request.POST, "n", [line.pk for line in lines])
        actions.arrive(
            paper=paper, received=received, taker=request.POST.get("taker", "")[:80], at=timezone.now(), by=request.user,
            key=_key(request),
        )  # fmt: skip
        differ = any(received.get(line.pk, line.quantity) != line.quantity for line in lines)
        if differ:
            messages.warning(request, _("Diterima. Selisihnya menjadi tugas."))
        else:
            messages.success(request, _("Semua barang diterima."))
        return redirect("consignment:paper", pk=pk)
    return render(request, "consignment/receive.html", {"paper": paper, "lines": lines, "key": uuid.uuid4()})


@office(Right.SEE_STOCK)
def pdf(request: OfficeRequest, pk: int) -> HttpResponse:
    """The paper as PDF (A5)."""
    paper = seen(request, pk)
    made = press.paper_pdf(paper, papers.lines_of(paper), request.build_absolute_uri("/")[:-1])
    response = HttpResponse(made, content_type="application/pdf")
    name = str(paper) if paper.number else f"{paper.kind}-{paper.pk}"
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@office(Right.SEE_STOCK)
def printed(request: OfficeRequest, pk: int) -> HttpResponse:
    """The paper as a page that prints on A5 from any browser."""
    paper = seen(request, pk)
    data = press.paper_data(paper, papers.lines_of(paper), request.build_absolute_uri("/")[:-1])
    return render(request, "consignment/printed.html", {"paper": paper, "data": data})
