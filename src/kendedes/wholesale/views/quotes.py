"""The split and the quotes that come of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.orders.models import Order
from kendedes.wholesale import actions, forms, press
from kendedes.wholesale.actions.quotes import VALID_DAYS
from kendedes.wholesale.models import Enquiry, Quote
from kendedes.wholesale.queries.makers import Candidate, propose, public_products
from kendedes.wholesale.rules.split import MOST_MAKERS
from kendedes.wholesale.views.common import SELL, enquiry_of, pdf, quote_of, start


@office(SELL)
def split(request: OfficeRequest, pk: int) -> HttpResponse:
    """Who makes how many, proposed and explained; a person changes what she likes and keeps it as a draft."""
    enquiry = enquiry_of(request, pk)
    most = request.GET.get("pembuat", "")
    proposal = propose(
        enquiry, timezone.localdate(), int(most) if most in {"1", "2", "3", "4", "5", "6"} else MOST_MAKERS
    )
    before = enquiry.quotes.prefetch_related("lines").first()
    rows = [(row, _line_form(request, row, before, enquiry)) for row in proposal.candidates]
    form = forms.QuoteForm(request.POST or None, initial=_terms(before, enquiry))
    if request.method == "POST" and form.is_valid() and all(line.is_valid() for _row, line in rows):
        return _keep(request, enquiry, form.cleaned_data, rows)
    context = {"enquiry": enquiry, "proposal": proposal, "rows": rows, "form": form, "before": before, "most": most}
    context["kind"] = forms.KindForm(
        initial={"category": enquiry.category_id}, products=public_products(enquiry.association)
    )
    return render(request, "wholesale/office/split.html", context)


def _line_form(request: OfficeRequest, row: Candidate, before: Quote | None, enquiry: Enquiry) -> forms.LineForm:
    """What the draft or the last version says; without one what the rule proposes."""
    initial: dict[str, Any] = {
        "quantity": row.part.quantity or None, "price": row.part.price, "ready_on": row.ready_on, "sample": row.supply.sample_price,
        "with_sample": enquiry.sample and row.part.quantity > 0,
    }  # fmt: skip
    if before is not None and "usul" not in request.GET:
        kept = [line for line in before.lines.all() if line.variant_id == row.variant.pk]
        main = next((line for line in kept if not line.sample), None)
        initial["quantity"] = main.quantity if main else None
        initial["with_sample"] = any(line.sample for line in kept)
        if main:
            initial |= {"price": main.price, "ready_on": main.ready_on}
    data = request.POST if request.method == "POST" else None
    return forms.LineForm(data, prefix=str(row.variant.pk), initial=initial)


def _terms(before: Quote | None, enquiry: Enquiry) -> dict[str, Any]:
    if before is not None:
        names = ("down_percent", "way", "shipping", "delivery", "note")
        kept = {name: getattr(before, name) for name in names}
        return kept | {"valid_until": max(before.valid_until, timezone.localdate() + timedelta(days=3))}
    return {
        "valid_until": timezone.localdate() + timedelta(days=VALID_DAYS), "down_percent": 50, "way": Order.Way.COURIER, "shipping": 0,
        "delivery": enquiry.place,
    }  # fmt: skip


def _keep(
    request: OfficeRequest, enquiry: Enquiry, terms: dict[str, Any], rows: list[tuple[Candidate, forms.LineForm]]
) -> HttpResponse:
    lines: list[actions.Line] = []
    for row, form in rows:
        data = form.cleaned_data
        if data["quantity"]:
            lines.append(actions.Line(row.variant, data["quantity"], data["price"], data["ready_on"]))
        if data["with_sample"] and data["quantity"]:
            on = min(data["ready_on"], timezone.localdate() + timedelta(days=7))
            lines.append(actions.Line(row.variant, 1, data["sample"] or 0, on, sample=True))
    given = sum(line.quantity for line in lines if not line.sample)
    terms["shipping"] = terms["shipping"] or 0
    quote = actions.draft_quote(
        enquiry=enquiry,
        lines=lines,
        at=timezone.now(),
        by=request.user,
        missing=max(0, enquiry.quantity - given),
        **terms,
    )
    if quote.second_asked_at:
        messages.warning(
            request,
            _("Draf %(code)s tersimpan. Ada harga di bawah kesepakatan: minta orang kedua menyetujuinya.")
            % {"code": quote.code},
        )
    else:
        messages.success(request, _("Draf %(code)s tersimpan. Periksa, lalu kirim.") % {"code": quote.code})
    return redirect("wholesale:detail", pk=enquiry.pk)


@require_POST
@office(SELL)
def send(request: OfficeRequest, pk: int) -> HttpResponse:
    """The draft goes out; the person opens WhatsApp with its text next."""
    quote = actions.send_quote(quote=quote_of(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Penawaran %(code)s siap dikirim lewat WhatsApp atau surel.") % {"code": quote.code})
    return redirect("wholesale:detail", pk=quote.enquiry_id)


@require_POST
@office(SELL)
def agree(request: OfficeRequest, pk: int) -> HttpResponse:
    """The second person agrees to a price below what was agreed with the maker."""
    quote = actions.agree_price(quote=quote_of(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Harga disetujui. Penawaran %(code)s dapat dikirim.") % {"code": quote.code})
    return redirect("wholesale:detail", pk=quote.enquiry_id)


@require_POST
@office(SELL)
def mail(request: OfficeRequest, pk: int) -> HttpResponse:
    """To the buyer's mail address, with the paper."""
    letter = actions.mail_quote(quote=quote_of(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Penawaran berangkat lewat surel, dengan PDF-nya."))
    return redirect("wholesale:detail", pk=letter.quote.enquiry_id)


@require_POST
@office(SELL)
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """It no longer stands."""
    quote = actions.withdraw_quote(quote=quote_of(request, pk), at=timezone.now(), by=request.user)
    return redirect("wholesale:detail", pk=quote.enquiry_id)


@office(SELL)
def paper(request: OfficeRequest, pk: int) -> HttpResponse:
    """The paper, drafts too (marked so)."""
    quote = quote_of(request, pk)
    path = reverse("wholesale:quote", kwargs={"token": quote.token})
    link = press.address_of(quote.enquiry.association, start(request), path)
    return pdf(press.quote(quote, link=link), f"{quote.code}.pdf")
