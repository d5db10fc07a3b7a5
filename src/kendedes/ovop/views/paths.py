"""The path to the next star, for a product and for a unit."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Unit
from kendedes.network.rules import Right
from kendedes.ovop import queries, words
from kendedes.products.models import Product


@office(Right.SEE_PRODUCTS)
def units(request: OfficeRequest) -> HttpResponse:
    """Which unit's products to look at."""
    rows = list(Unit.objects.visible_to(request.user).select_related("district"))
    if not rows:
        raise Http404
    if len(rows) == 1:
        return redirect("ovop:unit-paths", pk=rows[0].pk)
    return render(request, "ovop/paths.html", {"units": rows})


@office(Right.SEE_PRODUCTS)
def unit(request: OfficeRequest, pk: int) -> HttpResponse:
    """A unit's products, those nearest to their next star first."""
    row = get_object_or_404(Unit.objects.visible_to(request.user).select_related("district"), pk=pk)
    found = queries.unit_paths(row, request.user, timezone.now())
    return render(
        request, "ovop/unit_paths.html", {"unit": row, "paths": found, "steps": words.STEPS, "gate_why": words.GATE_WHY}
    )


@office(Right.SEE_PRODUCTS)
def product(request: OfficeRequest, pk: int) -> HttpResponse:
    """What one product lacks, what it would bring, what comes first."""
    row = get_object_or_404(Product.objects.visible_to(request.user), pk=pk)
    found = queries.paths([row], timezone.now())[0]
    return render(
        request,
        "ovop/path.html",
        {"found": found, "product": found.product, "steps": words.STEPS, "gate_why": words.GATE_WHY},
    )
