"""The basket and the one page of ordering."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.ledger.rules.days import business_day
from kendedes.network.models import Association
from kendedes.orders import actions, forms
from kendedes.orders.queries.baskets import Basket, basket_of, rates_of, stands_of
from kendedes.orders.rules import basket as rules
from kendedes.orders.views.common import basket_in, from_here, keep_basket, language, let_in, page, visitor
from kendedes.ui.limits import limited


def _basket(association: Association, wanted: dict[int, int]) -> Basket:
    return basket_of(association, wanted, business_day(timezone.now(), settings.TIME_ZONE))


@csrf_exempt  # the product page is the same for everybody and carries no token; ``from_here`` stands in for it
@require_POST
@limited("keranjang", "120/m", public=True)
@visitor
def put(request: HttpRequest, association: Association) -> HttpResponseBase:
    """One pack more; a form from another site changes nothing."""
    form = forms.PutForm(request.POST)
    answer = redirect("orders:basket")
    if form.is_valid() and from_here(request):
        wanted = rules.put(basket_in(request), form.cleaned_data["kemasan"], form.cleaned_data["jumlah"])
        keep_basket(answer, wanted)
    return answer


@visitor
def show(request: HttpRequest, association: Association) -> HttpResponse:
    """What is in it; numbers can be changed, 0 takes a pack out."""
    wanted = basket_in(request)
    if request.method == "POST":
        asked = forms.amounts(request.POST)
        wanted = {pack: asked.get(pack, pieces) for pack, pieces in wanted.items()}
        onward = "pesan" in request.POST
        answer = redirect("orders:checkout" if onward else "orders:basket")
        keep_basket(answer, wanted)
        return answer
    found = _basket(association, wanted)
    return page(request, association, "orders/basket.html", {"basket": found})


@limited("pesan", "30/h", method="POST", public=True)
@visitor
def checkout(request: HttpRequest, association: Association) -> HttpResponseBase:
    """Everything on one page. What was typed stays when something is refused; the same form twice is one order."""
    sent = request.method == "POST"
    seen = forms.seen_lines(request.POST) if sent else []
    wanted = {pack: pieces for pack, pieces, _price in seen} or basket_in(request)
    found = _basket(association, wanted)
    if not sent and not found.items:
        return redirect("orders:basket")
    stands = stands_of(association)
    form = forms.CheckoutForm(
        request.POST if sent else None, rules=found.rules, stands=stands, rates=rates_of(association), grams=found.grams
    )
    problem: Refusal | None = None
    if sent and request.POST.get("situs"):
        return redirect("orders:basket")  # a program: it hears nothing and gets nothing
    if sent and form.is_valid():
        try:
            return _placed(request, association, form, seen)
        except Refusal as refusal:
            problem = refusal
    context: dict[str, Any] = {"form": form, "basket": found, "problem": problem}
    return page(request, association, "orders/checkout.html", context, status=409 if problem else 200)


def _placed(
    request: HttpRequest, association: Association, form: forms.CheckoutForm, seen: list[tuple[int, int, int]]
) -> HttpResponse:
    data = form.cleaned_data
    placed = actions.place(
        association=association, key=data["kunci"], at=timezone.now(), pay=data["pay"],
        lines=[actions.Wanted(*line) for line in seen],
        buyer=actions.Buyer(data["name"], data["phone"], data["email"], data["note"], language()),
        delivery=actions.Delivery(
            way=data["way"], stand=data["stand"].pk if data["stand"] and data["way"] == "pickup" else None,
            address=data["address"], regency=data["regency"], rate=form.rate_number,
        ),
    )  # fmt: skip
    answer = redirect(reverse("orders:order", kwargs={"token": placed.order.token}))
    keep_basket(answer, {})
    if placed.created or placed.order.phone == data["phone"]:
        let_in(answer, placed.order.token)
    return answer
