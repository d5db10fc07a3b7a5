"""The list of products, and beginning a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.base.refusal import Refusal
from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Producer
from kendedes.network.rules import Right
from kendedes.products import actions, rules
from kendedes.products.forms.product import NewForm
from kendedes.products.models import Category, Product
from kendedes.products.queries import office as reads
from kendedes.products.words import GAPS

PER_PAGE = 24


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def _wanted(request: OfficeRequest) -> reads.Filter:
    asked = request.GET
    return reads.Filter(
        q=asked.get("q", "")[:80].replace("\x00", ""), state=asked.get("state", ""), unit=_number(asked.get("unit", "")),
        category=asked.get("category", "")[:50].replace("\x00", ""), producer=_number(asked.get("producer", "")),
        gap=asked.get("gap", ""),
    )  # fmt: skip


@office(Right.SEE_PRODUCTS)
def listing(request: OfficeRequest) -> HttpResponse:
    """Products in sight, narrowed."""
    wanted = _wanted(request)
    rows = reads.narrowed(request.user, wanted)
    counts = reads.by_state(rows)
    if wanted.state in Product.State.values:
        rows = rows.filter(state=wanted.state)
    pages = Paginator(rows, PER_PAGE)
    # The states were counted already: counting again would be one more query.
    pages.count = counts.get(wanted.state, 0) if wanted.state in Product.State.values else sum(counts.values())
    page = pages.get_page(request.GET.get("page"))
    states = [(s.value, s.label, counts.get(s.value, 0)) for s in Product.State]
    context: dict[str, Any] = {
        "page_obj": page, "rows": reads.page_rows(page.object_list), "wanted": wanted, "states": states, "gaps": GAPS,
        "total": sum(counts.values()), "may_add": request.may("edit_products"), **reads.choices(request.user),
        "producer": Producer.objects.visible_to(request.user).filter(pk=wanted.producer).first() if wanted.producer else None,
        "narrowed": any((wanted.q, wanted.unit, wanted.category, wanted.producer, wanted.gap, wanted.state)),
    }  # fmt: skip
    return render(request, "products/list.html", context)


@office(Right.EDIT_PRODUCTS)
def new(request: OfficeRequest) -> HttpResponse:
    """Begin a product; a name that is there already is asked about first."""
    producers = Producer.objects.allowed(request.user, Right.EDIT_PRODUCTS).filter(ended_on=None)
    producers = producers.select_related("village").order_by("name", "id")
    form = NewForm(request.POST or None, producers=producers, initial={"producer": request.GET.get("producer")})
    found: list[Product] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        found = reads.similar(data["producer"], data["name_id"])
        category = data["category"] or _guessed(data["name_id"])
        if category is None:
            form.add_error("category", _("Pilih kategorinya; dari namanya belum jelas."))
        elif not found or "another" in request.POST:
            product = _create(request, form, category)
            if product is not None:
                messages.success(request, _("Produk dicatat. Tambahkan foto dan keterangannya."))
                return redirect("products:photos", pk=product.pk)
        if found and form.is_valid():
            form = NewForm(request.POST, producers=producers, asks_another=True)
            form.is_valid()
    return render(request, "products/new.html", {"form": form, "found": found, "producers": producers.exists()})


def _guessed(name: str) -> Category | None:
    slug = rules.guess_category(name)
    return Category.objects.filter(slug=slug).first() if slug else None


def _create(request: OfficeRequest, form: NewForm, category: Category) -> Product | None:
    data = form.cleaned_data
    try:
        return actions.create_product(
            producer=data["producer"], category=category, name_id=data["name_id"], story_id=data["story_id"],
            packs=[form.pack()], at=timezone.now(), by=request.user,
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
