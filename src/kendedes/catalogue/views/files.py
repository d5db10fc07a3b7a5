"""Files: printing in the background, downloads with their hash, posts for Blogger."""

from __future__ import annotations

import base64
from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.catalogue import actions, outputs, queries
from kendedes.catalogue.forms import BloggerForm, PrintForm
from kendedes.catalogue.models import Edition, MadeFile, PrintJob
from kendedes.catalogue.queries import findings, office
from kendedes.catalogue.rules import entries_of
from kendedes.catalogue.views.common import held, seen
from kendedes.network.door import OfficeRequest
from kendedes.network.door import office as office_door
from kendedes.network.rules import Right

TYPES = {
    "book": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "blogger": "application/atom+xml",
    "blogger-classic": "application/atom+xml",
}


@office_door(Right.PRINT_EDITION)
def prints(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask for a book, see those under way and those that are there."""
    edition = held(request, pk, Right.PRINT_EDITION)
    first = {"paper": edition.paper, "layout": edition.layout, "target": "screen", "language": "id"}
    form = PrintForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        asked = actions.ask_print(edition=edition, at=timezone.now(), by=request.user, **form.cleaned_data)
        return redirect("catalogue:job", job=asked.pk)
    context = {
        "edition": edition,
        "form": form,
        "jobs": office.jobs(edition),
        "powers": office.powers(request.user, edition),
        "kinds": [
            ("xlsx", _("Lembar kerja (XLSX)")),
            ("json", _("Dokumen JSON")),
            ("blogger", _("Impor Blogger")),
            ("blogger-classic", _("Impor Blogger (bentuk lama)")),
        ],
        "books": queries.files(edition, ["book"]),
        "others": queries.files(edition, ["xlsx", "json", "blogger", "blogger-classic"]),
    }
    return render(request, "catalogue/print.html", context)


def _job(request: OfficeRequest, number: int) -> PrintJob:
    rows = PrintJob.objects.allowed(request.user, Right.PRINT_EDITION)
    return get_object_or_404(rows.select_related("edition__association", "edition__unit__district", "file"), pk=number)


def _news(job: PrintJob) -> dict[str, object]:
    """What the page and its moving part show of a job."""
    found = job.report.get("findings", [])
    return {
        "job": job,
        "edition": job.edition,
        "silent": actions.is_silent(job, timezone.now()),
        "moving": job.state in PrintJob.OPEN,
        "findings": findings.grouped(found, get_language() or "id"),
    }


@office_door(Right.PRINT_EDITION)
def job(request: OfficeRequest, job: int) -> HttpResponse:
    """One book being made: a bar that moves, then the file."""
    return render(request, "catalogue/job.html", _news(_job(request, job)))


@office_door(Right.PRINT_EDITION)
def job_news(request: OfficeRequest, job: int) -> HttpResponse:
    """The moving part of the page."""
    return render(request, "catalogue/job_news.html", _news(_job(request, job)))


@require_POST
@office_door(Right.PRINT_EDITION)
def job_resume(request: OfficeRequest, job: int) -> HttpResponse:
    """Go on with a job that stopped."""
    found = actions.resume(job=_job(request, job), at=timezone.now(), by=request.user)
    return redirect("catalogue:job", job=found.pk)


@office_door(Right.PRINT_EDITION)
def proof_file(request: OfficeRequest, job: int) -> HttpResponseBase:
    """The proof of a draft."""
    found = _job(request, job)
    if not found.proof or found.state != PrintJob.State.DONE:
        raise Http404
    return _sent(actions.proof_path(found), "application/pdf", str(found.report.get("sha256", "")))


def _sent(path: Path, kind: str, sha256: str) -> HttpResponseBase:
    """A file as a download, with its hash for programs (RFC 9530)."""
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type=kind)
    if sha256:
        response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
        response.headers["ETag"] = f'"{sha256}"'
    return response


@office_door(Right.SEE_PRODUCTS)
def download(request: OfficeRequest, pk: int, file: int) -> HttpResponseBase:
    """A made file. One that was cleared away is made again first, if that takes a moment; a book is asked for anew."""
    edition = seen(request, pk)
    row = get_object_or_404(MadeFile.objects.select_related("edition__association"), edition=edition, pk=file)
    path = actions.at_hand(file=row, at=timezone.now(), by=request.user)
    return _sent(path, TYPES[row.kind], row.sha256)


@require_POST
@office_door(Right.PRINT_EDITION)
def make(request: OfficeRequest, pk: int) -> HttpResponse:
    """Make a sheet, JSON document or blog import of a locked edition, or compare it with the first build."""
    edition = held(request, pk, Right.PRINT_EDITION)
    kind, language = request.POST.get("kind", ""), request.POST.get("language", "id")
    if kind not in TYPES or kind == "book" or language not in {"id", "en"}:
        raise Http404
    again = "again" in request.POST
    made = actions.data_file(
        edition=edition, kind=kind, language=language, at=timezone.now(), by=request.user, again=again
    )
    if not made.same:
        messages.error(request, str(actions.DifferentBytes(
            name=made.file.name, first=made.file.sha256[:16], now=made.sha256[:16]
        )))  # fmt: skip
    elif again:
        messages.success(request, _("%(name)s dibuat ulang: sama sampai ke byte terakhir.") % {"name": made.file.name})
    else:
        messages.success(request, _("%(name)s siap diunduh.") % {"name": made.file.name})
    return redirect("catalogue:print", pk=pk)


def _blog(request: OfficeRequest, edition: Edition) -> BloggerForm:
    entries = entries_of(queries.document(edition, timezone.now()))
    names = [(e["code"], f"{e['code']} {e['name']['id']}") for e in entries]
    given = request.GET if "dialect" in request.GET else None
    return BloggerForm(given, entries=names, initial={"dialect": "takeout", "language": "id"})


@office_door(Right.PRINT_EDITION)
def blogger(request: OfficeRequest, pk: int) -> HttpResponse:
    """What to import into Blogger, and HTML to paste."""
    edition = held(request, pk, Right.PRINT_EDITION)
    form = _blog(request, edition)
    html = ""
    if form.is_bound and form.is_valid():
        html = _html(edition, form.cleaned_data["code"], form.cleaned_data["language"])
    return render(request, "catalogue/blogger.html", {"edition": edition, "form": form, "html": html})


def _html(edition: Edition, code: str, language: str) -> str:
    document = queries.document(edition, timezone.now())
    if not code:
        return outputs.edition_html(document, language, queries.errata(edition))
    entry = next(e for e in entries_of(document) if e["code"] == code)
    return outputs.product_html(entry, language)


@office_door(Right.PRINT_EDITION)
def blogger_file(request: OfficeRequest, pk: int) -> HttpResponse:
    """The import file as asked."""
    edition = held(request, pk, Right.PRINT_EDITION)
    form = _blog(request, edition)
    if not form.is_valid():
        return redirect("catalogue:blogger", pk=pk)
    asked = form.cleaned_data
    data = outputs.blogger(
        queries.document(edition, timezone.now()), dialect=outputs.Dialect(asked["dialect"]),
        language=asked["language"], live=asked["live"], code=asked["code"], errata=queries.errata(edition),
    )  # fmt: skip
    response = HttpResponse(data, content_type="application/atom+xml")
    name = f"{asked['code'] or edition.slug}-blogger-{asked['dialect']}-{asked['language']}.atom"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
