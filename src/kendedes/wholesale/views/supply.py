"""Prices agreed with makers for large quantities."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.network.door import OfficeRequest, office
from kendedes.products.models import Product, Variant
from kendedes.wholesale import actions, forms
from kendedes.wholesale.models import Supply
from kendedes.wholesale.queries.makers import packs_of
from kendedes.wholesale.views.common import SELL, association_of


@office(SELL)
def listing(request: OfficeRequest) -> HttpResponse:
    """Packs that are sold, those with an agreement first; ``q`` searches."""
    text = request.GET.get("q", "").strip()[:60]
    rows = packs_of(association_of(request), text)
    return render(request, "wholesale/office/supplies.html", {"rows": rows, "q": text})


@office(SELL)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Minimum, lead time, capacity, sample, prices by quantity."""
    association = association_of(request)
    rows = Variant.objects.filter(product__in=Product.objects.filter(association=association), ended_on=None)
    variant = get_object_or_404(rows.select_related("product__producer"), pk=pk)
    supply = Supply.objects.filter(pk=pk).prefetch_related("tiers").first()
    names = ("is_open", "minimum", "lead_days", "capacity", "sample_price", "note")
    initial = {name: getattr(supply, name) for name in names} if supply else {"is_open": True}
    for n, tier in enumerate(supply.tiers.all() if supply else [], 1):
        initial |= {f"from_{n}": tier.quantity, f"price_{n}": tier.price}
    form = forms.TierForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in names}
        actions.set_supply(variant=variant, tiers=form.tiers(), at=timezone.now(), by=request.user, **values)
        messages.success(request, _("Harga grosir tersimpan."))
        return redirect("wholesale:supplies")
    return render(
        request, "wholesale/office/supply.html", {"form": form, "variant": variant, "product": variant.product}
    )
