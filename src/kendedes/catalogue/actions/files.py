"""Files of a locked edition: made from the frozen text, kept in the home, compared with the first build for ever."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

import kendedes
from kendedes.base.refusal import Refusal
from kendedes.catalogue import outputs
from kendedes.catalogue.actions.drafting import WrongEditionState
from kendedes.catalogue.models import Edition, MadeFile
from kendedes.catalogue.queries import contents as read
from kendedes.journal.actions import record
from kendedes.journal.models import User

Kind = MadeFile.Kind
DRAFT_OLD = timedelta(days=1)  # a younger one may still be at work
PART_OLD = timedelta(days=120)
MAKERS = {Kind.BOOK: ("typst", "pikepdf", "pillow"), Kind.SHEET: ("xlsxwriter",)}


class DifferentBytes(Refusal):
    """The same edition gave another file than before. Never overlooked: in the diary, and shown in words."""

    code = "edition_different_bytes"
    message = _(
        "PERHATIAN: %(name)s yang baru dibuat berbeda dari yang pertama (%(first)s, sekarang %(now)s). "
        "Berkas pertama tetap berlaku."
    )


class FileCleared(Refusal):
    code = "edition_file_cleared"
    message = _("%(name)s tidak lagi tersimpan; minta dicetak lagi di halaman “Cetak & berkas”, hasilnya sama.")


@dataclass(frozen=True)
class Recipe:
    """Which file of an edition. ``paper``, ``layout`` and ``target`` only for a book."""

    kind: str
    language: str = "id"
    paper: str = ""
    layout: int = 0
    target: str = ""
    errata: int = 0

    def name(self, slug: str) -> str:
        """The file's name, unique within its edition."""
        after = f"-ralat{self.errata}" if self.errata else ""
        if self.kind == Kind.BOOK:
            purpose = "cetak" if self.target == MadeFile.Target.PRESS else "layar"
            return f"{slug}-{self.paper}-{self.layout}-{purpose}-{self.language}{after}.pdf"
        ends = {
            Kind.SHEET: f"-{self.language}{after}.xlsx",
            Kind.JSON: f"{after}.json",
            Kind.BLOGGER: f"-blogger-{self.language}{after}.atom",
            Kind.BLOGGER_CLASSIC: f"-blogger-lama-{self.language}{after}.xml",
        }
        return slug + ends[Kind(self.kind)]


@dataclass(frozen=True)
class Made:
    """A file as it stands: its row, where it lies, and the hash of the bytes just made (the row's, if all is well)."""

    file: MadeFile
    path: Path
    sha256: str

    @property
    def same(self) -> bool:
        """Whether this build gave what the first one gave."""
        return self.sha256 == self.file.sha256

    def insist(self) -> Made:
        """This, or DifferentBytes."""
        if not self.same:
            raise DifferentBytes(name=self.file.name, first=self.file.sha256[:16], now=self.sha256[:16])
        return self


def folder(edition: Edition) -> Path:
    """Where the files of an edition lie: ``HOME/buatan/edisi/<association>/<edition>``."""
    path: Path = settings.HOME / "buatan" / "edisi" / edition.association.slug / edition.slug
    path.mkdir(parents=True, exist_ok=True)
    return path


def sweep(*, at: datetime) -> int:
    """Clear away what no book needs any more; returns how many files. Called every hour.

    Drafts that a killed process left beside the files of editions (every draft has a name that begins with a dot), and
    finished parts of books that nobody has printed for a season: the press sets them again.
    """
    made = settings.HOME / "buatan"
    old = {
        "edisi/*/*/.*": at - DRAFT_OLD,
        "cetak/parts/*": at - PART_OLD,
        "cetak/thumbs/*": at - PART_OLD,
        "cetak/plans/*": at - PART_OLD,
    }
    gone = 0
    for pattern, since in old.items():
        for path in made.glob(pattern):
            if path.stat().st_mtime < since.timestamp():
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
                gone += 1
    return gone


def path_of(file: MadeFile) -> Path:
    """Where a made file lies; it may have been cleared away, then it is made again."""
    return folder(file.edition) / file.name


def at_hand(*, file: MadeFile, at: datetime, by: User | None) -> Path:
    """Where the bytes of a made file lie. One that was cleared away is made again if that takes a moment.

    Raises FileCleared: for a book, which is asked for anew, and for a file that carries fewer corrections than there are now.
    """
    path = path_of(file)
    if path.is_file() and path.stat().st_size == file.size:
        return path
    if file.kind != Kind.BOOK and file.errata == len(read.errata(file.edition)):
        made = data_file(edition=file.edition, kind=file.kind, language=file.language, at=at, by=by)
        if made.same:
            return made.path
    raise FileCleared(name=file.name)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def maker(kind: str) -> str:
    """The programs whose version may change a file's bytes: ``kendedes 0.1.0, typst 0.15.0``."""
    parts = [f"kendedes {kendedes.__version__}"]
    return ", ".join(parts + [f"{name} {version(name)}" for name in MAKERS.get(Kind(kind), ())])[:80]


def current(edition: Edition, recipe: Recipe) -> MadeFile | None:
    """The row of a file, if it was ever made."""
    return MadeFile.objects.filter(
        edition=edition, kind=recipe.kind, language=recipe.language, paper=recipe.paper, layout=recipe.layout,
        target=recipe.target, errata=recipe.errata,
    ).first()  # fmt: skip


def keep(
    *, edition: Edition, recipe: Recipe, draft: Path, at: datetime, by: User | None, pages: int | None = None,
    preflight: dict[str, Any] | None = None, sha256: str = "",
) -> Made:  # fmt: skip
    """Take over the file ``draft``: the first build is kept and its hash noted, a later one compared.

    ``sha256``: of the draft, where its maker hashed what it wrote.

    A later build with other bytes is put aside as ``…-beda-<hash>`` and noted in the diary; what was handed out stays.
    """
    sha256, size = sha256 or digest_of(draft), draft.stat().st_size
    name = recipe.name(edition.slug)
    target = folder(edition) / name
    with transaction.atomic():
        row, fresh = MadeFile.objects.select_related("edition__association").get_or_create(
            edition=edition, kind=recipe.kind, language=recipe.language, paper=recipe.paper, layout=recipe.layout,
            target=recipe.target, errata=recipe.errata,
            defaults={
                "name": name, "sha256": sha256, "size": size, "pages": pages, "preflight": preflight or {},
                "maker": maker(recipe.kind), "made_at": at,
            },
        )  # fmt: skip
        if fresh:
            record(
                deed="edition.file", at=at, by=by, subjects=[edition],
                facts={"slug": edition.slug, "name": name, "sha256": sha256, "size": size},
            )  # fmt: skip
        elif row.sha256 != sha256:
            record(
                deed="edition.file_differs", at=at, by=by, subjects=[edition],
                facts={
                    "slug": edition.slug, "name": name, "first": row.sha256, "now": sha256,
                    "first_maker": row.maker, "now_maker": maker(recipe.kind),
                },
            )  # fmt: skip
            target = target.with_name(f"{target.stem}-beda-{sha256[:12]}{target.suffix}")
    draft.replace(target)
    return Made(row, target, sha256)


def recipe_of(edition: Edition, kind: str, language: str = "id") -> Recipe:
    """The file of a kind as it is today: with every erratum written so far."""
    spoken = "id" if kind == Kind.JSON else language
    return Recipe(kind, spoken, errata=len(read.errata(edition)))


def data_file(
    *, edition: Edition, kind: str, at: datetime, by: User | None, language: str = "id", again: bool = False
) -> Made:
    """A sheet, JSON document or blog import of a locked edition; made if it is not there (or ``again``).

    Raises WrongEditionState for a draft. The caller decides what to do when the result is not ``same``.
    """
    if not edition.is_fixed:
        raise WrongEditionState(title=edition.title_id, state=edition.get_state_display())
    recipe = recipe_of(edition, kind, language)
    row = current(edition, recipe)
    if row and not again and (path := path_of(row)).is_file() and path.stat().st_size == row.size:
        return Made(row, path, row.sha256)
    return _written(edition, recipe, _CONTENT[Kind(kind)](edition, recipe), at, by)


def _written(edition: Edition, recipe: Recipe, data: bytes, at: datetime, by: User | None) -> Made:
    handle, name = tempfile.mkstemp(dir=folder(edition), prefix=".baru-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        draft.chmod(0o644)
        return keep(edition=edition, recipe=recipe, draft=draft, at=at, by=by)
    finally:
        draft.unlink(missing_ok=True)


def _json(edition: Edition, recipe: Recipe) -> bytes:
    return outputs.json_bytes(read.document(edition, edition.frozen.locked_at), read.errata(edition))


def _sheet(edition: Edition, recipe: Recipe) -> bytes:
    document = read.document(edition, edition.frozen.locked_at)
    return outputs.xlsx(
        document, sha256=edition.frozen.sha256, language=recipe.language, errata=read.errata(edition)
    )  # fmt: skip


def _blog(dialect: outputs.Dialect) -> Callable[[Edition, Recipe], bytes]:
    def write(edition: Edition, recipe: Recipe) -> bytes:
        document = read.document(edition, edition.frozen.locked_at)
        return outputs.blogger(document, dialect=dialect, language=recipe.language, errata=read.errata(edition))

    return write


_CONTENT: dict[str, Callable[[Edition, Recipe], bytes]] = {
    Kind.JSON: _json,
    Kind.SHEET: _sheet,
    Kind.BLOGGER: _blog(outputs.Dialect.TAKEOUT),
    Kind.BLOGGER_CLASSIC: _blog(outputs.Dialect.CLASSIC),
}
