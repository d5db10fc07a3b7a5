"""Books: asked for, made in the background, gone on with after a crash."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Protocol, Self

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kendedes.base.refusal import Refusal
from kendedes.catalogue.actions.files import Made, Recipe, current, folder, keep, path_of
from kendedes.catalogue.models import Edition, MadeFile, PrintJob
from kendedes.catalogue.queries import contents as read
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.products.photos.store import master_path
from kendedes.products.rules import digest
from kendedes.ui import fonts

if TYPE_CHECKING:
    from kendedes.catalogue.press import Report

log = logging.getLogger(__name__)
# A job that has not been heard of for so long was left behind by a stopped worker.
SILENCE = timedelta(seconds=90)
BEAT_SECONDS = 0.7
# After so long a waiting job is put on the list again; and after so many runs that died, a person has to look.
FORGOTTEN = timedelta(minutes=10)
TRIES_MOST = 3


class Progress(Protocol):
    """Told by the press: so much of so much, and what is being done."""

    def __call__(self, done: int, total: int, step: str) -> None: ...


def recipe(*, paper: str, layout: int, target: str, language: str = "id") -> Recipe:
    """The recipe of a book."""
    return Recipe(MadeFile.Kind.BOOK, language, paper, layout, target)


def workshop() -> Path:
    """Where the press keeps chapters already set; may be cleared at any time."""
    path: Path = settings.HOME / "buatan" / "cetak"
    path.mkdir(parents=True, exist_ok=True)
    return path


def press(document: dict[str, Any], asked: Recipe, out: Path, progress: Progress | None = None) -> Report:
    """Call the press with this home's fonts, profile and boundaries. Raises PressRefused."""
    from kendedes.catalogue.press import Options, Paper, build  # noqa: PLC0415 - heavy, and only a printing needs it

    faces = settings.HOME / "buatan" / "fonts"
    fonts.make(faces)
    options = Options(
        fonts=fonts.static_folder(faces), paper=Paper(asked.paper), layout=asked.layout, target=asked.target,  # type: ignore[arg-type]
        language=asked.language, profile=settings.ENV.cmyk_profile, boundaries=settings.ENV.boundaries,  # type: ignore[arg-type]
    )  # fmt: skip
    return build(document, photo=master_path, options=options, out=out, work=workshop(), progress=progress)


def preflight(document: dict[str, Any], report: dict[str, Any], asked: Recipe, out: Path) -> Path:
    """Write the sheet a person reads before the book goes to the printer. `report`: what the press said, as stored."""
    from kendedes.catalogue.press import preflight_sheet  # noqa: PLC0415 - as above

    edition, language = document["edition"], asked.language
    return preflight_sheet(
        report, title=edition["title"][language] or edition["title"]["id"], locked_at=edition["locked_at"], out=out,
        fonts=fonts.static_folder(settings.HOME / "buatan" / "fonts"), work=workshop(), language=language,  # type: ignore[arg-type]
    )  # fmt: skip


def print_book(
    *, edition: Edition, asked: Recipe, at: datetime, by: User | None, again: bool = False,
    progress: Progress | None = None,
) -> Made:  # fmt: skip
    """The book of a locked edition as it is today, with every erratum on a page of its own.

    The one made before unless it is gone or ``again``; a new erratum is a new state with a file of its own.
    Raises PressRefused; the caller decides what to do when the result is not ``same``.
    """
    errata = read.errata(edition)
    asked = replace(asked, errata=len(errata))
    row = current(edition, asked)
    if row and not again and (path := path_of(row)).is_file() and path.stat().st_size == row.size:
        return Made(row, path, row.sha256)
    document = {**read.document(edition, at), "errata": errata}
    with tempfile.TemporaryDirectory(dir=folder(edition), prefix=".baru-") as aside:
        report = press(document, asked, Path(aside) / "buku.pdf", progress)
        return keep(
            edition=edition, recipe=asked, draft=report.path, at=at, by=by, pages=report.pages,
            preflight=report.as_json(), sha256=report.sha256,
        )  # fmt: skip


@transaction.atomic
def ask_print(
    *, edition: Edition, paper: str, layout: int, target: str, language: str, at: datetime, by: User | None
) -> PrintJob:
    """Put a book on the list of the worker. The same book asked for twice is one job; one that is there is done at once.

    A draft gives a proof: its file belongs to the job and is replaced by the next proof.
    """
    asked = {"paper": paper, "layout": layout, "target": target, "language": language}
    proof = not edition.is_fixed
    same = PrintJob.objects.filter(edition=edition, proof=proof, **asked)
    running = same.filter(state__in=PrintJob.OPEN).first()
    if running:
        return running
    book = replace(recipe(**asked), errata=0 if proof else len(read.errata(edition)))  # type: ignore[arg-type]
    row = None if proof else current(edition, book)
    if row and path_of(row).is_file():
        done = same.filter(state=PrintJob.State.DONE, file=row).first()
        return done or PrintJob.objects.create(
            edition=edition, proof=False, **asked, state=PrintJob.State.DONE, file=row, asked_at=at, asked_by=by,
            ended_at=at, report=row.preflight,
        )  # fmt: skip
    job = PrintJob.objects.create(edition=edition, proof=proof, **asked, asked_at=at, asked_by=by)
    facts = {"slug": edition.slug, "proof": proof, **asked}
    record(deed="edition.print", at=at, by=by, subjects=[edition], facts=facts)
    _enqueue(job)
    return job


def _enqueue(job: PrintJob) -> None:
    """Hand the job to the worker once this transaction stands."""
    from kendedes.catalogue.tasks import print_job  # noqa: PLC0415 - the task calls this module

    transaction.on_commit(lambda: print_job.enqueue(job.pk))


def is_silent(job: PrintJob, at: datetime, after: timedelta = SILENCE) -> bool:
    """Whether a job that should be running has not been heard of."""
    heard = job.beat_at or job.asked_at
    return job.state == PrintJob.State.RUNNING and at - heard > after


@transaction.atomic
def resume(*, job: PrintJob, at: datetime, by: User | None) -> PrintJob:
    """Go on with a job that failed or fell silent; chapters already set are not set again."""
    stopped = Q(state=PrintJob.State.FAILED) | Q(state=PrintJob.State.RUNNING, beat_at__lt=at - SILENCE)
    taken = PrintJob.objects.filter(stopped, pk=job.pk).update(
        state=PrintJob.State.WAITING, trouble="", beat_at=at, ended_at=None
    )
    job.refresh_from_db()
    if taken:
        record(deed="edition.print_resume", at=at, by=by, subjects=[job.edition], facts={"job": job.pk})
        _enqueue(job)
    return job


def revive(*, at: datetime, after: timedelta = timedelta(seconds=20)) -> int:
    """Put jobs that a stopped worker left behind back on the list; returns how many. Called again and again.

    A running job not heard of for ``after``; a waiting one after `FORGOTTEN`, since its turn may have been lost (a
    second turn of the same job does nothing). One that stopped `TRIES_MOST` times is left for a person.
    """
    running = Q(state=PrintJob.State.RUNNING) & (Q(beat_at=None) | Q(beat_at__lt=at - after))
    waiting = Q(state=PrintJob.State.WAITING, asked_at__lt=at - FORGOTTEN)
    waiting &= Q(beat_at=None) | Q(beat_at__lt=at - FORGOTTEN)
    count = 0
    for job in PrintJob.objects.filter(running | waiting, tries__lt=TRIES_MOST):
        with transaction.atomic():
            same = PrintJob.objects.filter(pk=job.pk, state=job.state, tries=job.tries, beat_at=job.beat_at)
            if same.update(state=PrintJob.State.WAITING, beat_at=at):
                _enqueue(job)
                count += 1
    return count


def run_job(job_id: int, *, clock: Callable[[], datetime] = timezone.now) -> str:
    """Make the book of a job; returns its state. A second worker with the same job leaves it alone.

    Not one transaction: the list shows how far it is, and a crash leaves the job to be gone on with.
    """
    claimed = PrintJob.objects.filter(pk=job_id, state=PrintJob.State.WAITING).update(
        state=PrintJob.State.RUNNING, tries=F("tries") + 1, beat_at=clock(), trouble="", done=0
    )
    job = PrintJob.objects.select_related("edition__association", "edition__unit__district", "asked_by").get(pk=job_id)
    if not claimed:
        return job.state
    try:
        return _work(job, clock)
    except Refusal as refusal:
        _end(job, clock(), PrintJob.State.FAILED, trouble=str(refusal)[:400])
        return PrintJob.State.FAILED
    except OSError as error:
        # A full disk is said plainly; the job can be gone on with once there is room.
        _end(
            job,
            clock(),
            PrintJob.State.FAILED,
            trouble=_("Berkas tidak dapat ditulis: %(why)s") % {"why": error.strerror or error},
        )
        return PrintJob.State.FAILED
    except Exception:
        _end(job, clock(), PrintJob.State.FAILED, trouble=_("Kesalahan program; rinciannya ada di catatan server."))
        raise


def _work(job: PrintJob, clock: Callable[[], datetime]) -> str:
    asked = recipe(paper=job.paper, layout=job.layout, target=job.target, language=job.language)
    if not job.proof:
        with _Reporter(job, clock) as tell:
            made = print_book(edition=job.edition, asked=asked, at=clock(), by=job.asked_by, again=True, progress=tell)
        trouble = "" if made.same else str(_differs(made))
        _end(job, clock(), PrintJob.State.DONE, trouble=trouble, file=made.file, report=made.file.preflight)
        return PrintJob.State.DONE
    document = read.document(job.edition, clock())
    with _Reporter(job, clock) as tell:
        report = press(document, asked, proof_path(job), tell)
    _end(job, clock(), PrintJob.State.DONE, report=report.as_json(), document_sha256=digest(document))
    return PrintJob.State.DONE


def _differs(made: Made) -> Refusal:
    try:
        made.insist()
    except Refusal as refusal:
        return refusal
    raise AssertionError("called for a file that is the same")


def proof_path(job: PrintJob) -> Path:
    """Where a proof lies; not a file of the edition."""
    name = recipe(paper=job.paper, layout=job.layout, target=job.target, language=job.language).name(job.edition.slug)
    return folder(job.edition) / f"coba-{name}"


class TakenOver(Refusal):
    code = "print_taken_over"
    message = gettext_lazy("Pekerjaan ini sudah dilanjutkan oleh proses lain.")


class _Reporter:
    """Keeps what the press says and writes it to the job once a beat, from a thread with a connection of its own.

    The press speaks from several threads and must not wait for the database; and a long step still shows signs of
    life. When another run has taken the job over, the next word of the press ends this one (TakenOver).
    """

    def __init__(self, job: PrintJob, clock: Callable[[], datetime]) -> None:
        self.job, self.clock = job, clock
        self.latest, self.lost = (0, 0), False
        self.over = Event()
        self.thread = Thread(target=self._beat, name=f"cetak-{job.pk}", daemon=True)

    def __call__(self, done: int, total: int, step: str) -> None:
        self.latest = (done, total)
        if self.lost:
            raise TakenOver

    def __enter__(self) -> Self:
        if BEAT_SECONDS:
            self.thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.over.set()
        if self.thread.is_alive():
            self.thread.join()

    def _beat(self) -> None:
        try:
            while not self.over.wait(BEAT_SECONDS):
                try:
                    self.write()
                except DatabaseError as busy:
                    log.warning("print job %s: progress not written: %s", self.job.pk, busy)
        finally:
            connection.close()

    def write(self) -> None:
        done, total = self.latest
        mine = PrintJob.objects.filter(pk=self.job.pk, tries=self.job.tries, state=PrintJob.State.RUNNING)
        self.lost = not mine.update(done=done, total=total, beat_at=self.clock())


def _end(job: PrintJob, at: datetime, state: PrintJob.State, **fields: Any) -> None:
    mine = PrintJob.objects.filter(pk=job.pk, tries=job.tries, state=PrintJob.State.RUNNING)
    mine.update(state=state, ended_at=at, beat_at=at, **fields)
