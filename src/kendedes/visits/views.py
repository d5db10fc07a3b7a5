"""Windows on what visitors look at and look for."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association
from kendedes.network.queries import scope
from kendedes.network.rules import Right
from kendedes.visits import actions, forms, queries
from kendedes.visits.models import Missed, Synonyms

SPANS = (7, 30, 90)


@office(Right.CURATE)
def looked(request: OfficeRequest) -> HttpResponse:
    """What is looked at and what of it is sold; looked at and not bought first."""
    asked = request.GET.get("hari", "")
    days = int(asked) if asked in {str(span) for span in SPANS} else 30
    rows = queries.interest(request.user, timezone.localdate() - timedelta(days=days - 1))
    context = {"rows": rows, "days": days, "spans": SPANS, "unsold": sum(1 for row in rows if row.sold <= 0)}
    return render(request, "visits/looked.html", context)


@office(Right.CURATE)
def missed(request: OfficeRequest) -> HttpResponse:
    """What was looked for in vain, most often first."""
    rows = Missed.objects.allowed(request.user, Right.CURATE)[:200]
    return render(request, "visits/missed.html", {"rows": rows})


@office(Right.CURATE)
@require_POST
def settle(request: OfficeRequest, pk: int) -> HttpResponse:
    """Somebody saw to these words."""
    row = get_object_or_404(Missed.objects.allowed(request.user, Right.CURATE).select_related("association"), pk=pk)
    actions.settle_missed(missed=row, at=timezone.now(), by=request.user)
    return redirect("visits:missed")


@office(Right.CURATE)
def synonyms(request: OfficeRequest) -> HttpResponse:
    """Words that mean the same in the search."""
    first = " ".join(request.GET.get("kata", "")[:60].split())
    form = forms.SynonymsForm(request.POST or None, initial={"words": f"{first}, " if first else ""})
    if request.method == "POST" and form.is_valid():
        actions.add_synonyms(
            association=_association(request), words=form.cleaned_data["words"], at=timezone.now(), by=request.user
        )
        messages.success(request, _("Padanan tersimpan. Pencarian langsung memakainya."))
        return redirect("visits:synonyms")
    rows = Synonyms.objects.allowed(request.user, Right.CURATE)
    return render(request, "visits/synonyms.html", {"form": form, "rows": rows})


@office(Right.CURATE)
@require_POST
def remove(request: OfficeRequest, pk: int) -> HttpResponse:
    """These words no longer mean the same."""
    row = get_object_or_404(Synonyms.objects.allowed(request.user, Right.CURATE).select_related("association"), pk=pk)
    actions.remove_synonyms(synonyms=row, at=timezone.now(), by=request.user)
    return redirect("visits:synonyms")


def _association(request: OfficeRequest) -> Association:
    found = Association.objects.filter(pk__in=scope(request.user, Right.CURATE).associations).order_by("pk").first()
    if found is None:
        raise Http404
    return found
