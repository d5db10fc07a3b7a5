"""The text of a story as HTML and as blocks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kendedes.stories.rules import markup


def test_words_headings_lists_and_links():
    text = "Tempe **tua** dan *muda*.\n\n# Cara\n\n- iris\n- goreng\n\n[Pesan](https://contoh.invalid/a?b=1&c=2)"

    assert markup.html(text) == (
        "<p>Tempe <strong>tua</strong> dan <em>muda</em>.</p>\n<h2>Cara</h2>\n<ul>\n<li>iris</li>\n<li>goreng</li>\n"
        '</ul>\n<p><a href="https://contoh.invalid/a?b=1&amp;c=2" rel="nofollow noopener">Pesan</a></p>\n'
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>1</script>)", "![x](https://jahat.invalid/a.png)", "<svg onload=alert(1)>",
        "[x](//jahat.invalid)", "[a](&#106;avascript:alert(1))", "<javascript:alert(1)>", "[x](vbscript:1)",
        "**<b onmouseover=alert(1)>x**", '[x](/a"onmouseover="alert(1))', "| a |\n|:-:|\n| <i>x</i> |",
    ],
)  # fmt: skip
def test_hostile_text_makes_no_element_or_address_of_its_own(hostile):
    made = markup.html(hostile)

    tags = set(re.findall(r"<\s*/?\s*([a-z0-9]+)", made))
    assert tags <= {"p", "a", "strong", "div", "table", "thead", "tbody", "tr", "th", "td"}
    assert not re.search(r"<[^>]*\s(on\w+|style)\s*=", made)
    assert not re.findall(r'(?:href|src)="(?!/[^/]|https?:|mailto:|tel:|#)', made)


@given(st.text(alphabet=st.sampled_from(list("<>[]()!*_`#-|:/\\\"'&;=abjs \n")), max_size=200))
def test_any_text_gives_only_elements_of_ours(text):
    made = markup.html(text)

    assert "<script" not in made
    assert not re.search(r"<[^>]*\s(on\w+|style)\s*=\s*\"", re.sub(r'href="[^"]*"', "", made))
    markup.blocks(text)
    markup.plain(text)


def test_photos_of_the_story_stand_where_the_text_names_them_and_others_vanish():
    assert markup.html("A ![x](foto:2) B ![y](foto:9)", {2: "<DUA>"}) == "<p>A <DUA> B </p>\n"
    assert markup.named_photos("![a](foto:2)\n\n> ![b](foto:11)") == {2, 11}


def test_blocks_for_paper():
    text = "## Bahan\n\nKedelai **pilihan**.\n\n1. cuci\n2. rebus\n\n![panci](foto:3)\n\n> Enak!\n\n---"

    found = [
        (b["kind"], "".join(r["text"] for r in b["runs"]), b.get("mark", b.get("number"))) for b in markup.blocks(text)
    ]
    assert found == [
        ("heading", "Bahan", None), ("text", "Kedelai pilihan.", None), ("item", "cuci", "1."), ("item", "rebus", "2."),
        ("photo", "", 3), ("quote", "Enak!", None), ("rule", "", None),
    ]  # fmt: skip


def test_an_opening_is_cut_between_words():
    assert markup.opening("Satu **dua** tiga empat", 14) == "Satu dua tiga…"
    assert markup.opening("# Judul\n\nIsi") == "Judul Isi"
