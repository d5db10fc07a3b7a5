"""Where photos sent along lie: a folder, a zip, or a folder with both. Nothing is unpacked to the disk."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from kendedes.products.intake.refusals import PhotosRefused, PhotosTooLarge
from kendedes.products.intake.rules.pictures import is_picture

MOST_FILES = 3000
MOST_BYTES = 30 << 20


@dataclass
class Source:
    """Photos by name. ``files``: name → path, or path of a zip and the name inside it."""

    files: dict[str, Path | tuple[Path, str]] = field(default_factory=dict)

    def read(self, name: str) -> bytes | Path:
        """The photo's bytes or its path. Raises PhotosRefused for a damaged zip."""
        found = self.files[name]
        if isinstance(found, Path):
            return found
        path, inner = found
        try:
            with zipfile.ZipFile(path) as archive:
                return archive.read(inner)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
            raise PhotosRefused(file=path.name) from error


def source(path: Path) -> Source:
    """The photos of a folder (zips in it are looked into) or of one zip. Raises PhotosRefused, PhotosTooLarge."""
    found: dict[str, Path | tuple[Path, str]] = {}
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.is_file() and is_picture(one.name):
                found[str(one.relative_to(path))] = one
            elif one.is_file() and one.suffix.casefold() == ".zip":
                found |= _zipped(one)
    elif path.is_file():
        found = _zipped(path)
    else:
        raise PhotosRefused(file=path.name)
    if len(found) > MOST_FILES:
        raise PhotosTooLarge(file=path.name, most=MOST_FILES)
    return Source(found)


def _zipped(path: Path) -> dict[str, Path | tuple[Path, str]]:
    found: dict[str, Path | tuple[Path, str]] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_FILES:
                raise PhotosTooLarge(file=path.name, most=MOST_FILES)
            for part in parts:
                if is_picture(part.filename) and not part.is_dir() and not part.flag_bits & 1:
                    if part.file_size > MOST_BYTES or part.file_size > (part.compress_size + 1024) * 100:
                        raise PhotosTooLarge(file=path.name, most=MOST_FILES)
                    found[part.filename] = (path, part.filename)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise PhotosRefused(file=path.name) from error
    return found
