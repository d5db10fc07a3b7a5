"""One product: its page, its texts, its packs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.products import actions, rules
from kendedes.products.forms.fields import price_text
from kendedes.products.forms.product import TEXTS, PackForm, ProductForm
from kendedes.products.intake import texts
from kendedes.products.models import Permit, Price, Product, Variant
from kendedes.products.permits import rules as permit_rules
from kendedes.products.permits import texts as permit_texts
from kendedes.products.queries import office as reads
from kendedes.products.views.common import allowed, crumbs, has
from kendedes.products.words import BADGES, FIX_FIELDS


@office(Right.SEE_PRODUCTS)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """All about one product, and what may be done with it."""
    found = reads.detail(Product.objects.visible_to(request.user), pk)
    product = found.product
    today = timezone.localdate()
    context = {
        "found": found, "product": product, "badge": BADGES[product.state], "steps": _steps(product),
        "missing": [str(actions.GAPS[name]) for name in actions.missing(product)],
        "fixes": [(FIX_FIELDS.get(f.field, ""), f) for f in found.fixes],
        "permits": [_permit(permit, today) for permit in found.permits],
        "edits": has(request, product, Right.EDIT_PRODUCTS), "curates": has(request, product, Right.CURATE),
        "states": Product.State, "remarks": [{**r, "field": texts.field(r.get("field", ""))} for r in product.remarks],
    }  # fmt: skip
    return render(request, "products/detail.html", context)


def _steps(product: Product) -> list[tuple[Any, str]]:
    """Where the product stands on its way: [(label, "done", "now" or "")]."""
    order = [Product.State.DRAFT, Product.State.SUBMITTED, Product.State.ACCEPTED, Product.State.PUBLISHED]
    state = Product.State.DRAFT if product.state == Product.State.RETURNED else Product.State(product.state)
    if state not in order:
        return []
    here = order.index(state)
    return [(step.label, "done" if n < here else "now" if n == here else "") for n, step in enumerate(order)]


def _permit(permit: Permit, today: date) -> dict[str, Any]:
    verdict = permit_rules.check(permit.kind, permit.number, today)
    return {
        "permit": permit, "shape": permit_texts.SHAPES[verdict.shape], "badge": permit_texts.BADGES[verdict.shape],
        "lapsed": permit.valid_until is not None and permit.valid_until < today,
    }  # fmt: skip


@office(Right.EDIT_PRODUCTS)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Texts and facts; somebody else's change in between is shown, never overwritten."""
    product = allowed(request, pk)
    current = {name: getattr(product, name) for name in TEXTS}
    if request.method != "POST":
        form = ProductForm(instance=product, initial={"version": rules.version(current)})
        return render(request, "products/edit.html", _edit_context(product, form))
    form = ProductForm(request.POST, instance=Product.objects.get(pk=pk))
    if not form.is_valid():
        return render(request, "products/edit.html", _edit_context(product, form), status=422)
    typed = form.texts()
    try:
        actions.edit_product(
            product=product, seen=form.cleaned_data["version"], at=timezone.now(), by=request.user, **typed
        )
    except actions.EditedMeanwhile as refusal:
        return _conflict(request, product, typed, refusal)
    messages.success(request, _("Perubahan disimpan."))
    return redirect("products:detail", pk=pk)


def _edit_context(product: Product, form: ProductForm) -> dict[str, Any]:
    return {"product": product, "form": form, "crumbs": crumbs(product, _("Ubah keterangan"))}


def _conflict(request: OfficeRequest, product: Product, typed: dict[str, Any], refusal: Refusal) -> HttpResponse:
    """Both texts side by side; what was typed can be saved over the newer one knowingly, or let go."""
    now = Product.objects.select_related("category").get(pk=product.pk)
    current = {name: getattr(now, name) for name in TEXTS}
    data = {name: getattr(value, "pk", value) for name, value in typed.items()}
    form = ProductForm({**data, "version": rules.version(current)}, instance=Product.objects.get(pk=product.pk))
    differing = [
        (form[name].label, "" if current[name] is None else current[name], "" if typed[name] is None else typed[name])
        for name in TEXTS
        if current[name] != typed[name]
    ]
    context = {**_edit_context(product, form), "refusal": refusal, "differing": differing}
    return render(request, "products/conflict.html", context, status=412)


@office(Right.EDIT_PRODUCTS)
def pack(request: OfficeRequest, pk: int, variant: int | None = None) -> HttpResponse:
    """A new pack, or one that is there with its prices and their history."""
    product = allowed(request, pk)
    row = get_object_or_404(Variant, product=product, pk=variant) if variant else None
    form = PackForm(request.POST or None, initial=_pack_initial(row) if row else None)
    if request.method == "POST" and form.is_valid():
        try:
            code = row.code if row else ""
            actions.put_pack(product=product, pack=form.pack(code), at=timezone.now(), by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kemasan disimpan."))
            return redirect("products:detail", pk=pk)
    title = str(row) if row else _("Kemasan baru")
    prices = list(row.prices.select_related("entry__by").order_by("-id")) if row else []
    context = {"product": product, "variant": row, "form": form, "prices": prices, "crumbs": crumbs(product, title), "title": title}  # fmt: skip
    return render(request, "products/pack.html", context)


def _pack_initial(row: Variant) -> dict[str, Any]:
    rows = list(row.prices.order_by("-id"))
    retail = next((p for p in rows if p.kind == Price.Kind.RETAIL), None)
    wholesale = next((p for p in rows if p.kind == Price.Kind.WHOLESALE), None)
    return {
        "name": row.name, "unit": row.unit, "net_value": row.net_value, "net_unit": row.net_unit, "barcode": row.barcode,
        "retail": price_text(retail.low, retail.high) if retail else "",
        "on_request": retail is not None and retail.low is None,
        "wholesale": price_text(wholesale.low, wholesale.high) if wholesale else "",
        "minimum": wholesale.minimum if wholesale else None,
    }  # fmt: skip


@office(Right.EDIT_PRODUCTS)
@require_POST
def pack_end(request: OfficeRequest, pk: int, variant: int) -> HttpResponse:
    """The pack is no longer sold."""
    product = allowed(request, pk)
    row = get_object_or_404(Variant, product=product, pk=variant)
    actions.end_pack(variant=row, at=timezone.now(), by=request.user)
    messages.success(request, _("Kemasan %(code)s diakhiri.") % {"code": row.code})
    return redirect("products:detail", pk=pk)
