"""Shares of the units in the rotation, and the mandate's own paper."""

from __future__ import annotations

import pytest
from django.test import Client

from kendedes.gallery import actions
from kendedes.gallery.models import Mandate, Quota
from kendedes.gallery.queries.rotation import rotation
from kendedes.gallery.tests.house import AT, DAY
from kendedes.journal.models import Entry
from kendedes.products.documents import FileRefused

SHARES = "/kantor/galeri/giliran/bagian/"


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def given(cast, **weights: int) -> dict[str, str]:
    return {f"bobot-{getattr(cast, name).pk}": str(n) for name, n in weights.items()}


def test_a_unit_with_twice_the_share_gets_twice_the_facings_and_none_with_nought(house, cast):
    ratna = browser(cast.ratna)
    ratna.post(SHARES, given(cast, singosari=4, wajak=1))

    _periods, tallies = rotation(cast.association, DAY, 1)
    assert {t.unit: (t.weight, t.coming) for t in tallies} == {cast.singosari: (4, 4), cast.wajak: (1, 1)}

    ratna.post(SHARES, given(cast, singosari=0, wajak=1))
    _periods, tallies = rotation(cast.association, DAY, 1)
    assert {t.unit: t.coming for t in tallies} == {cast.singosari: 0, cast.wajak: 5}
    told = Entry.objects.filter(deed="facing.quota").order_by("pk").values_list("facts", flat=True)
    assert [row["units"] for row in told] == [f"{cast.singosari} 1→4", f"{cast.singosari} 4→0"]


def test_what_changes_nothing_leaves_no_trace_and_nonsense_is_left_out(house, cast):
    browser(cast.ratna).post(SHARES, {**given(cast, singosari=1), f"bobot-{cast.wajak.pk}": "-3", "bobot-x": "9"})

    assert Quota.objects.count() == 0
    assert Entry.objects.filter(deed="facing.quota").count() == 0


@pytest.fixture
def mandate(house, cast) -> Mandate:
    return actions.add_mandate(
        venue=house.venue, number="188/1", giver="Dekranasda", starts_on=DAY, stands=[house.stand], at=AT, by=cast.ratna
    )


def test_the_paper_of_a_mandate_is_kept_and_read_by_the_manager_only(mandate, cast):
    actions.keep_mandate_file(mandate=mandate, data=b"%PDF-1.7\n%%EOF", name="mandat.pdf", at=AT, by=cast.ratna)

    shown = browser(cast.ratna).get(f"/kantor/galeri/mandat/{mandate.pk}/berkas/")

    assert b"".join(shown.streaming_content) == b"%PDF-1.7\n%%EOF"
    assert shown["Content-Disposition"].startswith("attachment")
    assert browser(cast.sekar).get(f"/kantor/galeri/mandat/{mandate.pk}/berkas/").status_code == 403
    assert "berkas/" not in browser(cast.sekar).get("/kantor/galeri/mandat/").content.decode()


def test_what_is_no_paper_is_refused_without_a_trace(mandate, cast):
    for data in (b"<html>", b"%PDF-1.7 cut off", b"x" * (10 * 1024 * 1024 + 1)):
        with pytest.raises(FileRefused):
            actions.keep_mandate_file(mandate=mandate, data=data, name="mandat.pdf", at=AT, by=cast.ratna)
    mandate.refresh_from_db()
    assert mandate.file == ""
    assert Entry.objects.filter(deed="mandate.file").count() == 0
