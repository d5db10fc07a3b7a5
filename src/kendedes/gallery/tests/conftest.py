from __future__ import annotations

import pytest

from kendedes.gallery.tests.house import House, build


@pytest.fixture
def house(cast) -> House:
    return build(cast)
