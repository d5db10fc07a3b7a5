from __future__ import annotations

import pytest

from kendedes.orders.tests.stall import Stall, open_stall
from kendedes.testing.cast import Cast


@pytest.fixture
def stall(cast: Cast) -> Stall:
    return open_stall(cast)
