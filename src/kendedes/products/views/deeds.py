"""Steps of a product's life: each a button, each a POST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.products import actions
from kendedes.products.forms.product import ReasonForm
from kendedes.products.models import Product
from kendedes.products.views.common import allowed, back


def _step(right: Right, action: Callable[..., Product], done: Any) -> Callable[..., Any]:
    @office(right)
    @require_POST
    def view(request: OfficeRequest, pk: int) -> HttpResponse:
        product = allowed(request, pk, right)
        action(product=product, at=timezone.now(), by=request.user)
        messages.success(request, str(done) % {"name": product.name_id})
        return back(request, product)

    return view


submit = _step(Right.EDIT_PRODUCTS, actions.submit, _("“%(name)s” diajukan ke kurator."))
withdraw = _step(Right.EDIT_PRODUCTS, actions.withdraw, _("Ajuan “%(name)s” ditarik kembali."))
revive = _step(Right.EDIT_PRODUCTS, actions.revive, _("“%(name)s” menjadi draf lagi."))


@office(Right.EDIT_PRODUCTS)
@require_POST
def discontinue(request: OfficeRequest, pk: int) -> HttpResponse:
    """No longer made; a reason may be given."""
    product = allowed(request, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.discontinue(product=product, reason=reason, at=timezone.now(), by=request.user)
    messages.success(request, str(_("“%(name)s” ditandai tidak diproduksi lagi.")) % {"name": product.name_id})
    return back(request, product)
