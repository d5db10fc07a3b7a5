"""The office's navigation: what each person sees, and what is marked as here."""

import pytest
from django.apps import apps
from django.test import RequestFactory

from kendedes.ui.nav import NavItem, links

ITEMS = [
    NavItem("Sandi", "account_change_password", "key", order=60),
    NavItem("Akun", "account_login", "user", right="people.see", order=10),
    NavItem("Tidak ada", "no-such-page", "box", order=5),
]
pytestmark = pytest.mark.urls("kendedes.ui.tests.urls")


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    for config in apps.get_app_configs():
        monkeypatch.setattr(config, "nav", [], raising=False)
    monkeypatch.setattr(apps.get_app_config("ui"), "nav", ITEMS)


def _request(path="/kantor/", may=None):
    request = RequestFactory().get(path)
    if may is not None:
        request.may = lambda right: right in may
    return request


def test_an_item_with_a_right_is_hidden_from_those_without_it():
    assert [link.label for link in links(_request(may=()))] == ["Sandi"]


def test_an_item_with_a_right_is_shown_in_order_to_those_who_have_it():
    assert [link.label for link in links(_request(may=("people.see",)))] == ["Akun", "Sandi"]


def test_without_anyone_to_ask_what_needs_a_right_stays_hidden():
    assert [link.label for link in links(_request())] == ["Sandi"]


def test_only_the_item_that_holds_the_page_is_here():
    shown = links(_request("/akun/password/change/", may=("people.see",)))

    assert [(link.label, link.current) for link in shown] == [("Akun", False), ("Sandi", True)]
