"""Files of photos nobody can be shown any more go; whatever some row needs stays."""

import os
from datetime import timedelta

import pytest

from kendedes.products.actions import publish
from kendedes.products.models import Photo, Product
from kendedes.products.photos import actions, store
from kendedes.products.photos.sweep import WAIT, sweep
from kendedes.products.photos.tests.test_add_photo import as_bytes, files, picture
from kendedes.testing.cast import AT

LATER = AT + WAIT + timedelta(hours=1)


@pytest.fixture
def photo(cast, media):
    """One photo whose file and one size lie on the disk since AT."""
    found = actions.add_photo(product=cast.product(), data=as_bytes(picture()), name="a.jpg", at=AT, by=None)
    store.make_renditions(found.sha256, sizes=(320,), formats=("webp",))
    _old(media)
    return found


def _old(media):
    for path in media.rglob("*"):
        os.utime(path, (AT.timestamp(), AT.timestamp()))


def test_a_photo_in_use_stays_and_a_removed_one_goes_after_a_day_with_its_sizes(photo, media):
    assert sweep(at=LATER + timedelta(days=400)) == 0
    actions.remove_photo(photo=photo, at=AT + timedelta(days=400), by=None)

    assert sweep(at=AT + timedelta(days=400, hours=23)) == 0
    assert len(files(media)) == 2
    assert sweep(at=LATER + timedelta(days=400)) == 2

    assert files(media) == []
    assert Photo.objects.get().sha256 == photo.sha256


def test_what_a_release_shows_stays(photo, media):
    Product.objects.update(state=Product.State.ACCEPTED)
    publish(products=[photo.product], at=AT, by=None)
    actions.remove_photo(photo=photo, at=AT, by=None)

    assert sweep(at=LATER) == 0
    assert len(files(media)) == 2


def test_the_same_picture_of_another_product_and_one_just_taken_again_stay(cast, photo, media):
    other = cast.product(name="Kopi")
    second = actions.add_photo(product=other, data=as_bytes(picture()), name="b.jpg", at=AT, by=None)
    actions.remove_photo(photo=photo, at=AT, by=None)
    _old(media)
    assert sweep(at=LATER) == 0

    actions.remove_photo(photo=second, at=AT, by=None)
    store.take(as_bytes(picture()), "c.jpg")  # its row is about to be written

    assert sweep(at=LATER) == 0
    assert len(files(media)) == 2


def test_files_without_a_row_go_when_they_are_old_and_other_files_are_left_alone(cast, media):
    store.take(as_bytes(picture()), "a.jpg")  # then the power went
    half = store.folder() / ".kerja-abc"
    half.mkdir()
    (half / "asal").write_bytes(b"half")
    (store.folder() / "ab").mkdir(exist_ok=True)
    (store.folder() / "ab" / "catatan.txt").write_text("not ours")
    assert sweep(at=AT) == 0
    _old(media)

    assert sweep(at=LATER) == 1

    assert files(media) == ["foto/ab/catatan.txt"]
    assert not half.exists()
