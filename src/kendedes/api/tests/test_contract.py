"""Whoever asks, with whichever key: answers are as the description says (schemathesis, a bounded number of questions).

A longer run: ``KENDEDES_LONG=1``; how many were asked is printed with ``-s``.
"""

import os
import sys

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from kendedes.api.actions import make_token
from kendedes.api.queries import NEEDS
from kendedes.catalogue import actions as catalogue
from kendedes.catalogue.tests.helpers import LATER, regency
from kendedes.journal.models import User
from kendedes.network.actions import give_role
from kendedes.network.queries import associations_of
from kendedes.network.rules import Role
from kendedes.testing.cast import AT, PASSWORD, Cast
from kendedes.testing.shop import open_shop
from kendedes.ui import limits
from kendedes.web.actions import catch_up
from kendedes.web.tests.test_catch_up import release
from kendedes.web.tests.test_stories import told

pytestmark = pytest.mark.django_db
EXAMPLES = 200 if os.environ.get("KENDEDES_LONG") else 6
ROLES = (
    "anonymous", "stranger", "manager", "curator", "treasurer", "cashier", "stand_keeper", "assessor", "partner", "buyer",
    "operator", "representative",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.HOME = tmp_path
    limits.forget_everything()
    # A whole WSGI application ends its request by closing connections, and with them the test's own transaction.
    for signal in request_started, request_finished:
        signal.disconnect(close_old_connections)
    yield
    for signal in request_started, request_finished:
        signal.connect(close_old_connections)


def _person(cast: Cast, role: str) -> User:
    known = {"stranger": cast.stranger, "manager": cast.ratna, "curator": cast.bima, "operator": cast.sekar, "representative": cast.tini, "assessor": cast.yudi}  # fmt: skip
    if role in known:
        return known[role]
    user = User.objects.create_user(username=role, password=PASSWORD, name=role)
    give_role(user=user, role=Role(role), association=cast.association, at=AT, by=None)
    return user


def _headers(cast: Cast, role: str, client) -> dict[str, str]:
    """Her session, and a key of hers with every scope her rights carry."""
    if role == "anonymous":
        return {}
    user = _person(cast, role)
    client.force_login(user)
    headers = {"Cookie": client.cookies.output(header="", sep=";").strip()}
    scopes = [scope for scope, right in NEEDS.items() if cast.association.pk in associations_of(user, right)]
    if scopes:
        _row, text = make_token(
            association=cast.association, name=role, scopes=scopes, days=30, at=timezone.now(), by=user
        )
        headers["Authorization"] = f"Bearer {text}"
    return headers


@pytest.mark.parametrize("role", ROLES)
def test_answers_are_as_described(role: str, cast: Cast, client) -> None:
    release(open_shop(cast).lot.variant.product)
    catalogue.publish(edition=regency(cast), at=LATER, by=cast.ratna, with_units=True)
    catch_up(at=LATER)
    told(cast, tags=["Tempe"])
    headers = _headers(cast, role, client)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    heard: dict[int, int] = {}
    operations = [found.ok() for found in schema.get_all_operations()]

    for operation in operations:
        for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:
            _ask(operation, mode, headers, heard)

    assert len(operations) == 14
    assert not [status for status in heard if status >= 500]
    assert heard[200] > 0
    sys.stdout.write(f"{role}: {sum(heard.values())} asked, {heard}\n")


def _ask(operation, mode: GenerationMode, headers: dict[str, str], heard: dict[int, int]) -> None:
    cases = operation.as_strategy(generation_mode=mode)

    @given(case=cases)
    @settings(
        max_examples=EXAMPLES, database=None, deadline=None, derandomize=not os.environ.get("KENDEDES_LONG"),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def ask(case) -> None:
        limits.forget_everything()
        answer = case.call_and_validate(headers=headers)
        heard[answer.status_code] = heard.get(answer.status_code, 0) + 1

    try:
        ask()
    except Unsatisfiable:  # an operation without parameters cannot be asked wrongly
        assert mode == GenerationMode.NEGATIVE
