"""Office pages: what people see, type and press."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from kendedes.journal.models import Entry
from kendedes.products import actions
from kendedes.products.models import Category, FixItem, Permit, Photo, Price, Product, Release
from kendedes.products.permits.actions import add_permit
from kendedes.products.tests.test_states import complete
from kendedes.testing.cast import AT

State = Product.State


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def as_(client):
    """A browser with ``user`` signed in."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def jpeg(colour="red", size=(400, 300)):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def names(response):
    return [row.product.name_id for row in response.context["rows"]]


def url(name, product, **more):
    return reverse(f"products:{name}", kwargs={"pk": product.pk, **more})


def test_the_list_narrows_by_state_category_words_and_what_is_missing(cast, as_):
    complete(cast)
    bare = cast.product(name="Tempe mendol", packs=[])
    Product.objects.filter(pk=bare.pk).update(
        state=State.RETURNED, story_id="", remarks=[{"field": "harga", "text": "12 ribuan"}]
    )
    browser = as_(cast.sekar)
    address = reverse("products:list")

    assert names(browser.get(address)) == ["Keripik tempe sagu", "Tempe mendol"]
    assert names(browser.get(address, {"state": "returned"})) == ["Tempe mendol"]
    assert names(browser.get(address, {"q": "MENDOL"})) == ["Tempe mendol"]
    assert names(browser.get(address, {"q": bare.code})) == ["Tempe mendol"]
    assert names(browser.get(address, {"category": "makanan-minuman"})) == ["Keripik tempe sagu", "Tempe mendol"]
    assert names(browser.get(address, {"category": "anyaman"})) == []
    for gap in ("photo", "price", "story", "remark"):
        assert names(browser.get(address, {"gap": gap})) == ["Tempe mendol"], gap
    assert names(browser.get(address, {"gap": "permit"})) == ["Keripik tempe sagu", "Tempe mendol"]
    assert browser.get(address, {"q": "a\x00b", "unit": "x" * 400, "page": "-3", "gap": "'"}).status_code == 200


def test_the_list_asks_the_database_the_same_for_few_and_many(cast, as_, django_assert_max_num_queries):
    for number in range(30):
        cast.product(name=f"Produk {number:02d}")
    browser = as_(cast.sekar)
    browser.get(reverse("products:list"))

    with django_assert_max_num_queries(20):
        response = browser.get(reverse("products:list"))

    assert len(response.context["rows"]) == 24
    assert names(response) + names(browser.get(reverse("products:list"), {"page": 2})) == sorted(
        Product.objects.values_list("name_id", flat=True)
    )


def test_a_name_alone_makes_a_product_with_a_guessed_category(cast, as_):
    form = {"producer": cast.tempe.pk, "name_id": "Kopi bubuk robusta", "retail": "17.500", "unit": "bungkus"}

    response = as_(cast.sekar).post(reverse("products:new"), form)

    made = Product.objects.get()
    assert response["Location"] == url("photos", made)
    assert (made.category.slug, made.code, made.state) == ("kopi-teh", "SGS-0001", State.DRAFT)
    assert Price.objects.get().low == 17500


def test_a_similar_name_is_asked_about_before_it_is_written(cast, as_):
    cast.product()
    form = {"producer": cast.tempe.pk, "name_id": "KERIPIK TEMPE SAGU"}
    browser = as_(cast.sekar)

    first = browser.post(reverse("products:new"), form)
    assert Product.objects.count() == 1
    assert "Nama yang mirip sudah tercatat" in first.content.decode()

    browser.post(reverse("products:new"), {**form, "another": "on"})
    assert Product.objects.count() == 2


def test_a_producer_of_another_unit_is_no_choice(cast, as_):
    response = as_(cast.sekar).post(reverse("products:new"), {"producer": cast.apel.pk, "name_id": "Kopi"})

    assert response.status_code == 200
    assert Product.objects.count() == 0


def form_of(product, **changes):
    response_fields = {
        "name_id": product.name_id, "category": product.category_id, "story_id": product.story_id, "materials": "tempe, sagu",
    }  # fmt: skip
    return {**response_fields, **changes}


def test_two_people_editing_at_once_lose_nothing(cast, as_):
    product = cast.product()
    browser = as_(cast.sekar)
    version = browser.get(url("edit", product)).context["form"].initial["version"]
    actions.change_product(product=Product.objects.get(), story_id="Cerita Bima", at=AT, by=cast.bima)
    typed = form_of(product, story_id="Cerita Sekar", version=version)

    clash = browser.post(url("edit", product), typed)

    assert clash.status_code == 412
    page = clash.content.decode()
    assert "Cerita Bima" in page
    assert "Cerita Sekar" in page
    assert Product.objects.get().story_id == "Cerita Bima"

    newer = clash.context["form"]["version"].value()
    saved = browser.post(url("edit", product), {**typed, "version": newer})
    assert saved.status_code == 302
    assert Product.objects.get().story_id == "Cerita Sekar"


def test_a_form_without_a_version_never_overwrites(cast, as_):
    product = cast.product()

    assert as_(cast.sekar).post(url("edit", product), form_of(product, story_id="Timpa")).status_code == 412
    assert Product.objects.get().story_id == "Tempe tipis digoreng dengan tepung sagu."


def test_a_photo_added_meanwhile_is_no_clash_of_texts(cast, as_):
    product = cast.product()
    browser = as_(cast.sekar)
    version = browser.get(url("edit", product)).context["form"].initial["version"]
    Product.objects.update(changed_at=AT + timedelta(days=1))

    assert browser.post(url("edit", product), form_of(product, version=version)).status_code == 302
    assert Product.objects.get().materials == "tempe, sagu"


@pytest.mark.parametrize(
    "wrong",
    [{"local_percent": "101", "local_scope": "village"}, {"capacity": "99999999"}, {"name_id": ""}, {"category": "999"}, {"local_percent": "50"}],
)  # fmt: skip
def test_wrong_values_are_named_and_nothing_is_saved(cast, as_, wrong):
    product = cast.product()
    before = Entry.objects.count()

    response = as_(cast.sekar).post(url("edit", product), form_of(product, version="x", **wrong))

    assert response.status_code == 422
    assert "field-error" in response.content.decode()
    assert Entry.objects.count() == before


def test_extra_fields_are_not_taken(cast, as_):
    product = cast.product()
    browser = as_(cast.sekar)
    version = browser.get(url("edit", product)).context["form"].initial["version"]

    browser.post(
        url("edit", product), form_of(product, version=version, state="published", code="X", producer=cast.apel.pk)
    )

    kept = Product.objects.get()
    assert (kept.state, kept.code, kept.producer) == (State.DRAFT, product.code, cast.tempe)


@pytest.mark.parametrize(
    ("typed", "low", "high"), [("17.500", 17500, None), ("Rp15.000 – 20.000", 15000, 20000), ("15rb", 15000, None)]
)
def test_a_price_is_read_as_people_write_it_and_adds_to_the_history(cast, as_, typed, low, high):
    product = cast.product()
    variant = product.variants.get()

    as_(cast.sekar).post(url("pack", product, variant=variant.pk), {"unit": "bungkus", "retail": typed})

    newest = variant.prices.order_by("-id").first()
    assert (newest.low, newest.high) == (low, high)
    assert variant.prices.count() == (1 if (low, high) == (15000, None) else 2)


def test_an_unclear_price_is_refused_with_an_example(cast, as_):
    product = cast.product()

    response = as_(cast.sekar).post(url("pack-new", product), {"unit": "bungkus", "retail": "mulai 5.000"})

    assert "Tulis rupiah, misalnya 15.000" in response.content.decode()
    assert product.variants.count() == 1


def test_photos_come_from_a_phone_one_bad_file_harms_no_other(cast, as_):
    product = cast.product()
    files = [
        SimpleUploadedFile("IMG_1.jpg", jpeg("red")), SimpleUploadedFile("IMG_2.jpg", jpeg("blue")[:300]),
        SimpleUploadedFile("IMG_3.JPG", jpeg("green")),
    ]  # fmt: skip

    page = as_(cast.sekar).post(url("photos", product), {"photos": files}, follow=True).content.decode()

    assert "“IMG_2.jpg” rusak atau tidak lengkap" in page
    assert "2 foto disimpan" in page
    assert list(product.photos.values_list("source_name", "position")) == [("IMG_1.jpg", 0), ("IMG_3.JPG", 1)]


def test_a_tap_sets_the_focus_and_the_arrows_the_order(cast, as_):
    product = complete(cast)
    first = product.photos.get()
    second = Photo.objects.create(product=product, sha256="cd" * 32, width=600, height=1200, added_at=AT, position=1)
    browser = as_(cast.sekar)

    browser.post(url("photo", product, photo=second.pk), {"focus.x": "35", "focus.y": "210"})
    second.refresh_from_db()
    assert (second.focus_x, second.focus_y) == (250, 750)  # the picture is drawn 140 × 280

    browser.post(url("photo-move", product, photo=second.pk), {"to": "up"})
    assert list(product.photos.order_by("position").values_list("pk", flat=True)) == [second.pk, first.pk]

    browser.post(url("photo-remove", product, photo=first.pk))
    assert [p.removed_at is None for p in (Photo.objects.get(pk=first.pk), Photo.objects.get(pk=second.pk))] == [
        False,
        True,
    ]


@pytest.mark.parametrize("bad", ["", "x", "-5", "99999999", "１２"])
def test_a_strange_tap_lands_inside_the_picture(cast, as_, bad):
    product = complete(cast)
    photo = product.photos.get()

    assert (
        as_(cast.sekar).post(url("photo", product, photo=photo.pk), {"focus.x": bad, "focus.y": "0"}).status_code == 302
    )
    photo.refresh_from_db()
    assert 0 <= photo.focus_x <= 1000


def test_the_curator_sends_one_back_accepts_the_rest_and_publishes(cast, as_):
    products = [complete(cast, name=f"Keripik {word}") for word in ("tempe", "singkong", "pisang")]
    for product in products:
        actions.submit(product=product, at=AT, by=cast.sekar)
    browser = as_(cast.bima)
    queue = browser.get(reverse("products:curation"))
    assert len(queue.context["rows"]) == 3

    browser.post(url("send-back", products[0]), {"photo": "Terlalu gelap.", "price": ""})
    browser.post(reverse("products:accept-many"), {"product": [p.pk for p in products[1:]]})
    browser.post(reverse("products:publish-many"), {"product": [p.pk for p in products[1:]], "t": "diterima"})

    states = dict(Product.objects.values_list("name_id", "state"))
    assert states == {"Keripik tempe": "returned", "Keripik singkong": "published", "Keripik pisang": "published"}
    assert [(f.field, f.note) for f in FixItem.objects.all()] == [("photo", "Terlalu gelap.")]
    assert Release.objects.count() == 2
    assert "Terlalu gelap." in as_(cast.sekar).get(url("detail", products[0])).content.decode()


def test_accepting_with_an_old_page_is_refused_in_words(cast, as_):
    product = complete(cast)
    actions.submit(product=product, at=AT, by=cast.sekar)
    shown = AT.isoformat()
    actions.change_product(product=Product.objects.get(), story_id="Lain", at=AT + timedelta(minutes=1), by=cast.sekar)

    response = as_(cast.bima).post(url("accept", product), {"seen": shown})

    assert response.status_code == 412
    assert "sudah diubah orang lain" in response.content.decode()
    assert Product.objects.get().state == State.SUBMITTED


def test_a_change_after_publication_waits_for_the_curator_and_not_before(cast, as_):
    product = complete(cast)
    Product.objects.update(state=State.ACCEPTED)
    actions.publish(products=[product], at=AT, by=cast.bima)
    browser = as_(cast.bima)
    assert browser.get(reverse("products:curation"), {"t": "berubah"}).context["rows"] == []

    actions.change_product(product=Product.objects.get(), story_id="Baru", at=AT + timedelta(days=1), by=cast.sekar)
    assert names(browser.get(reverse("products:curation"), {"t": "berubah"})) == [product.name_id]
    assert Release.objects.get().content["story"]["id"] == "Tempe tipis digoreng dengan tepung sagu."

    browser.post(url("publish", product))
    assert browser.get(reverse("products:curation"), {"t": "berubah"}).context["rows"] == []
    assert Release.objects.order_by("-number").first().content["story"]["id"] == "Baru"


def test_a_curator_of_another_association_ticks_in_vain(cast, as_):
    from kendedes.network.actions import give_role
    from kendedes.network.rules import Role

    product = complete(cast)
    actions.submit(product=product, at=AT, by=cast.sekar)
    give_role(user=cast.stranger, role=Role.CURATOR, association=cast.neighbour, at=AT, by=None)

    as_(cast.stranger).post(reverse("products:accept-many"), {"product": [product.pk]})

    assert Product.objects.get(pk=product.pk).state == State.SUBMITTED


def test_a_permit_is_entered_judged_looked_up_and_its_file_stays_private(cast, as_, media):
    product = cast.product()
    browser = as_(cast.sekar)
    browser.post(url("permit-new", product), {"kind": "pirt", "number": "P-IRT 2063507010001-28"})
    permit = Permit.objects.get()
    assert (permit.product, permit.number) == (product, "2063507010001-28")
    pdf = SimpleUploadedFile("izin.pdf", b"%PDF-1.4\n%%EOF\n")
    browser.post(url("permit-put-file", permit), {"file": pdf})
    page = browser.get(url("permit", permit)).content.decode()
    assert "bentuk benar" in page
    assert "Nomor ini saya temukan" not in page

    browser = as_(cast.bima)
    browser.post(url("permit-verify", permit), {"on": "2026-11-20", "url": "https://sppirt.pom.go.id/"})
    permit.refresh_from_db()
    assert permit.verified_by == cast.bima

    for person, status in [
        ("sekar", 200),
        ("bima", 200),
        ("ratna", 200),
        ("tini", 200),
        ("joko", 404),
        ("yudi", 404),
        ("stranger", 403),
    ]:
        response = as_(getattr(cast, person)).get(url("permit-file", permit))
        assert response.status_code == status, person
        if status == 200:
            assert response["Content-Disposition"].startswith("attachment")
            assert b"".join(response.streaming_content) == b"%PDF-1.4\n%%EOF\n"


def test_a_nik_typed_as_permit_is_refused_in_the_form(cast, as_):
    product = cast.product()

    page = as_(cast.sekar).post(url("permit-new", product), {"kind": "nib", "number": "3507246505850001"})

    assert "NIK atau NPWP" in page.content.decode()
    assert Permit.objects.count() == 0


def test_the_home_page_says_what_waits_for_whom(cast):
    from kendedes.network.queries.waiting import numbers
    from kendedes.products.waiting import waiting

    one, two = complete(cast), complete(cast, name="Tempe mendol")
    actions.submit(product=one, at=AT, by=cast.sekar)
    actions.submit(product=two, at=AT, by=cast.sekar)
    actions.send_back(product=two, fixes=[("photo", "Gelap")], at=AT, by=cast.bima)
    add_permit(producer=cast.tempe, kind="pirt", number="2063507010001-20", at=AT, by=None)

    def told(user):
        items = waiting(user)
        counted = zip(items, numbers([item.count for item in items]), strict=True)
        return {str(item.label): n for item, n in counted if bool(n) == (item.tone != "start")}

    assert told(cast.bima) == {"produk menunggu kurasi": 1, "izin sudah habis masa berlakunya": 1}
    assert told(cast.sekar) == {"produk perlu diperbaiki": 1, "izin sudah habis masa berlakunya": 1}
    assert told(cast.joko) == {"Catat produk pertama": 0}
    assert told(cast.yudi) == {}


def test_pages_speak_english(cast, as_):
    product = complete(cast)
    Category.objects.filter(slug="camilan").update(name_en="Snacks")

    page = as_(cast.sekar).get("/en" + url("detail", product)).content.decode()

    for word in ("Packs and prices", "Permits and certificates", "Submit to the curator", "Snacks"):
        assert word in page, word
    for word in ("Kemasan dan harga", "Ajukan", "Riwayat harga"):
        assert word not in page, word
