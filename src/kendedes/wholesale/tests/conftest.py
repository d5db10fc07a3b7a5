from __future__ import annotations

import pytest

from kendedes.testing.cast import make
from kendedes.wholesale.tests.stage import Stage, open_stage


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage(make())
