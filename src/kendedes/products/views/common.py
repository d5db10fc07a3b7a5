"""What several pages do alike."""

from __future__ import annotations

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kendedes.network.door import OfficeRequest
from kendedes.network.queries import scope
from kendedes.network.rules import Right
from kendedes.products.models import Product


def allowed(request: OfficeRequest, pk: int, right: Right = Right.EDIT_PRODUCTS) -> Product:
    """The product, if the person has ``right`` over it; 404 otherwise."""
    rows = Product.objects.allowed(request.user, right)
    return get_object_or_404(rows.select_related("producer__unit__district", "producer__village", "category"), pk=pk)


def has(request: OfficeRequest, product: Product, right: Right) -> bool:
    """Whether the person has ``right`` over this product, whose producer is loaded; asks no database."""
    return scope(request.user, right).covers(product.producer)


def back(request: OfficeRequest, product: Product) -> HttpResponseRedirect:
    """To the page of this site the form names in ``next``, else to the product."""
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return HttpResponseRedirect(wanted)
    return redirect(reverse("products:detail", args=[product.pk]))


def crumbs(product: Product, here: str) -> list[tuple[str, str]]:
    """Products › the product › this page."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - the language of this request

    return [
        (_("Produk"), reverse("products:list")),
        (product.name_id, reverse("products:detail", args=[product.pk])),
        (here, ""),
    ]
