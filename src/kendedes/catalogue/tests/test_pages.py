"""The forms of an edition's pages: exact answers, and what stands in the database afterwards."""

import pytest
from django.urls import reverse

from kendedes.catalogue import actions
from kendedes.catalogue.models import Edition, Erratum, MadeFile, PrintJob
from kendedes.catalogue.tests.helpers import AT, accepted, locked, proofed, regency
from kendedes.journal.models import Entry
from kendedes.products.models import Photo

COVER = {
    "title_id": "Katalog Singosari", "title_en": "", "cover_line": "Dari dapur ke meja", "preface_id": "Salam.", "preface_en": "",
    "preface_author": "Sekar", "preface_role": "Operator", "opening_id": "", "opening_en": "", "paper": "A5", "layout": "6",
    "imprint_text": "Penyusun: Tim katalog\nFoto: Unit",
}  # fmt: skip


@pytest.fixture
def draft(cast):
    products = [accepted(cast, cast.tempe, name) for name in ("Keripik", "Opak", "Rengginang")]
    edition = actions.open_edition(association=cast.association, unit=cast.singosari, at=AT, by=cast.sekar)
    actions.choose(edition=edition, products=products[:2], at=AT, by=cast.sekar)
    return edition, products


def at(name, edition, **more):
    return reverse(f"catalogue:{name}", kwargs={"pk": edition.pk, **more})


def order(edition):
    return list(edition.items.order_by("position").values_list("product__name_id", "feature"))


def test_cover_and_preface_are_kept(client, cast, draft):
    edition, _products = draft
    client.force_login(cast.sekar)

    answer = client.post(at("cover", edition), COVER)

    assert (answer.status_code, answer["Location"]) == (302, at("cover", edition))
    edition.refresh_from_db()
    assert (edition.title_id, edition.paper, edition.layout, edition.preface_author) == (
        "Katalog Singosari",
        "A5",
        6,
        "Sekar",
    )
    assert edition.imprint == [{"label": "Penyusun", "value": "Tim katalog"}, {"label": "Foto", "value": "Unit"}]


@pytest.mark.parametrize(("spoiled", "said"), [
    ({"imprint_text": "tanpa titik dua"}, "Tulis setiap baris sebagai “Keterangan: isi”."),
    ({"imprint_text": "A: b\n" * 9}, "Paling banyak 8 baris."),
    ({"layout": "3"}, 'aria-invalid="true"'),
    ({"title_id": ""}, 'aria-invalid="true"'),
])  # fmt: skip
def test_a_spoilt_cover_is_shown_again_and_nothing_kept(client, cast, draft, spoiled, said):
    edition, _products = draft
    client.force_login(cast.sekar)
    before = Entry.objects.count()

    answer = client.post(at("cover", edition), COVER | spoiled)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert (Edition.objects.get(pk=edition.pk).title_id, Entry.objects.count()) == (edition.title_id, before)


def test_the_cover_of_a_proof_is_refused(client, cast):
    edition, _products = proofed(cast)
    client.force_login(cast.sekar)

    answer = client.post(at("cover", edition), COVER)

    assert answer.status_code == 409
    assert Edition.objects.get(pk=edition.pk).title_id == edition.title_id


def test_only_a_photo_of_the_edition_becomes_its_cover(client, cast, draft):
    edition, products = draft
    client.force_login(cast.sekar)
    mine, other = (Photo.objects.get(product=p) for p in (products[0], products[2]))

    assert client.post(at("cover-photo", edition), {"photo": mine.pk}).status_code == 302
    assert Edition.objects.get(pk=edition.pk).cover_photo == mine
    assert client.post(at("cover-photo", edition), {"photo": other.pk}).status_code == 404
    assert Edition.objects.get(pk=edition.pk).cover_photo == mine
    assert client.post(at("cover-photo", edition), {"photo": ""}).status_code == 302
    assert Edition.objects.get(pk=edition.pk).cover_photo is None


def test_arranging_moves_features_and_takes_out(client, cast, draft):
    edition, (first, second, _third) = draft
    client.force_login(cast.sekar)
    page = at("arrange", edition)

    assert client.post(page, {"deed": f"down-{first.pk}"}).status_code == 302
    assert order(edition) == [("Opak", False), ("Keripik", False)]
    form = {"deed": "save", f"place-{first.pk}": "1", f"place-{second.pk}": "1", f"feature-{second.pk}": "on"}
    assert client.post(page, form).status_code == 302
    assert order(edition) == [("Keripik", False), ("Opak", True)]
    assert client.post(page, {"deed": f"out-{first.pk}"}).status_code == 302
    assert order(edition) == [("Opak", True)]
    assert client.post(page, {"deed": "all"}).status_code == 302
    assert order(edition) == [("Opak", True), ("Keripik", False), ("Rengginang", False)]
    assert client.post(page, {"deed": "up-999999"}).status_code == 404
    assert client.post(page, {"deed": "up-x"}).status_code == 404


def test_arranging_a_locked_edition_is_refused_and_its_page_still_opens(client, cast):
    edition, products = locked(cast)
    client.force_login(cast.sekar)
    before = Entry.objects.count()

    answers = [
        client.post(at("arrange", edition), {"deed": deed}).status_code
        for deed in ("all", f"out-{products[0].pk}", "save")
    ]

    assert answers == [409, 409, 409]
    assert client.get(at("arrange", edition)).status_code == 200
    assert Entry.objects.count() == before


def test_a_regency_edition_has_nothing_to_arrange(client, cast):
    edition = regency(cast)
    client.force_login(cast.ratna)

    assert client.get(at("arrange", edition)).status_code == 404
    assert client.post(at("choose", edition), {"product": "1"}).status_code == 404


def test_choosing_adds_accepted_products_in_the_order_ticked(client, cast, draft):
    edition, (_first, _second, third) = draft
    client.force_login(cast.sekar)
    foreign = accepted(cast, cast.apel, "Dodol apel")

    assert client.post(at("choose", edition), {"product": [str(third.pk), "x"]}).status_code == 302
    assert order(edition) == [("Keripik", False), ("Opak", False), ("Rengginang", False)]
    assert client.post(at("choose", edition), {"product": str(foreign.pk)}).status_code == 302, "not seen: not added"
    assert [name for name, _feature in order(edition)] == ["Keripik", "Opak", "Rengginang"]


def test_proof_and_back_again(client, cast, draft):
    edition, _products = draft
    client.force_login(cast.sekar)

    assert client.post(at("to-proof", edition)).status_code == 302
    assert client.post(at("to-proof", edition)).status_code == 409
    assert client.post(at("to-draft", edition), {"reason": "harga"}).status_code == 302
    assert client.post(at("to-draft", edition)).status_code == 409
    assert Edition.objects.get(pk=edition.pk).state == "draft"


def test_an_empty_draft_gives_no_proof(client, cast):
    edition = actions.open_edition(association=cast.association, unit=cast.singosari, at=AT, by=cast.sekar)
    client.force_login(cast.sekar)

    assert client.post(at("to-proof", edition)).status_code == 409


def test_locking_once(client, cast):
    edition, _products = proofed(cast)
    client.force_login(cast.ratna)

    assert client.post(at("lock", edition)).status_code == 302
    assert client.post(at("lock", edition)).status_code == 409
    assert client.get(at("lock", edition)).status_code == 302
    assert Edition.objects.get(pk=edition.pk).state == "locked"


ERRATUM = {"code": "", "field": "sampul", "old_text": "Edisi 1", "new_text": "Edisi satu", "reason": "salah cetak"}


def test_an_erratum_is_numbered_and_shown(client, cast):
    edition, products = locked(cast)
    client.force_login(cast.ratna)

    assert client.post(at("errata", edition), ERRATUM).status_code == 302
    assert client.post(at("errata", edition), ERRATUM | {"code": products[0].code}).status_code == 302

    assert list(Erratum.objects.values_list("number", "code")) == [(1, ""), (2, products[0].code)]
    assert "Edisi satu" in client.get(at("errata", edition)).content.decode()


@pytest.mark.parametrize(
    "spoiled", [{"code": "XXX-9999"}, {"new_text": "Edisi 1"}, {"reason": ""}, {"field": "x" * 61}]
)
def test_a_spoilt_erratum_is_shown_again(client, cast, spoiled):
    edition, _products = locked(cast)
    client.force_login(cast.ratna)

    assert client.post(at("errata", edition), ERRATUM | spoiled).status_code == 200
    assert not Erratum.objects.exists()


def test_errata_are_for_locked_editions_and_for_those_who_lock(client, cast, draft):
    edition, _products = draft
    client.force_login(cast.ratna)
    assert client.post(at("errata", edition), ERRATUM).status_code == 404

    client.force_login(cast.sekar)
    actions.to_proof(edition=edition, at=AT, by=cast.sekar)
    actions.lock(edition=edition, at=AT, by=cast.ratna)
    assert client.get(at("errata", edition)).status_code == 200
    assert client.post(at("errata", edition), ERRATUM).status_code == 404
    assert not Erratum.objects.exists()


PRINT = {"paper": "A5", "layout": "4", "target": "screen", "language": "id"}


def test_a_print_is_asked_for_once(client, cast):
    edition, _products = locked(cast)
    client.force_login(cast.sekar)

    first, second = (client.post(at("print", edition), PRINT) for _ in range(2))

    job = PrintJob.objects.get()
    assert (first.status_code, first["Location"], second["Location"]) == (
        302,
        *[reverse("catalogue:job", args=[job.pk])] * 2,
    )
    assert client.post(at("print", edition), PRINT | {"layout": "5"}).status_code == 200
    assert client.get(reverse("catalogue:job-proof", args=[job.pk])).status_code == 404


def test_a_book_cleared_away_is_said_not_missing(client, cast):
    edition, _products = locked(cast)
    row = MadeFile.objects.create(
        edition=edition, kind="book", paper="A5", layout=4, target="screen", name="buku.pdf", sha256="0" * 64, size=9,
        pages=8, maker="", made_at=AT,
    )  # fmt: skip
    client.force_login(cast.sekar)

    answer = client.get(at("download", edition, file=row.pk))

    assert answer.status_code == 409
    assert "buku.pdf tidak lagi tersimpan" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"kind": "json"}, 302),
        ({"kind": "book"}, 404),
        ({"kind": "exe"}, 404),
        ({"kind": "xlsx", "language": "xx"}, 404),
    ],
)
def test_files_are_made_of_known_kinds(client, cast, asked, status):
    edition, _products = locked(cast)
    client.force_login(cast.sekar)

    assert client.post(at("make", edition), asked).status_code == status
    assert MadeFile.objects.count() == (status == 302)


def test_posts_for_blogger_are_drafts_unless_asked_otherwise(client, cast):
    edition, products = locked(cast)
    client.force_login(cast.sekar)
    address = at("blogger-file", edition)
    asked = {"dialect": "takeout", "language": "id", "code": products[0].code}

    page = client.get(at("blogger", edition), asked).content.decode()
    assert "Tulisan masuk sebagai draf, kecuali Anda memilih langsung terbit." in page
    assert b"<blogger:status>DRAFT<" in client.get(address, asked).content
    assert b"<blogger:status>LIVE<" in client.get(address, asked | {"live": "on"}).content
    assert client.get(address, asked | {"dialect": "x"}).status_code == 302
    assert client.get(at("blogger", edition), asked | {"code": "XXX"}).status_code == 200


def test_a_proof_is_read_in_the_readers_language(client, cast):
    tempe = accepted(
        cast,
        cast.tempe,
        "Keripik tempe",
        name_en="Tempeh chips",
        story_id="Dari Singosari.",
        story_en="From Singosari.",
    )
    opak = accepted(cast, cast.tempe, "Opak gambir", name_en="", story_id="Dari singkong.", story_en="")
    edition = actions.open_edition(association=cast.association, unit=cast.singosari, at=AT, by=cast.sekar)
    actions.choose(edition=edition, products=[tempe, opak], at=AT, by=cast.sekar)
    client.force_login(cast.sekar)

    id_page = client.get(at("read", edition)).content.decode()
    en_page = client.get("/en" + at("read", edition)).content.decode()

    assert '<h3 class="card-title">Keripik tempe</h3>' in id_page
    assert "Dari Singosari." in id_page
    assert '<h3 class="card-title">Tempeh chips</h3>' in en_page
    assert "From Singosari." in en_page
    assert '<h3 class="card-title" lang="id">Opak gambir</h3>' in en_page
    assert '<p class="small-text" lang="id">Dari singkong.</p>' in en_page
    assert "Products without English text: 1" in en_page
