"""The archive: a plain tar that any tool opens, written and read from front to back.

First ``kendedes.json`` (what it is), then the parts, at the end ``manifest.json`` with length and SHA-256 of each: an
archive without its end was cut off. Whoever reads one trusts no name in it.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.keeping import seal
from kendedes.journal.keeping.seal import Damaged

FORMAT = 1
HEADER = "kendedes.json"
MANIFEST = "manifest.json"
FOLDERS = ("media", "kiriman")  # of the home; everything else in it can be made again
SQLITE, POSTGRESQL, KEY = "basis-data.sqlite3.gz", "basis-data.pgdump", "rahasia.kunci"
_PIECE = 1 << 18
_LARGEST_TEXT = 256 << 20


class NotABackup(Refusal):
    code = "backup_unknown"
    message = _("%(file)s bukan berkas cadangan Kendedes.")


class _Hashed(io.RawIOBase):
    """A source that remembers what went through; ends after ``size`` bytes even if the file grows."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self._source, self._left = source, size
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(min(size if size >= 0 else _PIECE, self._left))
        self._left -= len(data)
        self.digest.update(data)
        return data

    def account(self, size: int) -> dict[str, Any]:
        """Length and hash of all of it: what nobody wanted to read counts too."""
        while self.read(_PIECE):
            pass
        return {"bytes": size, "sha256": self.digest.hexdigest()}


@dataclass
class Writer:
    """Adds parts to an archive and keeps the account of them."""

    tar: tarfile.TarFile
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        """A part of exactly ``size`` bytes."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        source = _Hashed(file, size)
        self.tar.addfile(info, source)
        self.parts[name] = source.account(size)

    def add_text(self, name: str, value: object) -> None:
        """A part that is JSON."""
        data = json.dumps(value, ensure_ascii=False, indent=1).encode()
        self.add(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, path: Path) -> None:
        """A file as long as it is now."""
        with path.open("rb") as file:
            self.add(name, file, path.stat().st_size)


@contextmanager
def writing(sink: IO[bytes], header: dict[str, Any], secret: seal.Secret | None) -> Iterator[Writer]:
    """An archive into ``sink``; its end is written only when the block ends well."""
    sealed = seal.Sealer(sink, secret) if secret else None
    with tarfile.open(fileobj=sealed or sink, mode="w|", format=tarfile.PAX_FORMAT, bufsize=_PIECE) as tar:
        writer = Writer(tar)
        writer.add_text(HEADER, {"kendedes_backup": FORMAT, **header})
        yield writer
        writer.add_text(MANIFEST, dict(writer.parts))
    if sealed:
        sealed.finish()


@dataclass
class Part:
    """One file of an archive while it is being read."""

    name: str
    file: IO[bytes]
    bytes: int


@contextmanager
def reading(path: Path, secret: seal.Secret | None) -> Iterator[Iterator[tuple[dict[str, Any], Part]]]:
    """The parts in order, each with the header; raises Damaged at the end if the manifest does not agree.

    Nothing that was read may be used before the iteration has ended without an exception.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise NotABackup(file=path) from error
    with file:
        first = file.read(len(seal.MAGIC))
        source: IO[bytes]
        if first == seal.MAGIC:
            source = io.BufferedReader(seal.Opener(file, secret), _PIECE)
        else:
            file.seek(0)
            source = file
        try:
            with tarfile.open(fileobj=source, mode="r|", bufsize=_PIECE) as tar:
                yield _parts(tar, path)
        except (tarfile.TarError, EOFError) as error:
            raise (Damaged if first == seal.MAGIC else NotABackup)(where=str(error), file=path) from error


def _parts(tar: tarfile.TarFile, path: Path) -> Iterator[tuple[dict[str, Any], Part]]:
    header: dict[str, Any] = {}
    seen: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    name = HEADER
    try:
        for member in tar:
            name = member.name
            content = tar.extractfile(member) if member.isreg() else None
            if content is None or manifest is not None or name in seen:
                raise Damaged(where=name)
            source = _Hashed(content, member.size)
            if not seen:
                header = _header(member, source, path)
            elif name == MANIFEST:
                manifest = _json(source, name)
                continue
            else:
                yield header, _part(name, source, member.size)
            seen[name] = source.account(member.size)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Damaged(where=name) from error
    _compare(seen, manifest, path, name)


def _part(name: str, source: _Hashed, size: int) -> Part:
    if not allowed(name):
        raise Damaged(where=name)
    return Part(name, cast("IO[bytes]", source), size)


def _compare(seen: dict[str, Any], manifest: dict[str, Any] | None, path: Path, last: str) -> None:
    """What was read must be what was written, no more and no less."""
    if not seen:
        raise NotABackup(file=path)
    if manifest is None:
        raise Damaged(where=last)
    for wrong in sorted(set(manifest) ^ set(seen)) or [n for n in seen if seen[n] != manifest[n]]:
        raise Damaged(where=wrong)


def _header(member: tarfile.TarInfo, source: Any, path: Path) -> dict[str, Any]:
    if member.name != HEADER or member.size > _LARGEST_TEXT:
        raise NotABackup(file=path)
    header = _json(source, HEADER)
    if "kendedes_backup" not in header:
        raise NotABackup(file=path)
    return header


def _json(source: Any, name: str) -> dict[str, Any]:
    data = b"".join(iter(lambda: source.read(_PIECE), b""))
    try:
        value = json.loads(data)
    except ValueError as error:
        raise Damaged(where=name) from error
    if not isinstance(value, dict):
        raise Damaged(where=name)
    return value


def allowed(name: str) -> bool:
    """Whether a part may have this name: one of ours, or a file below one of the home's folders."""
    if name in {SQLITE, POSTGRESQL, KEY}:
        return True
    path = PurePosixPath(name)
    plain = not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
    return plain and len(path.parts) > 1 and path.parts[0] in FOLDERS and str(path) == name
