"""Whoever types roughly the right word finds it. One quality test for whatever engine stands behind ``wordindex``."""

import gzip
import random
import time

import brotli
import pytest
from django.test import Client

from kendedes.products import actions as products
from kendedes.stories import actions as stories
from kendedes.testing.cast import AT, Cast
from kendedes.ui import limits
from kendedes.web.actions import catch_up
from kendedes.web.models import Listing
from kendedes.web.rules import words
from kendedes.web.tests.test_catch_up import release
from kendedes.web.wordindex import Asked, find, find_others

NAMES = [
    "Keripik tempe sagu", "Keripik apel manalagi", "Anyaman bambu petung", "Topi pandan anyam", "Kopi robusta Dampit",
    "Sambal pecel pedas", "Batik tulis teratai", "Gula aren semut", "Madu kelengkeng", "Topeng Malangan ukir",
    "Sirup rosela", "Minuman jahe instan", "Bakpia kacang hijau", "Kerupuk singkong udang", "Gerabah Pagelaran",
]  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(cast: Cast) -> int:
    release(*[cast.product(name=name, story_id="", story_en="") for name in NAMES])
    catch_up(at=AT)
    return cast.association.pk


def names(association: int, text: str, **facets: str) -> list[str]:
    found = find(association, Asked(text, facets))
    assert found is not None
    rows = Listing.objects.in_bulk(found.ids)
    return [rows[pk].name_id for pk in found.ids]


def test_each_word_of_a_name_finds_it_as_one_types(shop: int) -> None:
    for name in NAMES:
        for word in words.words(name):
            for length in range(min(3, len(word)), len(word) + 1):
                assert name in names(shop, word[:length]), word[:length]


def test_the_whole_name_comes_first(shop: int) -> None:
    assert [names(shop, name)[0] for name in NAMES] == NAMES


def misspelt(word: str, chance: random.Random) -> list[str]:
    place = chance.randrange(1, len(word) - 1)
    other = chance.choice("aeioukrtsn")
    return [
        word[:place] + other + word[place + 1 :],
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    ]


def test_one_letter_wrong_missing_doubled_or_swapped_is_forgiven(shop: int) -> None:
    chance = random.Random(7)
    asked = [(n, m) for n in NAMES for w in words.words(n) if len(w) >= 5 for m in misspelt(w, chance)]

    missed = [(name, text) for name, text in asked if name not in names(shop, text)]

    assert len(asked) > 100
    assert len(missed) <= len(asked) * 0.02, missed


def test_a_misspelling_says_so(shop: int) -> None:
    assert find(shop, Asked("kripik tempe")).way == "misspelt"
    assert find(shop, Asked("keripik tempe")).way == "exact"


FORMS = {
    "menganyam": "Anyaman bambu petung", "ukiran": "Topeng Malangan ukir", "minum": "Minuman jahe instan",
    "membatik": "Batik tulis teratai",
}  # fmt: skip


def test_word_forms_meet(shop: int) -> None:
    assert {asked: name for asked, name in FORMS.items() if name in names(shop, asked)} == FORMS


def test_both_names_are_found(shop: int, cast: Cast) -> None:
    release(cast.product(name="Sabun serai", name_en="Lemongrass soap"))
    catch_up(at=AT)

    assert names(shop, "lemongras") == ["Sabun serai"]


def test_producer_village_and_code_are_found(shop: int) -> None:
    assert len(names(shop, "toyomarto")) == len(NAMES)
    assert names(shop, "SGS-0001") == ["Keripik tempe sagu"]


def test_a_word_too_many_still_finds_something(shop: int) -> None:
    found = find(shop, Asked("kopi robusta zzzzzzzz"))

    assert found.way == "some"
    assert found.total >= 1


def test_facets_count_and_narrow(shop: int, cast: Cast) -> None:
    release(cast.product(cast.apel, "Keripik talas"))
    catch_up(at=AT)

    found = find(shop, Asked("keripik"))
    assert found.counts["district"] == {"35.07.24": 2, "35.07.08": 1}
    narrowed = find(shop, Asked("keripik", {"district": "35.07.08"}))
    assert narrowed.total == 1
    assert narrowed.counts["district"] == {"35.07.24": 2, "35.07.08": 1}  # so that one can change one's mind
    assert narrowed.counts["price"] == {"10000-25000": 1}


def test_nothing_asked_shows_everything(shop: int) -> None:
    assert find(shop, Asked("")).total == len(NAMES)


NONSENSE = ["'\"", "*", "a" * 5000, "\0", "name:x OR 1=1", "🌶️", "(((", "%", "\u200b", "-", "keripik" * 40]


def test_no_text_breaks_the_search(shop: int, client: Client) -> None:
    assert [text for text in NONSENSE if client.get("/cari/", {"q": text}).status_code != 200] == []


def test_what_is_no_longer_made_is_not_found(shop: int) -> None:
    product = Listing.objects.get(name_id="Sirup rosela").product
    products.discontinue(product=product, at=AT, by=None)
    catch_up(at=AT)

    assert names(shop, "rosela") == []


def test_the_page_shows_facets_and_keeps_them_in_links(shop: int, client: Client) -> None:
    body = client.get("/cari/", {"q": "keripik", "kecamatan": "singosari"}).content.decode()

    assert "2 produk untuk" in body
    assert "?q=keripik&amp;kecamatan=singosari&amp;harga=10000-25000" in body
    assert 'content="noindex, follow"' in body


def test_as_one_types_only_the_answer_travels(shop: int, client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "div#hasil"}
    body = client.get("/cari/", {"q": "kopi"}, headers=headers).content.decode()

    assert body.lstrip().startswith('<div id="hasil"')
    assert "Kopi robusta Dampit" in body
    assert "<html" not in body


def test_a_kept_answer_is_given_again_until_anything_it_shows_changes(
    shop: int, cast: Cast, client: Client, django_assert_num_queries
) -> None:
    first = client.get("/cari/", {"q": "tempe"})
    with django_assert_num_queries(1):  # whose site this is
        again = client.get("/cari/", {"q": "tempe"})
    assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))
    assert again.headers["Cache-Control"] == "no-store"
    part = {"HX-Request": "true", "HX-Target": "hasil"}
    assert "<html" not in client.get("/cari/", {"q": "tempe"}, headers=part).content.decode()
    assert 'lang="en"' in client.get("/en/cari/", {"q": "tempe"}).content.decode()

    story = stories.write(
        association=cast.association, title_id="Pagi di dapur tempe", body_id="x", at=AT, by=cast.bima
    )
    stories.publish(story=story, at=AT, by=cast.bima)
    catch_up(at=AT)
    told = client.get("/cari/", {"q": "tempe"}).content.decode()
    assert "Pagi di dapur tempe" in told
    assert "Keripik tempe sagu" in told

    product = Listing.objects.get(name_id="Keripik tempe sagu").product
    products.discontinue(product=product, at=AT, by=None)
    catch_up(at=AT)
    assert "Keripik tempe sagu" not in client.get("/cari/", {"q": "tempe"}).content.decode()


@pytest.mark.parametrize(("taken", "coding", "opened"), [
    ("gzip, deflate, br", "br", brotli.decompress),
    ("gzip", "gzip", gzip.decompress),
    ("br;q=0", "", bytes),
])  # fmt: skip
def test_an_answer_travels_packed_as_the_browser_takes_it(
    shop: int, client: Client, taken: str, coding: str, opened
) -> None:
    plain = client.get("/cari/", {"q": "tempe"})

    for _ in ("made", "kept"):
        packed = client.get("/cari/", {"q": "tempe"}, headers={"Accept-Encoding": taken})

        assert packed.headers.get("Content-Encoding", "") == coding
        assert opened(packed.content) == plain.content
        assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) < len(plain.content) / 3 or not coding


def test_too_many_questions_are_asked_to_wait_by_whichever_process_they_reach(shop: int, client: Client) -> None:
    for _ in range(30):
        assert client.get("/cari/?q=tempe").status_code == 200
    now = time.time()
    for _ in range(30):  # those another process answered
        assert limits.take("search", "ip 127.0.0.1", "60/m", now) == 0

    refused = client.get("/cari/?q=tempe")
    neighbour = client.get("/cari/?q=tempe", REMOTE_ADDR="192.0.2.7")

    assert refused.status_code == 429
    assert 50 <= int(refused.headers["Retry-After"]) <= 60
    assert neighbour.status_code == 200


def test_producers_villages_kecamatan_and_categories_are_found_beside_products(shop: int, client: Client) -> None:
    found = {(row.kind, row.path) for row in find_others(shop, "singasari")}  # one letter forgiven
    assert ("district", "/kecamatan/singosari/") in found
    assert [row.path for row in find_others(shop, "tempe sari")] == ["/produsen/kelompok-tempe-sari-fiktif/"]
    assert [(row.kind, row.about) for row in find_others(shop, "toyomarto") if row.kind == "village"] == [
        ("village", "Singosari")
    ]
    assert [row.path for row in find_others(shop, "camilan")] == ["/kategori/camilan/"]

    assert "Kelompok Tempe Sari (fiktif)</a>" in client.get("/cari/", {"q": "tempe sari"}).content.decode()


def test_where_nothing_is_found_words_that_are_near_categories_and_a_person_help(shop: int, client: Client) -> None:
    body = client.get("/cari/", {"q": "gerabwx"}).content.decode()

    assert "Tidak ditemukan" in body
    assert '?q=gerabah"' in body
    assert 'aria-labelledby="kategori"' in body
    assert "https://wa.me/" in body
