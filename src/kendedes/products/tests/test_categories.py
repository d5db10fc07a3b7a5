"""Which category a name means."""

import pytest

from kendedes.products.actions import ensure_categories
from kendedes.products.categories import KINDS, commodity, guess_category
from kendedes.products.models import Category


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Keripik tempe sagu", "camilan"), ("KRIPIK SINGKONG", "camilan"), ("Tempe mendol", "olahan-kedelai"),
        ("Sari apel manalagi", "minuman"), ("Kopi bubuk robusta", "kopi-teh"), ("Kemeja batik tulis", "kain-batik"),
        ("Tas anyaman pandan", "anyaman"), ("Tas rajut", "tas-sepatu"), ("Tikar mendong", "anyaman"),
        ("Telur asin", "olahan-ikan-daging"), ("Topeng Malangan", "topeng-seni"), ("Makanan ringan", "camilan"),
        ("Susu kedelai", "minuman"), ("Gula semut", "madu-gula"), ("Camilan", "camilan"), ("Kopi, teh & cokelat", "kopi-teh"),
        ("Wickerwork", "anyaman"), ("Cobek batu", "logam-batu"), ("Cobek tanah", "gerabah"), ("Es lilin", "minuman"),
        ("Kerajinan", None), ("", None), ("Barang bagus", None), ("???", None),
    ],
)  # fmt: skip
def test_the_leading_noun_decides(name, slug):
    assert guess_category(name) == slug


def test_no_word_means_two_things_and_every_parent_stands_before_its_children():
    words = [word for kind in KINDS for word in kind.words]
    assert len(words) == len(set(words))
    seen = set()
    for kind in KINDS:
        assert kind.parent in seen | {""}
        seen.add(kind.slug)


def test_commodities_are_told_by_the_category_or_its_parent():
    assert commodity("camilan", "makanan-minuman") == "makanan-minuman"
    assert commodity("kain-batik", "kain-busana") == "kain-batik"
    assert commodity("kayu-bambu", "kerajinan") is None


def test_the_shipped_categories_are_there_and_an_owners_name_stays(db):
    Category.objects.filter(slug="camilan").update(name_id="Jajanan")
    Category.objects.filter(slug="tanaman").delete()

    found = ensure_categories()

    assert set(found) == {kind.slug for kind in KINDS}
    assert found["camilan"].name_id == "Jajanan"
    assert found["tanaman"].name_en == "Plants and seedlings"
    assert found["anyaman"].parent == found["kerajinan"]
