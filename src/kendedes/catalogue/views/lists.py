"""Reading: the board, one edition, what changed, the text as it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kendedes.catalogue import actions, queries
from kendedes.catalogue.forms import OpenForm
from kendedes.catalogue.models import Edition
from kendedes.catalogue.queries import findings, office
from kendedes.catalogue.queries.contents import photo_facts
from kendedes.catalogue.views.common import seen
from kendedes.network.door import OfficeRequest
from kendedes.network.door import office as office_door
from kendedes.network.models import Association, Unit
from kendedes.network.queries import scope
from kendedes.network.rules import Right


@office_door(Right.SEE_PRODUCTS)
def home(request: OfficeRequest) -> HttpResponse:
    """The board of every association this person sees."""
    return render(request, "catalogue/home.html", {"boards": office.boards(request.user)})


@office_door(Right.PROPOSE_EDITION)
def open_next(request: OfficeRequest) -> HttpResponse:
    """Open the next edition of a unit; of the regency with ``association`` in the form."""
    units = Unit.objects.allowed(request.user, Right.PROPOSE_EDITION).select_related("district", "association")
    wanted = request.POST.get("association", "")
    if request.method == "POST" and wanted:
        mine = Association.objects.filter(pk__in=scope(request.user, Right.PROPOSE_EDITION).associations)
        if not wanted.isdigit():
            raise Http404
        association = get_object_or_404(mine, pk=int(wanted))
        edition = actions.open_edition(association=association, at=timezone.now(), by=request.user)
        return redirect("catalogue:detail", pk=edition.pk)
    form = OpenForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        edition = actions.open_edition(
            association=unit.association, unit=unit, at=timezone.now(), by=request.user
        )  # fmt: skip
        messages.success(request, _("Edisi dibuka. Pilih dan urutkan produknya."))
        return redirect("catalogue:arrange", pk=edition.pk)
    return render(request, "catalogue/open.html", {"form": form, "has_units": units.exists()})


@office_door(Right.SEE_PRODUCTS)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """Where an edition stands and what can be done next."""
    edition, at = seen(request, pk), timezone.now()
    language = get_language() or "id"
    found = queries.preflight(edition, at) if not edition.is_regency or edition.state != Edition.State.DRAFT else []
    context = {
        "edition": edition,
        "powers": office.powers(request.user, edition),
        "steps": office.steps(edition),
        "cover": photo_facts(edition.cover_photo) if edition.cover_photo else None,
        "statistics": queries.statistics(edition, at),
        "findings": findings.grouped(found, language),
        "files": queries.files(edition),
        "errata": queries.errata(edition),
        "chapters": office.chapter_states(edition) if edition.is_regency and not edition.is_fixed else [],
        "missing": queries.missing_units(edition) if edition.is_regency else [],
        "previous": queries.previous_of(edition),
        "jobs": office.jobs(edition),
        "made_of": edition.chapters.select_related("edition__unit__district") if edition.is_regency else [],
    }
    return render(request, "catalogue/detail.html", context)


@office_door(Right.SEE_PRODUCTS)
def changes(request: OfficeRequest, pk: int) -> HttpResponse:
    """What changed since the last edition."""
    edition = seen(request, pk)
    told = queries.told(edition, timezone.now(), get_language() or "id")
    return render(
        request,
        "catalogue/changes.html",
        {"edition": edition, "told": told, "powers": office.powers(request.user, edition)},
    )


@office_door(Right.SEE_PRODUCTS)
def read(request: OfficeRequest, pk: int) -> HttpResponse:
    """The text as it stands: a proof to read, or the frozen text; a regency edition chapter by chapter."""
    edition = seen(request, pk)
    document = queries.document(edition, timezone.now())
    chapters = document["chapters"]
    wanted, english = request.GET.get("bab", ""), get_language() == "en"
    shown = [c for c in chapters if c["district"]["code"] == wanted] or chapters[:1]
    context = {
        "edition": edition, "document": document, "chapters": chapters, "shown": shown[0] if shown else None,
        "english": english, "untranslated": sum(not e["story"]["en"] for c in shown for e in c["entries"]) if english else 0,
        "powers": office.powers(request.user, edition),
    }  # fmt: skip
    return render(request, "catalogue/read.html", context)
