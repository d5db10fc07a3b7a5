"""The database itself keeps a locked edition: no door, raw SQL included, changes it."""

from django.db import migrations

from kendedes.journal.guards import append_only, keep_whole, refuse

EDITION = "catalogue_edition"
COLUMNS = [
    "id", "association_id", "unit_id", "level", "year", "number", "period", "slug", "title_id", "title_en", "preface_id",
    "preface_en", "preface_author", "preface_role", "opening_id", "opening_en", "imprint", "cover_photo_id", "cover_line",
    "paper", "layout", "previous_id", "opened_at", "changed_at",
]  # fmt: skip
FIXED = "('locked', 'published')"


def same(column: str) -> str:
    # PostgreSQL has no equality for json, only for its text; jsonb has one, and SQLite keeps JSON as text.
    return f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}"


def fixed(edition: str) -> str:
    """SQL: whether the edition of this number is locked or published."""
    return f"EXISTS (SELECT 1 FROM catalogue_edition e WHERE e.id = {edition} AND e.state IN {FIXED} {{share}})"


def in_state(edition: str, state: str) -> str:
    return f"EXISTS (SELECT 1 FROM catalogue_edition e WHERE e.id = {edition} AND e.state = '{state}' {{share}})"


UNTOUCHED = " AND ".join(same(c) for c in COLUMNS)
LOCKED_CHANGES = (
    f"OLD.state = 'published' OR (OLD.state = 'locked' AND NOT (NEW.state IN {FIXED} AND {UNTOUCHED}))"
    f" OR (NEW.state IN {FIXED} AND NOT EXISTS (SELECT 1 FROM catalogue_frozen f WHERE f.edition_id = NEW.id))"
    " OR (NEW.state = 'published' AND NOT EXISTS (SELECT 1 FROM catalogue_publication p WHERE p.edition_id = NEW.id))"
)


def open_child(table: str, parent: str) -> list[object]:
    """Rows that may change until their edition is locked."""
    new, old = fixed(f"NEW.{parent}"), fixed(f"OLD.{parent}")
    return [
        refuse(table, "INSERT", new, name=f"{table}_open_insert"),
        refuse(table, "UPDATE", f"{new} OR {old}", name=f"{table}_open_update"),
        refuse(table, "DELETE", old, name=f"{table}_open_delete"),
        keep_whole(table),
    ]


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial"), ("journal", "0002_guards")]
    operations = [
        refuse(EDITION, "INSERT", "NEW.state <> 'draft'", name="catalogue_edition_starts_as_draft"),
        refuse(EDITION, "UPDATE", LOCKED_CHANGES, name="catalogue_edition_keep_locked"),
        refuse(EDITION, "DELETE", f"OLD.state IN {FIXED}", name="catalogue_edition_keep_locked_row"),
        keep_whole(EDITION),
        *open_child("catalogue_editionitem", "edition_id"),
        *open_child("catalogue_chapter", "regency_id"),
        append_only("catalogue_frozen"),
        append_only("catalogue_editionpage"),
        append_only("catalogue_publication"),
        append_only("catalogue_erratum"),
        append_only("catalogue_madefile"),
        # What freezes is written while the edition is a proof, in the transaction that locks it.
        refuse("catalogue_frozen", "INSERT", f"NOT {in_state('NEW.edition_id', 'proof')}", name="catalogue_frozen_at_lock"),
        refuse(
            "catalogue_editionpage", "INSERT", f"NOT {in_state('NEW.edition_id', 'proof')}", name="catalogue_page_at_lock"
        ),
        refuse(
            "catalogue_publication", "INSERT", f"NOT {in_state('NEW.edition_id', 'locked')}",
            name="catalogue_publication_after_lock",
        ),
        refuse(
            "catalogue_erratum", "INSERT", f"NOT {fixed('NEW.edition_id')}", name="catalogue_erratum_after_lock"
        ),
        refuse("catalogue_madefile", "INSERT", f"NOT {fixed('NEW.edition_id')}", name="catalogue_file_after_lock"),
    ]  # fmt: skip
