"""Tags and filters: what they write, exactly."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from kendedes.ui.templatetags import ui


def _draw(source, path="/produk/?q=kopi&page=3", **context):
    return engines["django"].from_string(source).render(context, RequestFactory().get(path))


@pytest.mark.parametrize(
    ("source", "indonesian", "english"),
    [
        ("{{ 12500|rupiah }}", "Rp12.500", "Rp12,500"),
        ("{{ none|rupiah }}", "", ""),
        ("{% rupiah_range 8000 12500 %}", "Rp8.000–12.500", "Rp8,000–12,500"),
        ("{{ 1234.5|number:1 }}", "1.234,5", "1,234.5"),
        ("{{ 0.25|percent }}", "25%", "25%"),
        ("{{ '+6281234567890'|phone }}", "0812-3456-7890", "0812-3456-7890"),
        ('{% local "/produk/" %}', "/produk/", "/en/produk/"),
    ],
)
def test_amounts_follow_the_language(source, indonesian, english):
    with translation.override("id"):
        assert _draw(source, none=None) == indonesian
    with translation.override("en"):
        assert _draw(source, none=None) == english


def test_dates_carry_the_machine_form():
    assert _draw("{{ d|tanggal }}", d=date(2026, 5, 4)) == '<time datetime="2026-05-04">4 Mei 2026</time>'
    assert _draw('{{ d|tanggal:"short" }}', d=date(2026, 8, 4)) == '<time datetime="2026-08-04">4 Agu 2026</time>'


def test_moments_are_shown_in_the_zone_of_the_association():
    moment = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)

    assert _draw("{{ t|waktu }}", t=moment) == (
        '<time datetime="2026-11-24T01:30+07:00">24 November 2026 pukul 01.30</time>'
    )
    assert "24 November 2026" in _draw("{{ t|tanggal }}", t=moment)


def test_the_english_name_is_used_only_where_there_is_one():
    both = SimpleNamespace(name_id="Keripik tempe", name_en="Tempe crisps")
    one = SimpleNamespace(name_id="Jenang", name_en="")

    with translation.override("en"):
        assert _draw("{{ a|bilingual }}/{{ b|bilingual }}", a=both, b=one) == "Tempe crisps/Jenang"
    assert _draw("{{ a|bilingual }}", a=both) == "Keripik tempe"


def test_an_icon_is_silent_unless_it_has_a_label():
    assert _draw('{% icon "search" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/ui/icons.svg#search"></use></svg>'
    )
    assert 'role="img" aria-label="Tutup &amp; simpan"' in _draw('{% icon "close" label=l %}', l="Tutup & simpan")


@pytest.mark.parametrize(("count", "full"), [(0, 0), (3, 3), (5, 5), (9, 5), (None, 0)])
def test_stars_are_one_sentence(count, full):
    html = _draw("{% stars n %}", n=count)

    assert html.count("#star-full") == full
    assert html.count("<svg") == 5
    assert f'aria-label="Bintang {full} dari 5"' in html


def test_query_replaces_and_removes_and_keeps_the_rest():
    assert _draw("{% query page=4 %}") == "?q=kopi&amp;page=4"
    assert _draw("{% query page=None %}") == "?q=kopi"
    assert _draw('{% query q="" page="" %}') == "?"
    assert _draw('{% query q="a&b" page=None %}') == "?q=a%26b"


@pytest.mark.parametrize(
    ("last", "here", "shown"),
    [
        (1, 1, [1]),
        (5, 3, [1, 2, 3, 4, 5]),
        (12, 6, [1, 0, 5, 6, 7, 0, 12]),
        (12, 1, [1, 2, 0, 12]),
        (12, 3, [1, 2, 3, 4, 0, 12]),
        (12, 12, [1, 0, 11, 12]),
    ],
)
def test_pages_around_this_one_and_a_gap_is_never_one_page(last, here, shown):
    assert ui.pages(Paginator(range(last), 1), here) == shown


def test_a_page_that_is_not_there_links_to_the_other_language_home():
    assert _draw("{% in_language 'en' %}") == "/en/"
    assert _draw("{% in_language 'id' %}") == "/"
