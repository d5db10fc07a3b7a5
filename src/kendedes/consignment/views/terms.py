"""Terms: what holds, what is proposed, what it means in rupiah."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.consignment import actions, forms
from kendedes.consignment.models import Proposal
from kendedes.consignment.queries.terms import holding, shown, unsaved
from kendedes.ledger.models import Terms
from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association, Producer, Unit
from kendedes.network.queries import associations_of, scope
from kendedes.network.rules import Right
from kendedes.products.models import Product


@office(Right.SEE_STOCK)
def listing(request: OfficeRequest) -> HttpResponse:
    """What holds today, what waits, what was."""
    today = timezone.localdate()
    rows = Terms.objects.visible_to(request.user).select_related("association", "unit__district", "producer", "product")
    now, later, past = holding(rows.distinct(), today)
    proposals = Proposal.objects.visible_to(request.user).filter(state=Proposal.State.OPEN)
    context = {
        "now": now, "later": later, "past": past[:100], "may_propose": request.may(Right.PROPOSE_TERMS),
        "proposals": proposals.select_related("association", "unit__district", "producer", "product", "proposed_by"),
    }  # fmt: skip
    return render(request, "consignment/terms.html", context)


@office(Right.SEE_STOCK)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """One version, with an example."""
    rows = Terms.objects.visible_to(request.user).distinct()
    row = get_object_or_404(rows.select_related("association", "unit__district", "producer", "product"), pk=pk)
    return render(request, "consignment/terms_one.html", {"terms": row, "shown": shown(row)})


@office(Right.PROPOSE_TERMS)
def propose(request: OfficeRequest) -> HttpResponse:
    """Propose a version; the example is shown before it is sent."""
    found = scope(request.user, Right.PROPOSE_TERMS)
    houses = associations_of(request.user, Right.PROPOSE_TERMS)
    association = get_object_or_404(Association.objects.filter(pk__in=houses).order_by("pk")[:1])
    here = {"association": association}
    form = forms.TermsForm(
        request.POST or None, whole=association.pk in found.associations, initial={"valid_from": timezone.localdate()},
        units=Unit.objects.allowed(request.user, Right.PROPOSE_TERMS).filter(**here).select_related("district"),
        producers=Producer.objects.allowed(request.user, Right.PROPOSE_TERMS).filter(ended_on=None, **here),
        products=Product.objects.allowed(request.user, Right.PROPOSE_TERMS).filter(**here).exclude(state="discontinued"),
    )  # fmt: skip
    context: dict[str, Any] = {"form": form, "cuts": range(1, forms.DEDUCTIONS + 1)}
    if request.method == "POST" and form.is_valid():
        values = form.values()
        if "show" in request.POST:
            context["shown"] = shown(unsaved(values))
        else:
            try:
                made = actions.propose(
                    association=association, valid_from=form.cleaned_data["valid_from"], values=values, at=timezone.now(),
                    by=request.user, **form.body(),
                )  # fmt: skip
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Usulan dikirim."))
                return redirect("consignment:proposal", pk=made.pk)
    return render(request, "consignment/propose.html", context)


def _proposal(request: OfficeRequest, pk: int, right: Right | None = None) -> Proposal:
    rows = Proposal.objects.visible_to(request.user) if right is None else Proposal.objects.allowed(request.user, right)
    related = ("association", "unit__district", "producer", "product__producer", "proposed_by", "decided_by", "terms")
    return get_object_or_404(rows.select_related(*related), pk=pk)


@office(Right.SEE_STOCK)
def proposal(request: OfficeRequest, pk: int) -> HttpResponse:
    """A proposal beside an example; who may agrees or declines."""
    row = _proposal(request, pk)
    context = {
        "proposal": row, "shown": shown(unsaved(row.values)),
        "agrees": Proposal.objects.allowed(request.user, Right.AGREE_TERMS).filter(pk=pk).exists(),
        "mine": Proposal.objects.allowed(request.user, Right.PROPOSE_TERMS).filter(pk=pk).exists(),
    }  # fmt: skip
    return render(request, "consignment/proposal.html", context)


@office(Right.AGREE_TERMS)
@require_POST
def agree(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put it into force."""
    made = actions.agree(proposal=_proposal(request, pk, Right.AGREE_TERMS), at=timezone.now(), by=request.user)
    messages.success(
        request, _("Kesepakatan berlaku sejak tanggalnya; titipan yang sudah ada tetap memakai yang lama.")
    )
    return redirect("consignment:terms-one", pk=made.pk)


@office(Right.AGREE_TERMS)
@require_POST
def decline(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say no, and why."""
    row = _proposal(request, pk, Right.AGREE_TERMS)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tuliskan alasannya."))
        return redirect("consignment:proposal", pk=pk)
    actions.decline(proposal=row, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user)
    return redirect("consignment:terms")


@office(Right.PROPOSE_TERMS)
@require_POST
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take the proposal back."""
    actions.withdraw(proposal=_proposal(request, pk, Right.PROPOSE_TERMS), at=timezone.now(), by=request.user)
    return redirect("consignment:terms")
