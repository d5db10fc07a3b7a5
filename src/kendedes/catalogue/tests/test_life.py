"""An edition from opening to erratum."""

import json
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest

import kendedes.catalogue
from kendedes.catalogue import actions, queries
from kendedes.catalogue.models import Edition, EditionPage, Frozen, Publication
from kendedes.catalogue.tests.helpers import AT, LATER, accepted, locked, proofed, regency
from kendedes.journal.models import Entry
from kendedes.journal.queries import history
from kendedes.products.actions import Pack, PriceAsked, change_product, discontinue, put_pack
from kendedes.products.models import Product, Release
from kendedes.products.rules import digest


def schema():
    return json.loads((Path(kendedes.catalogue.__file__).parent / "schema" / "edition-1.json").read_text())


def test_the_first_edition_starts_empty_with_a_lasting_address(cast):
    edition = actions.open_edition(association=cast.association, unit=cast.wajak, at=AT, by=cast.joko)

    assert (edition.slug, edition.number, edition.year, edition.period) == ("wajak-2026-1", 1, 2026, "2026/I")
    assert edition.title_id == "Katalog Produk Kecamatan Wajak"
    assert list(edition.items.all()) == []
    assert [e.deed for e in history(edition)] == ["edition.open"]


def test_a_second_edition_is_refused_while_the_first_is_open(cast):
    actions.open_edition(association=cast.association, unit=cast.wajak, at=AT, by=cast.joko)
    before = Entry.objects.count()

    with pytest.raises(actions.OpenEditionExists):
        actions.open_edition(association=cast.association, unit=cast.wajak, at=AT, by=cast.joko)

    assert Edition.objects.count() == 1
    assert Entry.objects.count() == before


def test_a_city_named_like_its_kecamatan_gets_an_address_of_its_own(cast):
    actions.open_edition(association=cast.neighbour, unit=cast.foreign.unit, at=AT, by=None)

    whole = actions.open_edition(association=cast.neighbour, at=AT, by=None)

    assert whole.slug == "kota-batu-2026-1"


def test_only_accepted_products_of_the_unit_can_be_chosen(cast):
    edition = actions.open_edition(association=cast.association, unit=cast.singosari, at=AT, by=cast.sekar)
    ours, draft = accepted(cast), cast.product(name="Belum diajukan")
    theirs = accepted(cast, cast.apel, "Tikar mendong")

    with pytest.raises(actions.ProductNotReady) as refusal:
        actions.choose(edition=edition, products=[ours, draft, theirs], at=AT, by=cast.sekar)

    assert refusal.value.facts == {"codes": "SGS-0002, WJK-0001"}
    assert edition.items.count() == 0


def test_products_move_up_and_down_and_keep_who_chose_them(cast):
    edition = actions.open_edition(association=cast.association, unit=cast.singosari, at=AT, by=cast.sekar)
    a, b, c = (accepted(cast, name=n) for n in ("A", "B", "C"))
    actions.choose(edition=edition, products=[a, (b, True), c], at=AT, by=cast.sekar)

    actions.move(edition=edition, product=c, to=1, at=AT, by=cast.bima)

    rows = list(edition.items.values_list("product__name_id", "position", "feature", "chosen_by__username"))
    assert rows == [("C", 1, False, "sekar"), ("A", 2, False, "sekar"), ("B", 3, True, "sekar")]


def test_proposing_adds_what_is_accepted_and_not_yet_chosen(cast):
    edition = actions.open_edition(association=cast.association, unit=cast.singosari, at=AT, by=cast.sekar)
    first, _second = accepted(cast, name="Zaitun"), accepted(cast, name="Abon")
    actions.choose(edition=edition, products=[first], at=AT, by=cast.sekar)

    actions.propose(edition=edition, at=AT, by=cast.sekar)

    assert list(edition.items.values_list("product__name_id", flat=True)) == ["Zaitun", "Abon"]


def test_a_proof_is_not_edited_and_goes_back_to_be_changed(cast):
    edition, products = proofed(cast)

    with pytest.raises(actions.WrongEditionState):
        actions.choose(edition=edition, products=products[:1], at=AT, by=cast.sekar)
    with pytest.raises(actions.WrongEditionState):
        actions.change_edition(edition=edition, at=AT, by=cast.sekar, preface_id="Baru")
    actions.back_to_draft(edition=edition, at=AT, by=cast.sekar, reason="salah urut")
    actions.choose(edition=edition, products=products[:1], at=AT, by=cast.sekar)

    assert edition.items.count() == 1


def test_an_empty_edition_has_no_proof(cast):
    edition = actions.open_edition(association=cast.association, unit=cast.singosari, at=AT, by=cast.sekar)

    with pytest.raises(actions.NothingChosen):
        actions.to_proof(edition=edition, at=AT, by=cast.sekar)

    assert Edition.objects.get().state == "draft"


def test_locking_publishes_the_products_and_freezes_text_that_fits_the_schema(cast):
    edition, products = locked(cast, preface_id="Salam.", preface_author="Ratna (fiktif)")

    frozen = edition.frozen
    document = json.loads(frozen.text)
    jsonschema.validate(document, schema(), cls=jsonschema.Draft202012Validator)
    assert frozen.sha256 == digest(document)
    assert document["edition"]["locked_at"] == "2026-11-24T02:00:00Z"
    assert [e["code"] for e in document["chapters"][0]["entries"]] == [p.code for p in products]
    assert document["statistics"]["products"] == 2
    assert {p.state for p in Product.objects.all()} == {"published"}
    assert Release.objects.count() == EditionPage.objects.count() == 2
    assert [e.deed for e in history(edition)][:2] == ["edition.lock", "edition.proof"]


def test_locking_with_a_product_sent_back_freezes_nothing(cast):
    edition, products = proofed(cast)
    Product.objects.filter(pk=products[1].pk).update(state=Product.State.RETURNED)
    before = Entry.objects.count()

    with pytest.raises(actions.ProductNotReady):
        actions.lock(edition=edition, at=AT, by=cast.ratna)

    assert Edition.objects.get().state == "proof"
    assert (Frozen.objects.count(), Release.objects.count(), Entry.objects.count()) == (0, 0, before)


def test_a_product_changed_after_the_lock_leaves_the_edition_as_it_was(cast):
    edition, products = locked(cast)
    before = queries.document_text(edition, AT)
    change_product(product=products[0], at=LATER, by=None, name_id="Nama lain", story_id="Cerita lain")
    put_pack(product=products[0], pack=Pack(code="SGS-0001A", unit="dus", retail=PriceAsked(99000)), at=LATER, by=None)

    edition = Edition.objects.get(pk=edition.pk)

    assert queries.document_text(edition, LATER) == before == edition.frozen.text


def test_the_regency_edition_composes_itself_and_names_the_missing_unit(cast):
    whole = regency(cast)

    document = json.loads(whole.frozen.text)
    jsonschema.validate(document, schema(), cls=jsonschema.Draft202012Validator)
    assert whole.slug == "malang-2026-1"
    assert [c["edition"] for c in document["chapters"]] == ["singosari-2026-1"]
    assert document["missing_units"] == [
        {"code": "WJK", "name": "UPK Wajak", "district": {"code": "35.07.08", "name": "Wajak"}}
    ]
    unit = Edition.objects.get(slug="singosari-2026-1")
    assert document["chapters"] == json.loads(unit.frozen.text)["chapters"]


def test_composing_again_takes_in_the_latecomer(cast):
    locked(cast)
    whole = actions.compose_regency(association=cast.association, at=AT, by=cast.bima)
    locked(cast, cast.wajak, names=("Tikar mendong",))

    again = actions.compose_regency(association=cast.association, at=LATER, by=cast.bima)

    assert again == whole
    assert list(again.chapters.values_list("edition__slug", "position")) == [
        ("singosari-2026-1", 1),
        ("wajak-2026-1", 2),
    ]
    assert queries.missing_units(again) == []


def test_there_is_nothing_to_compose_from_drafts(cast):
    proofed(cast)

    with pytest.raises(actions.NothingToCompose):
        actions.compose_regency(association=cast.association, at=AT, by=cast.bima)

    assert Edition.objects.filter(level="regency").count() == 0


def test_publishing_the_regency_edition_can_take_its_chapters_along(cast):
    whole = regency(cast)

    actions.publish(edition=whole, at=LATER, by=cast.ratna, with_units=True)

    assert set(Edition.objects.values_list("slug", "state")) == {
        ("malang-2026-1", "published"), ("singosari-2026-1", "published"),
    }  # fmt: skip
    assert Publication.objects.count() == 2


def test_where_two_persons_are_wanted_the_locker_may_not_publish(cast, settings):
    settings.ENV = settings.ENV.model_copy(update={"two_persons": True})
    edition, _products = locked(cast)

    with pytest.raises(actions.SecondPersonNeeded):
        actions.publish(edition=edition, at=LATER, by=cast.ratna)

    assert Edition.objects.get().state == "locked"
    assert actions.publish(edition=edition, at=LATER, by=cast.bima).state == "published"


def test_errata_are_numbered_and_stand_beside_the_frozen_text(cast):
    edition, _products = locked(cast)
    text = edition.frozen.text

    for old, new in (("15000", "16000"), ("Toyomarto", "Candirenggo")):
        actions.add_erratum(
            edition=edition, code="SGS-0001", field="retail", old_text=old, new_text=new, reason="salah ketik",
            at=LATER, by=cast.ratna,
        )  # fmt: skip

    assert [(e["number"], e["old"], e["new"]) for e in queries.errata(edition)] == [
        (1, "15000", "16000"), (2, "Toyomarto", "Candirenggo"),
    ]  # fmt: skip
    assert Frozen.objects.get(edition=edition).text == text


def test_an_erratum_of_an_unknown_product_or_without_reason_is_refused(cast):
    edition, _products = locked(cast)
    given = {"edition": edition, "field": "nama", "old_text": "a", "new_text": "b", "at": AT, "by": cast.ratna}

    with pytest.raises(actions.UnknownEntry):
        actions.add_erratum(**given, code="WJK-0009", reason="salah")
    with pytest.raises(actions.EmptyErratum):
        actions.add_erratum(**given, code="SGS-0001", reason=" ")

    assert edition.errata.count() == 0


def test_a_draft_has_no_errata(cast):
    edition, _products = proofed(cast)

    with pytest.raises(actions.WrongEditionState):
        actions.add_erratum(
            edition=edition, field="nama", old_text="a", new_text="b", reason="salah", at=AT, by=cast.ratna
        )


def test_the_next_edition_starts_from_the_last_without_what_is_no_longer_made(cast):
    edition, products = locked(cast, names=("A", "B", "C"), preface_id="Salam.")
    discontinue(product=Product.objects.get(pk=products[1].pk), at=LATER, by=cast.sekar)

    following = actions.open_edition(
        association=cast.association, unit=cast.singosari, at=AT + timedelta(days=90), by=cast.sekar
    )

    assert (following.slug, following.period, following.previous) == ("singosari-2027-1", "2027/I", edition)
    assert following.preface_id == "Salam."
    assert list(following.items.values_list("product__name_id", flat=True)) == ["A", "C"]


def test_what_changed_since_the_last_edition(cast):
    _first, products = locked(cast, names=("A", "B", "C"))
    following = actions.open_edition(association=cast.association, unit=cast.singosari, at=LATER, by=cast.sekar)
    put_pack(
        product=products[0], at=LATER, by=None,
        pack=Pack(code="SGS-0001A", unit="bungkus", net_value=150, net_unit="g", retail=PriceAsked(17500, 20000)),
    )  # fmt: skip
    fresh = accepted(cast, name="Baru")
    actions.choose(edition=following, products=[products[0], products[1], fresh], at=LATER, by=cast.sekar)

    found = queries.changes(following, LATER).as_json()
    told = queries.told(following, LATER, "id")

    assert [e["code"] for e in found["new"]] == [fresh.code]
    assert [e["code"] for e in found["dropped"]] == [products[2].code]
    assert found["unchanged"] == 1
    assert found["changed"][0]["fields"] == [
        {
            "field": "pack.SGS-0001A.retail", "old": {"low": 15000, "high": None}, "new": {"low": 17500, "high": 20000},
        }
    ]  # fmt: skip
    line = told.changed[0].lines[0]
    assert (line.field, line.old, line.new) == ("Harga eceran, SGS-0001A", "Rp15.000", "Rp17.500–20.000")


def test_an_operator_sees_her_editions_and_the_published_one_of_the_regency(cast):
    whole = regency(cast)
    assert whole not in Edition.objects.visible_to(cast.sekar)
    actions.publish(edition=whole, at=AT, by=cast.ratna)
    wajak = actions.open_edition(association=cast.association, unit=cast.wajak, at=AT, by=None)
    singosari = Edition.objects.get(slug="singosari-2026-1")
    seen = {
        name: set(Edition.objects.visible_to(getattr(cast, name)))
        for name in ("ratna", "bima", "sekar", "joko", "tini", "stranger", "anonymous")
    }

    assert seen == {
        "ratna": {whole, wajak, singosari}, "bima": {whole, wajak, singosari}, "sekar": {whole, singosari},
        "joko": {whole, wajak}, "tini": set(), "stranger": set(), "anonymous": set(),
    }  # fmt: skip
