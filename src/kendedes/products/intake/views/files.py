"""Sending a sheet, the files sent so far, and the unit's products as a sheet."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kendedes.base.refusal import Refusal
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.products.intake import actions
from kendedes.products.intake.export import unit_sheet
from kendedes.products.intake.forms import UploadForm
from kendedes.products.intake.refusals import FileTooLarge
from kendedes.products.intake.views.common import batches, units
from kendedes.products.models import ImportBatch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 20


@office(Right.SEE_PERSONAL)
def sent(request: OfficeRequest) -> HttpResponse:
    """Send a file; below it what was sent, unfinished files first."""
    mine = units(request.user)
    form = UploadForm(request.POST or None, request.FILES or None, units=mine)
    if request.method == "POST" and form.is_valid():
        batch = _receive(request, form)
        if batch is not None:
            return redirect("intake:review", pk=batch.pk)
    rows = batches(request.user).defer("content", "rows", "mapping", "choices", "fields")
    context = {
        "form": form, "units": mine, "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "open": list(rows.filter(state=ImportBatch.State.REVIEW)[:10]),
    }  # fmt: skip
    return render(request, "products/intake_list.html", context, status=422 if form.errors else 200)


def _receive(request: OfficeRequest, form: UploadForm) -> ImportBatch | None:
    """Take the file in; a refusal becomes the form's error and nothing is kept."""
    file = form.cleaned_data["file"]
    most = actions.limits()
    try:
        if file.size > most.megabytes << 20:
            raise FileTooLarge(file=file.name, megabytes=file.size >> 20, most=most.megabytes)
        batch = actions.receive(
            unit=form.cleaned_data["unit"], name=file.name, data=file.read(), at=timezone.now(), by=request.user
        )
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return None
    for photo in request.FILES.getlist("photos"):
        try:
            actions.keep_photo(batch=batch, name=photo.name or "", chunks=photo.chunks())
        except Refusal as refusal:
            messages.error(request, str(refusal))
    if request.FILES.getlist("photos"):
        batch = actions.choose(batch=batch, choices={}, at=timezone.now(), by=request.user)
    messages.success(
        request, _("“%(file)s” sudah dibaca. Belum ada yang disimpan; periksa dahulu.") % {"file": batch.name}
    )
    return batch


@office(Right.SEE_PERSONAL)
def export(request: OfficeRequest, unit: int) -> HttpResponse:
    """The unit's products as xlsx, ready to be changed and sent again."""
    chosen = get_object_or_404(units(request.user), pk=unit)
    response = HttpResponse(unit_sheet(chosen, personal=True).data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="produk-{slugify(chosen.district.name)}.xlsx"'
    return response
