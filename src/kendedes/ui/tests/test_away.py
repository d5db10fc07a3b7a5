"""When the database is away, people and programs are told to come back, and that nothing was kept."""

from __future__ import annotations

import errno
from contextlib import contextmanager

import pytest
from django.db import DataError, InterfaceError, OperationalError, ProgrammingError, connection
from django.test import Client

from kendedes.ui.away import is_away


class CauseError(Exception):
    def __init__(self, code):
        self.sqlite_errorcode = code


def sqlite_error(code):
    error = OperationalError("x")
    error.__cause__ = CauseError(code)
    return error


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError("connection refused"), True),
        (InterfaceError("connection already closed"), True),
        (sqlite_error(5), True),  # busy
        (sqlite_error(13), True),  # full
        (sqlite_error(10 | 4 << 8), True),  # fsync failed
        (sqlite_error(1), False),  # wrong SQL
        (OSError(errno.ENOSPC, "full"), True),
        (OSError(errno.ENOENT, "no such file"), False),
        (ProgrammingError("x"), False),
        (DataError("x"), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_only_what_may_be_over_in_a_moment_is_called_away(error, away):
    assert is_away(error) is away


@contextmanager
def broken(error):
    """Every query fails like this."""

    def fail(*_args, **_more):
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "cursor", fail)
        yield


def test_a_page_says_that_nothing_was_saved(cast):
    client = Client(raise_request_exception=False)
    client.force_login(cast.ratna)

    with broken(OperationalError("the database system is shutting down")):
        response = client.post("/kantor/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "belum tersimpan" in response.content.decode()
    assert client.get("/kantor/").status_code == 200


def test_a_program_gets_json(cast):
    client = Client(raise_request_exception=False)

    with broken(OperationalError("gone")):
        response = client.get("/", headers={"accept": "application/json"})

    assert response.status_code == 503
    assert response.json()["code"] == "unavailable"
    assert response.headers["Retry-After"] == "5"


def test_a_bug_stays_a_500(cast):
    client = Client(raise_request_exception=False)

    with broken(ProgrammingError("relation does not exist")):
        response = client.get("/")

    assert response.status_code == 500
    assert "Retry-After" not in response.headers
