"""Without an account: asking, a buyer's quote, a maker's work, papers by their code."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.orders import actions as orders
from kendedes.ui.frame import frame, host_name
from kendedes.ui.limits import limited
from kendedes.wholesale import actions, forms, press
from kendedes.wholesale.models import Paper, Quote
from kendedes.wholesale.queries import board
from kendedes.wholesale.queries.billing import parts_of
from kendedes.wholesale.queries.makers import product_asked, public_products, shop_of
from kendedes.wholesale.views.common import pdf, private, start


@limited("permintaan", "10/h", method="POST", public=True)
@private
def ask(request: HttpRequest) -> HttpResponseBase:
    """What, how many, when; from a product's page or free. The same form twice is one enquiry."""
    association = shop_of(host_name(request))
    if association is None:
        raise Http404
    product = product_asked(request.GET.get("produk", "")[:160], association.pk)
    initial = {"what": product.name_id if product else "", "category": product.category_id if product else None}
    form = forms.PublicAskForm(request.POST or None, products=public_products(association), initial=initial)
    if request.method == "POST" and request.POST.get("situs"):
        return redirect("wholesale:ask")  # a program: it hears nothing and gets nothing
    problem: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.ask(
                association=association, key=data["kunci"], at=timezone.now(), by=None,
                asked=actions.Asked(
                    data["what"], data["quantity"], data["wanted_on"], product, data["category"], data["ceiling"], data["sample"],
                    data["place"], data["note"],
                ),
                contact=actions.Contact(
                    data["name"], data["phone"], data["email"], data["organisation"], data["keep"], (get_language() or "id")[:2]
                ),
            )  # fmt: skip
            return redirect("wholesale:thanks", code=made.code)
        except Refusal as refusal:
            problem = refusal
    context = {
        **frame(request),
        "form": form,
        "product": product,
        "problem": problem,
    }
    return render(request, "wholesale/ask.html", context, status=409 if problem else 200)


@private
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """The number people can name on the phone; nothing is looked up."""
    if not code.startswith("PM-") or len(code) > 20:
        raise Http404
    return render(request, "wholesale/thanks.html", {**frame(request), "code": code})


def _quote(token: str) -> Quote:
    found = board.quote_by_token(token)
    if found is None:
        raise Http404
    return found


@private
def quote(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered; whoever has the link may accept while it stands."""
    found = _quote(token)
    today = timezone.localdate()
    order = found.order
    return render(
        request, "wholesale/quote.html",
        {
            "quote": found, "association": found.enquiry.association, "expired": found.expired(today), "order": order,
            "open": found.state == Quote.State.SENT and not found.expired(today),
            "parts": parts_of(order) if order else None,
        },
    )  # fmt: skip


@require_POST
@limited("setuju", "20/h", public=True)
@private
def accept(request: HttpRequest, token: str) -> HttpResponseBase:
    """The buyer agrees, once."""
    found = _quote(token)
    try:
        actions.accept_quote(quote=found, name=request.POST.get("nama", ""), at=timezone.now())
        messages.success(request, _("Terima kasih. Penawaran disetujui; para pembuat langsung kami kabari."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("wholesale:quote", token=token)


@limited("penawaran-pdf", "60/h", public=True)
@private
def quote_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The same on paper."""
    found = _quote(token)
    link = press.address_of(
        found.enquiry.association, start(request), reverse("wholesale:quote", kwargs={"token": token})
    )
    return pdf(press.quote(found, link=link), f"{found.code}.pdf")


@limited("surat-pdf", "60/h", public=True)
@private
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """A delivery note or an invoice, for whoever holds it."""
    found = get_object_or_404(Paper.objects.select_related("association", "order"), token=token)
    link = press.address_of(found.association, start(request), reverse("wholesale:paper", kwargs={"token": token}))
    return pdf(press.bill(found, link=link), f"{found.code}.pdf")


@private
def work(request: HttpRequest, token: str) -> HttpResponse:
    """A maker's part of a large order: confirm, another date, so many made, ready. Nothing of the buyer stands there."""
    ask_ = board.ask_by_token(token)
    if ask_ is None:
        raise Http404
    if request.method == "POST":
        form = forms.MakerForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            line = get_object_or_404(ask_.order.lines.filter(producer=ask_.producer, made=True), number=data["line"])
            try:
                if data["step"] == "made":
                    actions.say_made(line=line, pieces=data["pieces"], at=timezone.now(), by=None)
                else:
                    orders.say_progress(line=line, step=data["step"], on=data["on"], at=timezone.now(), by=None)
                messages.success(request, _("Terima kasih, jawaban Anda sudah sampai ke galeri."))
            except Refusal as refusal:
                messages.error(request, str(refusal))
        else:
            messages.error(request, _("Isiannya tidak terbaca."))
        return redirect("wholesale:work", token=token)
    rows = board.work_of(ask_.order, timezone.now(), ask_.producer_id)
    gone = board.parcels_for(ask_.order, ask_.producer_id)
    return render(request, "wholesale/work.html", {"ask": ask_, "order": ask_.order, "rows": rows, "gone": gone})
