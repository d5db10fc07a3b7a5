"""A story is written and mended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Association
from kendedes.products.models import Product
from kendedes.stories.actions.refusals import AddressTaken
from kendedes.stories.models import Story

FIELDS = (
    "kind", "title_id", "title_en", "lead_id", "lead_en", "body_id", "body_en", "author", "tags", "producer", "unit",
    "position", "old_address",
)  # fmt: skip


@transaction.atomic
def write(
    *, association: Association, title_id: str, body_id: str, at: datetime, by: User | None, slug: str = "",
    products: Iterable[Product] = (), **fields: Any,
) -> Story:  # fmt: skip
    """A draft. Without ``slug`` its address is made from the title. Raises AddressTaken."""
    story = Story.objects.create(
        association=association, slug=_address(association, slug, title_id, None), title_id=title_id, body_id=body_id,
        written_at=at, written_by=by, **{name: value for name, value in fields.items() if name in FIELDS},
    )  # fmt: skip
    story.products.set(products)
    record(deed="story.write", at=at, by=by, subjects=[story], facts={"title": story.title_id})
    return story


@transaction.atomic
def change(
    *, story: Story, at: datetime, by: User | None, slug: str = "", products: Iterable[Product] | None = None, **fields: Any
) -> Story:  # fmt: skip
    """Mend texts; what stays the same leaves no trace. A published address does not change. Raises AddressTaken."""
    held = Story.objects.select_for_update().get(pk=story.pk)
    wanted = {name: value for name, value in fields.items() if name in FIELDS and getattr(held, name) != value}
    if slug and slug != held.slug and held.published_at is None:
        wanted["slug"] = _address(held.association, slug, held.title_id, held)
    others = None if products is None else {product.pk for product in products}
    moved = others is not None and others != set(held.products.values_list("pk", flat=True))
    if not wanted and not moved:
        return held
    for name, value in wanted.items():
        setattr(held, name, value)
    held.save(update_fields=[*wanted, "written_at"])
    if moved:
        held.products.set(others or ())
    named = sorted(wanted) + (["products"] if moved else [])
    record(
        deed="story.change", at=at, by=by, subjects=[held], facts={"title": held.title_id, "fields": named}
    )  # fmt: skip
    return held


def _address(association: Association, wanted: str, title: str, own: Story | None) -> str:
    """``wanted``, or one made from the title that nobody has."""
    rows = Story.objects.filter(association=association).exclude(pk=own.pk if own else 0)
    if wanted:
        if other := rows.filter(slug=wanted).first():
            raise AddressTaken(slug=wanted, title=other.title_id)
        return wanted
    base = slugify(title)[:100].strip("-") or "cerita"
    taken = set(rows.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken)
