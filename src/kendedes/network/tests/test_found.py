"""Founding an association from the console."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kendedes.journal.models import Entry
from kendedes.network.models import Association, Invitation, Region


@pytest.mark.django_db
def test_an_association_is_founded_with_all_its_places_and_a_link_that_makes_its_manager(client):
    out = StringIO()

    call_command("found", "--name", "Asosiasi Contoh", "--manager", "Ibu Contoh (fiktif)", "--json", stdout=out)

    said = json.loads(out.getvalue())
    assert Association.objects.values_list("slug", "region__name").get() == ("asosiasi-contoh", "Malang")
    assert Region.objects.filter(kind__in=["desa", "kelurahan"]).count() == 390
    assert Invitation.objects.get().role == "manager"
    page = client.get(said["invitation"].removeprefix("http://127.0.0.1:8000"))
    assert page.status_code == 200
    assert "Ibu Contoh (fiktif)" in page.content.decode()


@pytest.mark.django_db
def test_a_second_one_of_the_same_name_and_an_unknown_regency_leave_no_trace():
    call_command("found", "--name", "Asosiasi Contoh", "--manager", "A", stdout=StringIO())
    before = Entry.objects.count()

    for more in (["--name", "Asosiasi Contoh"], ["--name", "Lain", "--region", "99.99"]):
        with pytest.raises(CommandError):
            call_command("found", *more, "--manager", "B", stdout=StringIO())

    assert (Association.objects.count(), Entry.objects.count()) == (1, before)
