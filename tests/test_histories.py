"""Lines of the diary about another unit: no page shows them to anybody who may not look into that unit.

A line is planted on everything that units share (the association, stands, shelves, calls, rounds, fairs, tills,
settlements …), with unit B as its other subject, and on unit B itself. The manager's pages tell where lines show at all.
A stand, a shelf and a round show lines to everybody who may open them, but only of their own deeds (which unit fills a
shelf, who checked a gate), and what those say stands on the page anyhow.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse

from kendedes.journal.actions import record
from kendedes.journal.models import Entry
from kendedes.testing import cast, matrix

LINE = "kenariH5T"
SHARED = (
    "network.Association", "gallery.Venue", "gallery.Stand", "gallery.Shelf", "gallery.Call", "ovop.Round", "events.Event",
    "sales.Device", "settlement.Settlement", "orders.Order", "wholesale.Enquiry",
)  # fmt: skip
NOT_OF_B = ("anonymous", "stranger", "partner", "operator", "representative", "neighbour")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[matrix.World]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = matrix.make_world()
        unit = made.cast.wajak
        things = [thing for label in SHARED for thing in apps.get_model(label)._base_manager.all()[:20]]
        for thing in [unit, *things]:
            for deed in ("lot.price", "paper.receive"):
                record(
                    deed=deed, at=cast.AT, by=made.users["manager"], subjects=[unit, thing] if thing != unit else [unit],
                    facts={"name": LINE, "code": LINE, "price": 1, "minimum": 1, "reason": LINE, "changes": {LINE: [1, 2]}},
                )  # fmt: skip
        yield made
        transaction.set_rollback(True)


def text_of(page: matrix.Page, world: matrix.World, who: str) -> str:
    url = reverse(page.name, kwargs=page.args(world) if page.args else None) + page.query
    with matrix._undone():
        return matrix._everything(world.browser(who).get(url))


@pytest.mark.django_db
def test_no_role_reads_a_line_about_another_unit(world: matrix.World) -> None:
    pages = [page for rows in matrix.rows().values() for page in rows if page.method == "GET"]

    shows = [page for page in pages if LINE in text_of(page, world, "manager")]
    leaks = [f"{page.name}: {who}" for page in shows for who in NOT_OF_B if LINE in text_of(page, world, who)]

    assert Entry.objects.filter(facts__name=LINE).count() > 10
    assert len(shows) >= 5, "the control: where histories are shown, the manager reads the line"
    assert not leaks, "\n".join(leaks)
