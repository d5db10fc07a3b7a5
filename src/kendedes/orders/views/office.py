"""Orders in the office: what waits, one order, and every deed about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.ledger import press
from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association
from kendedes.network.queries import scope
from kendedes.network.rules import Right
from kendedes.orders import actions, forms
from kendedes.orders.models import Message, Money, Order, OrderLine, Proof
from kendedes.orders.queries import detail, files
from kendedes.orders.queries.office import STATES, listed, messages_of, work_for
from kendedes.sales.models import Shift
from kendedes.ui.limits import limited

HANDLE = Right.HANDLE_ORDERS
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8",
}  # fmt: skip


def _order(request: OfficeRequest, pk: int) -> Order:
    rows = Order.objects.visible_to(request.user).select_related(
        "association__till_rules", "association__shop", "stand__venue"
    )
    return get_object_or_404(rows, pk=pk)


def _drawers(order: Order) -> tuple[QuerySet[Shift], Shift | None]:
    return detail.drawers(order, timezone.localdate())


def _back(order: Order | int) -> HttpResponse:
    return redirect("orders:detail", pk=order if isinstance(order, int) else order.pk)


def _said(form: Any) -> str:
    """What is wrong with a form, each fault with the name of its field."""
    return " ".join(f"{form.fields[name].label or name}: {error}" for name, row in form.errors.items() for error in row)


@office(HANDLE)
def listing(request: OfficeRequest) -> HttpResponse:
    """By what they wait for, the longest first."""
    state = request.GET.get("keadaan", "")
    rows, counts = listed(Order.objects.visible_to(request.user), state, timezone.now())
    chips = [(key, label, counts[key]) for key, label in STATES.items()]
    context = {
        "rows": rows, "chips": chips, "state": state if state in STATES else "", "runs": request.may("run_gallery"),
        "sees_work": request.may("see_stock"),
    }  # fmt: skip
    return render(request, "orders/office/list.html", context)


@office(HANDLE)
def one(request: OfficeRequest, pk: int) -> HttpResponse:
    """One order with everything that can be done to it now."""
    order = _order(request, pk)
    got = detail.paid(order)
    due, pays = detail.due_of(order, got), detail.pays(order, got)
    initial = {
        "amount": pays.amount if pays else due,
        "kind": order.pay if order.pay != Order.Pay.GATEWAY else "transfer",
    }
    drawers = _drawers(order)
    return render(
        request, "orders/office/order.html",
        {
            "order": order, "lines": detail.lines_of(order), "paid": got, "due": due, "word": detail.money_word(order, got),
            "said": detail.said_money(order), "moneys": order.moneys.filter(posting__isnull=False),
            "money_form": forms.MoneyForm(initial=initial, drawers=drawers), "hand_form": forms.HandForm(drawers=drawers), "reason_form": forms.ReasonForm(),
            "back_form": forms.BackForm(drawers=drawers), "shipping_form": forms.ShippingForm(), "proofs": [proof for proof in order.proofs.all() if proof.image],
            "texts": messages_of(order), "asks": order.asks.select_related("producer__unit__district"),
        },
    )  # fmt: skip


@require_POST
@office(HANDLE)
def confirm(request: OfficeRequest, pk: int) -> HttpResponse:
    """The money is there."""
    order = _order(request, pk)
    form = forms.MoneyForm(request.POST, drawers=_drawers(order))
    if form.is_valid():
        actions.confirm_money(order=order, at=timezone.now(), by=request.user, **form.cleaned_data)
        messages.success(request, _("Pembayaran tercatat."))
    else:
        messages.error(request, _said(form))
    return _back(order)


@require_POST
@office(HANDLE)
def not_found(request: OfficeRequest, pk: int) -> HttpResponse:
    """The money is not there."""
    order = _order(request, pk)
    money = get_object_or_404(Money, order=order, posting=None, refused_at=None)
    actions.refuse_money(money=money, at=timezone.now(), by=request.user)
    return _back(order)


@require_POST
@office(HANDLE)
def ready(request: OfficeRequest, pk: int) -> HttpResponse:
    """Packed."""
    order = actions.mark_ready(order=_order(request, pk), at=timezone.now(), by=request.user)
    return _back(order)


@require_POST
@office(HANDLE)
def hand(request: OfficeRequest, pk: int) -> HttpResponse:
    """The goods leave."""
    order = _order(request, pk)
    form = forms.HandForm(request.POST, drawers=_drawers(order))
    if form.is_valid():
        data = form.cleaned_data
        actions.hand_over(
            order=order, at=timezone.now(), by=request.user, key=data["key"], rest=data["rest"] or Order.Pay.CASH,
            scanned=form.codes(), in_hand=data["in_hand"], tracking=data["tracking"],
            drawer=data.get("drawer"),
        )  # fmt: skip
        messages.success(request, _("Barang sudah keluar; bagian produsen tercatat."))
    else:
        messages.error(request, _said(form))
    return _back(order)


@require_POST
@office(HANDLE)
def arrive(request: OfficeRequest, pk: int) -> HttpResponse:
    """The buyer has it."""
    order = actions.arrived(order=_order(request, pk), at=timezone.now(), by=request.user)
    return _back(order)


@require_POST
@office(HANDLE)
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    """The promise ends."""
    order = _order(request, pk)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _said(form))
        return _back(order)
    actions.cancel_order(order=order, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user)
    return _back(order)


@require_POST
@office(HANDLE)
def give_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Money of an order that ended."""
    order = _order(request, pk)
    form = forms.BackForm(request.POST, drawers=_drawers(order))
    if form.is_valid():
        data = form.cleaned_data
        actions.give_back(
            order=order, kind=data["kind"], key=data["key"], at=timezone.now(), by=request.user, drawer=data.get("drawer")
        )  # fmt: skip
        messages.success(request, _("Uang kembali tercatat."))
    return _back(order)


@require_POST
@office(HANDLE)
def take_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Pieces come back for money."""
    order = _order(request, pk)
    form = forms.BackForm(request.POST, drawers=_drawers(order))
    pieces = {n: k for n, k in forms.amounts(request.POST).items() if k}
    if form.is_valid():
        data = form.cleaned_data
        actions.take_back(
            order=order, pieces=pieces, kind=data["kind"], reason=data["reason"], key=data["key"], at=timezone.now(),
            by=request.user, drawer=data.get("drawer"),
        )  # fmt: skip
        messages.success(request, _("Pengembalian tercatat."))
    return _back(order)


@require_POST
@office(HANDLE)
def shipping(request: OfficeRequest, pk: int) -> HttpResponse:
    """The price of sending."""
    order = _order(request, pk)
    form = forms.ShippingForm(request.POST)
    if form.is_valid():
        actions.write_shipping(order=order, at=timezone.now(), by=request.user, **form.cleaned_data)
    return _back(order)


@require_POST
@office(HANDLE)
def accept_date(request: OfficeRequest, pk: int) -> HttpResponse:
    """A maker's date is taken over."""
    line = get_object_or_404(OrderLine, pk=pk, order__in=Order.objects.visible_to(request.user))
    actions.accept_date(line=line, at=timezone.now(), by=request.user)
    return _back(line.order_id)


@require_POST
@office(HANDLE)
def told(request: OfficeRequest, pk: int) -> HttpResponse:
    """A person sent the WhatsApp text."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    actions.note_sent(message=message, at=timezone.now(), by=request.user)
    return _back(message.order_id)


@require_POST
@office(HANDLE)
def send_again(request: OfficeRequest, pk: int) -> HttpResponse:
    """A mail that did not arrive is tried anew."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    actions.send_again(message=message, at=timezone.now(), by=request.user)
    return _back(message.order_id)


@office(HANDLE)
def export(request: OfficeRequest, what: str, form: str) -> HttpResponse:
    """Orders of some days, or their lines, for other programs; nothing of the buyers as persons."""
    if what not in files.EXPORTS or form not in KINDS:
        raise Http404
    days = forms.DaysForm(request.GET or None)
    since, until = days.days(timezone.localdate())
    associations = sorted(scope(request.user, HANDLE).associations)
    association = get_object_or_404(Association, pk=associations[0] if associations else 0)
    header, rows = files.EXPORTS[what]
    found = rows(association, since, until)
    made = press.xlsx(header, found) if form == "xlsx" else press.csv_bytes(header, found)
    answer = HttpResponse(made, content_type=KINDS[form])
    answer["Content-Disposition"] = f'attachment; filename="{what}-{since}-{until}.{form}"'
    return answer


@office(HANDLE)
@limited("bukti-kantor", "120/m")
def proof(request: OfficeRequest, pk: int) -> HttpResponse:
    """A buyer's photo, for those who look for the money."""
    row = get_object_or_404(Proof, pk=pk, order__in=Order.objects.visible_to(request.user))
    if not row.image:  # taken away with everything else of a buyer who asked for it
        raise Http404
    answer = HttpResponse(bytes(row.image), content_type="image/jpeg")
    answer["Content-Disposition"] = "inline; filename=bukti.jpg"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@office(Right.SEE_STOCK)
def work(request: OfficeRequest) -> HttpResponse:
    """What makers of one's own part have been asked to make; nothing of buyers stands there."""
    return render(request, "orders/office/work.html", {"rows": work_for(OrderLine.objects.visible_to(request.user))})
