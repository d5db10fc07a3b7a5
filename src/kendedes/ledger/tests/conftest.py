from __future__ import annotations

import pytest

from kendedes.testing.cast import Cast
from kendedes.testing.shop import AT, DAY, Shop, open_shop

__all__ = ["AT", "DAY"]


@pytest.fixture
def shop(cast: Cast) -> Shop:
    return open_shop(cast)
