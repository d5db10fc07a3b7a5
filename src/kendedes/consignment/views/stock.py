"""Home of consignment, finding by scanning, stock, a lot's life, what expires, differences."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.format import rupiah
from kendedes.consignment import actions, forms, words
from kendedes.consignment.actions.differences import WAYS
from kendedes.consignment.models import Paper
from kendedes.consignment.queries import find, lots, papers
from kendedes.ledger.actions import price_lot
from kendedes.ledger.models import Lot, Oddity, Place
from kendedes.ledger.queries import stock_of_lots
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right

BY = ("producer", "product", "place")


@office(Right.SEE_STOCK)
def home(request: OfficeRequest) -> HttpResponse:
    """What waits, and where to begin."""
    user = request.user
    kinds = [(k.value, k.label, words.ICONS[k], words.ABOUT[k]) for k in Paper.Kind]
    context = {
        "receive": papers.to_receive(user).select_related("source", "target", "producer").order_by("issued_at"),
        "drafts": papers.drafts(user).select_related("source", "target", "drafted_by").order_by("-pk")[:20],
        "kinds": kinds if request.may(Right.MOVE_STOCK) else [], "recent": papers.papers_of(user).exclude(number=None)[:8],
        "differences": _open(request).count(), "badges": words.BADGES,
    }  # fmt: skip
    return render(request, "consignment/home.html", context)


@office(Right.SEE_STOCK)
def found(request: OfficeRequest) -> HttpResponse:
    """A scanned or typed code leads to its paper or lot; anything else is looked for in the stock."""
    text = request.GET.get("q", "").replace("\x00", "")[:200]
    if (paper := find.paper_by_code(request.user, text)) is not None:
        return redirect("consignment:paper", pk=paper.pk)
    if (lot := find.lot_by_code(request.user, text)) is not None:
        return redirect("consignment:lot", pk=lot.pk)
    query = request.GET.copy()
    query["q"] = find.bare(text)
    return redirect(f"{reverse('consignment:stock')}?{query.urlencode()}")


@office(Right.SEE_STOCK)
def scanned(request: OfficeRequest, code: str) -> HttpResponse:
    """Where the QR of a paper leads."""
    paper = find.paper_by_code(request.user, code)
    if paper is not None:
        return redirect("consignment:paper", pk=paper.pk)
    lot = find.lot_by_code(request.user, code)
    if lot is not None:
        return redirect("consignment:lot", pk=lot.pk)
    return render(request, "consignment/unknown.html", {"code": code}, status=404)


GROUPS = 60  # headings on one page of the stock


@office(Right.SEE_STOCK)
def stock(request: OfficeRequest) -> HttpResponse:
    """What lies where, by producer, product or place."""
    by = request.GET.get("menurut", "producer")
    by = by if by in BY else "producer"
    text = request.GET.get("q", "").replace("\x00", "")[:80].strip()
    place = request.GET.get("tempat", "")
    found = lots.sheet(
        request.user, by=by, text=text,
        place=int(place) if place.isascii() and place.isdecimal() and len(place) < 12 else None,
    )  # fmt: skip
    page = Paginator(found, GROUPS).get_page(request.GET.get("page"))
    context = {
        "groups": page.object_list, "page_obj": page, "by": by, "text": text, "pieces": found.pieces,
        "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "consignment/stock.html", context)


def _lot(request: OfficeRequest, pk: int, right: Right | None = None) -> Lot:
    rows = Lot.objects.visible_to(request.user) if right is None else Lot.objects.allowed(request.user, right)
    related = ("producer__village", "unit__district", "variant__product", "terms", "association")
    return get_object_or_404(rows.select_related(*related).prefetch_related("prices"), pk=pk)


@office(Right.SEE_STOCK)
def lot(request: OfficeRequest, pk: int) -> HttpResponse:
    """One lot and its whole life, in words."""
    row = _lot(request, pk)
    steps = [(step, _told(step), words.STEPS[step.what][1]) for step in lots.life(row)]
    left = stock_of_lots([row.pk])[row.pk]
    here = lots.held(request.user, pk=row.pk)
    moves = Lot.objects.allowed(request.user, Right.MOVE_STOCK).filter(pk=pk).exists()
    sold = sum(s.quantity for s, _text, _icon in steps if s.what == "sold")
    back = sum(s.quantity for s, _text, _icon in steps if s.what == "refunded")
    visible = set(
        Paper.objects.visible_to(request.user)
        .filter(pk__in=[s.paper_id for s, *_rest in steps if s.paper_id])
        .values_list("pk", flat=True)
    )
    context = {
        "lot": row, "steps": steps, "here": here, "price": lots.price_now(row), "moves": moves, "sold": sold - back,
        "left": sum(h.pieces for h in here), "form": forms.PriceForm() if moves else None, "today": timezone.localdate(),
        "papers": visible, "anywhere": bool(left),
    }  # fmt: skip
    return render(request, "consignment/lot.html", context)


def _told(step: lots.Step) -> str:
    return str(words.STEPS[step.what][0]) % {"from": step.source, "to": step.target}


@office(Right.MOVE_STOCK)
@require_POST
def lot_price(request: OfficeRequest, pk: int) -> HttpResponse:
    """Another shelf price from now on."""
    row = _lot(request, pk, Right.MOVE_STOCK)
    form = forms.PriceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Isi harga baru dan alasannya."))
        return redirect("consignment:lot", pk=pk)
    price_lot(lot=row, at=timezone.now(), by=request.user, **form.cleaned_data)
    messages.success(request, _("Harga baru berlaku. Cetak label baru untuk yang di rak."))
    return redirect("consignment:lot", pk=pk)


@office(Right.SEE_STOCK)
def expiry(request: OfficeRequest) -> HttpResponse:
    """What expires, by days left, with what can be done."""
    today = timezone.localdate()
    groups: list[Any] = [
        (*words.EXPIRY[step], rows) for step, rows in lots.expiring(request.user, today).items() if rows
    ]
    fairs = Place.objects.allowed(request.user, Right.MOVE_STOCK).filter(kind=Place.Kind.EVENT)
    fairs = fairs.exclude(event__ends_on__lt=today).exclude(event__state="back").order_by("event__starts_on", "pk")
    context = {
        "groups": groups, "today": today, "may_move": request.may(Right.MOVE_STOCK), "fair": fairs.first(),
        "mine": set(Place.objects.allowed(request.user, Right.MOVE_STOCK).values_list("pk", flat=True)),
    }  # fmt: skip
    return render(request, "consignment/expiry.html", context)


@require_POST
@office(Right.MOVE_STOCK)
def offer(request: OfficeRequest, pk: int, way: str) -> HttpResponse:
    """One tap: cheaper at once, or a paper with every piece on it that only needs to be issued."""
    row = _lot(request, pk, Right.MOVE_STOCK)
    now = timezone.now()
    if way == "harga":
        price, minimum = lots.price_now(row), lots.minimum_now(row)
        made = actions.mark_down(
            lot=row, price=price, minimum=minimum, reason=_("segera kedaluwarsa"), at=now, by=request.user
        )
        said = {"name": row.name, "price": rupiah(made.price)}
        messages.success(request, _("%(name)s sekarang %(price)s. Cetak label baru untuk yang di rak.") % said)
        return redirect("consignment:expiry")
    places = Place.objects.allowed(request.user, Right.MOVE_STOCK)
    spot = get_object_or_404(places, pk=_whole(request.POST.get("spot")))
    target = get_object_or_404(places, pk=_whole(request.POST.get("target"))) if way == "jalan" else None
    paper = actions.begin_for(lot=row, spot=spot, way=way, target=target, at=now, by=request.user)
    messages.success(request, _("Semua buah sudah di surat ini. Periksa, lalu terbitkan."))
    return redirect("consignment:paper", pk=paper.pk)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _open(request: OfficeRequest) -> Any:
    rows = Oddity.objects.allowed(request.user, Right.MOVE_STOCK).open().filter(code__in=WAYS)
    return rows.select_related("lot__producer", "place", "association")


@office(Right.SEE_STOCK)
def differences(request: OfficeRequest) -> HttpResponse:
    """Pieces that do not fit, and how each is settled."""
    rows = [
        (row, words.DIFFERENCES[row.code], [(way, words.WAYS[way]) for way in WAYS[row.code]])
        for row in _open(request)[:200]
    ]
    return render(request, "consignment/differences.html", {"rows": rows})


@office(Right.MOVE_STOCK)
@require_POST
def difference_settle(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say what became of the pieces."""
    rows = Oddity.objects.allowed(request.user, Right.MOVE_STOCK).filter(code__in=WAYS)
    row = get_object_or_404(rows.select_related("lot", "association", "place"), pk=pk)
    form = forms.DifferenceForm(request.POST)
    if not form.is_valid():
        raise actions.DifferenceWay
    actions.settle_difference(oddity=row, at=timezone.now(), by=request.user, **form.cleaned_data)
    messages.success(request, _("Selisih diselesaikan."))
    return redirect("consignment:differences")
