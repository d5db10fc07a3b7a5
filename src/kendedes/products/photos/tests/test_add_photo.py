"""Taking photos in: what comes out is upright, sRGB, without metadata; what is refused leaves nothing."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from kendedes.journal.models import Entry
from kendedes.products.models import Photo
from kendedes.products.photos import actions, containers, store
from kendedes.products.photos.queries import photo_path
from kendedes.testing.cast import AT


def picture(size: tuple[int, int] = (300, 200), *, mode: str = "RGB", left: object = "red", right: object = "blue"):
    """Left half one colour, right half another."""
    image = Image.new(mode, size, left)
    image.paste(right, (size[0] // 2, 0, size[0], size[1]))
    return image


def as_bytes(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def files(media: Path) -> list[str]:
    return sorted(str(p.relative_to(media)) for p in media.rglob("*") if p.is_file())


def add(cast, data, name="foto.jpg", **options):
    product = cast.product()
    return actions.add_photo(product=product, data=data, name=name, at=AT, by=cast.sekar, **options)


def test_a_clean_jpeg_keeps_its_coded_picture_and_loses_everything_else(cast):
    exif = Image.Exif()
    exif[0x010F] = "Pabrik"
    exif[0xA431] = "SERI-123"
    exif.get_ifd(0x8825)[2] = (7.0, 58.0, 1.0)
    sent = as_bytes(picture(), quality=85, exif=exif, comment=b"rahasia")

    photo = add(cast, sent)

    kept = photo_path(photo.sha256).read_bytes()
    plain = as_bytes(picture(), quality=85)
    assert b"SERI-123" in sent
    assert containers.read_jpeg(kept).clean == containers.read_jpeg(plain).clean == kept
    assert hashlib.sha256(kept).hexdigest() == photo.sha256
    assert (photo.width, photo.height) == (300, 200)
    for secret in (b"Pabrik", b"SERI-123", b"rahasia", b"Exif"):
        assert secret not in kept


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_orientation_ends_upright(cast, turn):
    upright = picture((300, 200), left="red", right="blue")
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright.transpose(Image.Transpose(undo[turn])) if turn in undo else upright
    exif = Image.Exif()
    exif[0x0112] = turn

    photo = add(cast, as_bytes(stored, quality=95, exif=exif))

    master = Image.open(photo_path(photo.sha256))
    assert master.size == (300, 200)
    red, blue = master.getpixel((40, 100)), master.getpixel((260, 100))
    assert red[0] > 200 > 80 > red[2]
    assert blue[2] > 200 > 80 > blue[0]
    assert master.getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize(
    ("name", "size"), [("exif-portrait-6.jpg", (1200, 1800)), ("exif-landscape-3.jpg", (1800, 1200))]
)
def test_real_phone_photos_are_turned_as_their_painted_words_say(cast, real, name, size):
    photo = add(cast, real(name), name)

    master = Image.open(photo_path(photo.sha256)).convert("L")

    assert master.size == size
    with Image.open(io.BytesIO(real(name))) as sent:
        turned = sent.transpose({6: Image.Transpose.ROTATE_270, 3: Image.Transpose.ROTATE_180}[sent.getexif()[0x0112]])
        expected = turned.convert("L")
    for at in ((60, 60), (size[0] - 60, 60), (60, size[1] - 60), (size[0] // 2, size[1] // 2)):
        assert abs(master.getpixel(at) - expected.getpixel(at)) < 12


def test_a_heic_from_a_phone_is_upright_and_says_nothing_of_its_place(cast, real):
    sent = real("heic-with-gps.heic")

    photo = add(cast, sent, "IMG_0001.HEIC")

    kept = photo_path(photo.sha256).read_bytes()
    assert (photo.width, photo.height) == (1025, 900)
    assert b"Exif" in sent
    assert Image.open(io.BytesIO(kept)).getexif().get_ifd(0x8825) == {}
    for trace in (b"Exif", b"GPS", b"Apple", b"http://ns.adobe.com"):
        assert trace not in kept


def test_the_arrow_of_a_turned_heic_points_up(cast, real):
    photo = add(cast, real("heic-arrow-up-orientation6.heic"), "a.heic")

    grey = Image.open(photo_path(photo.sha256)).convert("L").reduce(8)
    dark = [(x, y) for y in range(grey.height) for x in range(grey.width) if grey.getpixel((x, y)) < 60]
    top = min(y for _x, y in dark)
    width_near_top = len({x for x, y in dark if y < top + 8})
    bottom = max(y for _x, y in dark)

    assert (photo.width, photo.height) == (3024, 4032)
    assert (bottom - top) > (max(x for x, _y in dark) - min(x for x, _y in dark))
    assert width_near_top < len({x for x, y in dark if top + 20 < y < top + 60})


@pytest.mark.parametrize("name", ["heic-corrupted.heic", "heic-truncated.heic"])
def test_a_spoilt_heic_is_refused_and_leaves_nothing(cast, real, media, name):
    before = Entry.objects.count()
    product = cast.product()

    with pytest.raises(store.PhotoBroken):
        actions.add_photo(product=product, data=real(name), name=name, at=AT, by=None)

    assert files(media) == []
    assert Photo.objects.count() == 0
    assert Entry.objects.count() == before + 1  # the product itself


@pytest.mark.parametrize("percent", range(0, 100, 10))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "progressive"])
def test_a_photo_cut_off_anywhere_is_refused(media, percent, form):
    noise = Image.effect_noise((200, 160), 60).convert("RGB")
    whole = as_bytes(noise, "JPEG", progressive=True) if form == "progressive" else as_bytes(noise, form)
    cut = whole[: len(whole) * percent // 100]

    with pytest.raises((store.PhotoBroken, store.PhotoKind)):
        store.take(cut, "separuh.jpg")

    assert files(media) == []


def test_the_same_photos_whole_are_taken(media):
    noise = Image.effect_noise((200, 160), 60).convert("RGB")
    for form in ("JPEG", "PNG", "WEBP"):
        assert store.take(as_bytes(noise, form), "utuh").width == 200


def bomb(side: int, bits: int = 1) -> bytes:
    """A PNG of ``side``² pixels in a few kilobytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = zlib.compress((b"\0" + b"\xff" * (side * bits // 8)) * side, 9)
    head = struct.pack(">IIBBBBB", side, side, bits, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_before_it_is_decoded(media):
    data = bomb(12_000)
    assert len(data) < 40_000

    with pytest.raises(store.PhotoTooManyPixels):
        store.take(data, "bom.png")

    assert files(media) == []


def test_a_bomb_whose_header_lies_is_refused(media):
    data = bytearray(bomb(4096))
    data[16:24] = struct.pack(">II", 100, 100)  # the checksum of the header no longer fits

    with pytest.raises(store.PhotoBroken):
        store.take(bytes(data), "bom.png")


GIF = as_bytes(picture(mode="P", left=0, right=1), "GIF")
MOVING = [picture(), picture(left="green")]
REFUSED = {
    "svg named jpg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', store.PhotoKind),
    "html named jpg": (b"<!doctype html><script>alert(1)</script>", store.PhotoKind),
    "empty": (b"", store.PhotoKind),
    "gif": (GIF, store.PhotoKind),
    "bmp": (as_bytes(picture(), "BMP"), store.PhotoKind),
    "tiff": (as_bytes(picture(), "TIFF"), store.PhotoKind),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", store.PhotoKind),
    "moving png": (as_bytes(MOVING[0], "PNG", save_all=True, append_images=MOVING[1:]), store.PhotoMoving),
    "moving webp": (as_bytes(MOVING[0], "WEBP", save_all=True, append_images=MOVING[1:]), store.PhotoMoving),
    "page behind a jpeg": (as_bytes(picture()) + b"<html><script>x</script>", store.PhotoHides),
    "page in a comment": (as_bytes(picture(), comment=b"<script>alert(1)</script>"), store.PhotoHides),
    "zip behind a png": (as_bytes(picture(), "PNG") + b"PK\x05\x06" + b"\0" * 18, store.PhotoHides),
    "pixel": (as_bytes(picture((8, 8))), store.PhotoTooSmall),
    "strip": (as_bytes(picture((2000, 20))), store.PhotoTooSmall),
    "too many bytes": (b"\xff\xd8\xff" + b"\0" * (25 * 1024 * 1024), store.PhotoTooBig),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_photo_is_refused_with_its_reason(media, case):
    data, reason = REFUSED[case]

    with pytest.raises(store.PhotoRefused) as refusal:
        store.take(data, "foto.jpg")

    assert type(refusal.value) is reason
    assert "foto.jpg" in str(refusal.value)
    assert files(media) == []


def test_cmyk_grey_alpha_palette_and_16_bit_become_srgb(media):
    wide = Image.new("I;16", (100, 100), 65535)
    clear = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    cases = {
        "cmyk": (as_bytes(Image.new("CMYK", (100, 100), (0, 255, 255, 0)), quality=95), (255, 0, 0), 40),
        "grey": (as_bytes(Image.new("L", (100, 100), 128)), (128, 128, 128), 3),
        "clear": (as_bytes(clear, "PNG"), (255, 255, 255), 1),
        "clear webp": (as_bytes(clear, "WEBP"), (255, 255, 255), 2),
        "palette": (as_bytes(picture((100, 100)).quantize(4), "PNG"), (255, 0, 0), 6),
        "16 bit": (as_bytes(wide, "PNG"), (255, 255, 255), 1),
    }
    for name, (data, colour, slack) in cases.items():
        master = Image.open(photo_path(store.take(data, name).sha256))
        assert master.mode == "RGB", name
        assert all(abs(a - b) <= slack for a, b in zip(master.getpixel((20, 50)), colour, strict=True)), name


def test_another_colour_space_is_converted_and_an_srgb_profile_only_dropped(media):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()

    kept = store.take(as_bytes(picture(), icc_profile=srgb), "a")
    strange = store.take(as_bytes(picture(), icc_profile=lab), "b")

    assert kept.same
    assert not strange.same
    for stored in (kept, strange):
        assert b"ICC_PROFILE" not in photo_path(stored.sha256).read_bytes()


def test_the_same_picture_twice_is_one_photo_and_one_entry(cast, media):
    product = cast.product()
    data = as_bytes(picture())
    first = actions.add_photo(product=product, data=data, name="a.jpg", at=AT, by=cast.sekar)
    entries = Entry.objects.count()

    again = actions.add_photo(product=product, data=data, name="b.jpg", at=AT, by=cast.sekar)

    assert again == first
    assert Entry.objects.count() == entries
    assert files(media) == [f"foto/{first.sha256[:2]}/{first.sha256}.jpg"]


def test_a_nearly_full_disk_refuses_photos_first(cast, settings, media, monkeypatch):
    monkeypatch.setattr(store.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 499 * 1024 * 1024}))
    product = cast.product()

    with pytest.raises(store.DiskFull):
        actions.add_photo(product=product, data=as_bytes(picture()), name="a.jpg", at=AT, by=None)

    assert files(media) == []
    assert Photo.objects.count() == 0


def test_thirteen_photos_are_one_too_many(cast, media):
    product = cast.product()
    photos = [actions.NewPhoto(product, as_bytes(picture(left=(n * 9, 0, 0))), f"{n}.jpg") for n in range(13)]
    for photo in photos[:12]:
        actions.add_photo(product=product, data=photo.data, name=photo.name, at=AT, by=None)

    with pytest.raises(actions.TooManyPhotos):
        actions.add_photo(product=product, data=photos[12].data, name="12.jpg", at=AT, by=None)

    assert product.photos.count() == 12


def test_many_photos_at_once_keep_their_order_and_one_bad_file_harms_no_other(cast, media):
    one, two = cast.product(), cast.product(name="Tempe mentah")
    good = [as_bytes(picture(left=(n * 40, 0, 0))) for n in range(4)]
    asked = [
        actions.NewPhoto(one, good[0], "1.jpg"), actions.NewPhoto(one, good[1][:200], "rusak.jpg"),
        actions.NewPhoto(two, good[2], "2.jpg"), actions.NewPhoto(one, good[3], "3.jpg", alt_id="Sisi lain"),
    ]  # fmt: skip

    outcomes = actions.add_photos(photos=asked, at=AT, by=cast.sekar, workers=2)

    assert [o.asked.name for o in outcomes] == ["1.jpg", "rusak.jpg", "2.jpg", "3.jpg"]
    assert [type(o.refusal) for o in outcomes] == [type(None), store.PhotoBroken, type(None), type(None)]
    assert list(one.photos.values_list("source_name", "position", "alt_id")) == [
        ("1.jpg", 0, ""), ("3.jpg", 1, "Sisi lain"),
    ]  # fmt: skip
    assert two.photos.get().source_name == "2.jpg"
    assert Entry.objects.filter(deed="product.photo_add").count() == 2
