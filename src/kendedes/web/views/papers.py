"""QR posters and shelf cards for the people of the office; they say only what the site says."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from kendedes.network.door import OfficeRequest, office
from kendedes.network.queries import associations_of
from kendedes.network.rules import Right
from kendedes.ui.limits import limited
from kendedes.web import press
from kendedes.web.models import Heading, Listing, Site
from kendedes.web.views.base import origin

MOST_CARDS = 400


def _site(request: OfficeRequest) -> Site:
    """The site of the person's association."""
    found = Site.objects.filter(pk__in=associations_of(request.user, Right.SEE_PRODUCTS)).order_by("pk").first()
    if found is None:
        raise Http404
    return found


@office(Right.SEE_PRODUCTS)
def papers(request: OfficeRequest) -> HttpResponse:
    """What can be printed."""
    site = _site(request)
    rows = Heading.objects.filter(site=site, products__gt=0)
    context = {
        "districts": rows.filter(kind=Heading.Kind.DISTRICT).order_by("name_id"),
        "makers": rows.filter(kind=Heading.Kind.PRODUCER).order_by("name_id")[:500],
        "listings": Listing.objects.filter(site=site, active=True).order_by("name_id")[:1000],
        "most": MOST_CARDS,
    }
    return render(request, "web/papers.html", context)


@limited("papers", "20/m")
@office(Right.SEE_PRODUCTS)
def cards(request: OfficeRequest) -> HttpResponse:
    """Shelf cards of a kecamatan, a producer or everything, by name."""
    site = _site(request)
    rows = Listing.objects.filter(site=site, active=True)
    district, maker = request.GET.get("kecamatan", ""), request.GET.get("produsen", "")
    if district:
        rows = rows.filter(district=get_object_or_404(Heading, site=site, kind="district", slug=district).key)
    if maker:
        rows = rows.filter(producer_slug=maker)
    found = list(rows.order_by("district", "producer_name", "name_id")[:MOST_CARDS])
    if not found:
        raise Http404
    return _pdf(press.cards(site, found, origin(request)), "kartu-rak.pdf")


@limited("papers", "20/m")
@office(Right.SEE_PRODUCTS)
def poster(request: OfficeRequest) -> HttpResponse:
    """A poster of one product, or of the site."""
    site = _site(request)
    code = request.GET.get("kode", "")
    row = get_object_or_404(Listing, site=site, active=True, code=code) if code else None
    return _pdf(press.poster(site, row, origin(request)), f"poster-{code or 'galeri'}.pdf")


def _pdf(made: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
