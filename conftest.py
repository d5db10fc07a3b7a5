"""Fixtures every test may ask for."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.utils import translation

from kendedes.network.management.prepare import compile_messages
from kendedes.testing import cast as people
from kendedes.ui import limits


def pytest_configure(config: pytest.Config) -> None:
    """Interface texts are today's, passwords of tests need no strength, and only the tests about it ask managers for a second factor.

    A busy machine makes no drawn test fail: none is judged by the clock.
    """
    hypothesis.settings.register_profile(
        "kendedes", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("kendedes")
    from django.conf import settings  # noqa: PLC0415 - after pytest-django chose the settings

    if not hasattr(config, "workerinput"):  # once, whatever the number of processes
        compile_messages(print)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.REQUIRE_MFA = False
    turns = settings.LIMITS_FOLDER = tempfile.mkdtemp(prefix="kendedes-laju-")
    config.add_cleanup(lambda: shutil.rmtree(turns, ignore_errors=True))
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


_LOCAL = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests reach this machine only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in _LOCAL:
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    """Rate limits start anew in each test."""
    limits.forget_everything()


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    """A page in English leaves its language behind; the next test starts in Indonesian."""
    yield
    translation.activate("id")


@pytest.fixture
def cast(db: None) -> people.Cast:
    """The people every test knows."""
    return people.make()
