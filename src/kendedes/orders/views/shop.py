"""How the shop sells: the manager's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.gallery.models import Stand
from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association
from kendedes.network.queries import scope
from kendedes.network.rules import Right
from kendedes.orders import actions, forms
from kendedes.orders.models import Quota, Rate, ShopRules, Wording
from kendedes.orders.queries.office import LANGUAGES, TELLINGS, tellings
from kendedes.orders.rules.wording import NAMES, TEXTS

RUN = Right.RUN_GALLERY


def _association(request: OfficeRequest) -> Association:
    found = Association.objects.filter(pk__in=scope(request.user, RUN).associations).order_by("pk").first()
    if found is None:
        raise Http404
    return found


@office(RUN)
def rules(request: OfficeRequest) -> HttpResponse:
    """Ways to pay and to get the goods, quotas, couriers, texts."""
    association = _association(request)
    row = ShopRules.objects.filter(pk=association.pk).first() or ShopRules(association=association)
    form = forms.ShopForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        actions.change_shop(association=association, at=timezone.now(), by=request.user, **form.cleaned_data)
        messages.success(request, _("Aturan toko disimpan."))
        return redirect("orders:shop")
    stands = Stand.objects.standing().filter(venue__association=association).select_related("venue")
    return render(
        request, "orders/office/shop.html",
        {
            "form": form, "rates": Rate.objects.filter(association=association), "rate_form": forms.RateForm(),
            "quotas": Quota.objects.filter(stand__venue__association=association).select_related("stand"),
            "quota_form": forms.QuotaForm(stands=stands), "texts": tellings(association.pk),
        },
    )  # fmt: skip


@require_POST
@office(RUN)
def rate(request: OfficeRequest) -> HttpResponse:
    """A row of the couriers' table."""
    form = forms.RateForm(request.POST)
    if form.is_valid():
        actions.set_rate(association=_association(request), at=timezone.now(), by=request.user, **form.cleaned_data)
    return redirect("orders:shop")


@require_POST
@office(RUN)
def quota(request: OfficeRequest) -> HttpResponse:
    """A stand's quota."""
    stands = Stand.objects.standing().filter(venue__association=_association(request)).select_related("venue")
    form = forms.QuotaForm(request.POST, stands=stands)
    if form.is_valid():
        actions.set_quota(at=timezone.now(), by=request.user, **form.cleaned_data)
    return redirect("orders:shop")


@office(RUN)
def wording(request: OfficeRequest, key: str, lang: str) -> HttpResponse:
    """One text, as it is sent."""
    if key not in TELLINGS or lang not in LANGUAGES:
        raise Http404
    association = _association(request)
    own = Wording.objects.filter(association=association, key=key, language=lang).first()
    start = 2 if lang == "en" else 0
    subject, text = (own.subject, own.text) if own else TEXTS[key][start : start + 2]
    form = forms.WordingForm(request.POST or None, initial={"subject": subject, "text": text})
    if request.method == "POST" and form.is_valid():
        actions.set_wording(
            association=association, key=key, language=lang, at=timezone.now(), by=request.user, **form.cleaned_data
        )
        return redirect("orders:shop")
    context = {
        "form": form, "name": TELLINGS[key], "language": LANGUAGES[lang], "names": NAMES, "own": own,
        "crumbs": [(_("Aturan toko"), reverse("orders:shop")), (TELLINGS[key], "")],
    }  # fmt: skip
    return render(request, "orders/office/wording.html", context)
