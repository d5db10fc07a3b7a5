"""Signing in to a real server."""

import pytest

pytestmark = pytest.mark.story


def test_an_assessor_signs_in_on_her_phone_and_sees_the_page_of_choosing(someone):
    yudi = someone("phone")
    yudi.signs_in("yudi")

    page = yudi.opens("/kantor/ovop/")

    assert page.locator("h1").inner_text() == "Produk unggulan"
    yudi.photographs("ovop-phone")
