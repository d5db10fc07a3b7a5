"""Permits: the watch, one permit, entering, verifying, its private file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.products import documents
from kendedes.products.forms.permit import FileForm, PermitForm, VerifyForm
from kendedes.products.models import Permit
from kendedes.products.permits import actions, rules, texts
from kendedes.products.permits.queries import watch
from kendedes.products.photos.store import DiskFull
from kendedes.products.views.common import allowed, crumbs

MOST = 200


def _seen(request: OfficeRequest, pk: int, right: Right = Right.SEE_PRODUCTS) -> Permit:
    rows = Permit.objects.allowed(request.user, right)
    return get_object_or_404(rows.select_related("producer__village", "product", "verified_by"), pk=pk)


def _may(request: OfficeRequest, permit: Permit, right: Right) -> bool:
    return Permit.objects.allowed(request.user, right).filter(pk=permit.pk).exists()


@office(Right.SEE_PRODUCTS)
def watching(request: OfficeRequest) -> HttpResponse:
    """What lapsed, what will, what looks wrong."""
    found = watch(request.user, timezone.localdate())
    doubtful = [(permit, texts.hints(verdict)) for permit, verdict in found.doubtful[:MOST]]
    context = {
        "lapsed": found.lapsed[:MOST], "soon": found.soon[:MOST], "doubtful": doubtful,
        "counts": (len(found.lapsed), len(found.soon), len(found.doubtful)),
    }  # fmt: skip
    return render(request, "products/permits.html", context)


@office(Right.EDIT_PRODUCTS)
def new(request: OfficeRequest, pk: int) -> HttpResponse:
    """A permit of this product or of all its producer's products."""
    product = allowed(request, pk)
    form = PermitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reach = None if form.cleaned_data["for_all"] else product
        try:
            made = actions.add_permit(
                producer=product.producer, product=reach, at=timezone.now(), by=request.user, **form.texts()
            )
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, _("Izin dicatat."))
            return redirect("products:permit", pk=made.pk)
    context = {"form": form, "product": product, "crumbs": crumbs(product, _("Izin baru"))}
    return render(request, "products/permit_new.html", context)


@office(Right.SEE_PRODUCTS)
def permit(request: OfficeRequest, pk: int) -> HttpResponse:
    """One permit: what its number tells, who looked it up, when it ends; changing it for who may."""
    row = _seen(request, pk)
    edits = _may(request, row, Right.EDIT_PRODUCTS) and row.ended_on is None
    initial = {"kind": row.kind, "number": row.number, "holder": row.holder, "valid_until": row.valid_until}
    form = PermitForm(request.POST or None, initial={**initial, "for_all": row.product is None})
    del form.fields["for_all"]
    if request.method == "POST":
        if not edits:
            raise Http404
        if form.is_valid():
            try:
                actions.change_permit(permit=row, at=timezone.now(), by=request.user, **form.texts())
            except Refusal as refusal:
                form.add_error("number", str(refusal))
            else:
                messages.success(request, _("Izin disimpan."))
                return redirect("products:permit", pk=pk)
    return render(request, "products/permit.html", _context(request, row, form, edits=edits))


def _context(request: OfficeRequest, row: Permit, form: PermitForm, *, edits: bool) -> dict[str, Any]:
    today = timezone.localdate()
    verdict = rules.check(row.kind, row.number, today)
    verifies = _may(request, row, Right.VERIFY_PERMITS) and row.ended_on is None
    look_up = rules.LOOK_UP.get(row.kind, "")
    return {
        "permit": row, "form": form, "edits": edits, "verifies": verifies, "look_up": look_up,
        "shape": texts.SHAPES[verdict.shape], "badge": texts.BADGES[verdict.shape], "hints": texts.hints(verdict),
        "meaning": texts.meaning(verdict), "lapsed": row.valid_until is not None and row.valid_until < today,
        "soon": row.valid_until is not None and today <= row.valid_until < rules.months_later(today, 6),
        "verify_form": VerifyForm(initial={"on": today, "url": look_up}), "file_form": FileForm(),
        "sees_file": bool(row.file) and (edits or verifies),
    }  # fmt: skip


@office(Right.VERIFY_PERMITS)
@require_POST
def verify(request: OfficeRequest, pk: int) -> HttpResponse:
    """Somebody looked the number up at the official page."""
    row = _seen(request, pk, Right.VERIFY_PERMITS)
    form = VerifyForm(request.POST)
    if not form.is_valid():
        raise actions.NotOfficial
    actions.verify_permit(permit=row, at=timezone.now(), by=request.user, **form.cleaned_data)
    messages.success(request, _("Tercatat: nomor ini ditemukan di halaman resmi."))
    return redirect("products:permit", pk=pk)


@office(Right.EDIT_PRODUCTS)
@require_POST
def end(request: OfficeRequest, pk: int) -> HttpResponse:
    """No longer used."""
    row = _seen(request, pk, Right.EDIT_PRODUCTS)
    actions.end_permit(permit=row, at=timezone.now(), by=request.user)
    messages.success(request, _("Izin diakhiri."))
    return redirect("products:permit", pk=pk)


@office(Right.EDIT_PRODUCTS)
@require_POST
def put_file(request: OfficeRequest, pk: int) -> HttpResponse:
    """Keep the certificate."""
    row = _seen(request, pk, Right.EDIT_PRODUCTS)
    file = request.FILES.get("file")
    if file is None:
        messages.warning(request, _("Pilih dahulu berkasnya."))
        return redirect("products:permit", pk=pk)
    if (file.size or 0) > documents.MAX_FILE:
        raise documents.FileRefused(name=file.name)
    try:
        actions.put_file(
            permit=row, data=file.read(), name=(file.name or "izin")[:100], at=timezone.now(), by=request.user
        )
    except DiskFull as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Berkas disimpan; hanya unit, pengelola, dan kurator yang dapat membukanya."))
    return redirect("products:permit", pk=pk)


@office(Right.SEE_OFFICE)
def file(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The certificate, as a download, for those who edit or verify the permit."""
    rows = Permit.objects.allowed(request.user, Right.EDIT_PRODUCTS)
    rows = rows | Permit.objects.allowed(request.user, Right.VERIFY_PERMITS)
    row = get_object_or_404(rows.distinct(), pk=pk)
    return documents.answer(str(row.file.name or ""), f"{row.get_kind_display()}-{row.pk}")
