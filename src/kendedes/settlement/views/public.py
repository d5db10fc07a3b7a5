"""What whoever holds a paper or a personal link may open, without signing in. Never kept by caches, never listed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers

from kendedes.settlement import words
from kendedes.settlement.models import Settlement, Statement
from kendedes.settlement.queries import links, paid_of
from kendedes.settlement.queries import pages as found_pages

OPEN = (Settlement.State.DRAFT, Settlement.State.CHECKED)


def check_paper(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a statement on paper is the association's, and what it says."""
    rows = Statement.objects.exclude(settlement__state__in=OPEN).select_related("settlement__association", "producer")
    statement = get_object_or_404(rows, token=token)
    context = {
        "statement": statement, "paper": statement.content, "paid": paid_of(statement), "told": words.told(statement.content),
        "sums": words.sums(statement.content),
    }  # fmt: skip
    return _private(render(request, "settlement/check_paper.html", context))


def mine(request: HttpRequest, token: str) -> HttpResponse:
    """A producer's own goods, sales and papers by her personal link."""
    producer = links.producer_of(token)
    if producer is None:
        return _private(render(request, "settlement/no_link.html", status=404))
    return _private(render(request, "settlement/mine.html", {"mine": found_pages.mine(producer)}))


def _private(answer: HttpResponse) -> HttpResponse:
    add_never_cache_headers(answer)
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
