"""A maker's personal link: what she is asked to make, and her answer. Nothing of the buyer stands there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.orders import actions, forms
from kendedes.orders.models import Order
from kendedes.orders.queries import detail
from kendedes.orders.views.common import page, visitor


@visitor
def work(request: HttpRequest, association: object, token: str) -> HttpResponse:
    """Lines of one producer in one order; each can be answered, and answered anew."""
    ask = detail.ask_by_token(token)
    if ask is None:
        raise Http404
    order: Order = ask.order
    if order.kind == Order.Kind.WHOLESALE:  # makers of large orders count pieces: one page, whichever link they hold
        return redirect(reverse("wholesale:work", kwargs={"token": token}))
    mine = order.lines.filter(producer=ask.producer, made=True)
    if request.method == "POST":
        form = forms.AnswerForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            line = get_object_or_404(mine, number=data["line"])
            actions.say_progress(line=line, step=data["step"], on=data["on"], at=timezone.now(), by=None)
            messages.success(request, _("Terima kasih, jawaban Anda sudah sampai ke galeri."))
        else:
            messages.error(request, _("Tanggalnya tidak terbaca."))
        return redirect(reverse("orders:work", kwargs={"token": token}))
    rows = [row for row in detail.lines_of(order) if row.line.made and row.line.producer_id == ask.producer_id]
    return page(request, ask.order.association, "orders/work.html", {"ask": ask, "order": order, "rows": rows})
