"""The curator's table: what was submitted, what can be published, what has changed since."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.products import actions
from kendedes.products.forms.product import FixForm
from kendedes.products.models import Product
from kendedes.products.queries import office as reads
from kendedes.products.views.common import allowed, back, crumbs

PER_PAGE = 24
TABS = ("diajukan", "diterima", "berubah")


@office(Right.CURATE)
def queue(request: OfficeRequest) -> HttpResponse:
    """Three lists; the submitted ones first in, first out."""
    tab = request.GET.get("t", TABS[0])
    tab = tab if tab in TABS else TABS[0]
    submitted, accepted = reads.waiting_for_curator(request.user), reads.accepted(request.user)
    changed = reads.changed_since_release(request.user)
    lists: dict[str, Any] = {TABS[0]: submitted, TABS[1]: accepted, TABS[2]: changed}
    stand = reads.by_state(submitted | accepted)
    counts = (stand.get("submitted", 0), stand.get("accepted", 0), len(changed))
    pages: Paginator[Product] = Paginator(lists[tab], PER_PAGE)
    pages.count = counts[TABS.index(tab)]
    page: Page[Product] = pages.get_page(request.GET.get("page"))
    labels = (_("Diajukan"), _("Siap terbit"), _("Berubah sejak terbit"))
    context = {
        "tab": tab, "tabs": list(zip(TABS, labels, counts, strict=True)), "page_obj": page,
        "rows": reads.page_rows(page.object_list),
    }  # fmt: skip
    return render(request, "products/curation.html", context)


def _chosen(request: OfficeRequest) -> list[Product]:
    ids = [int(pk) for pk in request.POST.getlist("product")[:500] if pk.isascii() and pk.isdecimal() and len(pk) < 12]
    rows = Product.objects.allowed(request.user, Right.CURATE).filter(pk__in=ids)
    return list(rows.order_by("changed_at", "id"))


@office(Right.CURATE)
@require_POST
def accept_many(request: OfficeRequest) -> HttpResponse:
    """Accept every product ticked, or none."""
    chosen = _chosen(request)
    if not chosen:
        messages.warning(request, _("Centang dahulu produk yang diterima."))
        return redirect("products:curation")
    made = actions.accept_all(products=chosen, at=timezone.now(), by=request.user)
    text = ngettext("%(count)s produk diterima.", "%(count)s produk diterima.", len(made))
    messages.success(request, text % {"count": len(made)})
    return redirect("products:curation")


@office(Right.CURATE)
@require_POST
def publish_many(request: OfficeRequest) -> HttpResponse:
    """Publish every product ticked, or none."""
    chosen = _chosen(request)
    tab = request.POST.get("t", TABS[1])
    address = f"{reverse('products:curation')}?t={tab if tab in TABS else TABS[1]}"
    if not chosen:
        messages.warning(request, _("Centang dahulu produk yang diterbitkan."))
        return redirect(address)
    made = actions.publish(products=chosen, at=timezone.now(), by=request.user)
    text = ngettext("%(count)s produk diterbitkan.", "%(count)s produk diterbitkan.", len(made))
    messages.success(request, text % {"count": len(made)})
    return redirect(address)


@office(Right.CURATE)
@require_POST
def accept(request: OfficeRequest, pk: int) -> HttpResponse:
    """Accept one as it was shown; if it has changed meanwhile, it must be looked at again."""
    product = allowed(request, pk, Right.CURATE)
    try:
        seen = parse_datetime(request.POST.get("seen", "")[:40])
    except ValueError:
        seen = None
    actions.accept(product=product, seen=seen, at=timezone.now(), by=request.user)
    messages.success(request, _("“%(name)s” diterima.") % {"name": product.name_id})
    return back(request, product)


@office(Right.CURATE)
@require_POST
def publish(request: OfficeRequest, pk: int) -> HttpResponse:
    """Release one to the public."""
    product = allowed(request, pk, Right.CURATE)
    made = actions.publish(products=[product], at=timezone.now(), by=request.user)
    done = _("“%(name)s” diterbitkan.") if made else _("Tidak ada yang berubah sejak “%(name)s” terbit.")
    messages.success(request, done % {"name": product.name_id})
    return back(request, product)


@office(Right.CURATE)
def send_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """The list of what is to be mended."""
    product = allowed(request, pk, Right.CURATE)
    form = FixForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(product=product, fixes=form.fixes(), at=timezone.now(), by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(name)s” dikembalikan ke unit.") % {"name": product.name_id})
            return redirect("products:curation")
    context = {
        "form": form, "product": product, "crumbs": crumbs(product, _("Kembalikan")),
        "found": reads.detail(Product.objects.allowed(request.user, Right.CURATE), pk),
    }  # fmt: skip
    return render(request, "products/send_back.html", context)
