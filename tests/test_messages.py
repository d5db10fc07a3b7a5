"""The tool that keeps the interface texts: what it must not garble, and what it must notice."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[1] / "tools"
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
PLURAL = 'from django.utils.translation import ngettext\nngettext("%(n)s produk", "%(n)s produk", 2)\n'


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(TOOLS)
    sys.modules.pop("messages", None)
    import messages

    return messages


def app(folder: Path, source: str, english: str) -> Path:
    (folder / "locale/en/LC_MESSAGES").mkdir(parents=True)
    (folder / "words.py").write_text(source)
    (folder / "locale/en/LC_MESSAGES/django.po").write_text(HEAD + english)
    return folder


def test_a_message_that_became_plural_is_written_anew(tool: ModuleType, tmp_path: Path) -> None:
    folder = app(tmp_path, PLURAL, 'msgid "%(n)s produk"\nmsgstr "%(n)s products"\n')

    assert len(tool.missing(folder)) == 1
    assert tool.update(folder) == 1
    assert 'msgstr[0] ""\nmsgstr[1] ""' in tool.file_of(folder).read_text()


def test_a_plural_that_is_there_stays(tool: ModuleType, tmp_path: Path) -> None:
    english = (
        'msgid "%(n)s produk"\nmsgid_plural "%(n)s produk"\nmsgstr[0] "%(n)s product"\nmsgstr[1] "%(n)s products"\n'
    )
    folder = app(tmp_path, PLURAL, english)

    assert tool.update(folder) == 0
    assert 'msgstr[1] "%(n)s products"' in tool.file_of(folder).read_text()


def test_english_that_fills_in_what_is_not_said_is_noticed(tool: ModuleType, tmp_path: Path) -> None:
    source = 'from django.utils.translation import gettext as _\n_("oleh %(name)s")\n'
    folder = app(tmp_path, source, 'msgid "oleh %(name)s"\nmsgstr "by %(who)s"\n')

    assert tool.missing(folder) == ["oleh %(name)s"]
