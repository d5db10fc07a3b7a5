"""Counted: people who open product pages, and words that find nothing. Not counted: programs, and anything about a person."""

import pytest
from django.test import Client
from django.utils import timezone

from kendedes.testing.cast import AT, Cast
from kendedes.visits import tally
from kendedes.visits.actions import TooFewWords, add_synonyms, gather, settle_missed
from kendedes.visits.counting import Counting
from kendedes.visits.models import Looked, Missed, Synonyms
from kendedes.visits.rules import finished, is_program, kept_words, product_of

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    tally._counts.clear()
    monkeypatch.setattr(tally, "keep_writing", lambda: None)


def show(path: str, *, agent: str = PHONE, status: str = "200 OK", method: str = "GET", **environ: str) -> None:
    def app(_environ, start_response):
        start_response(status, [])
        return [b""]

    given = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "HTTP_USER_AGENT": agent,
        "HTTP_HOST": "testserver",
        **environ,
    }
    list(Counting(app)(given, lambda *_args: None))


def counted() -> dict[str, int]:
    tally.put_down()
    gather(at=AT)
    return dict(Looked.objects.values_list("product__slug", "times"))


def test_a_person_is_counted_in_either_language_and_with_a_kept_copy(cast: Cast) -> None:
    slug = cast.product().slug

    show(f"/produk/{slug}/")
    show(f"/en/produk/{slug}/")
    show(f"/produk/{slug}/", status="304 Not Modified")

    assert counted() == {slug: 3}


def test_the_sums_of_two_servers_and_two_times_add_up(cast: Cast) -> None:
    slug = cast.product().slug
    for _server in range(2):
        show(f"/produk/{slug}/")
        tally.put_down()

    assert counted() == {slug: 2}
    show(f"/produk/{slug}/")
    assert counted() == {slug: 3}
    assert list(tally.folder().glob("*.json")) == []


@pytest.mark.parametrize(
    "other",
    [
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}, {"agent": ""},
        {"agent": "WhatsApp/2.23.20.0"}, {"agent": "curl/8.5.0"}, {"status": "404 Not Found"}, {"status": "500 Oops"},
        {"method": "HEAD"}, {"HTTP_SEC_PURPOSE": "prefetch"},
    ],
)  # fmt: skip
def test_programs_errors_and_guesses_are_not(cast: Cast, other: dict[str, str]) -> None:
    show(f"/produk/{cast.product().slug}/", **other)

    assert counted() == {}


def test_other_pages_unknown_products_and_drafts_of_addresses_are_not(cast: Cast) -> None:
    for path in ("/", "/produk/", "/produk/tidak-ada/", "/produk/A/", "/kantor/produk/x/"):
        show(path)

    assert counted() == {}


def test_half_a_file_is_left_out(cast: Cast) -> None:
    tally.folder().mkdir(parents=True)
    (tally.folder() / "x.json").write_text('[["looked", "2026')

    assert counted() == {}


def test_nothing_about_a_person_is_kept() -> None:
    assert [
        kept_words(text) for text in ("budi@contoh.id", "0812 3456 7890", "a" * 61, "https://x.id/a", "🌶️", "ab")
    ] == [""] * 6
    assert kept_words("  Rinjing  BAMBU ") == "rinjing bambu"


def test_words_on_the_way_to_others_are_left_out() -> None:
    assert finished(["ri", "rinjing", "rinjing bambu", "kelom"]) == {"rinjing bambu", "kelom"}


def test_what_is_not_found_is_written_down_and_once_seen_to_is_gone(cast: Cast) -> None:
    for _person in range(2):
        tally.missed(cast.association.pk, "Rinjing bambu")
    tally.missed(cast.association.pk, "rinj")
    tally.put_down()
    gather(at=AT)

    row = Missed.objects.get()
    assert (row.words, row.times) == ("rinjing bambu", 2)
    settle_missed(missed=row, at=AT, by=cast.ratna)
    assert not Missed.objects.exists()


def test_one_word_is_no_group(cast: Cast) -> None:
    with pytest.raises(TooFewWords):
        add_synonyms(association=cast.association, words="rinjing, Rinjing ,", at=AT, by=cast.ratna)

    assert not Synonyms.objects.exists()


def test_what_is_looked_at_and_not_bought_comes_first(cast: Cast, client: Client) -> None:
    from kendedes.testing.shop import open_shop

    looked_at = cast.product(name="Sambal bawang")
    shop = open_shop(cast)
    sold = shop.new_lot(5).variant.product
    for product, times in ((sold, 9), (looked_at, 4)):
        Looked.objects.create(product=product, day=timezone.localdate(), times=times)
    client.force_login(cast.ratna)

    body = client.get("/kantor/pengunjung/").content.decode()

    assert body.index(looked_at.name_id) > 0
    assert "2 produk dilihat tetapi belum ada yang terjual" in body


def test_addresses_and_agents() -> None:
    assert product_of("/produk/keripik-tempe/") == "keripik-tempe"
    assert product_of("/produk/keripik-tempe/lain/") == ""
    assert not is_program(PHONE)
