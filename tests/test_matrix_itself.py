"""The judge of the matrix is judged: it must find what is planted."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kendedes.journal.models import Entry
from kendedes.network.models import Producer
from kendedes.testing import matrix


def _leaks(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", headers={"X-Names": ",".join(Producer.objects.values_list("about_id", flat=True))})


def _writes(request: HttpRequest) -> HttpResponse:
    Entry.objects.create(deed="planted", happened_at="2026-11-24T00:00:00Z")
    return HttpResponse(status=403)


urlpatterns = [
    path("akun/", include("allauth.urls")),
    path("leaks/", _leaks, name="leaks"),
    path("writes/", _writes, name="writes"),
]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_it_finds_a_foreign_word_in_a_header() -> None:
    found = matrix.faults(matrix.Page("leaks"), matrix.make_world())

    assert f"leaks GET anonymous: shows {matrix.CANARY_A}" in found
    assert f"leaks GET operator: shows {matrix.CANARY_B}" in found
    assert f"leaks GET operator: shows {matrix.CANARY_A}" not in found


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_it_finds_a_trace_of_a_refused_request_and_a_change_by_get() -> None:
    world = matrix.make_world()

    refused = matrix.faults(matrix.Page("writes", frozenset(), method="POST"), world)

    assert "writes POST stranger: a refused request left a trace" in refused
    assert "writes GET stranger: opening the address changed something" in refused


@pytest.mark.django_db
def test_it_finds_a_page_that_is_too_open_and_one_that_is_too_shut() -> None:
    world = matrix.make_world()

    assert "usersessions_list GET anonymous: may not (302), expected: may" in matrix.faults(
        matrix.Page("usersessions_list"), world
    )
    assert "account_login GET anonymous: may (200), expected: may not" in matrix.faults(
        matrix.Page("account_login", matrix.SIGNED_IN), world
    )
