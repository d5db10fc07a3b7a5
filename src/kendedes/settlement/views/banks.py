"""Bank accounts: entered by those who know them, masked for everybody, read for a reason."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Producer, Unit
from kendedes.network.rules import Right
from kendedes.settlement import actions, forms
from kendedes.settlement.models.banks import COOLING
from kendedes.settlement.queries import banks


def _owner(request: OfficeRequest, kind: str, pk: int, right: Right) -> banks.Owner:
    """A producer or unit on whose account this person has a right, or 404."""
    if kind == "produsen":
        rows = Producer.objects.allowed(request.user, right).select_related("unit__district", "village")
        return get_object_or_404(rows, pk=pk)
    if kind == "unit":
        return get_object_or_404(Unit.objects.allowed(request.user, right).select_related("district"), pk=pk)
    raise Http404


@office(Right.KEEP_BANK)
def listing(request: OfficeRequest) -> HttpResponse:
    """Who is paid by which account; those without one first."""
    text = request.GET.get("q", "").replace("\x00", "")[:80].strip()
    page = Paginator(banks.bodies(request.user, text), 50).get_page(request.GET.get("page"))
    return render(request, "settlement/accounts.html", {"page_obj": page, "rows": page.object_list, "text": text})


@office(Right.KEEP_BANK)
def account(request: OfficeRequest, kind: str, pk: int) -> HttpResponse:
    """One body's account, masked; entering another."""
    owner = _owner(request, kind, pk, Right.KEEP_BANK)
    return _shown(request, kind, owner)


def _shown(
    request: OfficeRequest, kind: str, owner: banks.Owner, *, reveal: forms.RevealForm | None = None,
    opened: banks.Opened | None = None,
) -> HttpResponse:  # fmt: skip
    now, found = timezone.now(), banks.account_of(owner)
    context = {
        "owner": owner, "kind": kind, "account": found, "opened": opened,
        "hours": banks.hours_left(found, now, COOLING) if found and found.cooling(request.user, now) else 0,
        "kept": banks.kept_of(owner).exists(), "same": banks.others_with(found) if found else [],
        "reveal": (reveal or forms.RevealForm())
        if found and type(owner).objects.allowed(request.user, Right.REVEAL_BANK).filter(pk=owner.pk).exists()
        else None,
    }  # fmt: skip
    return render(request, "settlement/account.html", context)


@office(Right.KEEP_BANK)
def change(request: OfficeRequest, kind: str, pk: int) -> HttpResponse:
    """Another account from now on; the person shows once more that it is she."""
    answer: HttpResponse = _change(request, kind, _owner(request, kind, pk, Right.KEEP_BANK))
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]
def _change(request: OfficeRequest, kind: str, owner: banks.Owner) -> HttpResponse:
    form = forms.AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_account(owner=owner, at=timezone.now(), by=request.user, **form.cleaned_data)
        messages.success(request, _("Rekening tercatat. Selama 72 jam orang lain yang membayar ke rekening ini."))
        return redirect("settlement:account", kind=kind, pk=owner.pk)
    return render(request, "settlement/account_change.html", {"form": form, "owner": owner, "kind": kind})


@require_POST
@office(Right.KEEP_BANK)
def end(request: OfficeRequest, kind: str, pk: int) -> HttpResponse:
    """No account any more."""
    owner = _owner(request, kind, pk, Right.KEEP_BANK)
    actions.end_account(owner=owner, at=timezone.now(), by=request.user)
    messages.success(request, _("Rekening tidak dipakai lagi."))
    return redirect("settlement:account", kind=kind, pk=pk)


@office(Right.KEEP_BANK)
def erase(request: OfficeRequest, kind: str, pk: int) -> HttpResponse:
    """Everything about a body's accounts, for good; the person shows once more that it is she."""
    answer: HttpResponse = _erase(request, kind, _owner(request, kind, pk, Right.KEEP_BANK))
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]
def _erase(request: OfficeRequest, kind: str, owner: banks.Owner) -> HttpResponse:
    form = forms.EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.erase_accounts(owner=owner, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user)
        messages.success(request, _("Data rekening %(name)s dihapus untuk selamanya.") % {"name": owner})
        return redirect("settlement:account", kind=kind, pk=owner.pk)
    context = {"form": form, "owner": owner, "kind": kind, "rows": banks.kept_of(owner)}
    return render(request, "settlement/account_erase.html", context)


@require_POST
@office(Right.REVEAL_BANK)
def reveal(request: OfficeRequest, kind: str, pk: int) -> HttpResponse:
    """The number, once, on the answer to a reason."""
    owner = _owner(request, kind, pk, Right.REVEAL_BANK)
    form = forms.RevealForm(request.POST)
    found = None
    if form.is_valid():
        found = actions.reveal_account(
            owner=owner, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user
        )
    return _shown(request, kind, owner, reveal=form, opened=found)
