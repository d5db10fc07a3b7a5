import hashlib
import io

import pytest
from PIL import Image

from kendedes.demo.pictures import Picture, draw, master
from kendedes.demo.pictures.forms import FORMS
from kendedes.demo.pictures.patterns import DYES, MOTIFS, batik
from kendedes.demo.pictures.pieces import KINDS, piece


def picture(form: str, seed: str = "a", **more: str) -> Picture:
    return Picture(form, seed, "Keripik Tempe Sagu", "Omah Contoh", "Isi bersih 250 g", **more)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_paints_a_full_picture(form):
    image = draw(picture(form, fill="tempe", motif="kawung" if form in {"hanging", "folded", "flatlay"} else ""))

    assert (image.size, image.mode) == ((1280, 1280), "RGB")
    colours = image.resize((64, 64)).getcolors(64 * 64)
    assert colours is not None
    assert len(colours) > 400, "a picture, not a blank sheet"


def test_the_same_picture_gives_the_same_bytes_and_another_seed_other_ones():
    one, again, other = (master(picture("jar", seed, fill="chili")) for seed in ("a", "a", "b"))

    assert hashlib.sha256(one).digest() == hashlib.sha256(again).digest()
    assert one != other


def test_a_master_is_a_jpeg_for_print_without_metadata():
    data = master(picture("pouch", fill="apple_chip"))
    image = Image.open(io.BytesIO(data))

    assert (image.format, image.size, image.info["dpi"]) == ("JPEG", (1280, 1280), (300, 300))
    assert not image.getexif()
    assert 90_000 < len(data) < 600_000


def test_the_lettering_changes_the_picture():
    assert master(picture("tin")) != master(Picture("tin", "a", "Teh Melati", "Omah Contoh", "Isi bersih 250 g"))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_piece_has_a_body_and_a_soft_shadow(kind):
    alpha = piece(kind, 70, 0, -1).getchannel("A")

    assert alpha.getextrema()[1] == 255
    assert len(set(alpha.tobytes())) > 30


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_motif_uses_the_three_colours_of_its_dye(motif):
    cloth = batik(motif, "indigo").convert("RGB").resize((180, 180))
    near = [0, 0, 0]
    for pixel in cloth.get_flattened_data():
        for i, dye in enumerate(DYES["indigo"]):
            near[i] += sum(abs(a - b) for a, b in zip(pixel, dye, strict=True)) < 60

    assert min(near) > 180 * 180 * 0.01


def test_the_landscape_fills_a_cover_of_a4_at_300_dots_and_is_drawn_alike_each_time():
    once, again = (master(Picture("landscape", "35.07", "", "")) for _ in range(2))
    image = Image.open(io.BytesIO(once))

    assert once == again
    assert image.size == (2600, 2180)
    assert image.width / (216 / 25.4) > 300, "216 mm with its bleed"
    assert 1_000_000 < len(once) < 4_000_000
