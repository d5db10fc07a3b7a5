"""Photos of a product: from a phone, in order, with the point that must stay in sight."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.products.forms.product import PhotoForm
from kendedes.products.models import Photo
from kendedes.products.photos import actions, rules
from kendedes.products.photos.queries import photo_data
from kendedes.products.photos.store import DiskFull, PhotoRefused
from kendedes.products.views.common import allowed, crumbs

TAP = 280  # pixels of the longer side of the picture that is tapped; small enough for every phone


@office(Right.EDIT_PRODUCTS)
def photos(request: OfficeRequest, pk: int) -> HttpResponse:
    """See them, add more: every file has its own answer, one bad file harms no other."""
    product = allowed(request, pk)
    if request.method == "POST":
        files = request.FILES.getlist("photos")[: rules.MAX_PER_PRODUCT]
        if not files:
            messages.warning(request, _("Pilih dahulu fotonya."))
        added = 0
        for file in files:
            try:
                actions.add_photo(
                    product=product,
                    data=_data(file),
                    name=(file.name or "foto")[:200],
                    at=timezone.now(),
                    by=request.user,
                )
                added += 1
            except DiskFull as refusal:
                messages.error(request, str(refusal))
                break
            except (PhotoRefused, actions.TooManyPhotos) as refusal:
                messages.error(request, str(refusal))
        if added:
            messages.success(request, _("%(count)s foto disimpan.") % {"count": added})
        return redirect("products:photos", pk=pk)
    rows = list(product.photos.filter(removed_at=None).order_by("position", "id"))
    context = {
        "product": product, "photos": [(photo, photo_data(photo)) for photo in rows], "most": rules.MAX_PER_PRODUCT,
        "crumbs": crumbs(product, _("Foto")),
    }  # fmt: skip
    return render(request, "products/photos.html", context)


def _data(file: Any) -> bytes | Path:
    if isinstance(file, TemporaryUploadedFile):
        return Path(file.temporary_file_path())
    content: bytes = file.read()
    return content


def _photo(request: OfficeRequest, pk: int, photo: int) -> Photo:
    product = allowed(request, pk)
    return get_object_or_404(product.photos.filter(removed_at=None), pk=photo)


@office(Right.EDIT_PRODUCTS)
def photo(request: OfficeRequest, pk: int, photo: int) -> HttpResponse:
    """Words for a photo, and its focus: a tap on the picture is the submit button."""
    row = _photo(request, pk, photo)
    width, height = rules.measure(row.width, row.height, TAP)
    if request.method == "POST" and "focus.x" in request.POST:
        fields = {
            "focus_x": _permille(request.POST.get("focus.x", ""), width),
            "focus_y": _permille(request.POST.get("focus.y", ""), height),
        }
        actions.change_photo(photo=row, at=timezone.now(), by=request.user, **fields)
        messages.success(request, _("Titik fokus disimpan."))
        return redirect("products:photo", pk=pk, photo=photo)
    form = PhotoForm(request.POST or None, initial={"alt_id": row.alt_id, "alt_en": row.alt_en})
    if request.method == "POST" and form.is_valid():
        actions.change_photo(photo=row, at=timezone.now(), by=request.user, **form.cleaned_data)
        messages.success(request, _("Keterangan foto disimpan."))
        return redirect("products:photos", pk=pk)
    context = {
        "product": row.product, "photo": row, "data": photo_data(row), "form": form, "width": width, "height": height,
        "crumbs": crumbs(row.product, _("Satu foto")),
    }  # fmt: skip
    return render(request, "products/photo.html", context)


def _permille(text: str, side: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else side // 2
    return min(1000, max(0, round(number * 1000 / side)))


@office(Right.EDIT_PRODUCTS)
@require_POST
def move(request: OfficeRequest, pk: int, photo: int) -> HttpResponse:
    """One place forwards or back, or to the front."""
    row = _photo(request, pk, photo)
    ids = list(row.product.photos.filter(removed_at=None).order_by("position", "id").values_list("pk", flat=True))
    here = ids.index(row.pk)
    to = {"first": 0, "up": max(0, here - 1), "down": here + 1}.get(request.POST.get("to", ""), here)
    ids.insert(to, ids.pop(here))
    actions.order_photos(product=row.product, ids=ids, at=timezone.now(), by=request.user)
    return redirect("products:photos", pk=pk)


@office(Right.EDIT_PRODUCTS)
@require_POST
def remove(request: OfficeRequest, pk: int, photo: int) -> HttpResponse:
    """Take a photo off the product."""
    actions.remove_photo(photo=_photo(request, pk, photo), at=timezone.now(), by=request.user)
    messages.success(request, _("Foto dihapus dari produk ini."))
    return redirect("products:photos", pk=pk)
