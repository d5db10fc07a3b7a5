"""The plan, one stand, one shelf, who fills what."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.gallery import actions, forms
from kendedes.gallery.models import Facing, Quota, Shelf, Stand
from kendedes.gallery.queries import plan
from kendedes.gallery.queries.rotation import rotation, weights_of
from kendedes.journal.models import User
from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association, Unit
from kendedes.network.queries import associations_of, scope
from kendedes.network.rules import Right

MONTHS = 6


def runs(request: OfficeRequest, association: Association) -> bool:
    """Whether this person runs the gallery of the association."""
    return scope(request.user, Right.RUN_GALLERY).covers(association)


def sees_money(request: OfficeRequest, association: Association) -> bool:
    """Whether revenue of shelves is shown."""
    return any(scope(request.user, r).covers(association) for r in (Right.RUN_GALLERY, Right.SEE_MONEY))


@office(Right.SEE_STOCK)
def home(request: OfficeRequest) -> HttpResponse:
    """Every venue, drawn and in words."""
    views = plan.venues(request.user, timezone.localdate())
    context = {
        "venues": views, "mine": plan.mine_today(views, request.user), "may_run": request.may(Right.RUN_GALLERY),
        "money": request.may(Right.RUN_GALLERY) or request.may(Right.SEE_MONEY),
        "shows_dues": request.may(Right.SEE_STATEMENTS),
    }  # fmt: skip
    return render(request, "gallery/home.html", context)


@office(Right.SEE_STOCK)
def stand(request: OfficeRequest, pk: int) -> HttpResponse:
    """One stand: shelves, keepers, mandates."""
    row = get_object_or_404(Stand.objects.visible_to(request.user).select_related("venue__association", "place"), pk=pk)
    today = timezone.localdate()
    found = plan.venues(request.user, today, only=row)
    association = row.venue.association
    may_run = runs(request, association)
    people = keepers_to_be(association) if may_run else None
    context = {
        "stand": row, "view": found[0].stands[0] if found and found[0].stands else None, "runs": may_run,
        "money": sees_money(request, association), "mandates": row.mandates.all(), "today": today,
        "duties": row.duties.select_related("user").exclude(ends_on__lt=today), "days": dict(forms.WEEKDAYS),
        "shelf_form": forms.ShelfForm() if may_run else None,
        "duty_form": forms.DutyForm(people=people, initial={"starts_on": today}) if people is not None else None,
    }  # fmt: skip
    return render(request, "gallery/stand.html", context)


def keepers_to_be(association: Association) -> QuerySet[User]:
    """People with a role in the whole association."""
    now = timezone.now()
    held = {"memberships__association": association, "memberships__unit": None, "memberships__producer": None}
    rows = User.objects.filter(**held, memberships__valid_from__lte=now, is_active=True)
    return rows.exclude(memberships__valid_to__lte=now).distinct().order_by("name")


def _shelf(request: OfficeRequest, pk: int, right: Right | None = None) -> Shelf:
    rows = Shelf.objects.visible_to(request.user) if right is None else Shelf.objects.allowed(request.user, right)
    return get_object_or_404(rows.select_related("stand__venue__association", "place"), pk=pk)


@office(Right.SEE_STOCK)
def shelf(request: OfficeRequest, pk: int) -> HttpResponse:
    """One shelf: who fills each facing, and who did."""
    row = _shelf(request, pk)
    today = timezone.localdate()
    association = row.stand.venue.association
    found = plan.venues(request.user, today, only=row.stand)
    view = next((s for v in found for st in v.stands for s in st.shelves if s.shelf.pk == pk), None)
    units = Unit.objects.filter(association=association).select_related("district").order_by("district__name")
    past = Facing.objects.filter(shelf=row).select_related("unit__district").order_by("-starts_on", "number")
    context = {
        "shelf": row, "view": view, "runs": runs(request, association), "money": sees_money(request, association),
        "units": units, "today": today, "past": past[:60],
        "form": forms.ShelfChangeForm(initial={"facings": row.facings, "worth": row.worth}),
    }  # fmt: skip
    return render(request, "gallery/shelf.html", context)


@office(Right.RUN_GALLERY)
@require_POST
def facing(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give one facing to a unit, or free it."""
    row = _shelf(request, pk, Right.RUN_GALLERY)
    units = Unit.objects.filter(association=row.stand.venue.association_id)
    form = forms.FacingForm(request.POST, units=units)
    if not form.is_valid():
        messages.error(request, _("Pilih muka, unit, dan tanggalnya."))
        return redirect("gallery:shelf", pk=pk)
    data = form.cleaned_data
    given = {"shelf": row, "number": data["number"], "at": timezone.now(), "by": request.user}
    if data["unit"]:
        actions.assign_facing(unit=data["unit"], starts_on=data["starts_on"], **given)
    else:
        actions.free_facing(on=data["starts_on"], **given)
    messages.success(request, _("Muka %(number)s disimpan.") % {"number": data["number"]})
    return redirect("gallery:shelf", pk=pk)


@office(Right.SEE_STOCK)
def calendar(request: OfficeRequest) -> HttpResponse:
    """Who fills which facing in the coming months, by the fairness rule."""
    association = _house(request)
    periods, tallies = rotation(association, timezone.localdate(), MONTHS)
    context = {
        "association": association, "periods": periods, "tallies": tallies, "runs": runs(request, association),
        "shows_dues": request.may(Right.SEE_STATEMENTS),
    }  # fmt: skip
    return render(request, "gallery/calendar.html", context)


def _house(request: OfficeRequest) -> Association:
    return get_object_or_404(
        Association.objects.filter(pk__in=associations_of(request.user, Right.SEE_STOCK)).order_by("pk")[:1]
    )


@office(Right.RUN_GALLERY)
def quotas(request: OfficeRequest) -> HttpResponse:
    """How large a share of the facings each unit gets; changed by whoever runs the gallery."""
    mine = scope(request.user, Right.RUN_GALLERY).associations
    association = get_object_or_404(Association.objects.filter(pk__in=mine).order_by("pk")[:1])
    weights = weights_of(association)
    if request.method == "POST":
        typed = forms.weights(request.POST, weights)
        changed = actions.set_quotas(association=association, weights=typed, at=timezone.now(), by=request.user)
        messages.success(request, _("Bagian %(count)s unit diubah; giliran berikut memakainya.") % {"count": changed})
        return redirect("gallery:calendar")
    units = Unit.objects.filter(association=association).select_related("district").order_by("district__name")
    rows = [(unit, weights[unit.pk]) for unit in units]
    return render(request, "gallery/quotas.html", {"rows": rows, "most": Quota.MOST})


@office(Right.RUN_GALLERY)
@require_POST
def rotate(request: OfficeRequest) -> HttpResponse:
    """Put the next month of the calendar into force."""
    mine = scope(request.user, Right.RUN_GALLERY).associations
    association = get_object_or_404(Association.objects.filter(pk__in=mine).order_by("pk")[:1])
    periods, _tallies = rotation(association, timezone.localdate(), 1)
    period = periods[0]
    changed = actions.rotate(
        association=association, plan=period.plan, starts_on=period.starts_on, at=timezone.now(), by=request.user
    )
    messages.success(request, _("Giliran berlaku; %(count)s muka berganti unit.") % {"count": changed})
    return redirect("gallery:calendar")
