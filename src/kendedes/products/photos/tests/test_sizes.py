"""Sizes for the web, and the address they are served at."""

from __future__ import annotations

import io

import pytest
from django.template import Context, Template
from PIL import Image

from kendedes.products.photos import rules, store
from kendedes.products.photos.tests.test_add_photo import as_bytes, files, picture


@pytest.fixture
def stored():
    return store.take(as_bytes(picture((900, 1500))), "a.jpg")


def opened(path):
    return Image.open(io.BytesIO(path.read_bytes()))


def url(stored, size, suffix):
    return f"/media/{rules.rendition_name(stored.sha256, size, suffix)}"


def test_nine_files_are_made_once(stored, media):
    assert store.make_renditions(stored.sha256) == 9
    assert store.make_renditions(stored.sha256) == 0

    assert len(files(media)) == 10
    for size, measure in ((320, (192, 320)), (640, (384, 640)), (1280, (768, 1280))):
        for suffix, form in (("avif", "AVIF"), ("webp", "WEBP"), ("jpg", "JPEG")):
            made = opened(store.rendition_path(stored.sha256, size, suffix))
            assert (made.format, made.size) == (form, measure)
            red = made.convert("RGB").getpixel((20, 20))
            assert red[0] > 220 > 40 > red[2]


def test_a_small_master_is_never_blown_up(media):
    small = store.take(as_bytes(picture((300, 200))), "a.jpg")

    store.make_renditions(small.sha256, sizes=[1280], formats=["webp"])

    assert opened(store.rendition_path(small.sha256, 1280, "webp")).size == (300, 200)


def test_the_same_master_gives_the_same_bytes(stored):
    store.make_renditions(stored.sha256)
    first = {p.name: p.read_bytes() for p in store.master_path(stored.sha256).parent.iterdir()}
    for path in store.master_path(stored.sha256).parent.glob("*-*"):
        path.unlink()

    store.make_renditions(stored.sha256)

    assert {p.name: p.read_bytes() for p in store.master_path(stored.sha256).parent.iterdir()} == first


def test_a_missing_size_is_made_at_its_first_request_without_a_database(stored, client):
    assert not store.rendition_path(stored.sha256, 640, "avif").exists()

    response = client.get(url(stored, 640, "avif"))

    assert response.status_code == 200
    assert response["Content-Type"] == "image/avif"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response
    assert Image.open(io.BytesIO(response.content)).size == (384, 640)
    assert client.get(url(stored, 640, "avif"), headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_only_sizes_of_known_masters_are_served(stored, client):
    master = f"/media/{rules.master_name(stored.sha256)}"
    other = "0" * 64
    for address in (
        master, url(stored, 640, "avif").replace("640", "641"), f"/media/foto/00/{other}-640.jpg",
        f"/media/foto/zz/{stored.sha256}-640.jpg", "/media/foto/../../kendedes.sqlite3", "/media/izin/surat.pdf",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    assert client.post(url(stored, 640, "jpg")).status_code == 405


def test_with_a_full_disk_the_visitor_still_sees_the_picture(stored, client, monkeypatch):
    def full():
        raise store.DiskFull

    monkeypatch.setattr(store, "check_room", full)

    response = client.get(url(stored, 320, "webp"))

    assert (response.status_code, response["Content-Type"], response["Cache-Control"]) == (
        200,
        "image/jpeg",
        "no-store",
    )


def test_the_picture_names_true_widths_and_escapes_its_words(stored):
    photo = {
        "sha256": stored.sha256, "width": 900, "height": 1500, "focus": [260, 990],
        "alt": {"id": 'Tempe "sagu" <b>', "en": ""},
    }  # fmt: skip

    drawn = Template('{% include "products/picture.html" with photo=photo sizes="50vw" %}').render(
        Context({"photo": photo})
    )

    base = f"/media/foto/{stored.sha256[:2]}/{stored.sha256}"
    assert drawn.index("image/avif") < drawn.index("image/webp") < drawn.index("<img")
    assert f'srcset="{base}-320.jpg 192w, {base}-640.jpg 384w, {base}-1280.jpg 768w"' in drawn
    assert 'width="384" height="640" alt="Tempe &quot;sagu&quot; &lt;b&gt;" class="fx-30 fy-100"' in drawn
    assert 'loading="lazy"' in drawn
    assert "style=" not in drawn
