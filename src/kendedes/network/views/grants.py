"""Rights lent from unit to unit."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.network import actions, queries
from kendedes.network.door import office, person
from kendedes.network.forms import GrantForm
from kendedes.network.models import Grant, Unit
from kendedes.network.rules import Right


@office(Right.MANAGE_PEOPLE)
def grants(request: HttpRequest) -> HttpResponse:
    """Grants given or received in the own part, those that hold first."""
    user, now = person(request), timezone.now()
    rows = Grant.objects.visible_to(user).select_related(
        "giver_unit__district", "giver_producer", "receiver_unit__district"
    ).order_by("-valid_from")  # fmt: skip
    givers = set(Unit.objects.allowed(user, Right.MANAGE_PEOPLE).values_list("pk", flat=True))
    holding = [g for g in rows if g.revoked_at is None and (g.valid_to is None or g.valid_to > now)]
    context = {"holding": holding, "past": [g for g in rows if g not in holding][:30], "givers": givers}
    return render(request, "network/grants.html", context)


@office(Right.MANAGE_PEOPLE)
def grant_new(request: HttpRequest) -> HttpResponse:
    """Lend a right of an own unit to another unit of the association."""
    user = person(request)
    givers = Unit.objects.allowed(user, Right.MANAGE_PEOPLE).select_related("district")
    associations = queries.associations_of(user, Right.MANAGE_PEOPLE)
    receivers = Unit.objects.filter(association__in=associations).select_related("district")
    form = GrantForm(request.POST or None, givers=givers, receivers=receivers)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        day = data["until"]
        until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) if day else None
        try:
            actions.give_grant(
                right=Right(data["right"]), unit=data["giver"], receiver=data["receiver"], until=until,
                at=timezone.now(), by=user,
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
    """The giver takes the right back."""
    user = person(request)
    rows = Grant.objects.filter(giver_unit__in=Unit.objects.allowed(user, Right.MANAGE_PEOPLE)) | Grant.objects.filter(
        giver_producer__unit__in=Unit.objects.allowed(user, Right.MANAGE_PEOPLE)
    )
    found = get_object_or_404(rows.select_related("giver_unit", "giver_producer", "receiver_unit"), pk=pk)
    actions.revoke_grant(grant=found, at=timezone.now(), by=user)
    messages.success(request, _("Izin kelola dicabut."))
    return redirect("network:grants")
