"""A backup is the whole home at one moment, and comes back whole, into an empty home only."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from kendedes.journal.keeping import archive, seal
from kendedes.journal.rules import backup_due, backups_kept
from kendedes.testing.server import Home, home

PHOTO = os.urandom(3 * seal.CHUNK + 7)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A home with the cast, a photo and backups of every kind."""
    folder = tmp_path_factory.mktemp("asal")
    with home(folder / "rumah") as place:
        place.seed()
        photo = place.folder / "media" / "ab" / "foto.jpg"
        photo.parent.mkdir(parents=True)
        photo.write_bytes(PHOTO)
        (folder / "sandi").write_text("sumur di ladang\n")
        place.run("backup", "--new-key", str(folder / "kunci"))
        place.made = {  # type: ignore[attr-defined]
            "plain": json.loads(place.run("backup", str(folder / "plain"), "--json").stdout),
            "key": json.loads(
                place.run("backup", str(folder / "sealed"), "--key-file", str(folder / "kunci"), "--json").stdout
            ),
            "word": json.loads(
                place.run("backup", str(folder / "word"), "--passphrase-file", str(folder / "sandi"), "--json").stdout
            ),
        }
        yield place


def told(place: Home, code: str) -> str:
    return place.run("manage", "shell", "--no-imports", "-v", "0", "-c", code).stdout.strip()


TABLES = (
    "from django.db import connection as c, models; from django.apps import apps; import json;"
    "print(json.dumps({m._meta.db_table: m._base_manager.count() for m in apps.get_models()"
    " if m._meta.db_table not in ('journal_entry', 'journal_epoch', 'sales_backupmark')}, sort_keys=True))"
)
EPOCHS = "from kendedes.journal.models import Epoch; print([e.why for e in Epoch.objects.order_by('id')])"
# the planner knows at once how many rows there are (SQLite keeps what it knows in the file)
SURVEYED = (
    "from django.db import connection as c; cur = c.cursor(); sql = 'SELECT reltuples FROM pg_class WHERE relname = %s';"
    "print(c.vendor == 'sqlite' or (cur.execute(sql, ['network_region']), cur.fetchone()[0])[1] > 0)"
)
DEEDS = "from kendedes.journal.models import Entry; print(*Entry.objects.filter(deed__startswith='home.').order_by('id').values_list('deed', flat=True))"


def test_an_archive_names_what_it_holds(source):
    assert source.made["plain"]["missing"] == []
    with tarfile.open(source.made["plain"]["file"]) as tar:
        names = tar.getnames()
        assert names[0] == "kendedes.json"
        assert names[-1] == "manifest.json"
        assert "media/ab/foto.jpg" in names
        assert "rahasia.kunci" not in names
        assert tar.extractfile("media/ab/foto.jpg").read() == PHOTO
    assert (Path(source.made["plain"]["file"]).stat().st_mode & 0o777) == 0o600


@pytest.mark.parametrize(
    ("name", "option", "key"),
    [("plain", [], False), ("sealed", ["--key-file", "kunci"], True), ("word", ["--passphrase-file", "sandi"], True)],
)
def test_a_backup_comes_back_whole_and_begins_an_epoch(source, tmp_path, name, option, key):
    folder = source.folder.parent
    words = [*option[:1], *(str(folder / o) for o in option[1:])]
    with home(tmp_path / "rumah") as place:
        done = json.loads(place.run("restore", str(folder / name), *words, "--json").stdout)

        assert done["files"] == 1
        assert done["verify"] == {"fits": True, "findings": 0}
        assert done["key"] is key
        assert (place.folder / "media" / "ab" / "foto.jpg").read_bytes() == PHOTO
        assert told(place, TABLES) == told(source, TABLES)
        assert told(place, EPOCHS) == "['founded', 'restored']"
        assert told(place, SURVEYED) == "True"
        assert told(place, DEEDS).split()[-1] == "home.restore"
        same = (place.folder / "rahasia.kunci").read_text() == (source.folder / "rahasia.kunci").read_text()
        assert same is key
        assert not list(place.folder.glob(".pulih-*"))
        # what guards the diary came along
        refused = place.run(
            "manage", "shell", "--no-imports", "-c",
            "from kendedes.journal.models import Entry; Entry.objects.update(deed='x')", check=False,
        )  # fmt: skip
        assert "append-only" in refused.stderr


def test_tills_hear_that_a_backup_was_made(source):
    code = "from kendedes.sales.models import BackupMark; print(BackupMark.objects.count())"

    assert int(told(source, code)) >= 3


def test_a_home_that_holds_something_is_left_alone(source, tmp_path):
    with home(tmp_path / "rumah") as place:
        place.run("manage", "migrate", "-v", "0")
        before = told(place, TABLES)

        done = place.run("restore", str(source.folder.parent / "plain"), check=False)

        assert done.returncode == 2
        assert "kosong" in done.stderr
        assert told(place, TABLES) == before
        assert not (place.folder / "media").exists()


def refused(tmp_path: Path, file: Path, *words: str) -> str:
    """Restore into a new home must fail with 2 and leave nothing that counts."""
    with home(tmp_path / "rumah") as place:
        done = place.run("restore", str(file), *words, check=False)
        assert done.returncode == 2, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        left = {p.name for p in place.folder.iterdir()} - {"buatan", "singgahan", "rahasia.kunci"}
        assert left == set()
        if "DATABASE_URL" in place.env:
            with psycopg.connect(place.env["DATABASE_URL"]) as look:
                count = "SELECT COUNT(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                assert look.execute(count).fetchone() == (0,)
        return done.stderr


def test_a_wrong_or_missing_key_is_said_so(source, tmp_path):
    folder = source.folder.parent
    other, wrong = tmp_path / "lain", tmp_path / "salah"
    seal.new_key(other)
    wrong.write_text("sumur di ladang kosong")

    assert "tidak cocok" in refused(tmp_path / "1", folder / "sealed", "--key-file", str(other))
    assert "tidak cocok" in refused(tmp_path / "2", folder / "word", "--passphrase-file", str(wrong))
    assert "berkas kuncinya" in refused(tmp_path / "3", folder / "sealed")
    assert "kata sandinya" in refused(tmp_path / "4", folder / "word", "--key-file", str(other))


@pytest.mark.parametrize("name", ["plain", "sealed"])
@pytest.mark.parametrize("part", [0.0, 0.001, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_refused(source, tmp_path, name, part):
    whole = (source.folder.parent / name).read_bytes()
    cut = tmp_path / "potongan"
    cut.write_bytes(whole[: int(len(whole) * part)])
    words = ["--key-file", str(source.folder.parent / "kunci")] if name == "sealed" else []

    said = refused(tmp_path, cut, *words)

    assert "rusak" in said or "bukan berkas cadangan" in said


@pytest.mark.parametrize("name", ["plain", "sealed"])
def test_any_changed_byte_is_noticed(source, tmp_path, name):
    whole = bytearray((source.folder.parent / name).read_bytes())
    secret = seal.Secret(key=seal.read_key(source.folder.parent / "kunci")) if name == "sealed" else None
    bad = tmp_path / "rusak"
    spared = 0
    for place in range(0, len(whole) - 10240, len(whole) // 60):
        changed = bytearray(whole)
        changed[place] ^= 1
        bad.write_bytes(changed)
        try:
            with archive.reading(bad, secret) as parts:
                kept = [(part.name, part.file.read()) for _header, part in parts]
        except (seal.Damaged, archive.NotABackup, seal.WrongKey, seal.KeyNeeded):
            continue
        # a tar has bytes that mean nothing (padding): then everything read is still as it was
        spared += 1
        assert dict(kept)["media/ab/foto.jpg"] == PHOTO
    assert spared <= (3 if name == "plain" else 0)


def forged(source, tmp_path: Path, change) -> Path:
    """The plain backup with another header."""
    target = tmp_path / "lain"
    with tarfile.open(source.made["plain"]["file"]) as tar, target.open("wb") as sink:
        members = [(m.name, tar.extractfile(m).read()) for m in tar]
        header = json.loads(members[0][1])
        header.pop("kendedes_backup")
        change(header)
        with archive.writing(sink, header, None) as writer:
            for name, data in members[1:-1]:
                writer.add(name, io.BytesIO(data), len(data))
    return target


def test_what_a_newer_program_made_is_refused_and_named(source, tmp_path):
    newer = forged(
        source, tmp_path, lambda h: h["migrations"]["products"].append("0999_besok") or h.update(version="9.0")
    )

    said = refused(tmp_path, newer)

    assert "9.0" in said
    assert "products.0999_besok" in said


def test_a_name_that_leads_out_of_the_home_is_refused(source, tmp_path):
    bad = tmp_path / "keluar"
    with (
        bad.open("wb") as sink,
        archive.writing(sink, {"version": "x", "migrations": {}, "database": "sqlite"}, None) as w,
    ):
        w.add("media/../../keluar.txt", io.BytesIO(b"x"), 1)

    refused(tmp_path, bad)

    assert not (tmp_path / "keluar.txt").exists()
    assert not archive.allowed("/etc/passwd")
    assert not archive.allowed("media/a/../../b")
    assert not archive.allowed("lain/b")
    assert archive.allowed("media/a/b.jpg")


def test_a_file_is_never_overwritten_and_a_refused_backup_leaves_nothing(source, tmp_path):
    taken = tmp_path / "ada"
    taken.write_text("surat")

    done = source.run("backup", str(taken), check=False)
    nowhere = source.run("backup", str(tmp_path / "tidak" / "ada"), check=False)

    assert (done.returncode, nowhere.returncode) == (2, 2)
    assert taken.read_text() == "surat"
    assert "Traceback" not in nowhere.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["ada"]


def test_checking_reads_all_of_it_and_keeps_nothing(source, tmp_path):
    with home(tmp_path / "rumah") as place:
        done = json.loads(place.run("restore", "--check", source.made["plain"]["file"], "--json").stdout)

        assert done["head"] == source.made["plain"]["head"]
        assert not (place.folder / "media").exists()


def test_the_daily_backup_is_made_once_a_day_and_old_ones_go(source, tmp_path):
    folder = tmp_path / "cadangan"
    folder.mkdir()
    old = [folder / f"kendedes-2020-01-{n:02}.cadangan" for n in range(1, 5)]
    for path in [*old, folder / "kendedes-catatan.cadangan", folder / "lain.txt"]:
        path.write_text("x")
    place = Home(source.folder, {**source.env, "KENDEDES_BACKUP_FOLDER": str(folder), "KENDEDES_BACKUP_KEEP": "2"})

    first = place.run("manage", "daily_backup").stdout.strip()
    second = place.run("manage", "daily_backup").stdout.strip()

    assert Path(first).is_file()
    assert second == ""
    # two daily ones and the first of January stay; strangers' files too
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        [Path(first).name, old[0].name, old[3].name, "kendedes-catatan.cadangan", "lain.txt"]
    )


def test_a_folder_that_is_away_is_not_made(source, tmp_path):
    place = Home(source.folder, {**source.env, "KENDEDES_BACKUP_FOLDER": str(tmp_path / "stik")})

    assert place.run("manage", "daily_backup", check=False).returncode == 2
    assert not (tmp_path / "stik").exists()


def test_a_daily_backup_that_failed_waits_in_the_office_until_one_was_made(source, tmp_path):
    folder = tmp_path / "stik"
    place = Home(source.folder, {**source.env, "KENDEDES_BACKUP_FOLDER": str(folder)})
    for _ in range(2):
        place.run("manage", "daily_backup", check=False)
    assert told(place, DEEDS).split().count("home.backup_failed") == 1  # said once, not every ten minutes
    assert told(place, WAITS) == "ratna 1, bima 0"
    folder.mkdir()

    place.run("manage", "daily_backup")

    assert told(place, WAITS) == "ratna 0, bima 0"


WAITS = (
    "from kendedes.journal.models import User; from kendedes.network.queries.waiting import standing;"
    "print(', '.join(f\"{n} {sum(str(w.label).startswith('cadangan harian gagal') for w in "
    "standing(User.objects.get(username=n)).waits)}\" for n in ('ratna', 'bima')))"
)


def test_a_restore_says_that_the_books_it_brought_back_do_not_fit(tmp_path):
    with home(tmp_path / "rumah") as place:
        place.seed()
        counter = [sys.executable, "-m", "kendedes.testing.counter", "--pair", "0", "--goods", "1"]
        subprocess.run(counter, env=place.env, check=True, stdout=subprocess.DEVNULL)
        told(place, "from django.db import connection as c\nk = c.cursor()" + UNGUARDED)
        place.run("backup", str(tmp_path / "cadangan"))
    with home(tmp_path / "lain") as other:
        done = other.run("restore", str(tmp_path / "cadangan"), "--json", check=False)

        assert done.returncode == 1
        assert json.loads(done.stdout)["verify"]["fits"] is False
        assert "seal_broken: ledger_posting" in done.stderr


UNGUARDED = (
    """
for (n,) in k.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_goodsmove'").fetchall():
    k.execute(f'DROP TRIGGER "{n}"')
k.execute("UPDATE ledger_goodsmove SET quantity = quantity + 1")
"""
    if connection.vendor == "sqlite"
    else """
k.execute("ALTER TABLE ledger_goodsmove DISABLE TRIGGER USER")
k.execute("UPDATE ledger_goodsmove SET quantity = quantity + 1")
"""
)


@pytest.mark.parametrize(
    ("now", "newest", "due"),
    [
        (datetime(2026, 3, 2, 1, 59, tzinfo=UTC), date(2026, 3, 1), False),
        (datetime(2026, 3, 2, 2, 0, tzinfo=UTC), date(2026, 3, 1), True),
        (datetime(2026, 3, 2, 0, 5, tzinfo=UTC), date(2026, 2, 28), True),
        (datetime(2026, 3, 2, 0, 5, tzinfo=UTC), None, True),
        (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), date(2026, 3, 2), False),
        (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), date(2026, 3, 9), False),
    ],
)
def test_when_a_backup_is_due(now, newest, due):
    assert backup_due(now, newest, 2) is due


def test_which_backups_are_kept():
    days = [date(2026, m, d) for m in range(1, 5) for d in (1, 2, 28)]

    assert backups_kept(days, daily=2, monthly=3) == {
        date(2026, 4, 28), date(2026, 4, 2), date(2026, 4, 1), date(2026, 3, 1), date(2026, 2, 1)
    }  # fmt: skip
    assert backups_kept([], daily=2) == set()
