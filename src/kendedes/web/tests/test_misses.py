"""The search tells the curator what it did not find, and uses her synonyms."""

import json

import pytest
from django.test import Client

from kendedes.testing.cast import AT, Cast
from kendedes.visits import tally
from kendedes.visits.actions import add_synonyms, remove_synonyms
from kendedes.visits.models import Missed
from kendedes.web.actions import catch_up
from kendedes.web.tests.test_catch_up import release

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.HOME = tmp_path
    tally._counts.clear()


def test_the_search_tells_without_writing(cast: Cast, client: Client) -> None:

    catch_up(at=AT)
    client.get("/cari/", {"q": "qwzx"}, headers={"User-Agent": PHONE})
    client.get("/cari/", {"q": "qwzx"}, headers={"User-Agent": "Googlebot"})
    assert not Missed.objects.exists()
    tally.put_down()

    assert [row[2:] for row in json.loads(next(tally.folder().glob("*.json")).read_text())] == [
        [str(cast.association.pk), "qwzx", 1]
    ]


def test_a_managers_synonyms_work_at_once_and_stop_at_once(cast: Cast, client: Client) -> None:

    release(cast.product(name="Anyaman pring petung"))
    catch_up(at=AT)
    assert "pring petung" not in client.get("/cari/", {"q": "rinjing"}).content.decode()

    row = add_synonyms(association=cast.association, words=" Rinjing ,  PETUNG, rinjing", at=AT, by=cast.ratna)
    catch_up(at=AT)
    assert row.words == "rinjing, petung"
    assert "pring petung" in client.get("/cari/", {"q": "rinjing"}).content.decode()

    remove_synonyms(synonyms=row, at=AT, by=cast.ratna)
    catch_up(at=AT)
    assert "pring petung" not in client.get("/cari/", {"q": "rinjing"}).content.decode()
