"""Colours: text is readable in light and dark (WCAG 2.2 AA), and both ways into the dark give the same dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[1] / "static/ui/tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


def _block(start):
    begin = CSS.index(start)
    return dict(COLOUR.findall(CSS[begin : CSS.index("\n  }", begin)]))


LIGHT = _block("  :root {\n")
DARK = _block(':root[data-theme="dark"] {')
BY_SYSTEM = _block("@media (prefers-color-scheme: dark)")

GROUNDS = ("paper", "surface", "raised", "sunk")
TEXT = [(ink, ground) for ink in ("ink", "muted", "accent", "accent-strong", "leaf", "bad") for ground in GROUNDS]
TEXT += [("ink", "accent-soft"), ("accent-strong", "accent-soft"), ("muted", "accent-soft"), ("accent", "accent-soft")]
TEXT += [("indigo", "indigo-soft"), ("leaf", "leaf-soft"), ("amber", "amber-soft"), ("bad", "bad-soft")]
TEXT += [("accent-ink", "accent"), ("accent-ink", "accent-strong"), ("surface", "leaf"), ("surface", "bad")]
TEXT += [("paper", "ink"), ("ink", "pattern"), ("sogan", "paper"), ("indigo", "paper")]
# Edges of inputs, stars and the focus ring need 3:1 against what lies behind.
SHAPES = [("line-strong", g) for g in ("paper", "surface", "raised")] + [("gold", g) for g in GROUNDS]
SHAPES += [("focus", g) for g in (*GROUNDS, "accent-soft")] + [("accent", "line")]


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_reaches_four_and_a_half_to_one(theme):
    low = {f"{a} on {b}": round(contrast(theme[a], theme[b]), 2) for a, b in TEXT}

    assert {k: v for k, v in low.items() if v < 4.5} == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_shapes_reach_three_to_one(theme):
    low = {f"{a} on {b}": round(contrast(theme[a], theme[b]), 2) for a, b in SHAPES}

    assert {k: v for k, v in low.items() if v < 3} == {}


def test_dark_is_the_same_by_choice_and_by_system():
    assert DARK == BY_SYSTEM
    assert DARK.keys() == LIGHT.keys()


def test_no_style_sheet_uses_a_token_that_does_not_exist():
    known = set(re.findall(r"--([a-z0-9-]+):", CSS))
    used = {
        (path.name, name)
        for path in Path(__file__).parents[2].glob("*/static/**/*.css")
        for text in [path.read_text(encoding="utf-8")]
        for name in re.findall(r"var\(--([a-z0-9-]+)", text)
        if f"--{name}:" not in text
    }

    assert {pair for pair in used if pair[1] not in known} == set()
