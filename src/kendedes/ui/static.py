"""Hashed static files, served compressed and cached for ever; the style sheets of a shell as one file.

The sheets stay apart where people read them (one per cascade layer); a visitor on a slow line should fetch one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

MOST_ADDRESSES = 2_000
SHELLS = ("site", "office", "bare")


def sheets(shell: str) -> list[str]:
    """The style sheets of a shell in the order of their layers; ``print`` is for paper only."""
    return [f"ui/{name}.css" for name in ("tokens", "base", "layout", "components", shell, "utilities", "print")]


def bundle(shell: str) -> str:
    """The name of the one file that holds a shell's sheets."""
    return f"ui/all-{shell}.css"


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """The manifest is made by ``kendedes serve``; without one (tests, console) plain names are used."""

    manifest_strict = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._addresses: dict[tuple[str | None, bool, int], str] = {}

    support_js_module_import_aggregation = True
    max_post_process_passes = 12  # as deep as scripts import each other

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002 - Django's signature
        plain = not self.hashed_files or settings.DEBUG
        known = (name, plain, len(self.hashed_files))
        if known not in self._addresses:  # a page names some twenty files; joining addresses is slow
            if len(self._addresses) > MOST_ADDRESSES:
                self._addresses.clear()
            address = StaticFilesStorage.url(self, name) if plain else super().url(name, force)
            self._addresses[known] = str(address)
        return self._addresses[known]

    def stored_name(self, name: str) -> str:
        """The hashed name; a file unknown to the manifest keeps its plain one."""
        found: Any = self.hashed_files.get(self.hash_key(name))
        return str(found) if found else name

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002 - Django's signature
        """Join the sheets of each shell first, so that the joined file is hashed and compressed like the others."""
        for shell in () if dry_run else SHELLS:
            parts = [self._sheet(name) for name in sheets(shell) if name in paths]
            name = bundle(shell)
            self.delete(name)
            self._save(name, ContentFile("\n".join(parts).encode()))
            paths[name] = (self, name)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _sheet(self, name: str) -> str:
        with self.open(name) as file:
            text: str = file.read().decode()
        return f"@media print {{\n{text}}}" if name.endswith("/print.css") else text
