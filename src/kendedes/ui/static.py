"""Hashed static files, served compressed and cached for ever."""

from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """The manifest is made by ``kendedes serve``; without one (tests, console) plain names are used."""

    manifest_strict = False
    support_js_module_import_aggregation = True

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002 - Django's signature
        if not self.hashed_files or settings.DEBUG:
            return StaticFilesStorage.url(self, name)
        return str(super().url(name, force))

    def stored_name(self, name: str) -> str:
        """The hashed name; a file unknown to the manifest keeps its plain one."""
        found: Any = self.hashed_files.get(self.hash_key(name))
        return str(found) if found else name
