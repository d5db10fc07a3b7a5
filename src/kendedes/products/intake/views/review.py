"""One file on its way: what its columns mean, what becomes of each row, what a person decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.products.intake import actions, texts
from kendedes.products.intake.assess import sentences
from kendedes.products.intake.forms import field_choices
from kendedes.products.intake.tasks import attach
from kendedes.products.intake.views.common import batch
from kendedes.products.intake.views.files import XLSX
from kendedes.products.models import ImportBatch

PER_PAGE = 40
ORDER = ("error", "duplicate", "variant", "new", "changed", "unchanged", "skipped")
BADGES = {
    "new": "good", "changed": "info", "unchanged": "", "duplicate": "warn", "variant": "warn", "error": "bad", "skipped": "line",
}  # fmt: skip
PREFIX = "pilih:"


@office(Right.SEE_PERSONAL)
def review(request: OfficeRequest, pk: int) -> HttpResponse:
    """Every row with its outcome, narrowed by outcome; offered rows ask for a choice."""
    found = batch(request, pk)
    if request.method == "POST":
        choices = {
            name.removeprefix(PREFIX): str(value) for name, value in request.POST.items() if name.startswith(PREFIX)
        }
        actions.choose(batch=found, choices=choices, at=timezone.now(), by=request.user)
        messages.success(request, _("Pilihan dicatat."))
        return redirect(request.get_full_path())
    wanted = request.GET.get("hasil", "")
    rows = [row for row in found.rows if _shown(row, wanted)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counts = found.counts
    context: dict[str, Any] = {
        "batch": found, "page_obj": page, "rows": [_dressed(row, found) for row in page.object_list], "wanted": wanted,
        "outcomes": [(code, texts.OUTCOMES[code], counts.get(code, 0)) for code in ORDER if counts.get(code)],
        "asks": sum(1 for row in found.rows if row.get("asks_maker")), "total": sum(1 for row in found.rows if _shown(row, "")),
        "stores": counts.get("new", 0) + counts.get("changed", 0), "offered": counts.get("duplicate", 0) + counts.get("variant", 0),
        "unread": [m["sheet"] for m in found.mapping if m.get("unread")],
        "missing_photos": sum(1 for row in found.rows for m in row["messages"] if m["code"] == "photo_missing"),
    }  # fmt: skip
    return render(request, "products/intake_review.html", context)


def _shown(row: dict[str, Any], wanted: str) -> bool:
    if wanted == "tanya":
        return bool(row.get("asks_maker"))
    return bool(row["outcome"] == wanted if wanted in ORDER else row["outcome"] != "skipped")


def _dressed(row: dict[str, Any], found: ImportBatch) -> dict[str, Any]:
    """A row with its words and what may be chosen for it."""
    key = f"{row['sheet']}!{row['row']}"
    offered = row["outcome"] in {"duplicate", "variant"} or key in found.choices
    options: list[tuple[str, str]] = []
    if found.is_open and offered and not row.get("asks_maker"):
        options = [("", _("jangan simpan dulu")), ("pack", _("kemasan dari “%(name)s”") % {"name": row["of"]["name"]} if row.get("of") else _("kemasan produk itu")), ("new", _("produk baru"))]  # fmt: skip
    elif found.is_open and row.get("asks_maker"):
        options = [("", _("produsen yang sama")), ("other_maker", _("produsen lain"))]
    return {
        **row, "key": key, "badge": BADGES[row["outcome"]], "label": texts.OUTCOMES[row["outcome"]],
        "sentences": sentences(row), "options": options, "chosen": found.choices.get(key, ""),
        "changed": [texts.change(name) for name in row.get("changes", ())],
    }  # fmt: skip


@office(Right.SEE_PERSONAL)
def columns(request: OfficeRequest, pk: int) -> HttpResponse:
    """What each column means, with examples; a person's word is remembered for the unit's next file."""
    found = batch(request, pk)
    status = 200
    if request.method == "POST":
        try:
            actions.remap(batch=found, fields=_fields(request, found), at=timezone.now(), by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Arti kolom dicatat dan akan dipakai lagi untuk lembar yang sama."))
            return redirect("intake:review", pk=pk)
    context = {"batch": found, "sheets": [m for m in found.mapping if m["columns"]], "fields": field_choices()}
    return render(request, "products/intake_columns.html", context, status=status)


def _fields(request: OfficeRequest, found: ImportBatch) -> dict[str, dict[int, str]]:
    """The columns as sent; what was not sent stays as it is."""
    result: dict[str, dict[int, str]] = {}
    for number, sheet in enumerate(found.mapping):
        chosen = {}
        for column in sheet["columns"]:
            value = request.POST.get(f"k{number}-{column['index']}", column["field"])
            chosen[int(column["index"])] = value if value in texts.FIELDS else column["field"]
        if chosen:
            leave = f"lewati{number}" in request.POST
            result[sheet["sheet"]] = dict.fromkeys(chosen, "") if leave else chosen
    return result


@office(Right.SEE_PERSONAL)
@require_POST
def photos(request: OfficeRequest, pk: int) -> HttpResponse:
    """More photos for a file that is not confirmed yet."""
    found = batch(request, pk)
    kept = 0
    for photo in request.FILES.getlist("photos"):
        try:
            actions.keep_photo(batch=found, name=photo.name or "", chunks=photo.chunks())
            kept += 1
        except Refusal as refusal:
            messages.error(request, str(refusal))
    if kept:
        actions.choose(batch=found, choices={}, at=timezone.now(), by=request.user)
        messages.success(request, _("%(count)s berkas foto diterima.") % {"count": kept})
    return redirect("intake:review", pk=pk)


@office(Right.SEE_PERSONAL)
@require_POST
def confirm(request: OfficeRequest, pk: int) -> HttpResponse:
    """Store what is new or changed, all or nothing; photos follow in the background."""
    found = batch(request, pk)
    stored = actions.confirm(batch=found, at=timezone.now(), by=request.user)
    if found.photo_folder.is_dir():
        actions.mark_photos_waiting(batch=found)
        attach.enqueue(found.pk)
    count = {"new": len(stored.created), "changed": len(set(stored.changed))}
    messages.success(request, _("Tersimpan: %(new)s produk baru, %(changed)s berubah.") % count)
    return redirect("intake:review", pk=pk)


@office(Right.SEE_PERSONAL)
@require_POST
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    """Nothing of the file is stored."""
    actions.cancel(batch=batch(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Kiriman dibatalkan; tidak ada yang disimpan."))
    return redirect("intake:list")


@office(Right.SEE_PERSONAL)
def mend(request: OfficeRequest, pk: int) -> HttpResponse:
    """The rows in error as a sheet of their own, with what is wrong behind each."""
    found = batch(request, pk)
    data = actions.rows_to_mend(batch=found)
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = (
        f'attachment; filename="perbaiki-{slugify(found.name.rpartition(".")[0]) or "lembar"}.xlsx"'
    )
    return response
