"""Rights lent from one body to another."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.network import actions, queries
from kendedes.network.door import office, person
from kendedes.network.forms import GrantForm
from kendedes.network.models import Grant
from kendedes.network.queries.grants import givers, grants_of, lendable, receivers
from kendedes.network.rules import Right


@office(Right.MANAGE_PEOPLE)
def grants(request: HttpRequest) -> HttpResponse:
    """Grants given or received in the own part, those that hold first."""
    found = grants_of(person(request), timezone.now())
    return render(request, "network/grants.html", {"holding": found.holding, "past": found.past[:30]})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@office(Right.MANAGE_PEOPLE)
def grant_new(request: HttpRequest) -> HttpResponse:
    """Lend a right of an own association or unit to another unit or association."""
    user, now = person(request), timezone.now()
    form = GrantForm(request.POST or None, givers=givers(user), receivers=receivers(user), rights=lendable(user))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.give_grant(
                right=Right(data["right"]), giver=data["giver"], receiver=data["receiver"], at=now, by=user,
                since=_midnight(data["since"]) if data["since"] else None,
                until=_midnight(data["until"] + timedelta(days=1)) if data["until"] else None,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Izin kelola diberikan."))
            return redirect("network:grants")
    return render(
        request, "network/form.html", {"form": form, "title": _("Beri izin kelola"), "back": "network:grants"}
    )


@require_POST
@office(Right.MANAGE_PEOPLE)
def grant_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The giver takes the right back; who received it cannot."""
    user = person(request)
    rows = Grant.objects.visible_to(user).select_related(
        "giver_association", "giver_unit__district", "giver_producer", "receiver_association", "receiver_unit__district"
    )
    found = get_object_or_404(rows, pk=pk)
    if not queries.scope(user, Right.MANAGE_PEOPLE).covers(found.giver):
        raise Http404
    actions.revoke_grant(grant=found, at=timezone.now(), by=user)
    messages.success(request, _("Izin kelola dicabut."))
    return redirect("network:grants")
