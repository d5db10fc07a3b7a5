"""What people really type finds the product, among the first ten, as its maker spells it."""

import pytest
from django.test import Client

from kendedes.testing.cast import AT, Cast
from kendedes.web.actions import catch_up
from kendedes.web.models import Listing
from kendedes.web.rules import synonyms, words
from kendedes.web.tests.spellings import pairs, shelf
from kendedes.web.tests.test_catch_up import release
from kendedes.web.wordindex import Asked, find

BAR = 0.97
SAME = [
    ("keripik", "kripik"), ("cokelat", "coklat"), ("hijau", "ijo"), ("kerbau", "kerbo"), ("sambal", "sambel"), ("pecel", "pecal"),
    ("jeruk", "djeroek"), ("kecap", "ketjap"), ("nyiur", "njiur"), ("syal", "sjal"), ("khas", "chas"), ("paham", "faham"),
    ("vanili", "panili"), ("kurma", "qurma"), ("mi", "mie"), ("cabai", "cabe"), ("telur", "telor"), ("gubuk", "gubug"),
    ("tahu", "tau"), ("batik", "bathik"), ("izin", "ijin"), ("aksi", "axi"), ("kayu", "kajoe"), ("bazar", "bazaar"),
]  # fmt: skip
APART = [
    ("kopi", "kapi"),
    ("batik", "botak"),
    ("madu", "mede"),
    ("apel", "opal"),
    ("tempe", "tampah"),
    ("bambu", "bumbu"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_a_word_sound_alike(one: str, other: str) -> None:
    assert words.sound(one) == words.sound(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_do_not(one: str, other: str) -> None:
    assert words.sound(one) != words.sound(other)


def test_every_line_of_the_shared_synonyms_says_something() -> None:
    lines = [line for line in synonyms.EVERYBODYS.splitlines() if line]

    assert len(synonyms.groups(synonyms.EVERYBODYS)) == len(lines)


def test_a_phrase_is_read_before_its_words() -> None:
    units = synonyms.units(["keripik", "ubi", "kayu"], "")

    assert [phrase for phrase, _others in units] == [("keripik",), ("ubi", "kayu")]
    assert ("singkong",) in units[1][1]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_list_of_real_misspellings(cast: Cast, client: Client) -> None:
    names = shelf()
    release(*[cast.product(name=name, story_id="", story_en="") for name in names])
    catch_up(at=AT)
    association = cast.association.pk
    known = dict(Listing.objects.values_list("pk", "name_id"))
    asked = pairs()

    missed = []
    for pair in asked:
        found = find(association, Asked(pair.asked, limit=10))
        if not pair.found([known[pk] for pk in found.ids]):
            missed.append(pair)

    assert len(asked) >= 350
    for held in (False, True):
        part = [pair for pair in asked if pair.held is held]
        lost = [pair for pair in missed if pair.held is held]
        assert len(lost) <= len(part) * (1 - BAR), [pair.asked for pair in lost]
    assert set(known.values()) == set(names)  # nobody's spelling was mended
    assert "Permen Coklat Susu" in client.get("/cari/", {"q": "permen cokelat susu"}).content.decode()
