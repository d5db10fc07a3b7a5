"""Enquiries in the office: what waits, the board, one enquiry with everything about it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.orders.models import Order
from kendedes.orders.queries.detail import drawers, due_of
from kendedes.orders.rules.wording import whatsapp
from kendedes.wholesale import actions, forms, press
from kendedes.wholesale.models import Buyer, Enquiry, Letter, Quote
from kendedes.wholesale.queries import board as found
from kendedes.wholesale.queries.agreed import below_agreed
from kendedes.wholesale.queries.billing import parts_of, rows_left, rows_of
from kendedes.wholesale.queries.makers import public_products
from kendedes.wholesale.queries.telling import said_of
from kendedes.wholesale.rules.texts import quote_text
from kendedes.wholesale.views.common import SELL, association_of, enquiry_of, start

LABELS = {
    "baru": gettext_lazy("Baru"), "dikerjakan": gettext_lazy("Dikerjakan"), "ditawarkan": gettext_lazy("Ditawarkan"),
    "dibuat": gettext_lazy("Dibuat dan dikirim"), "selesai": gettext_lazy("Selesai"), "batal": gettext_lazy("Tidak jadi"),
}  # fmt: skip


@office(SELL)
def listing(request: OfficeRequest) -> HttpResponse:
    """What waits, longest first."""
    part = request.GET.get("bagian", "")
    part = part if part in LABELS else ""
    rows, counts = found.listed(Enquiry.objects.visible_to(request.user), part, timezone.now())
    parts = [(name, label, counts[name]) for name, label in LABELS.items()]
    return render(request, "wholesale/office/list.html", {"rows": rows, "parts": parts, "part": part})


@office(SELL)
def board(request: OfficeRequest) -> HttpResponse:
    """Columns by state."""
    columns = found.board(Enquiry.objects.visible_to(request.user), timezone.now())
    return render(
        request, "wholesale/office/board.html", {"columns": [(name, LABELS[name], rows) for name, rows in columns]}
    )


@office(SELL)
def new(request: OfficeRequest) -> HttpResponse:
    """A request that came by WhatsApp, phone or in person."""
    association = association_of(request)
    buyers = Buyer.objects.visible_to(request.user).filter(association=association, blanked_at=None)
    products = public_products(association)
    initial = {"buyer": request.GET.get("pembeli")} if request.GET.get("pembeli", "").isdigit() else {}
    form = forms.OfficeAskForm(request.POST or None, buyers=buyers, products=products, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        contact = actions.Contact(data["name"], data["phone"], "", data["organisation"], data["keep"])
        made = actions.ask(
            association=association, key=data["kunci"], at=timezone.now(), by=request.user, source=data["source"],
            buyer=data["buyer"], contact=None if data["buyer"] else contact,
            asked=actions.Asked(
                data["what"], data["quantity"], data["wanted_on"], None, data["category"], data["ceiling"], data["sample"],
                data["place"], data["note"],
            ),
        )  # fmt: skip
        return redirect("wholesale:detail", pk=made.pk)
    return render(request, "wholesale/office/new.html", {"form": form})


@office(SELL)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """One enquiry: who, what, its quotes, then its order with makers, money and papers."""
    enquiry = enquiry_of(request, pk)
    now = timezone.now()
    quotes = found.quotes_of(enquiry)
    order = found.order_of(enquiry)
    work = found.work_of(order, now) if order else []
    current = next((quote for quote in quotes if quote.state == Quote.State.SENT), None)
    letter = Letter.objects.filter(quote=current).first() if current else None
    turned = current if current and current.turned_away_at else None
    told = _told(request, current) if current and not turned else ("", "")
    return render(
        request, "wholesale/office/detail.html",
        {
            "enquiry": enquiry, "row": found.row_of(enquiry, now), "quotes": quotes, "order": order, "work": work,
            "mails": bool(settings.ENV.mail_host), "letter": letter, "current": current,
            "letter_waits": letter is not None and letter.sent_at is None and letter.failed_at is None,
            "low": below_agreed(quotes[0]) if quotes and quotes[0].state == Quote.State.DRAFT else [],
            "turned": turned, "text": told[0], "chat": told[1], "reason": forms.ReasonForm(),
            "makers": [(row, start(request) + reverse("wholesale:work", kwargs={"token": row.ask.token})) for row in work if row.ask],
            **(_order(order, work) if order else {}),
        },
    )  # fmt: skip


def _order(order: Order, work: Sequence[found.Work]) -> dict[str, Any]:
    """An order in work: how far it is, its money, and the forms of what can be done now."""
    parts = parts_of(order)
    due = due_of(order, parts.paid)
    first = next((bill for bill in parts.bills if bill.open), None)
    wanted = first.open if first else order.down - parts.paid if parts.paid < order.down else due
    cash = drawers(order, timezone.localdate())
    made = {row.line.pk: row.pieces for row in work}
    lines = rows_left(parts.lines, made)
    shipping = {"kunci": uuid.uuid4(), "billed": True}
    return {
        "parts": parts, "due": due,
        "money": forms.MoneyForm(
            initial={"kunci": uuid.uuid4(), "amount": min(wanted, due), "paper": first.paper if first else None}, drawers=cash,
            papers=order.papers.filter(pk__in=[bill.paper.pk for bill in parts.bills if bill.open]).order_by("id"),
        ),
        "delivery": forms.DeliverForm(initial=shipping, lines=lines),
        "call_off": forms.CallOffForm(initial={"seen": parts.left}, lines=[(n, name, most, most) for n, name, most, _ in lines]),
        "back": forms.GiveBackForm(initial={"kunci": uuid.uuid4()}, drawers=cash),
        "parcels": [
            (parcel, None if parcel.gone else forms.TakeBackForm(
                initial={"kunci": uuid.uuid4()}, lines=rows_of(parcel.parcel), auto_id=f"tarik-{parcel.parcel.number}-%s"
            ))
            for parcel in parts.parcels
        ],
        "all_ready": bool(work) and all(not row.more for row in work), "some_ready": any(row[3] for row in lines),
        "closed": order.state == Order.State.CANCELLED,
    }  # fmt: skip


def _told(request: OfficeRequest, quote: Quote) -> tuple[str, str]:
    """(WhatsApp text of a quote, link that opens it)."""
    buyer, association = quote.enquiry.buyer, quote.enquiry.association
    path = reverse("wholesale:quote", kwargs={"token": quote.token})
    text = quote_text(said_of(quote, press.address_of(association, start(request), path)), buyer.language)
    return text, whatsapp(buyer.phone, text)


@require_POST
@office(SELL)
def take(request: OfficeRequest, pk: int) -> HttpResponse:
    """This person has it."""
    actions.take(enquiry=enquiry_of(request, pk), holder=request.user, at=timezone.now(), by=request.user)
    messages.success(request, _("Permintaan ini Anda pegang."))
    return redirect("wholesale:detail", pk=pk)


@require_POST
@office(SELL)
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    """It came to nothing."""
    form = forms.ReasonForm(request.POST)
    enquiry = enquiry_of(request, pk)
    if form.is_valid():
        actions.close(enquiry=enquiry, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user)
    else:
        messages.error(request, _("Tulis alasannya."))
    return redirect("wholesale:detail", pk=pk)


@require_POST
@office(SELL)
def kind(request: OfficeRequest, pk: int) -> HttpResponse:
    """In which category makers are looked for."""
    enquiry = enquiry_of(request, pk)
    form = forms.KindForm(request.POST, products=public_products(enquiry.association))
    if form.is_valid():
        actions.set_kind(enquiry=enquiry, category=form.cleaned_data["category"], at=timezone.now(), by=request.user)
    return redirect("wholesale:split", pk=pk)
