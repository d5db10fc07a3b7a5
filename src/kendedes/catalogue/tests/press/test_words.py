"""Words made ready for print."""

from __future__ import annotations

import re

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from kendedes.catalogue.press import text
from kendedes.catalogue.press.book import page_words
from kendedes.ui import fonts

VOWEL = re.compile("[aeiouyéèêáàíóúâ]", re.IGNORECASE)


@pytest.fixture(scope="session")
def faces(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faces")
    fonts.make(folder)
    return [TTFont(path) for path in sorted(fonts.static_folder(folder).glob("*.ttf"))]


@pytest.mark.parametrize(("word", "broken"), [
    ("perjalanan", "per-ja-lanan"), ("dikerjakan", "di-ker-ja-kan"), ("menggunakan", "meng-gu-na-kan"), ("peternakan", "pe-ter-na-kan"),
    ("pengawet", "peng-awet"), ("kerajinan", "ke-ra-jinan"), ("Sumbermanjing", "Sumbermanjing"), ("desa", "desa"),
])  # fmt: skip
def test_indonesian_words_break_where_they_are_spoken(word, broken):
    assert text.hyphenate(word, "id").replace(text.SOFT_HYPHEN, "-") == broken


def test_how_words_broke_is_kept_for_the_next_printing(monkeypatch, tmp_path):
    words = "perjalanan yang dikerjakan kerajinan desa"
    monkeypatch.setattr(text, "_BREAKS", {})
    assert text.recall_breaks(tmp_path, "id") == 0
    first = text.hyphenate(words, "id")
    text.keep_breaks(tmp_path, "id", 0)

    monkeypatch.setattr(text, "_BREAKS", {})
    monkeypatch.setattr(text, "_patterns", lambda _: pytest.fail("the patterns were read again"))
    assert text.recall_breaks(tmp_path, "id") == 3
    assert (
        text.hyphenate(words, "id")
        == first
        == "per-ja-lanan yang di-ker-ja-kan ke-ra-jinan desa".replace("-", text.SOFT_HYPHEN)
    )

    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"")  # a power cut
    monkeypatch.setattr(text, "_BREAKS", {})
    assert text.recall_breaks(tmp_path, "id") == 0


@given(st.text(st.sampled_from("abcdefghijklmnoprstuwyé"), min_size=1, max_size=24))
def test_no_break_leaves_a_part_without_a_vowel_or_shorter_than_two_letters(word):
    parts = text.hyphenate(word, "id").split(text.SOFT_HYPHEN)

    assert "".join(parts) == word
    assert len(parts) == 1 or all(VOWEL.search(part) and len(part) >= 2 for part in parts)


@given(st.text(max_size=200))
def test_clean_text_has_only_signs_the_faces_have_and_cleaning_again_changes_nothing(words):
    made, _ = text.clean(words)

    assert text.clean(made) == (made, 0)
    assert "  " not in made


def test_every_sign_let_through_is_in_every_face(faces):
    allowed = {code for code in range(32, 0x2700) if text.clean(f"a{chr(code)}a")[0] == f"a{chr(code)}a"}

    assert len(allowed) > 400
    for face in faces:
        assert not allowed - set(face.getBestCmap()) - {0x0A}


def test_emoji_are_left_out_and_counted():
    assert text.clean("Keripik 🔥 pedas\u200b!") == ("Keripik pedas!", 1)


def test_no_face_is_wider_than_the_widths_used_to_save_measuring(faces):
    for face in faces:
        names, widths, unit = face.getBestCmap(), face["hmtx"], face["head"].unitsPerEm
        for code in (*range(32, 127), 0xA0, 0xB7, 0x2013, 0x2014, 0x2018, 0x2019):
            assert widths[names[code]][0] / unit <= text.ems(chr(code)) + 1e-9, chr(code)


@given(st.text(st.characters(codec="latin-1"), max_size=60))
def test_a_soft_hyphen_widens_nothing(words):
    assert text.ems(text.hyphenate(words, "id")) == text.ems(words)


def test_an_endless_word_may_break():
    assert text.line("W" * 30).split(text.SOFT_HYPHEN) == ["W" * 9, "W" * 9, "W" * 9, "W" * 3]
    assert text.line("Sumbermanjing Wetan") == "Sumbermanjing Wetan"


@pytest.mark.parametrize(
    ("pages", "said"),
    [([3, 4, 5, 9], "3–5, 9"), ([1], "1"), ([1, 2], "1, 2"), ([1, 3, 4], "1, 3, 4"), ([7, 8, 9, 10], "7–10")],
)
def test_page_numbers_are_gathered_into_runs(pages, said):
    assert page_words(pages) == said
