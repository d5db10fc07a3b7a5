"""What the public sees of editions."""

from kendedes.catalogue import actions, queries
from kendedes.catalogue.tests.helpers import LATER, locked, regency
from kendedes.products.actions import change_product


def published(cast):
    whole = regency(cast)
    return actions.publish(edition=whole, at=LATER, by=cast.ratna, with_units=True)


def test_only_published_editions_are_listed_the_regency_first(cast):
    published(cast)
    locked(cast, cast.wajak, names=("Tikar mendong",))

    cards = queries.published_editions(cast.association)

    assert [(c.slug, c.level, c.products) for c in cards] == [
        ("malang-2026-1", "regency", 2), ("singosari-2026-1", "unit", 2),
    ]  # fmt: skip
    assert queries.published_editions(cast.neighbour) == []


def test_a_locked_edition_has_no_public_page(cast):
    edition, _products = locked(cast)

    assert queries.edition_page(cast.association, edition.slug) is None
    assert queries.entry_page(cast.association, edition.slug, "SGS-0001") is None


def test_an_edition_is_found_only_under_its_own_association(cast):
    published(cast)

    assert queries.edition_page(cast.neighbour, "malang-2026-1") is None


def test_the_page_of_the_regency_shows_chapters_entries_and_errata_of_its_chapters(cast):
    published(cast)
    unit = cast.singosari.editions.get()
    actions.add_erratum(
        edition=unit, code="SGS-0002", field="nama", old_text="a", new_text="b", reason="salah", at=LATER, by=None
    )

    view = queries.edition_page(cast.association, "malang-2026-1")

    assert [(c.slug, c.edition, len(c.entries)) for c in view.chapters] == [("singosari", "singosari-2026-1", 2)]
    assert view.chapters[0].entries[0].price == (15000, None)
    assert [(e["edition"], e["number"], e["code"]) for e in view.errata] == [("singosari-2026-1", 1, "SGS-0002")]


def test_an_entry_stays_as_frozen_and_knows_its_neighbours(cast):
    published(cast)
    product = cast.association.products.get(code="SGS-0001")
    change_product(product=product, at=LATER, by=None, name_id="Nama lain")

    first = queries.entry_page(cast.association, "singosari-2026-1", "SGS-0001")
    last = queries.entry_page(cast.association, "malang-2026-1", "SGS-0002")

    assert first.entry["name"]["id"] == "Keripik tempe sagu"
    assert (first.previous, first.following.code) == (None, "SGS-0002")
    assert (last.previous.code, last.following) == ("SGS-0001", None)
    assert queries.entry_page(cast.association, "malang-2026-1", "SGS-0009") is None


def test_a_product_knows_the_editions_it_stands_in(cast):
    published(cast)
    product = cast.association.products.get(code="SGS-0001")

    assert [c.slug for c in queries.editions_of_product(product.pk)] == ["singosari-2026-1"]


def test_an_edition_page_takes_few_queries_however_many_products(cast, django_assert_max_num_queries):
    published(cast)

    with django_assert_max_num_queries(7):
        queries.edition_page(cast.association, "malang-2026-1")


def test_a_chapter_is_found_by_its_kecamatan(cast):
    published(cast)

    view, chapter = queries.chapter_page(cast.association, "malang-2026-1", "singosari")

    assert (view.card.slug, chapter.district["code"]) == ("malang-2026-1", "35.07.24")
    assert queries.chapter_page(cast.association, "malang-2026-1", "wajak") is None
