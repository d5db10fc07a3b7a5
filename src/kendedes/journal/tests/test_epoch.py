"""A database knows which life it is in."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from kendedes.journal.models import Epoch
from kendedes.journal.queries import epoch

pytestmark = pytest.mark.django_db


def test_a_new_database_is_in_its_first_epoch():
    assert Epoch.objects.count() == 1
    assert epoch().why == "founded"


@pytest.mark.parametrize("deed", [lambda: Epoch.objects.update(why="restored"), lambda: Epoch.objects.all().delete()])
def test_an_epoch_never_changes_and_never_goes(deed):
    before = epoch().uuid

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        deed()

    assert epoch().uuid == before
