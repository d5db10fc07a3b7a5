"""Menu and foot are the same on every public page, whichever app draws it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kendedes.orders.tests.stall import Stall, open_stall
from kendedes.stories import actions
from kendedes.stories.models import Story
from kendedes.testing.cast import AT, Cast
from kendedes.web.actions import catch_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall(cast: Cast) -> Stall:
    """A shop, an article and a fixed page."""
    made = open_stall(cast)
    for title, kind in (("Pagi di dapur", Story.Kind.ARTICLE), ("Cara membeli", Story.Kind.PAGE)):
        story = actions.write(association=cast.association, title_id=title, body_id="x", kind=kind, at=AT, by=cast.bima)
        actions.publish(story=story, at=AT, by=cast.bima)
    catch_up(at=AT)
    return made


def menu_and_foot(client: Client, address: str) -> list[str]:
    """Without the mark of the page one is on."""
    body = client.get(address).content.decode().replace(' aria-current="page"', "")
    return re.findall(r'<nav class="site-nav".*?</nav>|<footer class="site-footer">.*?</footer>', body, re.DOTALL)


@pytest.mark.parametrize("start", ["", "/en"])
def test_pages_of_the_shop_carry_stories_and_fixed_pages_like_the_home_page(client, stall, start):
    pack = {"kemasan": stall.shop.variant.pk, "jumlah": 1}
    client.post("/keranjang/tambah/", pack, headers={"sec-fetch-site": "same-origin"})
    home = menu_and_foot(client, f"{start}/")
    order = stall.order()

    assert len(home) == 2
    assert f'href="{start}/cerita/"' in home[0]
    assert f'href="{start}/halaman/cara-membeli/"' in home[1]
    for address in (
        "/keranjang/",
        "/pesan/",
        f"/pesanan/{order.token}/",
        "/permintaan/",
        "/permintaan/terima-kasih/PM-1/",
        "/cerita/",
    ):
        assert menu_and_foot(client, start + address) == home, address


def test_the_part_of_the_site_one_is_in_is_marked(client, stall):
    assert '<a href="/cerita/" aria-current="page">' in client.get("/cerita/").content.decode()
    assert "aria-current" not in client.get("/keranjang/").content.decode()


def test_without_a_site_the_shop_still_opens(client, cast):
    open_stall(cast)

    assert client.get("/keranjang/").status_code == 200
