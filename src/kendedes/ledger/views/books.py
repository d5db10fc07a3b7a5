"""Trial balance, books of accounts, simple deeds of money, the chart, files for other programs."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.ledger import actions, forms, press
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import account as standing
from kendedes.ledger.actions.standing import one
from kendedes.ledger.models import Account, ChartLine
from kendedes.ledger.queries import books
from kendedes.ledger.views.common import own
from kendedes.network.door import OfficeRequest, office
from kendedes.network.queries import may
from kendedes.network.rules import Right

FILES = books.EXPORTS


@office(Right.SEE_MONEY)
def trial(request: OfficeRequest) -> HttpResponse:
    """Every kind of account with its balance."""
    association = own(request, Right.SEE_MONEY)
    form = forms.DaysForm(request.GET or None)
    today = timezone.localdate()
    until = form.days(today)[1]
    lines = books.trial(association, until if until < today else None)
    context = {
        "lines": lines, "debit": sum(line.debit for line in lines), "credit": sum(line.credit for line in lines),
        "until": until, "money": [line for line in lines if line.kind in books.MONEY],
        "may_move": may(request.user, Right.SETTLE),
    }  # fmt: skip
    return render(request, "ledger/trial.html", context)


@office(Right.SEE_MONEY)
def kind(request: OfficeRequest, kind: str) -> HttpResponse:
    """Accounts of one kind: producers, units, tills."""
    if kind not in Account.Kind.values:
        raise Http404
    rows = books.of_kind(own(request, Right.SEE_MONEY), kind)
    context = {"rows": rows, "label": Account.Kind(kind).label, "total": sum(amount for _, amount in rows)}
    return render(request, "ledger/kind.html", context)


@office(Right.SEE_MONEY)
def account(request: OfficeRequest, pk: int) -> HttpResponse:
    """The book of one account."""
    found = get_object_or_404(Account.objects.visible_to(request.user), pk=pk)
    since, until = forms.DaysForm(request.GET or None).days(timezone.localdate())
    context = {"account": found, "book": books.book(found, since, until), "since": since, "until": until}
    return render(request, "ledger/account.html", context)


@office(Right.SETTLE)
def move(request: OfficeRequest) -> HttpResponse:
    """A deposit, a cost, capital: what an office writes by hand."""
    association = own(request, Right.SETTLE)
    form = forms.MoveForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        source, target, _label = forms.MOVES[data["what"]]
        paid = actions.Paid(
            standing(association, one(source)).pk, standing(association, one(target)).pk, data["amount"]
        )
        case = Case(
            association=association, at=timezone.now(), by=request.user, key=data["key"], occurred_on=data["day"],
            facts={"what": data["what"], "amount": data["amount"], "why": data["why"]},
        )  # fmt: skip
        actions.pay(case, paid=[paid], deed="money.move")
        messages.success(request, _("Tercatat."))
        return redirect("ledger:trial")
    return render(request, "ledger/move.html", {"form": form})


@office(Right.SETTLE)
def chart(request: OfficeRequest) -> HttpResponse:
    """The treasurer's own codes for our kinds of accounts."""
    association = own(request, Right.SETTLE)
    if request.method == "POST":
        lines = forms.chart_lines(request.POST)
        actions.write_chart(association=association, lines=lines, at=timezone.now(), by=request.user)
        messages.success(request, _("Bagan akun tersimpan."))
        return redirect("ledger:trial")
    known = {line.kind: line for line in ChartLine.objects.filter(association=association)}
    rows = [(k.value, k.label, known.get(k.value)) for k in Account.Kind]
    return render(request, "ledger/chart.html", {"rows": rows})


@office(Right.SEE_MONEY)
def export(request: OfficeRequest, what: str, form: str) -> HttpResponse:
    """Rows for other programs, as xlsx or csv; columns in docs/algorithms/ledger.md."""
    if what not in FILES or form not in {"xlsx", "csv"}:
        raise Http404
    header, rows = FILES[what]
    since, until = forms.DaysForm(request.GET or None).days(timezone.localdate())
    found = rows(own(request, Right.SEE_MONEY), since, until)
    made = press.xlsx(header, found) if form == "xlsx" else press.csv_bytes(header, found)
    kinds = {
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv": "text/csv; charset=utf-8",
    }
    answer = HttpResponse(made, content_type=kinds[form])
    answer["Content-Disposition"] = f'attachment; filename="{what}-{since}-{until}.{form}"'
    return answer
