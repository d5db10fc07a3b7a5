"""Working on a draft: products, their order, cover and preface, the proof."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.catalogue import actions
from kendedes.catalogue.forms import CoverForm
from kendedes.catalogue.models import Edition
from kendedes.catalogue.queries import office
from kendedes.catalogue.views.common import draft, held
from kendedes.network.door import OfficeRequest
from kendedes.network.door import office as office_door
from kendedes.network.rules import Right
from kendedes.products.models import Photo, Product


@office_door(Right.PROPOSE_EDITION)
def arrange(request: OfficeRequest, pk: int) -> HttpResponse:
    """The selection: order, what is featured, what is left out."""
    edition = draft(request, pk)
    if request.method == "POST":
        _arranged(request, edition)
        return redirect("catalogue:arrange", pk=edition.pk)
    context = {
        "edition": edition,
        "rows": office.chosen_rows(edition, timezone.now()),
        "open": len(office.open_rows(edition, timezone.now())),
        "fixed": edition.state != Edition.State.DRAFT,
    }
    return render(request, "catalogue/arrange.html", context)


def _arranged(request: OfficeRequest, edition: Edition) -> None:
    """One press of a button: ``up-12``, ``down-12``, ``out-12`` (product 12), ``all``, or the whole form."""
    deed, _dash, number = request.POST.get("deed", "").partition("-")
    at, by = timezone.now(), request.user
    if deed == "all":
        actions.propose(edition=edition, at=at, by=by)
        return
    items = list(edition.items.order_by("position", "id").select_related("product"))
    if deed in {"up", "down"}:
        product = get_object_or_404(Product, pk=int(number) if number.isdigit() else 0)
        place = next((n for n, item in enumerate(items, 1) if item.product_id == product.pk), 0)
        actions.move(edition=edition, product=product, to=place + (1 if deed == "down" else -1), at=at, by=by)
        return
    kept = [item for item in items if not (deed == "out" and str(item.product_id) == number)]
    if deed != "out":
        wanted = {
            item.pk: _place(request.POST.get(f"place-{item.product_id}", ""), n) for n, item in enumerate(kept, 1)
        }
        # A number typed moves the product in front of whoever holds it now.
        kept.sort(key=lambda item: (wanted[item.pk], wanted[item.pk] == item.position, item.position))
    products = [
        (item.product, f"feature-{item.product_id}" in request.POST if deed != "out" else item.feature) for item in kept
    ]
    actions.choose(edition=edition, products=products, at=at, by=by)


def _place(text: str, now: int) -> int:
    return int(text) if text.isdigit() and len(text) < 6 else now


@office_door(Right.PROPOSE_EDITION)
def choose(request: OfficeRequest, pk: int) -> HttpResponse:
    """Accepted products that are not in the edition yet."""
    edition = draft(request, pk)
    if request.method == "POST":
        numbers = [int(value) for value in request.POST.getlist("product") if value.isdigit()]
        fresh = Product.objects.visible_to(request.user).filter(pk__in=numbers)
        order = {pk: place for place, pk in enumerate(numbers)}
        kept = [(i.product, i.feature) for i in edition.items.order_by("position", "id").select_related("product")]
        added = [(p, False) for p in sorted(fresh, key=lambda p: order[p.pk])]
        actions.choose(edition=edition, products=[*kept, *added], at=timezone.now(), by=request.user)
        messages.success(request, _("%(n)s produk ditambahkan.") % {"n": len(added)})
        return redirect("catalogue:arrange", pk=edition.pk)
    context = {"edition": edition, "rows": office.open_rows(edition, timezone.now())}
    return render(request, "catalogue/choose.html", context)


@office_door(Right.PROPOSE_EDITION)
def cover(request: OfficeRequest, pk: int) -> HttpResponse:
    """Title, cover, preface, imprint, paper and layout."""
    edition = held(request, pk, Right.PROPOSE_EDITION)
    form = CoverForm(request.POST or None, instance=edition)
    if request.method == "POST" and form.is_valid():
        fresh = held(request, pk, Right.PROPOSE_EDITION)
        actions.change_edition(edition=fresh, at=timezone.now(), by=request.user, **form.given())
        messages.success(request, _("Sampul dan kata pengantar disimpan."))
        return redirect("catalogue:cover", pk=pk)
    context = {
        "edition": edition, "form": form, "photos": office.cover_choices(edition),
        "fixed": edition.state != Edition.State.DRAFT,
    }  # fmt: skip
    return render(request, "catalogue/cover.html", context)


@require_POST
@office_door(Right.PROPOSE_EDITION)
def cover_photo(request: OfficeRequest, pk: int) -> HttpResponse:
    """Choose the cover's photo, or none."""
    edition = held(request, pk, Right.PROPOSE_EDITION)
    value = request.POST.get("photo", "")
    known = {number for number, _facts, _name in office.cover_choices(edition)}
    photo = get_object_or_404(Photo, pk__in=known, pk=int(value)) if value.isdigit() else None
    actions.change_edition(edition=edition, at=timezone.now(), by=request.user, cover_photo=photo)
    messages.success(request, _("Foto sampul disimpan."))
    return redirect("catalogue:cover", pk=pk)


@require_POST
@office_door(Right.PROPOSE_EDITION)
def to_proof(request: OfficeRequest, pk: int) -> HttpResponse:
    """Hand the draft over for proof-reading."""
    edition = held(request, pk, Right.PROPOSE_EDITION)
    actions.to_proof(edition=edition, at=timezone.now(), by=request.user)
    messages.success(request, _("Edisi siap dibaca sebagai cetak coba."))
    return redirect("catalogue:detail", pk=pk)


@require_POST
@office_door(Right.PROPOSE_EDITION)
def to_draft(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a proof back to be changed."""
    edition = held(request, pk, Right.PROPOSE_EDITION)
    reason = request.POST.get("reason", "")[:300]
    actions.back_to_draft(edition=edition, at=timezone.now(), by=request.user, reason=reason)
    messages.success(request, _("Edisi kembali menjadi draf."))
    return redirect("catalogue:detail", pk=pk)
