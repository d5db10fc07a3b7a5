"""Statements: on the screen, as PDF, as a list of transfers; a producer's personal link."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from kendedes.ledger import press as books
from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Producer
from kendedes.network.queries import may
from kendedes.network.rules import Right
from kendedes.settlement import actions, press, words
from kendedes.settlement.models import Settlement, Statement
from kendedes.settlement.queries import banks, pages

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def origin(request: OfficeRequest) -> str:
    """The address of this site, as it stands on papers."""
    return request.build_absolute_uri("/").rstrip("/")


@office(Right.SEE_STATEMENTS)
def listing(request: OfficeRequest) -> HttpResponse:
    """The statements a person may see: all, her unit's, or her own."""
    page = Paginator(pages.statements(request.user), 50).get_page(request.GET.get("page"))
    context = {"page_obj": page, "rows": page.object_list, "keeps_bank": may(request.user, Right.KEEP_BANK)}
    return render(request, "settlement/statements.html", context)


@office(Right.SEE_STATEMENTS)
def statement(request: OfficeRequest, pk: int) -> HttpResponse:
    """One paper on the screen."""
    found = get_object_or_404(pages.statements(request.user), pk=pk)
    settlement = found.settlement
    context = {
        "statement": found, "settlement": settlement, "paper": found.content, "paid": getattr(found, "paid", 0),
        "payouts": found.payouts.select_related("recorded_by", "undoes").prefetch_related("photos"),
        "may_pay": not settlement.open and not Statement.objects.filter(previous=found).exists()
        and found.due > getattr(found, "paid", 0) and settlement.approved_by_id != request.user.pk
        and may(request.user, Right.SETTLE),
        "may_undo": may(request.user, Right.SETTLE),
        "message": "" if settlement.open else press.message(found, origin(request)),
        "may_link": may(request.user, Right.MANAGE_PEOPLE),
        "account": banks.accounts_for([found.producer]).get(found.producer_id)
        if may(request.user, Right.KEEP_BANK)
        else None,
        "keeps_bank": may(request.user, Right.KEEP_BANK), "told": words.told(found.content), "sums": words.sums(found.content),
    }  # fmt: skip
    return render(request, "settlement/statement.html", context)


@office(Right.SEE_STATEMENTS)
def statement_pdf(request: OfficeRequest, pk: int) -> HttpResponse:
    """One paper as PDF; ``?bentuk=a4`` for the notice board."""
    found = get_object_or_404(Statement.objects.visible_to(request.user), pk=pk)
    made = press.statements([found], origin=origin(request), shape=_shape(request))
    return _file(made, f"laporan-{found.number.replace('/', '-')}.pdf")


@office(Right.SEE_MONEY)
def bundle(request: OfficeRequest, pk: int) -> HttpResponse:
    """Every paper of a settlement in one PDF."""
    settlement = get_object_or_404(Settlement.objects.visible_to(request.user), pk=pk)
    rows = settlement.statements.order_by("number")
    return _file(
        press.statements(rows, origin=origin(request), shape=_shape(request)),
        f"laporan-{settlement.number.replace('/', '-')}.pdf",
    )


TRANSFERS = ["laporan", "produsen", "unit", "bank", "rekening", "atas_nama", "jumlah", "berita", "catatan"]
NOTES = {
    "": "", "no_account": _lazy("belum ada rekening"), "too_fresh": _lazy("rekening Anda ubah kurang dari 72 jam lalu"),
    "unreadable": _lazy("rekening tidak terbaca, catat lagi"), "by_unit": _lazy("lewat rekening unit"),
}  # fmt: skip


@require_POST
@office(Right.SETTLE)
def transfers(request: OfficeRequest, pk: int, form: str) -> HttpResponse:
    """What is still to be paid, with the numbers of the accounts, for the bank; that it was made is written down."""
    settlement = get_object_or_404(Settlement.objects.allowed(request.user, Right.SETTLE), pk=pk)
    if form not in {"csv", "xlsx"}:
        raise Http404
    found = actions.list_transfers(settlement=settlement, at=timezone.now(), by=request.user)
    rows = [
        [t.statement, t.producer, t.unit, t.bank, t.number, t.holder, t.amount, f"Titipan {t.statement}", str(NOTES[t.note])]
        for t in found
    ]  # fmt: skip
    made = books.xlsx(TRANSFERS, rows) if form == "xlsx" else books.csv_bytes(TRANSFERS, rows)
    answer = HttpResponse(made, content_type=KINDS[form])
    answer["Content-Disposition"] = f'attachment; filename="transfer-{settlement.number.replace("/", "-")}.{form}"'
    return answer


@office(Right.MANAGE_PEOPLE)
@require_POST
def make_link(request: OfficeRequest, pk: int) -> HttpResponse:
    """A new personal link for a producer; the one before ends."""
    producer = get_object_or_404(Producer.objects.allowed(request.user, Right.MANAGE_PEOPLE), pk=pk)
    token = actions.make_link(producer=producer, at=timezone.now(), by=request.user)
    address = f"{origin(request)}/milik/{token}/"
    messages.success(
        request, _("Tautan pribadi untuk %(name)s: %(address)s") % {"name": producer.name, "address": address}
    )
    found = Statement.objects.visible_to(request.user).filter(producer=producer).order_by("-pk").first()
    return redirect("settlement:statement", pk=found.pk) if found else redirect("settlement:statements")


def _shape(request: OfficeRequest) -> str:
    asked = request.GET.get("bentuk", "a5")
    return asked if asked in press.SHAPES else "a5"


def _file(made: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
