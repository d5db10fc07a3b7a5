"""Every address of the site with every identity (see ``kendedes.testing.matrix``)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from kendedes.testing import matrix


def test_every_address_has_a_row() -> None:
    listed = {page.name for pages in matrix.rows().values() for page in pages}

    assert sorted(matrix.addresses() - listed) == [], "add rows to the app's tests/matrix.py (docs/testing.md)"


def test_every_row_has_an_address() -> None:
    listed = {page.name for pages in matrix.rows().values() for page in pages}

    assert sorted(listed - matrix.addresses()) == []


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[matrix.World]:
    """Built once, since every probe is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield matrix.make_world()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", [pytest.param(p, id=f"{app}-{p.name}") for app, ps in matrix.rows().items() for p in ps]
)
def test_each_identity_gets_what_the_row_says_and_nothing_foreign(page: matrix.Page, world: matrix.World) -> None:
    assert matrix.faults(page, world) == []
