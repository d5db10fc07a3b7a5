"""Every component in a real browser: readable, within the screen, without complaints, with and without scripts."""

import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import expect

from kendedes.testing import axe

pytestmark = pytest.mark.story
# Fonts are made by ``kendedes serve``; a page without them is still right.
FONTS = ("plus-jakarta-sans",)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    """The style guide on a port of this machine; it needs no database."""
    with override_settings(ROOT_URLCONF="kendedes.ui.tests.urls", ALLOWED_HOSTS=["127.0.0.1"]):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=_Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("path", ["/kantor/gaya/", "/kantor/gaya/situs/"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_component_fits_and_satisfies_axe(site, browser, path, theme, width):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=theme, bypass_csp=True, locale="id-ID"
    )
    page = context.new_page()
    page.goto(site + path)

    assert axe.overflow(page) == 0
    assert axe.violations(page) == []
    context.close()


def test_scripts_improve_the_page_under_the_strict_policy(site, browser):
    page = browser.new_page(locale="id-ID")
    trouble = []
    axe.listen(page, trouble, FONTS)
    page.goto(site + "/kantor/gaya/")

    page.click("#ambil")
    expect(page.locator("#bagian")).to_have_text("24 Nov 2026, 14.05")
    assert trouble == []
    page.click("#tolak")
    expect(page.locator("#toasts .toast")).to_have_count(1)
    expect(page.locator("#toasts")).to_contain_text("Edisi ini sudah dikunci")
    expect(page.locator("#bagian")).to_have_text("24 Nov 2026, 14.05")
    page.click("[data-dialog=contoh]")
    expect(page.locator("#contoh")).to_be_visible()
    page.click("#contoh .icon-button")
    expect(page.locator("#contoh")).to_be_hidden()
    assert [line for line in trouble if "409" not in line] == []
    page.close()


def test_the_chosen_theme_stays(site, browser):
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(site + "/kantor/gaya/situs/")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")

    page.click("[data-theme-toggle]")
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()


def test_menus_open_without_scripts(site, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(site + "/kantor/gaya/")

    page.click(".drawer > summary")

    expect(page.locator(".drawer-nav")).to_be_visible()
    expect(page.locator("[data-theme-toggle]")).to_be_hidden()
    context.close()


def test_touch_targets_are_44_pixels_on_a_phone(site, browser):
    context = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(site + "/kantor/gaya/")

    low = page.evaluate(
        """selectors => [...document.querySelectorAll(selectors)]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5)
        .map(e => e.outerHTML.slice(0, 90))""",
        ".button, .icon-button, .chip, .tabs a, summary, select, .switch:not([hidden]), .choice, .drawer-nav a,"
        "input:not([type=hidden], [type=checkbox], [type=radio])",
    )

    assert low == []
    context.close()
