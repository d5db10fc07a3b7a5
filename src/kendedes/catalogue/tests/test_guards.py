"""A locked edition is attacked through every door; the database itself keeps it."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from kendedes.catalogue import actions
from kendedes.catalogue.models import Chapter, Edition, EditionItem, EditionPage, Erratum, Frozen, MadeFile, Publication
from kendedes.catalogue.tests.helpers import AT, accepted, locked, proofed, regency

TABLES = {
    "catalogue_edition": Edition, "catalogue_editionitem": EditionItem, "catalogue_editionpage": EditionPage,
    "catalogue_frozen": Frozen, "catalogue_erratum": Erratum, "catalogue_madefile": MadeFile,
    "catalogue_publication": Publication, "catalogue_chapter": Chapter,
}  # fmt: skip


KEPT = "refused: catalogue|append-only: catalogue"


def everything():
    with connection.cursor() as cursor:
        rows = {}
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            rows[table] = cursor.fetchall()
    return rows


def refused(statement, values=()):
    before = everything()
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match=KEPT), transaction.atomic():
        cursor.execute(statement, values)
    assert everything() == before


def made_file(edition):
    return MadeFile.objects.create(
        edition=edition, kind="json", name="x.json", sha256="0" * 64, size=1, maker="test", made_at=AT
    )


SETTERS = [
    *(f"UPDATE catalogue_edition SET {c} = {v}" for c, v in [
        ("title_id", "'lain'"), ("title_en", "'x'"), ("preface_id", "'lain'"), ("preface_en", "'x'"),
        ("preface_author", "'x'"), ("preface_role", "'x'"), ("opening_id", "'x'"), ("opening_en", "'x'"),
        ("imprint", "'[1]'"), ("cover_line", "'x'"), ("paper", "'F4'"), ("layout", "1"), ("year", "1999"),
        ("number", "9"), ("period", "'x'"), ("slug", "'x-1'"), ("state", "'draft'"), ("state", "'proof'"),
        ("opened_at", "'2020-01-01T00:00:00Z'"), ("changed_at", "'2020-01-01T00:00:00Z'"), ("id", "id + 1000"),
        ("previous_id", "id"), ("cover_photo_id", "(SELECT min(id) FROM products_photo)"),
    ]),
    "DELETE FROM catalogue_edition",
    "UPDATE catalogue_frozen SET text = '{}'", "UPDATE catalogue_frozen SET sha256 = 'x'", "DELETE FROM catalogue_frozen",
    "UPDATE catalogue_editionpage SET content = '{}'", "UPDATE catalogue_editionpage SET position = position + 50",
    "DELETE FROM catalogue_editionpage",
    "UPDATE catalogue_editionitem SET position = position + 50", "DELETE FROM catalogue_editionitem",
    "UPDATE catalogue_erratum SET new_text = 'x'", "DELETE FROM catalogue_erratum",
    "UPDATE catalogue_madefile SET sha256 = 'x'", "DELETE FROM catalogue_madefile",
]  # fmt: skip


@pytest.mark.parametrize("published", [False, True], ids=["locked", "published"])
def test_raw_sql_cannot_change_a_fixed_edition(cast, published):
    edition, _products = locked(cast)
    actions.add_erratum(
        edition=edition, code="SGS-0001", field="price", old_text="1", new_text="2", reason="salah", at=AT, by=None
    )
    made_file(edition)
    if published:
        actions.publish(edition=edition, at=AT, by=cast.ratna)

    for statement in SETTERS:
        refused(statement)


def test_rows_cannot_be_slipped_into_a_fixed_edition(cast):
    edition, products = locked(cast)
    extra = accepted(cast, name="Tempe bacem")

    refused(
        "INSERT INTO catalogue_editionitem (edition_id, product_id, position, feature) VALUES (%s, %s, 9, %s)",
        [edition.pk, extra.pk, False],
    )  # fmt: skip
    refused(
        "INSERT INTO catalogue_editionpage (edition_id, product_id, position, code, feature, content, sha256) "
        "VALUES (%s, %s, 9, 'SGS-0009', %s, '{}', 'x')",
        [edition.pk, extra.pk, False],
    )  # fmt: skip
    assert [p.code for p in products] == list(edition.pages.values_list("code", flat=True))


def test_a_row_of_a_draft_cannot_be_moved_into_a_fixed_edition(cast):
    edition, _products = locked(cast)
    draft = actions.open_edition(association=cast.association, unit=cast.singosari, at=AT, by=None)
    actions.choose(edition=draft, products=[accepted(cast, name="Tempe bacem")], at=AT, by=None)

    refused("UPDATE catalogue_editionitem SET edition_id = %s WHERE edition_id = %s", [edition.pk, draft.pk])


def test_replace_is_refused_like_update(cast):
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's word")
    edition, _products = locked(cast)

    refused(
        "REPLACE INTO catalogue_frozen (id, edition_id, text, sha256, products, warnings, locked_at, entry_id) "
        "SELECT id, edition_id, '{}', 'x', 0, '[]', locked_at, entry_id FROM catalogue_frozen"
    )
    columns = ", ".join(f.column for f in Edition._meta.local_fields)
    swapped = columns.replace("title_id", "'lain'")
    refused(f"REPLACE INTO catalogue_edition ({columns}) SELECT {swapped} FROM catalogue_edition")
    assert Edition.objects.get(pk=edition.pk).title_id == edition.title_id


def test_chapters_of_a_fixed_regency_edition_stay(cast):
    whole = regency(cast)
    late, _products = locked(cast, cast.wajak, names=("Tikar mendong",))

    refused("DELETE FROM catalogue_chapter")
    refused("UPDATE catalogue_chapter SET position = 7")
    refused("INSERT INTO catalogue_chapter (regency_id, edition_id, position) VALUES (%s, %s, 2)", [whole.pk, late.pk])


def test_an_edition_cannot_be_born_locked_nor_locked_without_its_text(cast):
    edition, _products = proofed(cast)
    columns = [f.column for f in Edition._meta.local_fields if f.column != "id"]
    values = {"state": "'locked'", "slug": "'palsu-2026-9'", "number": "9", "period": "'palsu'"}
    picked = ", ".join(values.get(c, c) for c in columns)

    refused(f"INSERT INTO catalogue_edition ({', '.join(columns)}) SELECT {picked} FROM catalogue_edition")
    refused("UPDATE catalogue_edition SET state = 'locked'")
    refused("UPDATE catalogue_edition SET state = 'published'")
    assert Edition.objects.get(pk=edition.pk).state == "proof"


def test_an_edition_cannot_be_published_without_a_publication(cast):
    locked(cast)

    refused("UPDATE catalogue_edition SET state = 'published'")


def test_errata_and_files_belong_to_fixed_editions_only(cast):
    edition, _products = proofed(cast)

    for attack in (
        lambda: made_file(edition),
        lambda: Frozen.objects.filter(pk=0).exists() or Publication.objects.create(
            edition=edition, published_at=AT, entry_id=1
        ),
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match=KEPT), transaction.atomic():
            attack()


def test_the_orm_cannot_change_a_fixed_edition_either(cast):
    edition, _products = locked(cast)
    attacks = [
        lambda: Edition.objects.update(title_id="lain"),
        lambda: Edition.objects.filter(pk=edition.pk).delete(),
        lambda: Edition(**{**edition.__dict__, "_state": edition._state, "title_id": "x"}).save(),
        lambda: edition.items.all().delete(),
        lambda: edition.pages.update(content={}),
        lambda: Frozen.objects.update(text="{}"),
        lambda: EditionItem.objects.bulk_update([*_moved(edition)], ["position"]),
    ]
    before = everything()

    for attack in attacks:
        with pytest.raises((DatabaseError, TypeError)), transaction.atomic():
            attack()

    assert everything() == before
    assert json.loads(edition.frozen.text)["edition"]["slug"] == edition.slug


def _moved(edition):
    for item in edition.items.all():
        item.position += 50
        yield item
