from __future__ import annotations

import pytest

from kendedes.testing.cast import Cast
from kendedes.testing.shop import Shop, open_shop


@pytest.fixture
def shop(cast: Cast) -> Shop:
    return open_shop(cast)
