"""A product's way to the public."""

import pytest
from django.db import DatabaseError, transaction

from kendedes.journal.models import Entry
from kendedes.journal.queries import history
from kendedes.products import actions
from kendedes.products.models import Price, Product, Release
from kendedes.testing.cast import AT


def test_a_code_in_use_is_refused_and_leaves_no_trace(cast):
    cast.product(code="SGS-0004")
    before = Entry.objects.count()

    with pytest.raises(actions.CodeTaken) as refusal:
        cast.product(code="SGS-0004", name="Tikar mendong")

    assert str(refusal.value) == "Kode SGS-0004 sudah dipakai oleh “Keripik tempe sagu”."
    assert Product.objects.count() == 1
    assert Entry.objects.count() == before


def test_a_new_price_is_a_new_row_and_the_database_refuses_edits(cast):
    product = cast.product()
    pack = actions.Pack(code="SGS-0001A", unit="bungkus", net_value=150, net_unit="g", retail=actions.PriceAsked(17500))

    actions.put_pack(product=product, pack=pack, at=AT, by=cast.sekar)

    assert list(Price.objects.order_by("id").values_list("low", flat=True)) == [15000, 17500]
    for attack in (lambda: Price.objects.update(low=1), lambda: Price.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            attack()


def test_publishing_freezes_the_content_and_the_same_content_again_releases_nothing(cast):
    product = cast.product()
    Product.objects.filter(pk=product.pk).update(state=Product.State.ACCEPTED)

    first = actions.publish(products=[product], at=AT, by=cast.bima)
    again = actions.publish(products=[product], at=AT, by=cast.bima)

    assert [r.number for r in first] == [1]
    assert again == []
    assert Release.objects.get().content["variants"][0]["retail"] == {"low": 15000, "high": None}
    assert history(product)[0].deed == "product.publish"


def test_an_operator_sees_only_her_kecamatan_and_a_stranger_nothing(cast):
    ours, theirs = cast.product(), cast.product(cast.apel, "Tikar mendong")
    cast.product(cast.foreign, "Sari apel tetangga")
    seen = {
        u: set(Product.objects.visible_to(getattr(cast, u))) for u in ("ratna", "sekar", "joko", "tini", "stranger")
    }

    assert seen == {"ratna": {ours, theirs}, "sekar": {ours}, "joko": {theirs}, "tini": {ours}, "stranger": set()}
    assert set(Product.objects.visible_to(cast.anonymous)) == set()
