"""The demonstration's own home: wiped only when it is marked, complete only when a build ended whole."""

import stat

import pytest

import kendedes
from kendedes.demo import home

HERE = {"database": "sqlite", "size": "whole"}


def files(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_a_home_with_data_and_no_mark_is_refused_and_not_touched(tmp_path):
    (tmp_path / "kendedes.sqlite3").write_bytes(b"somebody's")

    with pytest.raises(home.ForeignHome):
        home.claim(tmp_path, occupied=True)

    assert files(tmp_path) == ["kendedes.sqlite3"]
    assert (tmp_path / "kendedes.sqlite3").read_bytes() == b"somebody's"


def test_an_interrupted_build_is_not_complete_and_is_wiped_for_the_next(tmp_path):
    home.claim(tmp_path, occupied=False)
    for name in (
        "kendedes.sqlite3",
        "media/foto/ab/x.jpg",
        "buatan/edisi/buku.pdf",
        "buatan/fonts/a.ttf",
        "rahasia.kunci",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert not home.is_complete(tmp_path, **HERE)

    home.claim(tmp_path, occupied=True)

    assert files(tmp_path) == ["buatan/fonts/a.ttf", "contoh.json", "rahasia.kunci"]


def test_a_finished_build_of_this_version_is_complete_and_one_of_another_is_not(tmp_path):
    home.write_mark(tmp_path, state="done", kendedes=kendedes.__version__, **HERE)
    assert home.is_complete(tmp_path, **HERE)

    home.write_mark(tmp_path, state="done", kendedes="0.0.1", **HERE)
    assert not home.is_complete(tmp_path, **HERE)


def test_a_build_in_another_database_or_of_another_size_is_not_this_one(tmp_path):
    home.write_mark(tmp_path, state="done", kendedes=kendedes.__version__, books=[], **HERE)

    assert home.is_complete(tmp_path, **HERE)
    assert not home.is_complete(tmp_path, database="postgresql  5432 galeri", size="whole")
    assert not home.is_complete(tmp_path, database="sqlite", size="small")


def test_a_broken_mark_counts_as_none(tmp_path):
    (tmp_path / home.MARK).write_text("{half")

    assert home.read_mark(tmp_path) == {}
    assert not home.is_complete(tmp_path, **HERE)


def test_the_accounts_file_is_for_its_owner_only(tmp_path):
    path = home.write_accounts(tmp_path, ["pengelola sandi"])

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == "pengelola sandi\n"
