"""``kendedes edition`` from the console."""

import json
import sys

import pytest
from django.core.management import CommandError, call_command

from kendedes.catalogue import actions
from kendedes.catalogue.models import Edition
from kendedes.catalogue.tests.helpers import AT, accepted, locked, proofed
from kendedes.catalogue.tests.press.reading import text_of
from kendedes.catalogue.tests.test_printing import home, photographed, stub

__all__ = ["home"]


def run(capsys, *args, code=0):
    """Standard output of one call; the exit code must be ``code``."""
    try:
        call_command("edition", *args, "--association", "kendedes")
        got = 0
    except SystemExit as end:
        got = end.code
    except CommandError as error:
        got = error.returncode
        sys.stdout.write(str(error))
    out = capsys.readouterr()
    assert got == code, out
    return out.out


def test_an_edition_from_opening_to_publishing(cast, home, capsys, tmp_path):
    for name in ("Keripik tempe", "Opak gambir"):
        accepted(cast, name=name)

    assert "singosari-2026-1" in run(capsys, "open", "--unit", "sgs", "--year", "2026")
    assert "2 produk" in run(capsys, "choose", "singosari-2026-1", "--all")
    run(capsys, "proof", "singosari-2026-1")
    locked_as = json.loads(run(capsys, "lock", "singosari-2026-1", "--json"))
    composed = json.loads(run(capsys, "compose", "--json"))
    run(capsys, "proof", composed["edition"], code=1)
    run(capsys, "lock", composed["edition"])
    run(capsys, "publish", composed["edition"], "--with-units")

    assert composed["missing"] == ["WJK"]
    assert locked_as["sha256"] == Edition.objects.get(slug="singosari-2026-1").frozen.sha256
    assert {row["state"] for row in json.loads(run(capsys, "list", "--json"))} == {"published"}
    assert "utuh" in run(capsys, "verify")


def test_a_refusal_is_said_and_leaves_with_two(cast, capsys):
    proofed(cast)

    out = run(capsys, "publish", "singosari-2026-1", "--json", code=2)

    assert json.loads(out.splitlines()[0])["code"] == "edition_wrong_state"


@pytest.mark.parametrize(
    "args",
    [
        ("publish", "tidak-ada-2026-9"), ("open", "--unit", "XXX"), ("choose", "singosari-2026-1"),
        ("choose", "singosari-2026-1", "XXX-0001"), ("blogger", "singosari-2026-1", "--product", "XXX-0001"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_said(cast, capsys, args):
    proofed(cast)

    run(capsys, *args, code=2)


def test_every_verb_has_help(capsys):
    for verb in ("list", "open", "choose", "check", "proof", "draft", "lock", "compose", "publish", "diff", "erratum",
                 "print", "export", "blogger", "verify"):  # fmt: skip
        with pytest.raises(SystemExit) as end:
            call_command("edition", verb, "--help")
        assert end.value.code == 0
        assert "--json" in capsys.readouterr().out


def test_files_are_written_where_asked_with_their_hash(cast, home, capsys, tmp_path, monkeypatch):
    edition, _products = locked(cast)
    stub(monkeypatch)

    sheet = json.loads(run(capsys, "export", edition.slug, "--out", str(tmp_path / "a.xlsx"), "--json"))
    feed = json.loads(run(capsys, "blogger", edition.slug, "--out", str(tmp_path / "a.atom"), "--json"))
    book = run(
        capsys, "print", edition.slug, "--paper", "A5", "--layout", "4", "--for", "press", "--language", "id",
        "--out", str(tmp_path / "a.pdf"),
    )  # fmt: skip

    assert sheet["sha256"] == sheet["first_sha256"]
    assert (tmp_path / "a.xlsx").stat().st_size == sheet["size"]
    assert "Foto tidak ikut" in feed["warning"]
    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF-1.4 stub"
    assert "8 halaman, SHA-256" in book


def test_the_preflight_sheet_is_written_beside_the_book_or_the_proof(cast, home, capsys, tmp_path):
    edition, _products = proofed(cast)
    photographed()
    proof = json.loads(
        run(capsys, "print", edition.slug, "--for", "press", "--out", str(tmp_path / "p.pdf"), "--preflight", str(tmp_path / "ps.pdf"), "--json")
    )  # fmt: skip
    actions.lock(edition=edition, at=AT, by=cast.ratna)
    book = json.loads(
        run(capsys, "print", edition.slug, "--for", "press", "--out", str(tmp_path / "b.pdf"), "--preflight", str(tmp_path / "bs.pdf"), "--json")
    )  # fmt: skip

    for facts, sheet in ((proof, "ps.pdf"), (book, "bs.pdf")):
        shown = text_of(tmp_path / sheet)
        assert "Lembar pemeriksaan pra-cetak" in shown
        assert facts["sha256"] in shown
        assert "Tanpa profil warna" in shown


def test_a_rebuild_with_another_hash_is_loud(cast, home, capsys, tmp_path, monkeypatch):
    edition, _products = locked(cast)
    stub(monkeypatch)
    run(capsys, "print", edition.slug, "--out", str(tmp_path / "a.pdf"))
    stub(monkeypatch, text=b"%PDF other")

    run(capsys, "verify", "--rebuild", code=1)


def test_verify_sees_a_file_changed_on_the_disk(cast, home, capsys, tmp_path):
    edition, _products = locked(cast)
    made = actions.data_file(edition=edition, kind="xlsx", at=AT, by=None)
    made.path.write_bytes(made.path.read_bytes() + b"x")

    assert "1 temuan" in run(capsys, "verify", edition.slug, code=1)


def test_the_difference_is_told_in_words(cast, capsys):
    edition, _products = locked(cast)

    out = run(capsys, "diff", edition.slug)

    assert "+ SGS-0001 Keripik tempe sagu" in out
    assert "2 baru, 0 berubah, 0 tidak lagi, 0 tetap" in out


def test_an_erratum_gets_its_number(cast, capsys):
    edition, _products = locked(cast)
    args = ("erratum", edition.slug, "--code", "SGS-0001", "--field", "harga", "--old", "1", "--new", "2")

    run(capsys, *args, "--reason", "salah ketik")

    assert "ralat nomor 2" in run(capsys, *args, "--reason", "salah lagi")
