"""The buyer's own page: how her order stands, how to pay, proof, cancelling. Her name only after four digits."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.network.models import Association
from kendedes.orders import actions, forms
from kendedes.orders.actions.gateway import begin_payment
from kendedes.orders.models import Order
from kendedes.orders.queries import detail
from kendedes.orders.queries.baskets import order_by_token
from kendedes.orders.views.common import is_hers, let_in, page, visitor
from kendedes.ui.limits import limited


def _order(association: Association, token: str) -> Order:
    order = order_by_token(association, token)
    if order is None:
        raise Http404
    return order


def _hers(request: HttpRequest, association: Association, token: str) -> Order:
    """For deeds: the order, once this browser was let in; else as if there were none."""
    order = _order(association, token)
    if not is_hers(request, token):
        raise Http404
    return order


@visitor
def show(request: HttpRequest, association: Association, token: str) -> HttpResponse:
    """Goods, amounts and state for whoever has the address; name, phone and address for who knows the number."""
    order = _order(association, token)
    got = detail.paid(order)
    return page(
        request, association, "orders/order.html",
        {
            "order": order, "lines": detail.lines_of(order), "paid": got, "due": detail.due_of(order, got),
            "word": detail.money_word(order, got), "pays": detail.pays(order, got), "said": detail.said_money(order),
            "hers": is_hers(request, token), "phone_form": forms.PhoneForm(), "proof_form": forms.ProofForm(),
            "reason_form": forms.ReasonForm(), "rules": getattr(association, "shop", None),
            "proofs": order.proofs.count(),
        },
    )  # fmt: skip


@require_POST
@limited("buka-pesanan", "10/h", public=True)
@visitor
def open_(request: HttpRequest, association: Association, token: str) -> HttpResponseBase:
    """Let in who knows the last four digits."""
    order = _order(association, token)
    form = forms.PhoneForm(request.POST)
    answer = _back(token)
    if form.is_valid() and secrets.compare_digest(form.cleaned_data["digits"].encode(), order.phone[-4:].encode()):
        let_in(answer, token)
    else:
        messages.error(request, _("Angkanya tidak cocok."))
    return answer


@require_POST
@visitor
def say_paid(request: HttpRequest, association: Association, token: str) -> HttpResponse:
    """The buyer has paid; a person looks for it."""
    actions.say_paid(order=_hers(request, association, token), at=timezone.now())
    return _back(token)


@require_POST
@limited("bukti", "20/h", public=True)
@visitor
def proof(request: HttpRequest, association: Association, token: str) -> HttpResponseBase:
    """A photo of the transfer."""
    order = _hers(request, association, token)
    form = forms.ProofForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Pilih foto buktinya dahulu."))
        return _back(token)
    upload = form.cleaned_data["file"]
    try:
        data = upload.read(actions.PROOF_BYTES + 1)
        actions.add_proof(order=order, data=data, at=timezone.now())
        messages.success(request, _("Terima kasih. Bukti diterima; kami periksa."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _back(token)


@require_POST
@visitor
def cancel(request: HttpRequest, association: Association, token: str) -> HttpResponse:
    """The buyer changed her mind."""
    order = _hers(request, association, token)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for row in form.errors.values() for error in row))
        return _back(token)
    actions.cancel_order(order=order, reason=form.cleaned_data["reason"], at=timezone.now(), by=None)
    return _back(token)


@require_POST
@limited("gerbang", "20/h", public=True)
@visitor
def pay_online(request: HttpRequest, association: Association, token: str) -> HttpResponseBase:
    """To the payment gateway."""
    order = _hers(request, association, token)
    return redirect(begin_payment(order=order, at=timezone.now()))


def _back(token: str) -> HttpResponse:
    return redirect(reverse("orders:order", kwargs={"token": token}))
