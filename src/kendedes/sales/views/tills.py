"""Tills, PINs, rules, and what does not fit, as the office sees them."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.ledger.actions import settle_oddity
from kendedes.ledger.models import Oddity
from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association
from kendedes.network.queries import scope
from kendedes.network.rules import Right
from kendedes.sales import actions, forms
from kendedes.sales.models import Cashier, Device, RawEvent, Recovered, Sale, TillRules
from kendedes.sales.queries import office as queries
from kendedes.sales.rules.pairing import spaced
from kendedes.sales.views.common import association_for, tabs
from kendedes.ui.paper import qr


@office(Right.MANAGE_TILLS)
def listing(request: OfficeRequest) -> HttpResponse:
    """Tills, and who has a PIN."""
    cashiers = Cashier.objects.visible_to(request.user).current().select_related("user").order_by("user__name")
    context = {"rows": queries.tills(request.user, timezone.now()), "cashiers": cashiers, **tabs(request)}
    return render(request, "sales/tills.html", context)


@office(Right.MANAGE_TILLS)
def pair(request: OfficeRequest) -> HttpResponse:
    """A code for a new till; it is shown once, by the answer to the form."""
    association = association_for(request.user, Right.MANAGE_TILLS)
    form = forms.PairForm(request.POST or None, association=association)
    if request.method == "POST" and form.is_valid():
        pairing, code = actions.invite_till(
            association=association, at=timezone.now(), by=request.user, **form.cleaned_data
        )  # fmt: skip
        host = settings.ENV.origin or request.build_absolute_uri("/").rstrip("/")
        address = f"{host}/kasir/"
        context = {
            "pairing": pairing, "code": spaced(code), "address": address, "qr": qr_data(f"{address}#pasang={code}"),
        }  # fmt: skip
        return render(request, "sales/pair_code.html", context)
    return render(request, "sales/pair.html", {"form": form})


def qr_data(text: str) -> str:
    """A QR code as the address of an image."""
    return "data:image/svg+xml," + quote(qr(text))


@office(Right.MANAGE_TILLS)
def till(request: OfficeRequest, pk: int) -> HttpResponse:
    """One till: how far it is acknowledged, what waits, its events."""
    device = get_object_or_404(
        Device.objects.allowed(request.user, Right.MANAGE_TILLS).select_related("place", "association"), pk=pk
    )  # fmt: skip
    context = {
        "device": device, "events": queries.events_of(device), "sales": Sale.objects.filter(device=device).count(),
        "recovered": Recovered.objects.filter(device=device, seq__gt=device.acked_seq).order_by("seq"),
        "branches": RawEvent.objects.filter(device=device, branch__gt=0).count(),
        "parked": RawEvent.objects.parked().filter(device=device).count(),
    }  # fmt: skip
    return render(request, "sales/till_detail.html", context)


@require_POST
@office(Right.MANAGE_TILLS)
def revoke(request: OfficeRequest, pk: int) -> HttpResponse:
    """The till's token opens nothing any more."""
    device = get_object_or_404(Device.objects.allowed(request.user, Right.MANAGE_TILLS), pk=pk)
    actions.revoke_till(device=device, at=timezone.now(), by=request.user)
    messages.success(request, _("Kasir %(code)s dicabut.") % {"code": device.code})
    return redirect("sales:till", pk=pk)


@office(Right.MANAGE_TILLS)
def rescue(request: OfficeRequest) -> HttpResponse:
    """Read the export of a lost, revoked or copied till."""
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        association = association_for(request.user, Right.MANAGE_TILLS)
        try:
            done = actions.import_file(
                association=association, raw=form.cleaned_data["file"].read(), by=request.user, at=timezone.now()
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            known = done.counts.get("exists", 0)
            new = sum(done.counts.values()) - known
            messages.success(
                request, _("%(new)s peristiwa baru dibaca, %(known)s sudah ada.") % {"new": new, "known": known}
            )  # fmt: skip
            return redirect("sales:till", pk=done.device.pk)
    return render(request, "sales/rescue.html", {"form": form})


@office(Right.MANAGE_TILLS)
def rules(request: OfficeRequest) -> HttpResponse:
    """How tills behave."""
    association = association_for(request.user, Right.MANAGE_TILLS)
    row = TillRules.objects.filter(association=association).first() or TillRules(association=association)
    form = forms.RulesForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_rules(association=association, at=timezone.now(), by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("qris_static", str(refusal))
        else:
            messages.success(request, _("Aturan kasir disimpan; mesin mengambilnya saat tersambung."))
            return redirect("sales:tills")
    return render(request, "sales/rules.html", {"form": form, **tabs(request)})


@office(Right.SEE_OFFICE)
def pin(request: OfficeRequest) -> HttpResponse:
    """One's own PIN for tills."""
    mine = scope(request.user, Right.SELL).associations | scope(request.user, Right.APPROVE_SALE).associations
    association = Association.objects.filter(pk__in=mine).order_by("pk").first()
    if association is None:
        raise PermissionDenied
    form = forms.PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_pin(association=association, user=request.user, pin=form.cleaned_data["pin"], at=timezone.now())
        except Refusal as refusal:
            form.add_error("pin", str(refusal))
        else:
            messages.success(request, _("PIN kasir disimpan."))
            return redirect("network:home")
    has = Cashier.objects.current().filter(association=association, user=request.user).exists()
    return render(request, "sales/pin.html", {"form": form, "has": has})


@require_POST
@office(Right.MANAGE_TILLS)
def pin_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """Somebody no longer stands at tills."""
    cashier = get_object_or_404(Cashier.objects.allowed(request.user, Right.MANAGE_TILLS).select_related("user"), pk=pk)
    actions.end_cashier(cashier=cashier, at=timezone.now(), by=request.user)
    messages.success(request, _("PIN %(name)s dicabut.") % {"name": cashier.user.name})
    return redirect("sales:tills")


@office(Right.SELL)
def oddities(request: OfficeRequest) -> HttpResponse:
    """What does not fit and waits for a person."""
    rows = Oddity.objects.allowed(request.user, Right.SELL).select_related("lot__producer", "place", "settled_by")
    done = request.GET.get("selesai") == "1"
    shown = (
        rows.filter(settled_at__isnull=False).order_by("-settled_at") if done else rows.open().order_by("-raised_at")
    )
    page = Paginator(shown.exclude(code="parked") if not done else shown, 40).get_page(request.GET.get("page"))
    context = {
        "page_obj": page, "tasks": [queries.task(row) for row in page], "done": done,
        "parked": [] if done else queries.parked(request.user),
        **tabs(request), "settles": bool(scope(request.user, Right.APPROVE_SALE).associations),
    }  # fmt: skip
    return render(request, "sales/oddities.html", context)


@office(Right.APPROVE_SALE)
def settle(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say how a task was settled; a counted difference can be booked."""
    row = get_object_or_404(
        Oddity.objects.allowed(request.user, Right.APPROVE_SALE).open().select_related("lot__producer", "place"), pk=pk
    )  # fmt: skip
    found = actions.difference_of(row)
    form = forms.SettleForm(request.POST or None, initial={"book": True})
    if not found:
        del form.fields["book"]
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if form.cleaned_data.get("book"):
            actions.book_difference(oddity=row, note=note, at=timezone.now(), by=request.user)
        else:
            settle_oddity(oddity=row, note=note, at=timezone.now(), by=request.user)
        messages.success(request, _("Selisih diselesaikan."))
        return redirect("sales:oddities")
    context = {"form": form, "task": queries.task(row), "found": found, "sale": _sale_of(row)}
    return render(request, "sales/settle.html", context)


def _sale_of(oddity: Oddity) -> Sale | None:
    return Sale.objects.filter(entry=oddity.entry_id).select_related("device").first() if oddity.entry_id else None


@require_POST
@office(Right.APPROVE_SALE)
def again(request: OfficeRequest, pk: int) -> HttpResponse:
    """Process a parked event anew."""
    event = get_object_or_404(RawEvent.objects.allowed(request.user, Right.APPROVE_SALE), pk=pk)
    result = actions.process_again(event=event, at=timezone.now(), by=request.user)
    if result.result == "parked":
        messages.warning(request, _("Kiriman itu masih belum dapat dicatat."))
    else:
        messages.success(request, _("Kiriman itu dicatat."))
    return redirect("sales:oddities")


@office(Right.APPROVE_SALE)
def aside(request: OfficeRequest, pk: int) -> HttpResponse:
    """A parked event that means nothing for the books."""
    event = get_object_or_404(
        RawEvent.objects.allowed(request.user, Right.APPROVE_SALE).select_related("device"), pk=pk
    )  # fmt: skip
    form = forms.AsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_aside(event=event, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user)
        messages.success(request, _("Kiriman dikesampingkan; isinya tetap disimpan."))
        return redirect("sales:oddities")
    text = bytes(event.raw)[:4000].decode("utf-8", "replace")
    return render(request, "sales/aside.html", {"form": form, "event": event, "text": text})
