"""The base pages render, for anyone, in both languages."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

UI = Path(__file__).parents[1]
ICONS = set(re.findall(r'<symbol id="([^"]+)"', (UI / "static/ui/icons.svg").read_text(encoding="utf-8")))


def _request(path="/kantor/"):
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return request


def _page(base, body="{% block title %}Judul{% endblock %}{% block content %}<p>isi</p>{% endblock %}"):
    template = engines["django"].from_string('{% extends "ui/' + base + '" %}' + body)
    return template.render({}, _request())


@pytest.mark.parametrize("base", ["site.html", "office.html", "bare.html"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_base_page_renders_with_language_title_and_content(base, language):
    with translation.override(language):
        html = _page(base)

    assert f'<html lang="{language}"' in html
    assert "<title>Judul · Kendedes</title>" in html
    assert "<p>isi</p>" in html
    assert html.count('id="isi"') == 1


def test_the_office_repeats_the_title_as_heading():
    assert "<h1>Judul</h1>" in _page("office.html")


def test_the_heading_can_differ_from_the_title():
    html = _page("office.html", "{% block title %}Judul{% endblock %}{% block heading %}Lain{% endblock %}")

    assert "<h1>Lain</h1>" in html


@pytest.mark.parametrize(
    "name", ["404.html", "403.html", "429.html", "403_csrf.html", "ui/refusal.html", "ui/toast.html"]
)
def test_pages_that_say_no_render(name):
    assert "<" in render_to_string(name, {"refusal": "Tidak bisa."}, _request())


def test_the_page_for_our_own_faults_needs_no_context():
    html = render_to_string("500.html")

    assert "Ada kesalahan di pihak kami" in html
    assert "<script" not in html
