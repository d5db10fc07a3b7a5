"""``python -m kendedes.testing.seed``: the cast, every place of 35.07 and a complete rubric, in the home's database."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
django.setup()

from kendedes.network import actions as network  # noqa: E402 - settings come first
from kendedes.network import places  # noqa: E402
from kendedes.ovop import actions as ovop  # noqa: E402
from kendedes.ovop.models import Rubric  # noqa: E402
from kendedes.ovop.tests.rubrics import COMPLETE  # noqa: E402
from kendedes.products.actions import ensure_categories  # noqa: E402
from kendedes.testing import cast  # noqa: E402


def seed() -> cast.Cast:
    """Write it all; meant for an empty database."""
    network.add_places(places.load())
    ensure_categories()
    people = cast.make()
    ovop.ensure_presets()
    preset = Rubric.objects.get(association=None, code="th-opc")
    copy = ovop.copy_rubric(rubric=preset, association=people.association, at=cast.AT, by=None, title_id="Rubrik uji")
    ovop.change_rubric(rubric=copy, definition=COMPLETE, at=cast.AT, by=None)
    return people


if __name__ == "__main__":
    seed()
