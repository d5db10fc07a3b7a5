"""A media folder of its own for every test, and the real photos lent to the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

_ROOTS = Path(__file__).resolve().parents[5:8]
REAL = next((r / "shared/data/photos" for r in _ROOTS if (r / "shared/data/photos").is_dir()), _ROOTS[0])


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def real() -> Callable[[str], bytes]:
    """Bytes of a lent photo; the test is skipped where they are not."""

    def read(name: str) -> bytes:
        if REAL.name != "photos":
            pytest.skip("the lent photos are not here")
        return (REAL / name).read_bytes()

    return read
