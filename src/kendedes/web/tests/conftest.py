import pytest


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    """Indexes of one test are nobody else's."""
    settings.HOME = tmp_path
