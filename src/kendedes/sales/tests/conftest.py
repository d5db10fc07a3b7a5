"""Tills every test may ask for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from kendedes.ledger.tests.conftest import Shop, open_shop
from kendedes.sales.actions import invite_till
from kendedes.sales.tests.till import Till, by_client
from kendedes.testing.cast import Cast


@pytest.fixture
def paired(cast: Cast) -> Callable[..., Till]:
    """Makes a till of the cast's association, paired over HTTP."""

    def make(seed: int = 1) -> Till:
        now = timezone.now()
        till = Till(by_client(), seed=seed, now=int(now.timestamp() * 1000))
        _pairing, code = invite_till(association=cast.association, name="", at=now, by=cast.ratna)
        status, _found = till.pair(code, name="HP uji")
        assert status == 201
        return till

    return make


@pytest.fixture
def till(paired: Callable[..., Till]) -> Till:
    """One paired till."""
    return paired()


@pytest.fixture
def shop(cast: Cast) -> Shop:
    """Ten packs of one lot on a shelf, 10 % for the gallery, 5 % for the unit."""
    return open_shop(cast)
