"""House rules for the templates, styles and scripts of every app; a rule without a checker is a wish."""

import ast
import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
STYLES = sorted(ROOT.glob("*/static/**/*.css"))
SCRIPTS = sorted(ROOT.glob("*/static/**/*.js"))
SPRITE = (ROOT / "ui/static/ui/icons.svg").read_text(encoding="utf-8")
ICONS = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))

FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=|<style", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on or a trigger filter, which need eval": re.compile(r"hx-on|hx-live|hx-trigger=[\"'][^\"']*\[", re.IGNORECASE),
    "the filter safe": re.compile(r"\|\s*safe\b"),
    "autoescape off": re.compile(r"autoescape\s+off"),
    "a thing loaded from elsewhere": re.compile(
        r"<(?:script|img|iframe|source|video|audio|embed|object|link(?![^>]*rel=\"(?:canonical|alternate)))"
        r"[^>]*\s(?:src|href|srcset|data)=[\"'](?:https?:)?//",
        re.IGNORECASE,
    ),
    "an inline script": re.compile(
        r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.IGNORECASE
    ),
    "htmx without data-": re.compile(r"\shx-[a-z]+=", re.IGNORECASE),
}


def _name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    found = [
        f"{_name(path)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("an inline style", '<p style="color:red">'),
        ("an inline style", "<style>"),
        ("an inline handler", '<a href="#" onclick="x()">'),
        ("hx-on or a trigger filter, which need eval", '<a data-hx-on:click="x">'),
        ("the filter safe", "{{ story | safe }}"),
        ("a thing loaded from elsewhere", '<script src="https://cdn.example/x.js"></script>'),
        ("a thing loaded from elsewhere", '<link rel="stylesheet" href="//cdn.example/x.css">'),
        ("an inline script", "<script>alert(1)</script>"),
        ("htmx without data-", '<a hx-get="/x">'),
    ],
)
def test_the_rules_can_fail(what, line):
    assert FORBIDDEN[what].search(line)


def test_templates_keep_under_150_lines():
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in TEMPLATES}

    assert {name: n for name, n in lengths.items() if n > 150} == {}


def test_styles_and_scripts_load_nothing_from_elsewhere():
    texts = {_name(path): path.read_text(encoding="utf-8") for path in (*STYLES, *SCRIPTS)}
    outside = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"']|(?:import|from)\s+[\"']|fetch\(\s*[\"'])(?:https?:)?//")

    assert [name for name, text in texts.items() if outside.search(text)] == []


def test_styles_lie_in_layers():
    def outside_layers(text):
        text = re.sub(r"/\*.*?\*/|@font-face\s*\{[^}]*\}|@layer[^;{]*;", "", text, flags=re.DOTALL)
        depth, bare = 0, ""
        for char in text:
            depth += (char == "{") - (char == "}")
            bare += char if depth == 0 else ""
        return [part for part in re.split(r"\}", bare) if part.strip() and not part.strip().startswith("@layer")]

    assert [_name(path) for path in STYLES if outside_layers(path.read_text(encoding="utf-8"))] == []


def test_scripts_do_not_evaluate_text():
    evil = re.compile(r"\beval\(|new Function\(|innerHTML\s*[+]?=|document\.write")

    assert [_name(path) for path in SCRIPTS if evil.search(path.read_text(encoding="utf-8"))] == []


def test_every_icon_used_is_drawn():
    used = {
        (_name(path), icon)
        for path in TEMPLATES
        for icon in re.findall(r'{%\s*icon\s+"([^"]+)"', path.read_text(encoding="utf-8"))
    }
    used |= {
        (_name(path), icon)
        for path in TEMPLATES
        for icon in re.findall(r'empty\.html" with[^%]*icon="([^"]+)"', path.read_text(encoding="utf-8"))
    }
    for path in ROOT.glob("*/apps.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "NavItem":
                used.add((_name(path), node.args[2].value if len(node.args) > 2 else "?"))

    assert {pair for pair in used if pair[1] not in ICONS} == set()
    assert len(used) > 20


def test_all_styles_together_stay_small():
    shared = b"".join(path.read_bytes() for path in STYLES if path.parts[-2] == "ui" and path.stem != "guide")

    assert len(gzip.compress(shared, 9)) < 30_000
