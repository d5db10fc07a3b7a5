"""Locking, composing, publishing, correcting."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.catalogue import actions, queries
from kendedes.catalogue.forms import ErratumForm
from kendedes.catalogue.models import Edition
from kendedes.catalogue.queries import findings, office
from kendedes.catalogue.rules import entries_of
from kendedes.catalogue.views.common import held, seen
from kendedes.network.door import OfficeRequest
from kendedes.network.door import office as office_door
from kendedes.network.models import Association
from kendedes.network.queries import scope
from kendedes.network.rules import Right


@office_door(Right.LOCK_EDITION)
def lock(request: OfficeRequest, pk: int) -> HttpResponse:
    """What will be frozen, with every warning; then the lock."""
    edition = held(request, pk, Right.LOCK_EDITION)
    at = timezone.now()
    if request.method == "POST":
        made = actions.lock(edition=edition, at=at, by=request.user)
        messages.success(
            request, _("Edisi dikunci. Sidik dokumen: %(sha)s…") % {"sha": made.frozen.sha256[:16]}
        )  # fmt: skip
        return redirect("catalogue:detail", pk=pk)
    if edition.state != Edition.State.PROOF:
        return redirect("catalogue:detail", pk=pk)
    context = {
        "edition": edition,
        "statistics": queries.statistics(edition, at),
        "findings": findings.grouped(queries.preflight(edition, at), get_language() or "id"),
        "told": queries.told(edition, at, get_language() or "id"),
        "missing": queries.missing_units(edition) if edition.is_regency else [],
    }
    return render(request, "catalogue/lock.html", context)


@require_POST
@office_door(Right.PROPOSE_EDITION)
def compose(request: OfficeRequest) -> HttpResponse:
    """Compose the regency edition, or take latecomers into its draft."""
    value = request.POST.get("association", "")
    mine = Association.objects.filter(pk__in=scope(request.user, Right.PROPOSE_EDITION).associations)
    if not value.isdigit():
        raise Http404
    association = get_object_or_404(mine.select_related("region"), pk=int(value))
    period = request.POST.get("period", "")[:20]
    edition = actions.compose_regency(association=association, at=timezone.now(), by=request.user, period=period)
    missing = len(queries.missing_units(edition))
    messages.success(
        request, _("Edisi kabupaten disusun: %(n)s bab, %(m)s unit belum ikut.") % {"n": edition.chapters.count(), "m": missing}
    )  # fmt: skip
    return redirect("catalogue:detail", pk=edition.pk)


@require_POST
@office_door(Right.PUBLISH_EDITION)
def publish(request: OfficeRequest, pk: int) -> HttpResponse:
    """Make a locked edition public."""
    edition = held(request, pk, Right.PUBLISH_EDITION)
    actions.publish(edition=edition, at=timezone.now(), by=request.user, with_units="with_units" in request.POST)
    messages.success(request, _("Edisi terbit."))
    return redirect("catalogue:detail", pk=pk)


@office_door(Right.SEE_PRODUCTS)
def errata(request: OfficeRequest, pk: int) -> HttpResponse:
    """The corrections of a locked edition; who may lock may add one."""
    edition, at = seen(request, pk), timezone.now()
    if not edition.is_fixed:
        raise Http404
    powers = office.powers(request.user, edition)
    entries = entries_of(queries.document(edition, at))
    names = [(e["code"], f"{e['code']} {e['name']['id']}") for e in entries]
    form = ErratumForm(request.POST or None, entries=names)
    if request.method == "POST":
        held(request, pk, Right.LOCK_EDITION)
        if form.is_valid():
            made = actions.add_erratum(edition=edition, at=at, by=request.user, **form.cleaned_data)
            messages.success(request, _("Ralat nomor %(n)s dicatat.") % {"n": made.number})
            return redirect("catalogue:errata", pk=pk)
    found = [{**row, "day": date.fromisoformat(row["at"][:10])} for row in queries.errata(edition)]
    context = {"edition": edition, "errata": found, "form": form if powers.lock else None, "powers": powers}
    return render(request, "catalogue/errata.html", context)
