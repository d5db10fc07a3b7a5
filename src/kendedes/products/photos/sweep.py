"""Files of photos nobody can be shown any more are taken off the disk."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.utils.module_loading import import_string

from kendedes.products.models import Photo, Release
from kendedes.products.photos import store

WAIT = timedelta(days=1)  # a file is made before its row: a young one may still get one
_NAME = re.compile(r"([0-9a-f]{64})(?:-\d+)?\.\w+")
_AT_ONCE = 500


def sweep(*, at: datetime) -> int:
    """Delete masters no row points to, with their sizes, and half-made files a power cut left; returns how many files.

    A photo that was removed more than ``WAIT`` ago points to nothing, unless a release shows it or a row of another
    table (an edition's cover) names it. What was touched within ``WAIT`` stays.
    """
    oldest = (at - WAIT).timestamp()
    files: dict[str, list[Path]] = defaultdict(list)
    for path in store.folder().glob("??/*"):
        if found := _NAME.fullmatch(path.name):
            files[found[1]].append(path)
    old = sorted(sha for sha, paths in files.items() if all(path.stat().st_mtime < oldest for path in paths))
    gone = 0
    for start in range(0, len(old), _AT_ONCE):
        some = old[start : start + _AT_ONCE]
        for sha in set(some) - _needed(some, at):
            for path in sorted(files[sha]):  # a master is sorted behind its sizes: cut short, the next sweep goes on
                path.unlink(missing_ok=True)
                gone += 1
    for half in store.folder().glob(".kerja-*"):
        if half.stat().st_mtime < oldest:
            shutil.rmtree(half, ignore_errors=True)
    return gone


def _needed(shas: Iterable[str], at: datetime) -> set[str]:
    shas = list(shas)
    rows = list(Photo.objects.filter(sha256__in=shas))
    removed = [row for row in rows if row.removed_at is not None and row.removed_at < at - WAIT]
    needed = {row.sha256 for row in rows if row not in removed}
    for relation in Photo._meta.related_objects:  # whoever points to a photo, on whatever floor
        named = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": removed})  # noqa: SLF001
        needed |= set(named.values_list(f"{relation.field.name}__sha256", flat=True))
    for content in Release.objects.filter(product__in={row.product_id for row in removed}).values_list("content"):
        needed |= set(re.findall(r"[0-9a-f]{64}", str(content)))
    for config in apps.get_app_configs():  # tables of upper floors that keep pictures of their own
        for name in getattr(config, "keeps_photos", []):
            needed |= import_string(name)(shas)
    return needed
