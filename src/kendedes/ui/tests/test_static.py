"""The sheets of a shell become one file where static files are collected."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from kendedes.ui import fonts, static
from kendedes.ui.templatetags import ui

HERE = Path(__file__).parents[1] / "static"


@pytest.fixture
def collected(tmp_path, monkeypatch):
    """A storage that has collected this floor's own files, without the fonts' binary."""
    (tmp_path / "ui/fonts").mkdir(parents=True)
    for name in fonts.WEB:
        (tmp_path / "ui/fonts" / name).write_bytes(b"woff2")
    for path in HERE.rglob("*.*"):
        (tmp_path / path.relative_to(HERE)).write_bytes(path.read_bytes())
    monkeypatch.setattr(settings, "WHITENOISE_KEEP_ONLY_HASHED_FILES", False, raising=False)
    storage = static.Storage(location=str(tmp_path), base_url="/static/")
    paths = {str(p.relative_to(tmp_path)): (storage, str(p.relative_to(tmp_path))) for p in tmp_path.rglob("*.*")}
    for name, _hashed, done in storage.post_process(paths):
        assert not isinstance(done, Exception), (name, done)
    return storage


def test_the_joined_sheet_holds_every_layer_in_order_and_hashed_addresses(collected):
    name = collected.stored_name("ui/all-site.css")
    with collected.open(name) as file:
        text = file.read().decode()

    assert name != "ui/all-site.css"
    layers = [text.index(f"@layer {layer} {{") for layer in ("tokens", "base", "layout", "components", "shell")]
    assert layers == sorted(layers)
    assert text.rindex("@media print {") > layers[-1]
    assert collected.stored_name("ui/kawung.svg").removeprefix("ui/") in text
    assert collected.stored_name("ui/fonts/plus-jakarta-sans-latin.woff2").removeprefix("ui/") in text


def test_a_page_links_one_sheet_when_there_is_one(collected, monkeypatch):
    monkeypatch.setattr(ui, "staticfiles_storage", collected)

    assert ui.styles("site").count("<link") == 1


def test_a_page_links_the_sheets_one_by_one_before_that():
    html = ui.styles("office")

    assert html.count("<link") == 7
    assert html.index("tokens.css") < html.index("components.css") < html.index("office.css")
    assert 'print.css" media="print"' in html


def test_the_sheet_names_exactly_the_letters_each_font_file_holds():
    text = (HERE / "ui/tokens.css").read_text(encoding="utf-8")
    named = {}
    for name, ranges in re.findall(r'fonts/([\w-]+\.woff2)".*?unicode-range: ([^;]+);', text, re.DOTALL):
        pairs = [part.strip().removeprefix("U+").partition("-") for part in ranges.split(",")]
        named[name] = sorted(c for low, _, high in pairs for c in range(int(low, 16), int(high or low, 16) + 1))

    assert named == {name: fonts.letters(rarer=rarer) for name, (_source, rarer) in fonts.WEB.items()}
