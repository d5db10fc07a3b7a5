"""When an address leads nowhere: what was meant, as far as its words say it."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from kendedes.ui.frame import host_name
from kendedes.web import wordindex
from kendedes.web.queries import pages
from kendedes.web.rules.words import query_words
from kendedes.web.views.base import page

PRIVATE = ("/kantor/", "/en/kantor/", "/akun/", "/en/akun/", "/api/", "/media/", "/static/")
SHOWN = 5


def missing(request: HttpRequest, exception: Exception, template_name: str = "404.html") -> HttpResponse:
    """A 404 with a search and products whose names resemble the last word of the address."""
    if request.path.startswith(PRIVATE):
        return page_not_found(request, exception, template_name)
    try:
        site = pages.site_of(host_name(request))
        if site is None:
            return render(request, template_name, status=404)
        text = " ".join(query_words(request.path.rstrip("/").rpartition("/")[2]))
        found = wordindex.find(site.pk, wordindex.Asked(text, limit=SHOWN)) if text else None
        rows: list[Any] = pages.by_ids(found.ids) if found else []
        context = {"text": text, "rows": rows or pages.starred(site, SHOWN), "alike": bool(rows)}
        response = page(request, site, "web/missing.html", context, canonical=None)
    except (DatabaseError, ValueError):
        return page_not_found(request, exception, template_name)
    response.status_code = 404
    return response
