"""Reading containers: whatever the bytes, an answer and never a crash; taking apart twice changes nothing."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kendedes.products.photos import containers
from kendedes.products.photos.tests.test_add_photo import as_bytes, picture

EXIF = Image.Exif()
EXIF[0x0112] = 6
EXIF[0x010F] = "Pabrik"
WHOLE = [
    as_bytes(picture(), exif=EXIF, comment=b"catatan"), as_bytes(picture(), progressive=True), as_bytes(picture(), "PNG"),
    as_bytes(picture(), "WEBP"), b"\x00\x00\x00\x18ftypheic" + b"\x00" * 12 + b"\x00\x00\x00\x08meta",
]  # fmt: skip


def look(data: bytes) -> None:
    """Everything the server itself does with a file before the worker gets it, and what the worker does first."""
    containers.kind(data)
    containers.is_moving(data)
    containers.hides_document(data)
    for read in (containers.read_jpeg, containers.check_boxes):
        with contextlib.suppress(containers.Broken):
            read(data)
    assert 1 <= containers.orientation(data) <= 8


@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(data):
    look(data)


@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    st.floats(0, 1),
)
@settings(max_examples=300, deadline=None)
def test_spoilt_files_get_an_answer(whole, spots, length):
    data = bytearray(whole)
    for place, value in spots:
        data[int(place * min(len(data), 700))] = value

    look(bytes(data))
    look(bytes(data[: int(len(data) * length)]))


@pytest.mark.parametrize("number", [0, 1])
def test_taking_a_jpeg_apart_twice_changes_nothing(number):
    once = containers.read_jpeg(WHOLE[number])
    twice = containers.read_jpeg(once.clean)

    assert twice.clean == once.clean
    assert (twice.exif, twice.icc) == (b"", b"")
    assert (once.width, once.height, once.components, once.standard_ids) == (300, 200, 3, True)


def test_the_orientation_is_read_in_both_byte_orders():
    assert containers.orientation(containers.read_jpeg(WHOLE[0]).exif) == 6
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x08\x00\x00"
    assert containers.orientation(b"MM\x00*\x00\x00\x00\x08\x00\x01" + entry) == 8
    assert (
        containers.orientation(
            b"MM\x00*\x00\x00\x00\x08\x00\x01" + entry.replace(b"\x00\x08\x00\x00", b"\x00\x09\x00\x00")
        )
        == 1
    )


@given(st.integers(1, len(WHOLE[0]) - 1))
@settings(max_examples=200)
def test_a_jpeg_cut_anywhere_is_broken(length):
    with pytest.raises(containers.Broken):
        containers.read_jpeg(WHOLE[0][:length])
