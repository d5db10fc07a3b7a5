"""Books in the background: made once, gone on with after a crash, the same bytes again."""

import hashlib
import os
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult
from PIL import Image

import kendedes
from kendedes.catalogue import actions
from kendedes.catalogue.actions import printing
from kendedes.catalogue.models import Edition, MadeFile, PrintJob
from kendedes.catalogue.queries import files
from kendedes.catalogue.tests.helpers import AT, LATER, locked, proofed
from kendedes.journal.models import Entry
from kendedes.network.management.hourly import jobs
from kendedes.products.models import Photo
from kendedes.products.photos.store import master_path

BOOK = {"paper": "A5", "layout": 4, "target": "screen", "language": "id"}


@pytest.fixture
def home(settings, tmp_path_factory, monkeypatch):
    """A home whose fonts are those of the working copy, made once."""
    fonts = settings.HOME / "buatan" / "fonts"
    folder = tmp_path_factory.mktemp("rumah")
    (folder / "buatan").mkdir()
    fonts.mkdir(parents=True, exist_ok=True)
    (folder / "buatan" / "fonts").symlink_to(fonts)
    settings.HOME, settings.MEDIA_ROOT = folder, folder / "media"
    monkeypatch.setattr(printing, "BEAT_SECONDS", 0)  # the test's transaction holds the only connection
    return folder


def photographed():
    """Give every photo row a real master."""
    for number, photo in enumerate(Photo.objects.order_by("id")):
        out = BytesIO()
        Image.new("RGB", (900, 900), (200 - number * 30, 120, 60 + number * 30)).save(out, "JPEG", quality=85)
        data = out.getvalue()
        photo.sha256, photo.width, photo.height = hashlib.sha256(data).hexdigest(), 900, 900
        photo.save()
        path = master_path(photo.sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def two_chapters(cast):
    """A locked regency edition with two chapters and real photos."""
    for unit, name in ((cast.singosari, "Keripik tempe"), (cast.wajak, "Tikar mendong")):
        edition, _products = proofed(cast, unit, names=(name,))
        photographed()
        actions.lock(edition=edition, at=AT, by=cast.ratna)
    whole = actions.compose_regency(association=cast.association, at=AT, by=cast.bima)
    actions.to_proof(edition=whole, at=AT, by=cast.bima)
    return actions.lock(edition=whole, at=AT, by=cast.ratna)


def ask(edition, cast, **changes):
    return actions.ask_print(edition=edition, at=AT, by=cast.sekar, **{**BOOK, **changes})


def stub(monkeypatch, text=b"%PDF-1.4 stub", fail=None):
    """A press that writes ``text`` after two steps."""

    def press(_document, _asked, out, progress=None):
        if fail:
            raise fail
        progress(1, 2, "setting")
        Path(out).write_bytes(text)
        progress(2, 2, "done")
        return type(
            "R",
            (),
            {
                "path": Path(out),
                "pages": 8,
                "sha256": hashlib.sha256(Path(out).read_bytes()).hexdigest(),
                "as_json": lambda _self: {"pages": 8, "findings": []},
            },
        )()

    monkeypatch.setattr(printing, "press", press)


def test_asking_twice_gives_one_job_and_one_task(cast, home, django_capture_on_commit_callbacks):
    edition, _products = locked(cast)

    with django_capture_on_commit_callbacks(execute=True):
        first, second = ask(edition, cast), ask(edition, cast)

    assert first == second
    assert DBTaskResult.objects.count() == 1
    assert Entry.objects.filter(deed="edition.print").count() == 1
    assert ask(edition, cast, paper="A4") != first


def test_a_job_done_leaves_a_file_with_its_hash(cast, home, monkeypatch):
    edition, _products = locked(cast)
    stub(monkeypatch)
    job = ask(edition, cast)

    state = printing.run_job(job.pk, clock=lambda: LATER)

    job.refresh_from_db()
    file = MadeFile.objects.get()
    assert (state, job.state, job.file, job.percent, job.trouble) == ("done", "done", file, 100, "")
    assert (file.name, file.pages) == ("singosari-2026-1-A5-4-layar-id.pdf", 8)
    assert file.sha256 == hashlib.sha256(actions.path_of(file).read_bytes()).hexdigest()


def test_a_book_that_is_there_is_not_made_again(cast, home, monkeypatch):
    edition, _products = locked(cast)
    stub(monkeypatch)
    printing.run_job(ask(edition, cast).pk, clock=lambda: LATER)

    again = ask(edition, cast)

    assert again.state == "done"
    assert PrintJob.objects.count() == 1


def test_a_second_worker_leaves_a_claimed_job_alone(cast, home, monkeypatch):
    edition, _products = locked(cast)
    job = ask(edition, cast)
    PrintJob.objects.filter(pk=job.pk).update(state="running", beat_at=AT)
    stub(monkeypatch, fail=AssertionError("must not print"))

    assert printing.run_job(job.pk) == "running"


def test_a_refusal_and_a_full_disk_are_said_and_can_be_gone_on_with(cast, home, monkeypatch):
    edition, _products = locked(cast)
    job = ask(edition, cast)
    stub(monkeypatch, fail=OSError(28, "No space left on device"))
    printing.run_job(job.pk, clock=lambda: LATER)
    job.refresh_from_db()
    assert (job.state, job.trouble) == ("failed", "Berkas tidak dapat ditulis: No space left on device")

    stub(monkeypatch)
    actions.resume(job=job, at=LATER, by=cast.sekar)
    printing.run_job(job.pk, clock=lambda: LATER)

    job.refresh_from_db()
    assert (job.state, job.tries, job.trouble) == ("done", 2, "")


def test_a_bug_fails_the_job_and_is_still_raised(cast, home, monkeypatch):
    edition, _products = locked(cast)
    job = ask(edition, cast)
    stub(monkeypatch, fail=ZeroDivisionError())

    with pytest.raises(ZeroDivisionError):
        printing.run_job(job.pk)

    assert PrintJob.objects.get().state == "failed"


def test_another_book_than_before_is_reported_and_the_first_one_stays(cast, home, monkeypatch):
    edition, _products = locked(cast)
    stub(monkeypatch)
    first = actions.print_book(edition=edition, asked=actions.recipe(**BOOK), at=AT, by=None, progress=lambda *_: None)
    stub(monkeypatch, text=b"%PDF-1.4 other")
    first.path.unlink()
    job = ask(edition, cast)

    printing.run_job(job.pk, clock=lambda: LATER)

    job.refresh_from_db()
    assert job.state == "done"
    assert job.trouble.startswith("PERHATIAN: singosari-2026-1-A5-4-layar-id.pdf yang baru dibuat berbeda")
    assert MadeFile.objects.get().sha256 == first.sha256
    assert Entry.objects.filter(deed="edition.file_differs").count() == 1


def test_only_a_silent_job_can_be_taken_up(cast, home):
    edition, _products = locked(cast)
    job = ask(edition, cast)
    PrintJob.objects.filter(pk=job.pk).update(state="running", beat_at=LATER)
    job.refresh_from_db()

    assert actions.resume(job=job, at=LATER + timedelta(seconds=30), by=None).state == "running"
    assert actions.resume(job=job, at=LATER + timedelta(seconds=120), by=None).state == "waiting"


def test_a_starting_server_takes_up_what_its_last_run_left(cast, home, django_capture_on_commit_callbacks):
    edition, _products = locked(cast)
    job = ask(edition, cast)
    PrintJob.objects.filter(pk=job.pk).update(state="running", beat_at=AT)

    with django_capture_on_commit_callbacks(execute=True):
        assert actions.revive(at=LATER) == 1
        assert actions.revive(at=LATER) == 0

    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize(("state", "silent", "tries", "taken"), [
    ("running", 21, 1, 1), ("running", 19, 1, 0), ("running", 21, 3, 0), ("waiting", 599, 0, 0), ("waiting", 601, 0, 1), ("failed", 9999, 1, 0),
])  # fmt: skip
def test_a_stopped_print_is_taken_up_by_itself_but_not_for_ever(cast, home, state, silent, tries, taken):
    edition, _products = locked(cast)
    job = ask(edition, cast)
    heard = LATER - timedelta(seconds=silent)
    PrintJob.objects.filter(pk=job.pk).update(state=state, tries=tries, beat_at=heard, asked_at=heard)

    assert actions.revive(at=LATER) == taken

    job.refresh_from_db()
    assert job.state == ("waiting" if taken else state)


def test_a_new_erratum_is_a_new_file_and_the_old_one_stays(cast, home, monkeypatch):
    edition, products = locked(cast)
    seen = []

    def press(document, _asked, out, progress=None):
        seen.append(len(document["errata"]))
        Path(out).write_bytes(b"%PDF " + str(len(document["errata"])).encode())
        return type(
            "R",
            (),
            {
                "path": Path(out),
                "pages": 8,
                "sha256": hashlib.sha256(Path(out).read_bytes()).hexdigest(),
                "as_json": lambda _self: {"pages": 8, "findings": []},
            },
        )()

    monkeypatch.setattr(printing, "press", press)
    recipe = actions.recipe(**BOOK)
    first = actions.print_book(edition=edition, asked=recipe, at=LATER, by=cast.sekar)
    actions.add_erratum(
        edition=edition, code=products[0].code, field="harga", old_text="1", new_text="2", reason="salah", at=LATER, by=cast.ratna
    )  # fmt: skip
    second = actions.print_book(edition=edition, asked=recipe, at=LATER, by=cast.sekar)
    again = actions.print_book(edition=edition, asked=recipe, at=LATER, by=cast.sekar)

    assert seen == [0, 1]
    assert (first.path.name, second.path.name) == (
        "singosari-2026-1-A5-4-layar-id.pdf", "singosari-2026-1-A5-4-layar-id-ralat1.pdf",
    )  # fmt: skip
    assert first.path.read_bytes() == b"%PDF 0"
    assert again.file == second.file
    assert [f.name for f in files(edition, ["book"])] == ["singosari-2026-1-A5-4-layar-id-ralat1.pdf"]
    assert ask(edition, cast).file == second.file


def test_a_draft_gives_a_proof_that_is_no_file_of_the_edition(cast, home, monkeypatch):
    edition, _products = proofed(cast)
    stub(monkeypatch)
    job = ask(edition, cast)

    printing.run_job(job.pk, clock=lambda: LATER)

    job.refresh_from_db()
    assert (job.state, job.proof, job.file) == ("done", True, None)
    assert actions.proof_path(job).name == "coba-singosari-2026-1-A5-4-layar-id.pdf"
    assert actions.proof_path(job).is_file()
    assert MadeFile.objects.count() == 0


def test_what_the_press_says_is_written_with_a_sign_of_life(cast, home):
    edition, _products = locked(cast)
    job = ask(edition, cast)
    PrintJob.objects.filter(pk=job.pk).update(state="running", tries=0)
    job.refresh_from_db()
    reporter = printing._Reporter(job, lambda: LATER)

    reporter(3, 12, "setting")
    reporter.write()

    job.refresh_from_db()
    assert (job.done, job.total, job.percent, job.beat_at) == (3, 12, 25, LATER)


def test_a_run_that_was_taken_over_stops_at_the_next_word(cast, home):
    edition, _products = locked(cast)
    job = ask(edition, cast)
    PrintJob.objects.filter(pk=job.pk).update(state="running", tries=1)
    reporter = printing._Reporter(job, lambda: LATER)

    reporter.write()

    with pytest.raises(printing.TakenOver):
        reporter(4, 12, "setting")
    assert PrintJob.objects.get().done == 0


class PowerCut(BaseException):
    """What no handler of the job sees."""


def _cut_after(steps):
    def cut(_self, done, _total, _step):
        if done >= steps:
            raise PowerCut

    return cut


def test_a_job_killed_half_way_goes_on_from_the_chapters_already_set(cast, home, monkeypatch):
    edition = two_chapters(cast)
    job = ask(edition, cast, target="press")
    spoken = printing._Reporter.__call__
    monkeypatch.setattr(printing._Reporter, "__call__", _cut_after(2))
    with pytest.raises(PowerCut):
        printing.run_job(job.pk, clock=lambda: AT)
    monkeypatch.setattr(printing._Reporter, "__call__", spoken)
    job.refresh_from_db()
    assert job.state == "running"

    actions.resume(job=job, at=LATER, by=None)
    printing.run_job(job.pk, clock=lambda: LATER)

    job.refresh_from_db()
    assert (job.state, job.trouble) == ("done", "")
    assert job.report["chapters_reused"] >= 1
    first = job.file.sha256
    again = actions.print_book(
        edition=Edition.objects.get(pk=edition.pk),
        asked=actions.recipe(**{**BOOK, "target": "press"}),
        at=LATER,
        by=None,
        again=True,
    )
    assert (again.sha256, again.same) == (first, True)
    assert again.path.read_bytes()[:5] == b"%PDF-"
    assert kendedes.__version__ in job.file.maker


def test_drafts_of_a_killed_press_and_parts_nobody_prints_are_cleared_away_within_a_day(cast, home):
    edition = two_chapters(cast)
    lying = actions.files.folder(edition)
    (lying / ".baru-kill").mkdir()
    (lying / ".baru-kill" / "buku.pdf").write_bytes(b"half a book")
    (lying / ".coba-buku.pdf.x1").write_bytes(b"half a proof")
    (lying / ".baru-work").write_bytes(b"still at work")
    (lying / "buku.pdf").write_bytes(b"a book")
    parts, plans = printing.workshop() / "parts", printing.workshop() / "plans"
    for folder, names in ((parts, ("old.pdf", "new.pdf")), (plans, ("old.json", "new.json"))):
        folder.mkdir()
        for name in names:
            (folder / name).write_bytes(b"a part")
    now = datetime.now(UTC)
    age(lying / ".baru-kill", lying / ".coba-buku.pdf.x1", lying / "buku.pdf", days=2)
    age(parts / "old.pdf", plans / "old.json", days=121)
    age(parts / "new.pdf", plans / "new.json", days=119)

    assert actions.files.sweep(at=now) == 4

    assert {path.name for path in lying.iterdir()} == {".baru-work", "buku.pdf"}
    assert [path.name for path in (*parts.iterdir(), *plans.iterdir())] == ["new.pdf", "new.json"]
    assert "kendedes.catalogue.actions.files.sweep" in jobs()


def age(*paths, days):
    for path in paths:
        os.utime(path, (time.time() - days * 86400,) * 2)
