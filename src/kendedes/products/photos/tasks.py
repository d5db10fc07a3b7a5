"""Sizes for the web, made in the background."""

from __future__ import annotations

from django.tasks import task

from kendedes.base.refusal import Refusal
from kendedes.products.models import Photo
from kendedes.products.photos import store
from kendedes.products.photos.workshop import Workshop


@task()
def make_sizes(sha256s: list[str]) -> int:
    """Make what is missing of these masters; returns how many files were made. A spoilt or missing master is passed over."""
    made = 0
    with Workshop() as workshop:
        for sha256 in sha256s:
            try:
                made += store.make_renditions(sha256, workshop=workshop)
            except (Refusal, FileNotFoundError):
                continue
    return made


@task()
def make_all_sizes() -> int:
    """The same for every photo in use, newest first."""
    shas = Photo.objects.filter(removed_at=None).order_by("-id").values_list("sha256", flat=True)
    return make_sizes.func(list(dict.fromkeys(shas)))
