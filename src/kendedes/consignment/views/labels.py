"""Labels of lots as PDF."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from kendedes.consignment import press
from kendedes.consignment.queries.lots import price_now
from kendedes.consignment.rules.labels import SHEET, SIZES
from kendedes.consignment.views.papers import seen
from kendedes.ledger.models import Lot
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right

MOST = 600  # labels of one file


def _number(text: str, most: int) -> int | None:
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 7 else None


def _answer(request: OfficeRequest, labels: list[press.Label], gallery: str, name: str) -> HttpResponse:
    size = request.GET.get("ukuran", SIZES[0])
    if size not in SIZES or not labels:
        raise Http404
    skip = _number(request.GET.get("lewati", "0"), SHEET - 1) or 0
    response = HttpResponse(press.labels_pdf(labels, size, gallery, skip=skip), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="label-{name}-{size}.pdf"'
    return response


@office(Right.SEE_STOCK)
def of_paper(request: OfficeRequest, pk: int) -> HttpResponse:
    """A label for every piece on the paper."""
    paper = seen(request, pk)
    lines = paper.lines.exclude(lot=None).select_related("lot__producer__village", "lot__variant")
    labels, left = [], MOST
    for line in lines.prefetch_related("lot__prices"):
        assert line.lot is not None  # noqa: S101 - excluded above
        copies = min(left, line.received if line.received is not None else line.quantity or 0)
        left -= copies
        if copies:
            labels.append(press.Label(line.lot, price_now(line.lot), copies))
    house = paper.association
    return _answer(request, labels, house.gallery_name or house.name, str(paper) if paper.number else str(paper.pk))


@office(Right.SEE_STOCK)
def of_lot(request: OfficeRequest, pk: int) -> HttpResponse:
    """So many labels of one lot."""
    rows = Lot.objects.visible_to(request.user).select_related("producer__village", "variant", "association")
    lot = get_object_or_404(rows.prefetch_related("prices"), pk=pk)
    copies = _number(request.GET.get("n", "1"), MOST) or 1
    house = lot.association
    label = press.Label(lot, price_now(lot), copies)
    return _answer(request, [label], house.gallery_name or house.name, lot.code)
