"""Entries as sentences: by whom, what, without personal data; only in the own diary."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kendedes.journal import checks
from kendedes.journal.actions import record
from kendedes.journal.models import Entry
from kendedes.journal.queries import diary
from kendedes.journal.telling import sentences, tell
from kendedes.network import actions
from kendedes.testing.cast import AT, Cast


def _last() -> Any:
    return tell(Entry.objects.select_related("by").order_by("-id")[:1])[0]


def test_a_deed_reads_as_a_sentence_in_both_languages(cast: Cast) -> None:
    actions.end_producer(producer=cast.tempe, on=AT.date(), at=AT, by=cast.sekar)

    line = _last()
    with translation.override("en"):
        english = _last()

    assert (line.who, line.text) == ("Sekar Operator", f"menandai {cast.tempe} tidak aktif sejak 24 Nov 2026")
    assert english.text == f"marked {cast.tempe} inactive since 24 Nov 2026"


def test_coded_facts_are_words(cast: Cast) -> None:
    actions.end_role(membership=cast.joko.memberships.get(), at=AT, by=cast.ratna)

    assert _last().text == "mengakhiri peran operator unit dari Joko Operator"


def test_changes_are_named_by_their_fields_and_personal_ones_only_say_that_they_changed(cast: Cast) -> None:
    actions.change_producer(
        producer=cast.tempe, name="Tempe Baru", phone="6281299911122", address="Jl. Rahasia 9", at=AT, by=cast.sekar
    )

    detail = _last().detail

    assert "nama: Kelompok Tempe Sari (fiktif) → Tempe Baru" in detail
    assert "telepon diubah" in detail
    assert "alamat diubah" in detail
    assert "6281299911122" not in str(list(Entry.objects.values()))
    assert "Rahasia" not in str(list(Entry.objects.values()))


def test_an_undeclared_deed_is_shown_by_its_name_and_a_missing_fact_as_dots(cast: Cast) -> None:
    record(deed="angin.bertiup", at=AT, by=None)
    unknown = _last()
    record(deed="unit.form", at=AT, by=None, subjects=[cast.wajak])

    assert (unknown.who, unknown.text) == ("Sistem", "angin.bertiup")
    assert _last().text == "mencatat bentuk hukum baru Unit Wajak sejak …"


def test_a_page_of_the_diary_costs_the_same_few_queries_whatever_its_length(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    rows = list(Entry.objects.select_related("by")[:30])

    with django_assert_max_num_queries(12):
        tell(rows)


def test_the_tag_shows_the_past_of_one_thing(cast: Cast) -> None:
    html = Template("{% load journal %}{% history thing %}").render(Context({"thing": cast.tempe}))

    assert "menambah produsen" in html
    assert "memberi Tini Wakil peran wakil kelompok" in html
    assert "Anyaman Wajak" not in html


def test_a_manager_reads_her_associations_diary_and_an_operator_her_own_deeds(cast: Cast, client: Client) -> None:
    actions.change_unit(unit=cast.wajak, whatsapp="6281200000009", at=AT, by=cast.joko)
    actions.end_producer(producer=cast.tempe, on=AT.date(), at=AT, by=cast.sekar)

    def deeds(user: Any) -> set[str]:
        browser = Client()
        browser.force_login(user)
        return {line.deed + line.who for line in browser.get(reverse("network:diary")).context["lines"]}

    assert deeds(cast.sekar) == {"producer.endSekar Operator"}
    assert deeds(cast.joko) == {"unit.changeJoko Operator"}
    seen = deeds(cast.ratna)
    assert {"producer.endSekar Operator", "unit.changeJoko Operator"} <= seen
    assert not any("Tetangga" in line.about for line in tell(diary(realms=[cast.association.pk], own=cast.ratna)))


def test_the_diary_is_filtered_by_deed_person_and_day(cast: Cast) -> None:
    later = datetime(2026, 12, 1, 16, 30, tzinfo=UTC)  # 23.30 in Jakarta
    actions.end_producer(producer=cast.tempe, on=AT.date(), at=later, by=cast.sekar)
    rows = diary(realms=[cast.association.pk], own=cast.ratna)

    assert diary(realms=[cast.association.pk], own=cast.ratna, by=cast.sekar.pk).count() == 1
    assert diary(realms=[cast.association.pk], own=cast.ratna, since=later.date(), until=later.date()).count() == 1
    assert set(diary(realms=[cast.association.pk], own=cast.ratna, deed="unit").values_list("deed", flat=True)) == {
        "unit.create"
    }
    assert rows.count() > 5


def test_a_filter_that_makes_no_sense_is_no_error(cast: Cast, client: Client) -> None:
    client.force_login(cast.ratna)

    for query in ("by=x", "by=99999999999999999999", "since=2026-02-31", "until=kapan", "deed=__class__", "page=-1"):
        assert client.get(reverse("network:diary") + "?" + query).status_code == 200, query


def test_every_deed_of_the_network_has_a_sentence() -> None:
    files = (Path(actions.__file__).parent).glob("*.py")
    written = {deed for path in files for deed in re.findall(r'"([a-z]+\.[a-z_]+)"', path.read_text(encoding="utf-8"))}

    assert "unit.create" in written
    assert sorted(written - set(sentences())) == []


# --- the database ------------------------------------------------------------------------------

GOOD = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "recursive_triggers": "1"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "delete"), ("synchronous", "1"), ("foreign_keys", "0"), ("recursive_triggers", "0")],
)
def test_a_database_that_may_lose_what_it_acknowledged_is_an_error(name: str, value: str) -> None:
    assert checks.judge_sqlite(GOOD, safe_library=True, memory=False) == []
    assert [m.id for m in checks.judge_sqlite({**GOOD, name: value}, safe_library=True, memory=False)] == [
        "journal.E001"
    ]


def test_an_unsafe_library_is_a_warning() -> None:
    assert [m.id for m in checks.judge_sqlite(GOOD, safe_library=False, memory=False)] == ["journal.W001"]


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a_server_that_does_not_wait_for_the_disk_is_an_error(name: str) -> None:
    good = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}

    assert checks.judge_postgresql(good) == []
    assert [m.id for m in checks.judge_postgresql({**good, name: "off"})] == ["journal.E002"]


@pytest.mark.django_db
def test_the_database_in_use_is_asked_for_what_it_really_does() -> None:
    from django.db import connection

    found = [m.id for m in checks.durable(databases=["default"]) if m.is_serious()]

    if connection.vendor == "sqlite":
        assert found == []
        return
    values = {}
    with connection.cursor() as cursor:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            values[name] = cursor.fetchone()[0]
    assert found == ["journal.E002"] * sum(value == "off" for value in values.values())


@pytest.mark.django_db
def test_an_entry_can_be_neither_changed_nor_removed_nor_replaced(cast: Cast) -> None:
    from django.db import IntegrityError, connection, transaction

    entry = Entry.objects.order_by("id")[0]
    attempts = [
        lambda: Entry.objects.filter(pk=entry.pk).update(deed="x.y"),
        lambda: connection.cursor().execute("DELETE FROM journal_entry WHERE id = %s", [entry.pk]),
        lambda: connection.cursor().execute("UPDATE journal_entry SET deed = 'x.y'"),
        lambda: connection.cursor().execute("DELETE FROM journal_subject"),
    ]
    if connection.vendor == "sqlite":
        attempts.append(
            lambda: connection.cursor().execute(
                "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE id = %s", [entry.pk]
            )
        )
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    entry.refresh_from_db()
    assert entry.deed == "association.create"
